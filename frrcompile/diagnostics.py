"""What the compiler and the linter have to say: frozen values that passes return and reports render.

Exceptions are for bugs and for I/O; a problem with somebody's input is a `Diagnostic`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How bad a finding is; `ERROR` alone makes a compilation fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Span(NamedTuple):
    """A place in an input: lines and columns count from 1, the end is exclusive.

    `path` is what the user called the file ("-" for standard input).
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    @classmethod
    def of_file(cls, path: str) -> Span:
        """The start of a file, for what concerns it as a whole."""
        return cls(path, 1, 1, 1, 1)


class Label(NamedTuple):
    """A second place that belongs to a finding, such as "first defined here"."""

    span: Span
    message: str


class Edit(NamedTuple):
    """A safe repair: the text at `span` becomes `replacement`."""

    span: Span
    replacement: str


class Diagnostic(NamedTuple):
    """One finding.

    `code` is stable (FRR000 and up); `message` says what was found and what is allowed; `help` says what to do next;
    `field` is the path of the model's field (`vrfs.red.table`), empty for findings in a frr.conf.
    """

    code: str
    severity: Severity
    message: str
    span: Span
    field: str = ""
    labels: tuple[Label, ...] = ()
    help: str = ""
    edit: Edit | None = None

    @property
    def place(self) -> tuple[str, int, int, str]:
        """Where it is, as a key to sort findings by."""
        return (self.span.path, self.span.line, self.span.column, self.code)


MORE = "this rule has more findings, from here on: only the first ones are listed"
"""The message of a rule's last finding in a file with too many of them."""
MORE_HELP = "repair those, or ignore the rule, and lint the file again"


MOST_ALIKE = 200
"""The findings of one code in one file of a model or of resources that are kept: each may list the fields that there are."""


def bounded(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings; of more than `MOST_ALIKE` with one code in one file the first ones, and one that counts the others."""
    kept: list[Diagnostic] = []
    counts: dict[tuple[str, str, Severity], int] = {}
    first: dict[tuple[str, str, Severity], int] = {}
    for finding in findings:
        alike = (finding.code, finding.span.path, finding.severity)
        counts[alike] = counts.get(alike, 0) + 1
        if counts[alike] > MOST_ALIKE and first.setdefault(alike, len(kept)) < len(kept):
            continue
        kept.append(finding)
    for alike, at in first.items():
        said = f"and {counts[alike] - MOST_ALIKE} more findings like the ones before, from here on"
        kept[at] = Diagnostic(kept[at].code, kept[at].severity, said, kept[at].span)
    return kept


def has_errors(findings: Iterable[Diagnostic]) -> bool:
    """Whether any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


LONGEST_NAME = 100
"""The letters that a name may have to be compared with others: longer names are skipped for speed."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that `word` was probably meant to be, or None where nothing is near."""
    import difflib  # only where something was mistyped: every command would wait for it

    if len(word) > LONGEST_NAME:
        return None
    names = {name.lower().replace("_", "-"): name for name in known}
    matches = difflib.get_close_matches(word.lower().replace("_", "-"), names, n=1, cutoff=0.6)
    return names[matches[0]] if matches else None
