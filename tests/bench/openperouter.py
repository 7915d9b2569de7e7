"""OpenPERouter's resources for many tenants."""

from __future__ import annotations

from collections.abc import Iterator

from tests.interop.importing import UNDERLAY


def resources(tenants: int) -> str:
    """An Underlay, and for each tenant an L3VNI with a host session and an L2VNI with a gateway in its VRF."""
    return "---\n".join([UNDERLAY, *(one for number in range(tenants) for one in _tenant(number))])


def _tenant(number: int) -> Iterator[str]:
    subnet = f"{number >> 8}.{number & 255}"
    session = f"{{asn: 64516, hostASN: 64515, localCIDR: {{ipv4: 10.{subnet}.0/24}}}}"
    yield _resource("L3VNI", f"t{number}", f"{{vrf: t{number}, vni: {number + 1}, hostSession: {session}}}")
    domain = f"{{type: L3VNI, l3vni: {{name: t{number}}}}}"
    yield _resource(
        "L2VNI", f"s{number}", f"{{vni: {number + 1_000_000}, routingDomain: {domain}, gatewayIPs: [11.{subnet}.1/24]}}"
    )


def _resource(kind: str, name: str, spec: str) -> str:
    return f"apiVersion: network.openperouter.io/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {spec}\n"
