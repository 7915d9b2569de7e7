"""Rules over a node's router as lowered: names and addresses that were derived meet here."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Diagnostic
from frrcompile.ir.node import Node
from frrcompile.ir.validate.rule import Source, repeated
from frrcompile.model.tree import Path


def check(node: Node, source: Source) -> list[Diagnostic]:
    """All findings of all rules of this file, in the order of the document."""
    findings = [finding for rule in RULES for finding in rule(node, source)]
    return sorted(findings, key=lambda finding: finding.place)


def _link_names(node: Node, source: Source) -> Iterator[Diagnostic]:
    """FRR962: a namespace has one link of a name; the host leg of a veth is on the other side."""
    links = node.links
    here: list[tuple[str, Path]] = [("lo", ())]
    for kind in (links.nics, links.vrfs, links.bridges, links.vxlans):
        here += [(link.name, link.at) for link in kind]
    here += [(veth.router, veth.at) for veth in links.veths]
    there = [(veth.host, veth.at) for veth in links.veths]
    for side, where in ((here, "FRR's namespace"), (there, "the host")):
        for name, at, first in repeated(side):
            yield source.error(
                "FRR962", at, f"two links of {where} are called {name!r}", other=first, said="the first one"
            )


def _session_addresses(node: Node, source: Source) -> Iterator[Diagnostic]:
    """FRR963: an instance has one neighbour of an address."""
    for instance in node.bgp:
        for peer, at, first in repeated((neighbor.peer, neighbor.at) for neighbor in instance.neighbors):
            yield source.error("FRR963", at, f"two neighbours are {peer}", other=first, said="the first one")


RULES = (_link_names, _session_addresses)
