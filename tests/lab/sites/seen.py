"""What the leaves captured of a flow, against what they must see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.lab import vxlan
from tests.lab.machine import Report
from tests.lab.sites.endpoints import Flow
from tests.lab.sites.site import Site


def problems(site: Site, report: Report) -> list[str]:
    """What is wrong with the packets of all flows, in words."""
    packets = captured(site, report)
    return [problem for ends in {flow.ends for flow in site.flows} for problem in _wrong(site, ends, packets)]


def captured(site: Site, report: Report) -> list[vxlan.Packet]:
    """The packets in VXLAN that all leaves captured."""
    return [packet for leaf in site.leaves for packet in vxlan.packets(report.files / leaf.capture)]


def _wrong(site: Site, ends: tuple[str, str], packets: list[vxlan.Packet]) -> Iterator[str]:
    """What is wrong with the packets between two addresses: echo requests one way, replies the other way, in their VNI only.

    Tenants may have the same addresses, each in a VNI of its own.
    """
    flows = [flow for flow in site.flows if flow.ends == ends]
    for kind, way in ((vxlan.ECHO_REQUEST, ends), (vxlan.ECHO_REPLY, ends[::-1])):
        seen = {
            Hop(one.vni, one.vtep_from, one.vtep_to)
            for one in packets
            if (one.source, one.destination) == way and one.icmp == kind
        }
        reply = kind == vxlan.ECHO_REPLY
        wanted = [set(_wanted(flow, reply=reply)) for flow in flows]
        strange = seen.difference(*wanted, *(_flooded(flow, site, reply=reply) for flow in flows))
        if strange or not all(seen & one for one in wanted if one):
            names = " and ".join(flow.name for flow in flows)
            yield f"{names}, {way[0]} to {way[1]}: leaves saw {sorted(seen)}, must see {wanted}"


class Hop(NamedTuple):
    """The VNI and the VTEPs of a packet."""

    vni: int
    vtep_from: str
    vtep_to: str


def _wanted(flow: Flow, *, reply: bool) -> Iterator[Hop]:
    """The hops that one direction of a flow may have: two where the sender has the other end's segment too."""
    if flow.vni is None:
        return
    sender, receiver = (flow.target, flow.source) if reply else (flow.source, flow.target)
    for vni in {flow.vni, receiver.segment}:
        near, far = sender.vtep(vni), receiver.vtep(vni)
        if vni and near and far:
            yield Hop(vni, near, far)


def _flooded(flow: Flow, site: Site, *, reply: bool) -> Iterator[Hop]:
    """The copies of packets to a MAC address that is not known yet: to every VTEP of the segment."""
    for hop in _wanted(flow, reply=reply):
        if hop.vni in (flow.source.segment, flow.target.segment):
            yield from (hop._replace(vtep_to=far) for one in site.endpoints if (far := one.vtep(hop.vni)))
