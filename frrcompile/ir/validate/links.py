"""Rules over a node's links as lowered."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Diagnostic
from frrcompile.ir.links import Links
from frrcompile.ir.origin import Origin
from frrcompile.ir.validate.rule import Source, repeated


def _names(links: Links, source: Source) -> Iterator[Diagnostic]:
    """FRR962: a namespace has one link of each name; the host legs of veths, host bridges and the host's NICs are on the host."""
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
            yield source.error(
                "FRR962", at, f"two links of {where} are called {name!r}", other=first, said="the first one"
            )


def _host_bridges(links: Links, source: Source) -> Iterator[Diagnostic]:
    """FRR989: L2VNIs that share a bridge on the host must agree on what it is."""
    first: dict[str, tuple[str, bool, Origin]] = {}
    for bridge in links.host_bridges:
        kind, create, at = first.setdefault(bridge.name, (bridge.kind, bridge.create, bridge.at))
        if (kind, create) != (bridge.kind, bridge.create):
            message = f"the host's bridge {bridge.name!r} is described in two ways"
            yield source.error("FRR989", bridge.at, message, other=at, said="the first one")


RULES = (_names, _host_bridges)
