"""What the leaves captured of a flow, against what they must see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.lab import vxlan
from tests.lab.machine import Report
from tests.lab.sites.endpoints import Flow
from tests.lab.sites.site import Site


def problems(site: Site, report: Report) -> list[str]:
    """What is wrong with the packets of all flows, in words."""
    packets = [
        packet for leaf in site.leaves for packet in vxlan.packets(report.files / f"{leaf.name}.pcap")
    ]  # fmt: skip
    return [problem for ends in {flow.ends for flow in site.flows} for problem in wrong(ends, site.flows, packets)]


def wrong(ends: tuple[str, str], flows: Sequence[Flow], packets: list[vxlan.Packet]) -> Iterator[str]:
    """What is wrong with the packets between two addresses: echo requests one way, replies the other way, in their VNI only.

    Tenants may have the same addresses, each in a VNI of its own.
    """
    through = [flow for flow in flows if flow.ends == ends]
    for kind, way in ((vxlan.ECHO_REQUEST, ends), (vxlan.ECHO_REPLY, ends[::-1])):
        seen = {
            (one.vni, one.vtep_from, one.vtep_to)
            for one in packets
            if (one.source, one.destination) == way and one.icmp == kind
        }
        allowed = [set(_allowed(flow, reply=kind == vxlan.ECHO_REPLY)) for flow in through]
        if seen - set().union(*allowed) or not all(seen & one for one in allowed if one):
            names = " and ".join(flow.name for flow in through)
            yield f"{names}, {way[0]} to {way[1]}: leaves saw {sorted(seen)}, must see {allowed}"


def _allowed(flow: Flow, *, reply: bool) -> Iterator[tuple[int, str, str]]:
    """The VNIs and VTEPs that one direction of a flow may have: two VNIs where the sender has the other end's segment too."""
    if flow.vni is None:
        return
    sender, receiver = (flow.target, flow.source) if reply else (flow.source, flow.target)
    for vni in {flow.vni, receiver.segment}:
        near, far = sender.vtep(vni), receiver.vtep(vni)
        if vni and near and far:
            yield vni, near, far
