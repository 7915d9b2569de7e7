"""What nodes say differently of a VRF or an L2VNI that they share: found once, and not where it is meant."""

from __future__ import annotations

import pytest

from frrcompile.diagnostics import Diagnostic
from frrcompile.pipeline.routers import compiled
from frrcompile.pipeline.site import load_site
from frrcompile.render.secret import placeholder

HEAD = """\
router: {asn: 64514, ebgp-requires-policy: false}
pools: {vtep-ipv4: 100.65.0.0/24, router-id: 10.0.0.0/24}
underlay:
  interfaces: [{name: eth1, mtu: 9000}, {name: eth2, mtu: 9000}]
  neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: origin}]
"""

RED = "vrfs: {red: {table: 1100, l3vni: {vni: 100}}}\n"
SEGMENT = """\
vrfs: {red: {table: 1100, redistribute: {ipv4: {connected: {}}}}}
l2vnis: [{vni: 110, vrf: red, gateway: {ipv4: 10.110.0.1/24}, host-leg: {}}, {vni: 111}]
"""


def found(override: str, rest: str, others: int = 1) -> list[Diagnostic]:
    """All findings of a site of a plain node and of others with an override."""
    nodes = "".join(f", k{n}: {{index: {n}, override: {{{override}}}}}" for n in range(1, others + 1))
    loaded = load_site({"model.yaml": f"nodes: {{k0: {{index: 0}}{nodes}}}\n{HEAD}{rest}".encode()})
    assert loaded.site, loaded.findings
    return list(compiled(loaded, loaded.names, placeholder).findings)


SHORT_NICS = "underlay: {interfaces: [{name: eth1, mtu: 9000}, {name: eth2}]}"

# name: (the override of k1, the rest of the model, the code of the only finding, its field, what it says)
UNLIKE = {
    "a VRF with another VNI": (
        "vrfs: {red: {l3vni: {vni: 101}}}",
        RED,
        "MOD807",
        "vrfs.red.l3vni.vni",
        "VRF red has the VNI 100 on node k0 and the VNI 101 on node k1",
    ),
    "another gateway": (
        "l2vnis: [{vni: 110, vrf: red, gateway: {ipv4: 10.110.0.2/24}, host-leg: {}}, {vni: 111}]",
        SEGMENT,
        "MOD808",
        "l2vnis[0].gateway",
        "10.110.0.2/24",
    ),
    "a gateway of another length": (
        "l2vnis: [{vni: 110, vrf: red, gateway: {ipv4: 10.110.0.1/25}, host-leg: {}}, {vni: 111}]",
        SEGMENT,
        "MOD808",
        "l2vnis[0].gateway",
        "10.110.0.1/25",
    ),
    "a gateway with another MAC address": (
        "l2vnis: [{vni: 110, vrf: red, gateway: {ipv4: 10.110.0.1/24, mac: '02:00:00:00:00:05'}, host-leg: {}}, {vni: 111}]",
        SEGMENT,
        "MOD808",
        "l2vnis[0].gateway",
        "02:00:00:00:00:05",
    ),
    "a NIC with a smaller MTU, which two L2VNIs have": (
        SHORT_NICS,
        SEGMENT,
        "MOD810",
        "underlay.interfaces[1]",
        "L2VNI 110 has the MTU 8950 on node k0 and the MTU 1450 on node k1",
    ),
    "an L2VNI with an MTU of its own": (
        "l2vnis: [{vni: 110, vrf: red, mtu: 1400, gateway: {ipv4: 10.110.0.1/24}, host-leg: {}}, {vni: 111}]",
        SEGMENT,
        "MOD810",
        "l2vnis[0]",
        "the MTU 1400 on node k1",
    ),
}


@pytest.mark.parametrize("name", UNLIKE)
def test_what_differs_is_one_warning(name: str) -> None:
    override, rest, code, field, said = UNLIKE[name]
    (finding,) = found(override, rest)
    assert (finding.code, finding.field) == (code, field)
    assert said in finding.message
    assert finding.labels


def test_many_nodes_that_differ_are_one_warning() -> None:
    (finding,) = found(SHORT_NICS, "l2vnis: [{vni: 110}]\n", others=100)
    assert "on node k1 (and 99 more that differ from node k0)" in finding.message


MEANT = {
    "a VRF whose VNIs import each other": (
        "vrfs: {red: {l3vni: {vni: 101, import-rts: ['64514:100', '64514:101']}}}",
        "vrfs: {red: {table: 1100, l3vni: {vni: 100, import-rts: ['64514:100', '64514:101']}}}\n",
    ),
    "an L2VNI without a gateway on one node": ("l2vnis: [{vni: 110}, {vni: 111}]", SEGMENT),
    "two gateways of their own": (
        "l2vnis: [{vni: 110, vrf: red, gateway: {ipv4: 10.110.0.2/24, mac: '02:00:00:00:00:05'}, host-leg: {}}, {vni: 111}]",
        SEGMENT,
    ),
    "MTUs that differ without an L2VNI": (SHORT_NICS, RED),
    "an MTU of the L2VNI that all nodes carry": (SHORT_NICS, "l2vnis: [{vni: 110, mtu: 1400}]\n"),
}


@pytest.mark.parametrize("name", MEANT)
def test_what_is_meant_has_no_warning(name: str) -> None:
    assert [one.code for one in found(*MEANT[name]) if one.code in ("MOD807", "MOD808", "MOD810")] == []
