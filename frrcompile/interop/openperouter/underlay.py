"""Underlay: the router's AS, its NICs, VTEP pools and the sessions with the fabric."""

from __future__ import annotations

from dataclasses import dataclass

from frrcompile.diagnostics import Span
from frrcompile.interop.codes import OTHERWISE
from frrcompile.interop.fields import Fields
from frrcompile.interop.growth import At, Grown
from frrcompile.interop.openperouter.address import Network, network
from frrcompile.interop.openperouter.neighbor import Neighbor, neighbor
from frrcompile.interop.openperouter.older import V1
from frrcompile.interop.openperouter.resources import Resource
from frrcompile.interop.openperouter.selector import Selection, selection, text
from frrcompile.model.tree import Node

CLUSTER_ID = "192.0.2.1"
ROUTER_IDS = "10.0.0.0/24"
RESTART, STALEPATH = 120, 360
"""What the definition means where nothing is written; times in seconds."""


@dataclass(frozen=True, slots=True)
class Underlay:
    """An Underlay as read; `interfaces` and `graceful_restart` are in the model's words."""

    name: str
    span: Span
    nodes: Selection
    asn: Node
    router_ids: Network
    router_ids_at: Span
    cluster_id: Grown
    graceful_restart: Grown
    vteps: dict[str, Grown]
    interfaces: list[Grown]
    neighbors: list[Neighbor]
    release: str = ""
    """The release whose fields it has, empty for today's."""

    def legs(self, vni: str) -> tuple[str, str]:
        """The names of a VNI's veth on the host and in the router's namespace; v0.1 had shorter ones."""
        return (f"host-{vni}", f"pe-{vni}") if self.release == V1 else (f"host-e-{vni}", f"pe-e-{vni}")


def underlay(resource: Resource) -> Underlay | None:
    """Reads an Underlay; None where what it cannot do without is missing."""
    spec = resource.spec
    asn = spec.need("asn")
    pool = spec.text("routerIDCIDR")
    router_ids = network(pool) if pool else network(Node(spec.span, ROUTER_IDS))
    if router_ids is None or router_ids.version == 6:
        spec.wrong("routerIDCIDR", f"{spec.named('routerIDCIDR')} is not an IPv4 prefix")
    evpn = spec.fields("evpn")
    if evpn and evpn.text("vtepInterface"):
        why = "the address of the interface is on the node, and the model needs it"
        evpn.lost("vtepInterface", why, "say `vtep: {ipv4: ADDRESS, interface: NAME}` in the model")
    for name in ("isis", "srv6"):
        if spec.node.child(name):
            spec.lost(name, "the model has neither IS-IS nor SRv6", "run it beside, or write it as `raw` lines")
    found = [neighbor(one) for one in spec.list("neighbors")]
    nodes = selection(spec)
    interfaces = _interfaces(spec)
    vteps, restart, cluster = _vteps(spec), _graceful_restart(spec), _cluster_id(spec)
    if cluster is not None and not any(one.reflects for one in found if one):
        message = (
            f"{spec.named('routeReflector')} has no effect: no neighbor is a route reflector client; it is left out"
        )
        spec.differs(OTHERWISE, "routeReflector", message)
        cluster = None
    if asn is None or router_ids is None or router_ids.version == 6:
        return None
    return Underlay(
        name=resource.name,
        span=spec.span,
        nodes=nodes,
        asn=asn,
        router_ids=router_ids,
        router_ids_at=pool.span if pool else spec.span,
        cluster_id=cluster,
        graceful_restart=restart,
        vteps=vteps,
        interfaces=interfaces,
        neighbors=[one for one in found if one],
        release=resource.release,
    )


def _interfaces(spec: Fields) -> list[Grown]:
    interfaces: list[Grown] = []
    for one in spec.list("interfaces"):
        kind = one.need("type")
        device = one.fields("networkDevice")
        if one.node.child("cniDevice"):
            one.lost(
                "cniDevice",
                "no CNI plugin is run for a model",
                "run the plugin yourself and name its link, `underlay.interfaces: [{name: LINK, attach: present}]`; "
                "or attach a NIC, `[{name: NIC, attach: macvlan}]`",
            )
        if device and (name := device.need("interfaceName")):
            interfaces.append(At(one.span, {"name": name}))
        if kind and text(kind) not in ("NetworkDevice", "CNIDevice"):
            one.wrong("type", f"type {text(kind)!r} of {one.owner}: allowed are NetworkDevice and CNIDevice")
        elif kind and text(kind) == "NetworkDevice" and not device:
            one.wrong("networkDevice", f"a NetworkDevice of {one.owner} needs `networkDevice`")
        elif kind and text(kind) == "CNIDevice" and device:
            one.wrong("type", f"a CNIDevice of {one.owner} has a `networkDevice`")
    return interfaces


def _vteps(spec: Fields) -> dict[str, Grown]:
    """The pools of VTEPs, as the model's `pools`; the same address for the same index."""
    vteps: dict[str, Grown] = {}
    endpoint = spec.fields("tunnelEndpoint")
    for cidr in endpoint.texts("cidrs") if endpoint else []:
        found = network(cidr)
        if endpoint and found is None:
            endpoint.wrong("cidrs", f"{text(cidr)!r} in {endpoint.named('cidrs')} is not a prefix")
        elif (
            endpoint and found and vteps.setdefault(f"vtep-ipv{found.version}", At(cidr.span, found)).span != cidr.span
        ):
            endpoint.wrong("cidrs", f"{endpoint.named('cidrs')} has two of IPv{found.version}")
    return vteps


def _graceful_restart(spec: Fields) -> Grown:
    restart = spec.fields("gracefulRestart")
    if restart is None:
        return None
    words = {
        "restart-time": restart.text("restartTimeSeconds") or RESTART,
        "stalepath-time": restart.text("stalePathTimeSeconds") or STALEPATH,
        "preserve-forwarding-state": True,
    }
    return At(restart.span, words)


def _cluster_id(spec: Fields) -> Grown:
    reflector = spec.fields("routeReflector")
    return (reflector.text("clusterID") or At(reflector.span, CLUSTER_ID)) if reflector else None
