"""FRR's commands for fields that the model lacks: the help of the finding shows the command, for `raw` lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from frrcompile.diagnostics import Diagnostic
from frrcompile.facts.releases import KNOWN
from frrcompile.model.findings import UNKNOWN
from frrcompile.syntax.commands.language import Part
from frrcompile.syntax.commands.table import Table, table
from frrcompile.syntax.nodes import nodes

SESSIONS = ("neighbors", "host-session", "passthrough")
BGP = "bgp"
PEER = "PEER"
MOST_LOOKED_FOR = 20
"""The most unknown fields of a model that are searched for, because each search takes time."""


def with_commands(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings, those about unknown fields with FRR's command as their help where nothing else helps."""
    found = list(findings)
    bare = [place for place, one in enumerate(found) if one.code == UNKNOWN and not one.help and "raw" not in one.field]
    if not bare:
        return found
    known = table(KNOWN[-1])
    for number, place in enumerate(bare):
        field = found[place].field
        shown = command(field, known) if number < MOST_LOOKED_FOR else None
        found[place] = found[place]._replace(help=_help(field, shown))
    return found


def _help(field: str, shown: tuple[str, str] | None) -> str:
    if shown:
        line, header = shown
        below = f" below `{header} ...`" if header else ""
        return f"the model has no field for it; FRR has `{line}`{below}: write such lines under `raw`"
    above = field.rpartition(".")[0]
    return f"`frrcompile explain {above}` lists the fields" if above else "docs/model.md has all fields"


def command(field: str, known: Table) -> tuple[str, str] | None:
    """FRR's command for a field that the model lacks, and the header that it stands below; None without one."""
    *above, word = field.replace("[", ".").split(".")
    of_session = any(name in above for name in SESSIONS)
    there = (node for node in nodes().values() if not of_session or BGP in (node.name, *node.ancestors))
    for node in sorted(there, key=lambda node: len(node.ancestors)):
        for parts in known.commands(node.frr):
            words = list(_words(parts))
            if words[:3] == ["neighbor", PEER, word] if of_session else word in _beginnings(words):
                return " ".join(words), node.title
    return None


def _beginnings(words: Sequence[str]) -> Sequence[str]:
    """The keywords by which a setting is called: `bgp` and `ip` stand before it."""
    return words[:2] if words[:1] in (["bgp"], ["ip"]) else words[:1]


def _words(parts: Sequence[Part]) -> Iterator[str]:
    """A command as people read it, without what may be left out."""
    for part in parts:
        if isinstance(part, str):
            yield part.partition("$")[0].removeprefix("=")
        elif part[0] == "<":
            choices = [" ".join(_words(choice)) for choice in part[1:] if isinstance(choice, list)]
            yield PEER if "A.B.C.D" in choices and "WORD" in choices else f"<{'|'.join(choices)}>"
