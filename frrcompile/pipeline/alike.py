"""Findings about several sessions of one field: a node has one, the fleet has many."""

from __future__ import annotations

from collections.abc import Iterable

from frrcompile.diagnostics import Diagnostic, Span

_OF_SESSIONS = ("MOD212",)
"""Codes whose messages have the address of a session, which follows from the node's index."""


def folded(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Each finding once; those about several sessions of one field as the first of them, with the number of the others."""
    groups: dict[Diagnostic | tuple[str, Span, str], list[Diagnostic]] = {}
    for finding in dict.fromkeys(findings):
        of_sessions = finding.code in _OF_SESSIONS
        key = (finding.code, finding.span, finding.field) if of_sessions else finding
        groups.setdefault(key, []).append(finding)
    return [_first(some) for some in groups.values()]


def _first(some: list[Diagnostic]) -> Diagnostic:
    more = len(some) - 1
    if not more:
        return some[0]
    return some[0]._replace(
        message=f"{some[0].message} (the same for {more} more session{'s' * (more > 1)} of this field)"
    )
