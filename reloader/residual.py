"""What `frr-reload.py --test` would still change after a reload, without what it never converges on."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from frrcompile.syntax.nodes import closing_words
from reloader import masking, standing

HARMLESS = re.compile(r"(?:no )?(?:hostname \S+|frr version .*)")
EMPTY = re.compile(r"vrf \S+|interface \S+(?: vrf \S+)?")  # blocks that FRR does not show without a line in them
HEADINGS = {"Lines To Delete": "delete", "Lines To Add": "add"}
CLOSERS = closing_words() | {"end"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that FRR lacks (`add`) or has too much (`delete`), led by the contexts that it is in.

    `daemon` is the one that lacks it, where another one shows it; empty where none does.
    """

    action: str
    path: tuple[str, ...]
    daemon: str = ""

    def __str__(self) -> str:
        lacking = f" (in {self.daemon})" if self.daemon else ""
        return f"{self.action}: {' / '.join(self.masked)}{lacking}"

    @property
    def masked(self) -> tuple[str, ...]:
        """`path` as it may be shown."""
        return tuple(masking.each_line(words) for words in self.path)


def is_harmless(one: Difference, said: Collection[str]) -> bool:
    """Whether FRR never converges on a line at the top, or has it whatever the file says; `said` are the file's lines."""
    line = one.path[0]
    if len(one.path) > 1:
        return False
    return bool(HARMLESS.fullmatch(line)) or (
        bool(standing.kind(line)) and not standing.differs(one.action, line, said)
    )


def harmful(
    listed: Iterable[Difference], vrf_is_empty: Callable[[str], bool], said: Collection[str] = ()
) -> list[Difference]:
    """The listed differences that count; `said` are the file's lines.

    An empty `interface X` is harmless, and an empty `vrf X` is so in both directions.
    `vrf_is_empty` is asked about one that is to be deleted, because
    frr-reload.py lists a VRF with content in the same words.
    """
    left = []
    for difference in listed:
        path = difference.path
        if len(path) == 1:
            if is_harmless(difference, said):
                continue
            if difference.action == "add" and EMPTY.fullmatch(path[0]):
                continue
            gone = re.fullmatch(r"no vrf (\S+)", path[0])
            if gone and vrf_is_empty(gone[1]):
                continue
        left.append(difference)
    return left


def differences(output: str) -> Iterator[Difference]:
    """All differences in the standard output of `frr-reload.py --test`."""
    action = ""
    path: list[str] = []
    for line in [*output.split("\n"), "end"]:
        # Contexts are indented below each other; from version 9 on each entry also ends with its closers.
        if path and not line.startswith(" "):
            yield Difference(action, tuple(path))
            path = []
        word = line.strip()
        if line in HEADINGS:
            action = HEADINGS[line]
        elif action and word and word not in CLOSERS and not line.startswith("==="):
            path.append(word)


def vrf_content(running: str, name: str) -> list[str]:
    """The lines inside `vrf NAME` of a running configuration."""
    content: list[str] = []
    inside = False
    for line in running.split("\n"):
        if not line.startswith(" "):
            inside = line.split() == ["vrf", name]
        elif inside:
            content.append(line.strip())
    return content


def line_of(path: Sequence[str], text: str) -> int | None:
    """The line of the offered file, from 1, that says `path`; None where FRR says it in other words than the file.

    A context is the one that a line is in when no other context of its kind was opened in between.
    """
    *contexts, wanted = [context.split() for context in path]
    opened: dict[str, list[str]] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        words = line.split()
        if not words:
            continue
        if words == wanted and all(opened.get(context[0]) == context for context in contexts):
            return number
        opened[words[0]] = words
    return None
