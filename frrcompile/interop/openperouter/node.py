"""One node's part of the model: what its resources make of it, with the addresses that its index gives."""

from __future__ import annotations

from dataclasses import dataclass

from frrcompile.facts.number import number
from frrcompile.facts.values import ALLOWAS_IN
from frrcompile.interop.growth import At, Grown
from frrcompile.interop.openperouter.address import router_id
from frrcompile.interop.openperouter.l2vni import L2Vni
from frrcompile.interop.openperouter.neighbor import RESTART_CONNECT, Neighbor
from frrcompile.interop.openperouter.selector import SiteNode, text
from frrcompile.interop.openperouter.underlay import Underlay
from frrcompile.interop.openperouter.vrf import L3Vni, Passthrough
from frrcompile.model.tree import Node

FIRST_TABLE = 1000
"""A VRF's table is this and its VNI: unique as the VNI is, and none of Linux's own (253 to 255)."""

PASSTHROUGH_LEGS = ("pt-host", "pt-ns")
"""The names of a pass-through's veth, on the host and in the router's namespace."""
PASSTHROUGH_CONNECT = 5
"""Seconds between attempts to connect to the host of a pass-through."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The resources that select a node."""

    node: SiteNode
    underlay: Underlay
    l3vnis: list[L3Vni]
    l2vnis: list[L2Vni]
    passthrough: Passthrough | None

    def segments(self) -> dict[str, list[L2Vni]]:
        """The L2VNIs by the VRF in which their gateways route. A VRF that L2VNIs alone name is there too."""
        by_resource = {(l3.name, l3.namespace): text(l3.vrf) for l3 in reversed(self.l3vnis)}
        found: dict[str, list[L2Vni]] = {}
        for segment in self.l2vnis:
            if vrf := text(segment.vrf) if segment.vrf else by_resource.get(routed_in(segment), ""):
                found.setdefault(vrf, []).append(segment)
        return found

    @property
    def asn(self) -> str:
        """The router's AS."""
        return text(self.underlay.asn)


def body(parts: Parts, profiles: dict[int, str]) -> dict[str, Grown]:
    """What the model says of this node; `profiles` are the names of BFD profiles by the neighbour's identity."""
    underlay, index = parts.underlay, parts.node.index
    identity = router_id(underlay.router_ids, index)
    router: dict[str, Grown] = {
        "asn": underlay.asn,
        "id": At(underlay.router_ids_at, identity),
        "cluster-id": underlay.cluster_id,
        "import-check": False,
        "ebgp-requires-policy": False,
        "graceful-restart": underlay.graceful_restart,
    }
    below: dict[str, Grown] = {
        "interfaces": underlay.interfaces,
        "neighbors": [_neighbor(one, parts, profiles) for one in underlay.neighbors],
        "no-transit": False,  # OpenPERouter passes routes on
    }
    said: dict[str, Grown] = {
        "pools": underlay.vteps,
        "router": At(underlay.span, {name: value for name, value in router.items() if value is not None}),
        "underlay": At(underlay.span, below),
    }
    if parts.passthrough and (session := parts.passthrough.session.words(index, PASSTHROUGH_LEGS)):
        said["passthrough"] = At(parts.passthrough.span, session.value | {"timers": {"connect": PASSTHROUGH_CONNECT}})
        below["networks"] = parts.passthrough.session.networks(index)
    segments = parts.segments()
    vrfs = {text(one.vrf): _vrf(one, parts, segments.get(text(one.vrf), [])) for one in parts.l3vnis}
    bare = {name: _bare_vrf(those) for name, those in segments.items() if name not in vrfs}
    said["vrfs"] = vrfs | bare
    # Pools are no optional part of a model: an override can only empty them one by one.
    return {name: value for name, value in said.items() if value or name == "pools"}


def _vrf(one: L3Vni, parts: Parts, segments: list[L2Vni]) -> Grown:
    index = parts.node.index
    underlay = one.underlay or vtep_family(parts.underlay)
    words = one.words | ({"underlay": underlay} if underlay else {})
    vrf: dict[str, Grown] = {
        "table": _table(one.vni),
        "l3vni": At(one.span, words),
    }
    networks = [At(span, subnet) for segment in segments for span, subnet in segment.subnets()]
    if one.session and (session := one.session.words(index, parts.underlay.legs(text(one.vni)))):
        vrf |= {"asn": one.session.router_asn, "host-session": session}
        networks = one.session.networks(index) + networks
    return At(one.vrf.span, vrf | ({"networks": networks} if networks else {}))


def _bare_vrf(segments: list[L2Vni]) -> Grown:
    """A VRF without an L3VNI: its gateways route on the node alone."""
    return At(segments[0].span, {"table": _table(segments[0].vni)})


def _table(vni: Node) -> Grown:
    return vni if (found := number(text(vni))) is None else FIRST_TABLE + found


def routed_in(segment: L2Vni) -> tuple[str, str]:
    """The name and the namespace of the L3VNI in whose VRF an L2VNI routes; an empty name where it does not."""
    return (text(segment.routed_by) if segment.routed_by else "", segment.namespace)


def vtep_family(underlay: Underlay) -> Grown:
    """The family of a VNI that asks for none: IPv4 where there is a VTEP of it, which is the model's default too."""
    return "ipv6" if set(underlay.vteps) == {"vtep-ipv6"} else None


def _neighbor(one: Neighbor, parts: Parts, profiles: dict[int, str]) -> Grown:
    families = _families(one, parts)
    external = one.external(parts.asn)
    timers = dict(one.timers)
    if parts.underlay.graceful_restart and "connect" not in timers:
        timers["connect"] = RESTART_CONNECT
    words: dict[str, Grown] = {**one.peer, "remote-as": one.remote_as, **one.session}
    if timers:
        words["timers"] = timers
    if one.bfd is not None:
        words["bfd"] = {"profile": profiles[id(one)]} if one.bfd else {}
    if external:
        words["allowas-in"] = ALLOWAS_IN
    if one.version == 6 and "address" in one.peer and external and "ipv6-unicast" in families:
        words |= {} if "ebgp-multihop" in words else {"disable-connected-check": True}
    if one.version == 6 and "ipv4-unicast" in families:
        words["extended-nexthop"] = True
    if external and set(families) == set(_derived(one, parts)):
        return At(one.at.span, words)
    clients = one.families or {}
    said: dict[str, Grown] = {}
    for family in families:
        options: dict[str, Grown] = {}
        if clients.get(family):
            options["route-reflector-client"] = True
        elif not external and family.endswith("-unicast"):
            options["next-hop-self"] = "force"
        said[family] = options
    return At(one.at.span, words | {"families": said})


def _families(one: Neighbor, parts: Parts) -> list[str]:
    """The families that OpenPERouter switches on: those of the session, the VTEPs, the pass-through and the VNIs."""
    if one.families:
        return list(one.families)
    vnis = bool(parts.l3vnis or parts.l2vnis)
    carried = {"ipv6" if one.version == 6 else "ipv4", *(name.removeprefix("vtep-") for name in parts.underlay.vteps)}
    carried |= set(parts.passthrough.session.pools) if parts.passthrough else set()
    carried |= {"ipv4"} if vnis else set()
    return [f"{family}-unicast" for family in sorted(carried)] + (["l2vpn-evpn"] if vnis else [])


def _derived(one: Neighbor, parts: Parts) -> list[str]:
    """The families that the model's neighbour has where it says none."""
    vteps = [f"{pool.removeprefix('vtep-')}-unicast" for pool in parts.underlay.vteps]
    own = [f"ipv{one.version}-unicast"] if one.version else ["ipv4-unicast", "ipv6-unicast"]
    return (vteps or own) + (["l2vpn-evpn"] if parts.l3vnis or parts.l2vnis else [])
