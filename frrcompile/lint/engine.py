"""Running rules over a text."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from frrcompile.diagnostics import MORE, MORE_HELP, Diagnostic, Span
from frrcompile.facts.releases import Release
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, Rule
from frrcompile.lint.rules import rules

MOST = 10_000
"""The findings of one rule in one file that are kept: 500,000 lines can have a finding each, and more."""


def lint(
    text: str,
    path: str,
    release: Release,
    codes: Collection[str] | None = None,
    *,
    most: int | None = MOST,
) -> list[Diagnostic]:
    """What the rules find in a frr.conf, in the order of the text; `codes` are the rules to run, all by default.

    `release` is FRR's, such as (10, 3). A rule that finds more than `most` is stopped: its last finding says so.
    With None all are kept. Never raises, whatever the text.
    """
    config = Configuration(text, path, release)
    found = [
        finding
        for one in rules().values()
        if (codes is None or one.code in codes)
        and one.applies(release)
        and (not one.keywords or config.may_have(one.keywords))
        for finding in _run(one, config, most)
    ]
    return sorted(found, key=lambda finding: finding.place)


def _run(one: Rule, config: Configuration, most: int | None) -> Iterator[Diagnostic]:
    found = iter(one.check(config))
    for problem in islice(found, most):
        yield Diagnostic(
            one.code,
            one.severity,
            problem.message,
            _span(problem),
            "",
            problem.labels,
            problem.help,
            problem.edit,
        )
    if (next_ := next(found, None)) is not None:
        yield Diagnostic(one.code, one.severity, MORE, _span(next_), help=MORE_HELP)


def _span(problem: Problem) -> Span:
    return problem.at.span if isinstance(problem.at, Command) else problem.at
