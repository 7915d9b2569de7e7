"""Lines of interfaces as this release takes their `no`: `no description` without the text, `link-params` as a whole.

zebra has no `no` for most of what is in `link-params`, so that a block that loses a line is made anew. 8.4 ends the block
by `no enable` in it, later releases by `no link-params`.
"""

from __future__ import annotations

from collections.abc import Iterable

from frrcompile.facts.releases import Release
from frrcompile.syntax.commands.table import table
from frrcompile.syntax.nodes import nodes
from reloader import plain
from reloader.blocks import LINK_PARAMS
from reloader.residual import Difference

SHORTEST = 2  # `no` and one word
LONGEST = 100  # words that are tried: only the text of a description is longer


def concerned(differences: Iterable[Difference]) -> bool:
    """Whether `typed` may change any of them."""
    return any(_in_interface(one) for one in differences)


def typed(differences: Iterable[Difference], wanted: str, release: Release) -> list[Difference]:
    """The differences in the words that `release` takes; `wanted` is the file."""
    listed = list(differences)
    anew = dict.fromkeys(one.path[0] for one in listed if _in_interface(one) and one.path[1:2] == (LINK_PARAMS,))
    made = [Difference("add", path) for path in plain.lines(wanted) if path[0] in anew and path[1:2] == (LINK_PARAMS,)]
    kept = [one for one in listed if not (one.path[0] in anew and one.path[1:2] == (LINK_PARAMS,))]
    kept += [Difference("delete", (header, f"no {LINK_PARAMS}")) for header in anew]
    return [*(_taken(one, release) if _in_interface(one) else one for one in kept), *made]


def _in_interface(one: Difference) -> bool:
    """Whether it takes a line of an interface away."""
    return one.action == "delete" and len(one.path) > 1 and one.path[0].startswith("interface ")


def _taken(one: Difference, release: Release) -> Difference:
    """The line with as many of its words as the release's command takes; as it is where there is no such command."""
    header, line = one.path[0], tuple(one.path[-1].split())
    matcher = table(release).matcher(nodes()["interface"].frr)
    for end in range(min(len(line), LONGEST), SHORTEST - 1, -1):
        if matcher.accepts(line[:end]):
            return Difference("delete", (header, " ".join(line[:end])))
    if one.path[1:] == (f"no {LINK_PARAMS}",):
        return Difference("delete", (header, LINK_PARAMS, "no enable"))
    return one
