"""Rules over a node's links as lowered."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.ir.links import Links
from frrcompile.ir.origin import Origin
from frrcompile.ir.validate.rule import Problem, links_rule, repeated


@links_rule("MOD701", "link-name-taken")
def link_name_taken(links: Links) -> Iterator[Problem]:
    """Two links in one namespace have one name.

    What: two links of FRR's namespace, or of the host, with one name: NICs, VRFs, bridges, VXLAN devices, the ends of
        veths, and bridges of the host.
    Why: Linux has one link of each name in a namespace.
    Bad:
        vrfs: {br110: {table: 1100}}
        l2vnis: [{vni: 110}]
    Good:
        vrfs: {red: {table: 1100}}
        l2vnis: [{vni: 110}]
    """
    here: list[tuple[str, Origin]] = [("lo", ())]
    for kind in (links.nics, links.vrfs, links.bridges, links.vxlans):
        here += [(link.name, link.at) for link in kind]
    here += [(veth.router, veth.at) for pairs in (links.veths, links.segment_veths) for veth in pairs]
    # A NIC that moves is there before it moves, and after it is back.
    nics = {nic.parent or nic.name: nic.at for nic in links.nics if nic.attach != "present"}
    there: list[tuple[str, Origin]] = [("lo", ()), *nics.items()]
    there += [(veth.host, veth.at) for pairs in (links.veths, links.segment_veths) for veth in pairs]
    there += list({bridge.name: (bridge.name, bridge.at) for bridge in links.host_bridges}.values())
    for side, where in ((here, "FRR's namespace"), (there, "the host")):
        for name, at, first in repeated(side):
            yield Problem(at, f"two links of {where} are called {name!r}", other=first, said="the first one")


@links_rule("MOD702", "host-bridge-contradicts")
def host_bridge_contradicts(links: Links) -> Iterator[Problem]:
    """L2VNIs that share a bridge on the host disagree about it.

    What: two L2VNIs whose `host-bridge` has one name, and a different `kind` or `create`.
    Why: there is one bridge of that name on the host, of one kind.
    Bad:
        l2vnis: [{vni: 110, host-bridge: {name: pods}}, {vni: 120, host-bridge: {name: pods, kind: ovs}}]
    Good:
        l2vnis: [{vni: 110, host-bridge: {name: pods}}, {vni: 120, host-bridge: {name: pods}}]
    """
    first: dict[str, tuple[str, bool, Origin]] = {}
    for bridge in links.host_bridges:
        kind, create, at = first.setdefault(bridge.name, (bridge.kind, bridge.create, bridge.at))
        if (kind, create) != (bridge.kind, bridge.create):
            message = f"the host's bridge {bridge.name!r} is described in two ways"
            yield Problem(bridge.at, message, other=at, said="the first one")
