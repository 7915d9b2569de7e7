"""Findings without the secrets of the text that they are about, whatever they quote of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache

from frrcompile.diagnostics import Diagnostic, Edit, Label
from frrcompile.mistyped import SHORTEST, quoted
from frrcompile.printable import LONGEST, shortened
from frrcompile.redact import MASK, redact, secrets

REFUSED = frozenset({"FRR001", "FRR002", "FRR003", "FRR004", "FRR005", "FRR006"})
"""Findings about a line that FRR refuses: any word of it may be a secret in the wrong place."""

_LONGEST_SECRET = 256
"""Characters of a secret that are looked for as a whole; of a longer one its words are masked."""

_START = re.compile(r"(?<!\w)\S")


def masked(findings: Sequence[Diagnostic], text: str, refused: Collection[str] = ()) -> list[Diagnostic]:
    """The findings about `text`, with none of its secrets in what they say, and each message of a bounded length.

    `refused` are the lines of the text that FRR refuses, beside those of the findings that say so.
    """
    if not findings:
        return []
    known, lines = _Hider(secrets(text)), text.split("\n")
    hide = cache(known.hide)  # thousands of findings say the same
    return [_cut(_hidden(finding, known, hide, lines, refused)) for finding in findings]


def _hidden(
    finding: Diagnostic, known: _Hider, hide: Callable[[str], str], lines: Sequence[str], refused: Collection[str]
) -> Diagnostic:
    words: set[str] = set()
    for span in (finding.span, *(label.span for label in finding.labels)):
        line = lines[span.line - 1].rstrip("\r") if span.line <= len(lines) else ""
        if line in refused or (finding.code in REFUSED and span is finding.span):
            words |= {line[start:end] for start, end in quoted(line).hidden}
    if words:
        more = _Hider(words)
        return _masked(finding, lambda said: more.hide(hide(said)))
    return _masked(finding, hide) if known else finding


class _Hider:
    """Masks secrets in sentences. They stand in a tree of letters: the work does not grow with their number."""

    def __init__(self, hidden: Collection[str]) -> None:
        self._tree: dict[str, dict] = {}  # type: ignore[type-arg]  # a tree has no type of its own
        for secret in hidden:
            for word in (secret, *secret.split()):
                if len(word) >= SHORTEST or word == secret:
                    self._add(word[:_LONGEST_SECRET])
                    self._add(repr(word)[1:-1][:_LONGEST_SECRET])  # as most messages quote it

    def __bool__(self) -> bool:
        return bool(self._tree)

    def _add(self, word: str) -> None:
        branch = self._tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}

    def hide(self, said: str) -> str:
        """`said` with a mask for each secret in it that is not a part of a longer word."""
        return "".join(self._parts(said)) if self._tree else said

    def _parts(self, said: str) -> Iterator[str]:
        done = 0
        for start in _START.finditer(said):
            if start.start() >= done and (end := self._end(said, start.start())):
                yield said[done : start.start()]
                yield MASK
                done = end
        yield said[done:]

    def _end(self, said: str, at: int) -> int:
        """Where the longest secret ends that begins at `at`; 0 where none does."""
        branch, end = self._tree, 0
        while at < len(said) and (next_ := branch.get(said[at])) is not None:
            at, branch = at + 1, next_
            if "" in branch and not (said[at - 1 : at].isalnum() and said[at : at + 1].isalnum()):
                end = at
        return end


def _masked(finding: Diagnostic, hide: Callable[[str], str]) -> Diagnostic:
    edit = finding.edit
    message, help_, labels = finding.message, finding.help, finding.labels
    if (
        edit is None
        and hide(message) == message
        and hide(help_) == help_
        and all(hide(label.message) == label.message for label in labels)
    ):
        return finding
    return finding._replace(
        message=hide(message),
        help=hide(help_),
        labels=tuple(Label(label.span, hide(label.message)) for label in labels),
        edit=Edit(edit.span, redact(hide(edit.replacement))) if edit else None,
    )


def _cut(finding: Diagnostic) -> Diagnostic:
    if len(finding.message) <= LONGEST and len(finding.help) <= LONGEST:
        return finding
    return finding._replace(message=shortened(finding.message), help=shortened(finding.help))
