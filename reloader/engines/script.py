"""A list of differences as one file for `vtysh -f`: deletions first, then additions, each in its contexts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from frrcompile.facts.policies import beginning
from frrcompile.syntax.nodes import ROOT, Node, nodes
from reloader.engines import entries
from reloader.residual import Difference

POLICY = re.compile(rf"(?:no )?(?:{beginning()}) .*")

# The `no` of these lines turns the warning off and is a line of its own; the default goes unshown. In ms.
WARNING = re.compile(r"(?:no )?(service (?:cputime|walltime)-warning)(?: \d+)?")
WARNING_DEFAULT = "5000"


def script(differences: Iterable[Difference]) -> str:
    """The commands that take away the differences, ready for `vtysh -f`.

    frr-reload.py's order is kept but for what refers to something else. An L3VNI goes before the BGP instance of its
    VRF, which bgpd keeps as long as it has one; the VRF goes last; policies go after and come before what uses them; entries
    of lists are replaced in place.
    """
    listed = list(entries.in_place(map(_to_default, differences)))
    deletions = sorted((one for one in listed if one.action == "delete"), key=_deletion_rank)
    additions = sorted((one for one in listed if one.action == "add"), key=_addition_rank)
    return "".join(f"{line}\n" for line in _commands(one.path for one in (*deletions, *additions)))


def _to_default(one: Difference) -> Difference:
    """What takes a warning's threshold away, as the line that sets its default; any other difference as it is."""
    found = WARNING.fullmatch(one.path[0]) if one.action == "delete" and len(one.path) == 1 else None
    return Difference("delete", (f"{found[1]} {WARNING_DEFAULT}",)) if found else one


def takes_l3vni(one: Difference) -> bool:
    """Whether it takes the L3VNI away from a VRF."""
    return one.action == "delete" and one.path[0].startswith("vrf ") and one.path[-1].startswith("no vni ")


def _deletion_rank(one: Difference) -> int:
    first = one.path[0]
    if takes_l3vni(one):
        return 0
    if re.fullmatch(r"no vrf \S+", first):
        return 3
    return 2 if POLICY.fullmatch(first) else 1


def _addition_rank(one: Difference) -> int:
    if one.path[0].startswith("frr defaults "):
        return 0
    # vtysh wants `hostname` and the like anywhere; what others refer to is there before them.
    return 1 if POLICY.fullmatch(one.path[0]) else 2


def _commands(paths: Iterable[Sequence[str]]) -> Iterator[str]:
    """The paths as lines. A context that the next path is in as well stays open: vtysh asks a daemon for each line."""
    opened: list[str] = []
    for path in paths:
        shared = 0
        while shared < min(len(opened), len(path)) and opened[shared] == path[shared]:
            shared += 1
        while len(opened) > shared:
            yield _closer(opened)
            opened.pop()
        for depth, line in enumerate(path[shared:], start=shared):
            yield " " * depth + line
        contexts = len(path) if _opens(path) else len(path) - 1
        opened.extend(path[len(opened) : contexts])
    while opened:
        yield _closer(opened)
        opened.pop()


def _closer(opened: Sequence[str]) -> str:
    node = _entered(opened)
    return " " * (len(opened) - 1) + (node.closer if node else "exit")


def _opens(path: Sequence[str]) -> bool:
    """Whether the last line of the path opens a context: an empty one is added by its header alone."""
    return _entered(path) is not None


def _entered(path: Sequence[str]) -> Node | None:
    """The node that the last line of the path enters."""
    node = nodes()[ROOT]
    for line in path:
        child = node.child(line.split())
        if child is None:
            return None
        node = nodes()[child]
    return node
