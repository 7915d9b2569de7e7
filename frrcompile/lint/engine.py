"""Running rules over a text."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from frrcompile.diagnostics import Diagnostic, Span
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, Rule, rules


def lint(text: str, path: str, release: tuple[int, int], codes: Collection[str] | None = None) -> list[Diagnostic]:
    """What the rules find in a frr.conf, in the order of the text; `codes` are the rules to run, all by default.

    `release` is FRR's, such as (10, 3). Never raises, whatever the text.
    """
    config = Configuration(text, path, release)
    found = [
        finding
        for one in rules().values()
        if (codes is None or one.code in codes) and one.applies(release)
        for finding in _run(one, config)
    ]
    return sorted(found, key=lambda finding: finding.place)


def _run(one: Rule, config: Configuration) -> Iterator[Diagnostic]:
    for problem in one.check(config):
        yield Diagnostic(
            one.code,
            one.severity,
            problem.message,
            _span(problem),
            labels=problem.labels,
            help=problem.help,
            edit=problem.edit,
        )


def _span(problem: Problem) -> Span:
    return problem.at.span if isinstance(problem.at, Command) else problem.at
