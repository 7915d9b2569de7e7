"""Every finding that there can be in a frr.conf, with its documentation: the rules', and those of the passes around them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from frrcompile.diagnostics import Diagnostic, Severity
from frrcompile.documented import Entry
from frrcompile.facts.releases import Release
from frrcompile.lint import encoding, suppress
from frrcompile.lint.engine import lint
from frrcompile.lint.release import tables
from frrcompile.lint.rules import rules

SUPPRESSIONS = "suppressions"
"""The family of what is found about suppressions themselves."""
ENCODING = "encoding"
"""The family of what is found before there is a text."""


def _of_rule(entry: Entry, text: str, path: str) -> list[Diagnostic]:
    return lint(text, path, _newest(entry), {entry.code})


def _of_suppressions(entry: Entry, text: str, path: str) -> list[Diagnostic]:
    codes = catalog().keys()
    return suppress.apply(text, path, lint(text, path, _newest(entry)), codes, codes)


def _of_bytes(_entry: Entry, text: str, path: str) -> list[Diagnostic]:
    content = text.encode("latin-1")
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return [encoding.no_text(content, path, error)]
    return []


def _newest(entry: Entry) -> Release:
    """The newest FRR with a command table that the entry is for."""
    return max((one for one in tables() if entry.applies(one)), default=entry.releases[0])


PASSES = (
    Entry(
        suppress.UNUSED,
        "unused-suppression",
        Severity.WARNING,
        SUPPRESSIONS,
        suppress.unused.__doc__,
        _of_suppressions,
    ),
    Entry(
        suppress.INVALID,
        "invalid-suppression",
        Severity.WARNING,
        SUPPRESSIONS,
        suppress.invalid.__doc__,
        _of_suppressions,
    ),
    Entry(encoding.UNREADABLE, "no-text", Severity.ERROR, ENCODING, encoding.no_text.__doc__, _of_bytes),
)
"""What is found by passes that see more than a rule does."""


@lru_cache(maxsize=1)
def catalog() -> Mapping[str, Entry]:
    """Every entry by its code, in the order of the codes."""
    from_rules = [
        Entry(one.code, one.name, one.severity, one.family, one.check.__doc__, _of_rule, one.releases)
        for one in rules().values()
    ]
    return {entry.code: entry for entry in sorted((*PASSES, *from_rules), key=lambda entry: entry.code)}
