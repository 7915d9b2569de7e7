"""What `frrcompile lint` says in the end: results on standard output, all else on standard error, and the exit code."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterator, Sequence

from frrcompile import output
from frrcompile.cli.findings import UNREADABLE
from frrcompile.cli.model_secrets import secrets_of
from frrcompile.diagnostics import Diagnostic, Severity
from frrcompile.lint.file import Outcome
from frrcompile.mistyped import quoted
from frrcompile.pipeline.codes import explanation
from frrcompile.redact import redact
from frrcompile.report.formats import render
from frrcompile.report.run import Run
from frrcompile.report.sources import Sources
from frrcompile.report.text import summary

FEW = 3
"""The hints of a code in a file that are told as text."""


def show(done: Sequence[Outcome], failures: Sequence[str], arguments: argparse.Namespace) -> int:
    """Prints all of it; 0 nothing found, 1 errors or warnings, 2 where an input could not be read."""
    failures = [*failures, *(failure for outcome in done for failure in outcome.failures)]
    more = ""
    findings = [finding for outcome in done for finding in outcome.findings]
    held = {one.path: one.text if one.repaired is None else one.repaired for one in done if one.path == "-"}
    on_stderr = False
    if arguments.diff:
        for outcome in done:
            _show_diff("".join(_diff(outcome)))
    else:
        if arguments.fix and held:  # standard output is the repaired text's, as a filter's
            output.data(held["-"])
            on_stderr = True
        paths = [outcome.path for outcome in done if not outcome.failures]
        shown = list(_few_hints(findings)) if arguments.format == "text" else findings
        refused = {outcome.path: outcome.refused for outcome in done if outcome.refused}
        sources = Sources(held, refused, *secrets_of(shown))
        _results(Run(shown, paths, failures, sources, explanation), arguments.format, on_stderr=on_stderr)
        if left := len(findings) - len(shown):
            more = f"{_times(left, 'more hint')} like these; `--format json` has them all"
    output.flush()
    if more:
        output.tell(f"\nfrrcompile: {more}\n")
    _notices(done, failures)
    gap = "\n" if findings and arguments.format == "text" and not arguments.diff else ""
    output.tell(f"{gap}frrcompile: {_summary(done, findings, failures, arguments)}\n")
    return _exit_code(findings, failures, changed=arguments.diff and any(one.fixed for one in done))


def _few_hints(findings: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings, of the hints of a code the first few in a file: nobody reads the four thousandth."""
    told: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        told[finding.code, finding.span.path] += 1
        if finding.severity is not Severity.INFO or told[finding.code, finding.span.path] <= FEW:
            yield finding


def _results(run: Run, format_: str, *, on_stderr: bool) -> None:
    if format_ != "text":
        return output.document(render(format_, run), on_stderr=on_stderr)
    colour = output.colours(on_stderr=on_stderr)
    text = render(format_, run, colour=colour)
    if on_stderr:
        output.tell(text, colour=colour)
    else:
        output.show(text, colour=colour)
    if in_github_actions():
        output.document(render("github", run), on_stderr=on_stderr)
    return None


def _show_diff(text: str) -> None:
    """For a terminal or a CI system's log as text; to the byte for `patch`, which needs carriage returns too."""
    if output.is_terminal() or output.is_log():
        output.show(text)
    else:
        output.data(text)


def _diff(outcome: Outcome) -> Iterator[str]:
    """The repairs as a unified diff without secrets; nothing where there are none."""
    from difflib import unified_diff

    if outcome.repaired is None:
        return
    for line in unified_diff(_lines(outcome.text), _lines(outcome.repaired), outcome.path, outcome.path):
        content = line.rstrip("\r\n")
        secret = content[:1] in "+- " and content[1:] in outcome.refused
        shown = content[0] + quoted(content[1:]).text if secret else redact(content)
        yield shown + (line[len(content) :] if line.endswith("\n") else "\n\\ No newline at end of file\n")


def _lines(text: str) -> list[str]:
    *whole, last = text.split("\n")
    return [f"{line}\n" for line in whole] + ([last] if last else [])


def _notices(done: Sequence[Outcome], failures: Sequence[str]) -> None:
    for note in sorted({note for outcome in done for note in outcome.notes}):
        output.complain(note)
    for outcome in done:
        if outcome.spoiled:
            output.complain(f"{outcome.path}: not repaired, as FRR would refuse the result")
    for failure in failures:
        output.complain(failure)


def _summary(
    done: Sequence[Outcome], findings: Sequence[Diagnostic], failures: Sequence[str], arguments: argparse.Namespace
) -> str:
    fixed = sum(outcome.fixed for outcome in done)
    read = [outcome for outcome in done if not outcome.failures]
    if failures and not read:
        return "nothing could be read"
    words = summary(findings)
    if failures:
        words = f"{_times(len(failures), 'input')} could not be read; {words} in {_times(len(read), 'other')}"
    elif len(done) > 1:
        concerned = len({finding.span.path for finding in findings})
        words += f" in {concerned} of {len(done)} inputs" if findings else f" in {len(done)} inputs"
    if arguments.diff:
        return f"{_times(fixed, 'place')} would be repaired; then: {words}" if fixed else f"nothing to repair; {words}"
    if arguments.fix:
        return f"{_times(fixed, 'place')} repaired; now: {words}" if fixed else f"nothing to repair; {words}"
    repairable = sum(finding.edit is not None for finding in findings)
    return words + (f"; --fix repairs {repairable} of them" if repairable else "")


def _times(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("s" if count != 1 else "")


def in_github_actions() -> bool:
    """Whether GitHub's runner reads what is printed."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def _exit_code(findings: Sequence[Diagnostic], failures: Sequence[str], *, changed: bool) -> int:
    if failures or any(finding.code in UNREADABLE for finding in findings):
        return 2
    return 1 if changed or any(finding.severity is not Severity.INFO for finding in findings) else 0
