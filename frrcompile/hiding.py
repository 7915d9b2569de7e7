"""Known secrets, masked wherever a sentence or a line has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from frrcompile.diagnostics import Diagnostic, Edit, Label
from frrcompile.redact import MASK, redact

SHORTEST = 3
"""The least letters of a word that may be a secret."""

_LONGEST_SECRET = 256
"""Characters of a secret that are looked for as a whole; of a longer one its words are masked."""

_START = re.compile(r"(?<!\w)\S")


class Hider:
    """Masks secrets in sentences. They stand in a tree of letters: the work does not grow with their number.

    With `words`, each word of a secret is masked by itself, too.
    """

    def __init__(self, hidden: Collection[str], *, words: bool = True) -> None:
        self._tree: dict[str, dict] = {}  # type: ignore[type-arg]  # a tree has no type of its own
        for secret in hidden:
            for word in (secret, *(secret.split() if words else ())):
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
        if not self._tree:
            return said
        parts, done = [], 0
        for start, end in self.spans(said):
            parts += [said[done:start], MASK]
            done = end
        return "".join([*parts, said[done:]])

    def spans(self, said: str) -> Iterator[tuple[int, int]]:
        """Where the secrets in `said` begin and end."""
        done = 0
        for start in _START.finditer(said):
            if start.start() >= done and (end := self._end(said, start.start())):
                yield start.start(), end
                done = end

    def _end(self, said: str, at: int) -> int:
        """Where the longest secret ends that begins at `at`; 0 where none does."""
        branch, end = self._tree, 0
        while at < len(said) and (next_ := branch.get(said[at])) is not None:
            at, branch = at + 1, next_
            if "" in branch and not (said[at - 1 : at].isalnum() and said[at : at + 1].isalnum()):
                end = at
        return end


def without(finding: Diagnostic, hide: Callable[[str], str]) -> Diagnostic:
    """The finding with all that it says passed through `hide`."""
    edit = finding.edit
    message, help_, labels = finding.message, finding.help, finding.labels
    if (
        edit is None
        and hide(message) == message
        and hide(help_) == help_
        and hide(finding.field) == finding.field
        and all(hide(label.message) == label.message for label in labels)
    ):
        return finding
    return finding._replace(
        message=hide(message),
        help=hide(help_),
        field=hide(finding.field),
        labels=tuple(Label(label.span, hide(label.message)) for label in labels),
        edit=Edit(edit.span, redact(hide(edit.replacement))) if edit else None,
    )
