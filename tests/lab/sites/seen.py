"""What the leaves captured of a flow, against what they must see."""

from __future__ import annotations

from collections.abc import Iterator

from tests.lab import vxlan
from tests.lab.machine import Report
from tests.lab.sites.endpoints import Flow
from tests.lab.sites.steps import Site


def problems(site: Site, report: Report) -> list[str]:
    """What is wrong with the packets of all flows, in words."""
    packets = [
        packet for leaf in site.leaves for packet in vxlan.packets(report.files / f"{leaf.name}.pcap")
    ]  # fmt: skip
    return [problem for flow in site.flows for problem in wrong(flow, packets)]


def wrong(flow: Flow, packets: list[vxlan.Packet]) -> Iterator[str]:
    """What is wrong with the packets of a flow: echo requests one way, replies the other way, in the flow's VNI only."""
    source, target = flow.ends
    ways = {vxlan.ECHO_REQUEST: (source, target), vxlan.ECHO_REPLY: (target, source)}
    for kind, way in ways.items():
        seen = {
            (one.vni, one.vtep_from, one.vtep_to)
            for one in packets
            if (one.source, one.destination) == way and one.icmp == kind
        }
        expected = set()
        if flow.vni is not None:
            near, far = flow.vteps if kind == vxlan.ECHO_REQUEST else flow.vteps[::-1]
            expected = {(flow.vni, near, far)}
        if seen != expected:
            yield f"{flow.name}, {way[0]} to {way[1]}: leaves saw {sorted(seen)}, must see {sorted(expected)}"
