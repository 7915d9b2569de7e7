"""L2VNI and RawFRRConfig: what the model has as lists, each entry with its own selector."""

from __future__ import annotations

from dataclasses import dataclass

from frrcompile.diagnostics import Span
from frrcompile.facts.number import number
from frrcompile.interop.fields import Fields
from frrcompile.interop.growth import At, Grown
from frrcompile.interop.openperouter.address import Network, network
from frrcompile.interop.openperouter.resources import Resource
from frrcompile.interop.openperouter.selector import Selection, selection, text
from frrcompile.interop.openperouter.vrf import family
from frrcompile.model.tree import Node

ROUTE_OTHERWISE = "route the segment in the VRF of an L3VNI"
BRIDGES = {"LinuxBridge": ("linuxBridge", "linux"), "OVSBridge": ("ovsBridge", "ovs")}


@dataclass(frozen=True, slots=True)
class L2Vni:
    """An L2VNI as read; `routed_by` is the name of the L3VNI whose VRF its gateways route in.

    `vrf` is the VRF itself, which an older release names. `host_end` is None where the veth is left for others.
    """

    name: str
    namespace: str
    span: Span
    nodes: Selection
    at: Fields
    vni: Node
    port: Node | None
    underlay: Grown
    routed_by: Node | None
    vrf: Node | None
    gateways: list[Node]
    host_end: dict[str, Grown] | None

    @property
    def mac(self) -> Grown:
        """The MAC address that OpenPERouter gives the gateway on every node: 00:f3 and the VNI plus one."""
        vni = number(text(self.vni))
        if vni is None or vni > 0xFFFFFF:
            return None
        return ":".join(["00", "f3", *(f"{byte:02x}" for byte in (vni + 1).to_bytes(4, "big"))])

    def subnets(self) -> list[tuple[Span, Network]]:
        """The subnets of its gateways."""
        found = ((node.span, network(node)) for node in self.gateways)
        return [(span, subnet) for span, subnet in found if subnet]


@dataclass(frozen=True, slots=True)
class Raw:
    """Lines of frr.conf as read, in the model's words."""

    name: str
    span: Span
    nodes: Selection
    words: dict[str, Grown]


def l2vni(resource: Resource) -> L2Vni | None:
    """Reads an L2VNI; None where it has no VNI."""
    spec = resource.spec
    vni, port, underlay = spec.need("vni"), spec.text("vxlanPort"), family(spec)
    gateways = spec.texts("gatewayIPs")
    routed_by, vrf, host_end, nodes = _routed_by(spec), spec.text("vrf"), _host_end(spec, vni), selection(spec)
    if vni is None:
        return None
    return L2Vni(
        resource.name,
        resource.namespace,
        spec.span,
        nodes,
        spec,
        vni,
        port,
        underlay,
        routed_by,
        vrf,
        gateways,
        host_end,
    )


def raw(resource: Resource) -> Raw | None:
    """Reads a RawFRRConfig; None where it has no lines."""
    spec = resource.spec
    lines, priority, nodes = spec.need("rawConfig"), spec.text("priority"), selection(spec)
    return Raw(resource.name, spec.span, nodes, {"priority": priority or 0, "lines": lines}) if lines else None


def _routed_by(spec: Fields) -> Node | None:
    domain = spec.fields("routingDomain")
    if domain is None:
        return None
    kind, provider = domain.need("type"), domain.fields("l3vni")
    if domain.node.child("l3vpn"):
        domain.lost("l3vpn", "the model has no SRv6", ROUTE_OTHERWISE)
    match text(kind) if kind else None:
        case "L3VPN":
            domain.lost("type", "the model has no SRv6", ROUTE_OTHERWISE)
        case "L3VNI" if provider is None:
            domain.wrong("l3vni", f"the routing domain of {spec.owner} is of type L3VNI, and names none")
        case "L3VNI" | None:
            pass
        case other:
            domain.wrong("type", f"routing domain {other!r} of {spec.owner}: allowed are L3VNI and L3VPN")
    return provider.need("name") if provider else None


def _host_end(spec: Fields, vni: Node | None) -> dict[str, Grown] | None:
    """The bridge on the host, in the model's words; a managed one keeps its name. None where there is no `hostMaster`."""
    master = spec.fields("hostMaster")
    if master is None:
        return None
    bridge = _bridge(spec, master, vni)
    return {"host-bridge": bridge} if bridge else {}


def _bridge(spec: Fields, master: Fields, vni: Node | None) -> Grown:
    """The bridge on the host."""
    kind = master.need("type")
    given = {name: master.fields(theirs) for name, (theirs, _) in BRIDGES.items()}
    chosen = given.get(text(kind)) if kind else None
    if kind and (text(kind) not in BRIDGES or chosen is None or any(one for one in given.values() if one != chosen)):
        master.wrong("type", f"the host master of {spec.owner} is of type {text(kind)!r}, which its fields are not")
    if kind is None or chosen is None:
        return None
    lifecycle, name = chosen.need("lifecycle"), chosen.text("name")
    managed = lifecycle is None or text(lifecycle) == "Managed"
    if lifecycle and text(lifecycle) not in ("Managed", "External"):
        chosen.wrong("lifecycle", f"{text(lifecycle)!r} of {spec.owner}: allowed are Managed and External")
    if managed == (name is not None):
        chosen.wrong("name", f"the bridge of {spec.owner}: a name goes with lifecycle External, and only with it")
    words: dict[str, Grown] = {"name": name or At(master.span, f"br-hs-{text(vni)}" if vni else None)}
    if text(kind) == "OVSBridge":
        words["kind"] = At(kind.span, "ovs")
    if not managed and lifecycle:
        words["create"] = At(lifecycle.span, False)
    return At(master.span, words)
