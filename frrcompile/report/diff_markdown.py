"""Differences for a comment on a pull request: a table of the nodes, and a section for each that opens at a click."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from frrcompile.diff.impact import Level
from frrcompile.diff.review import Review, place, rows, whom
from frrcompile.printable import printable

_MENTION = re.compile(r"@(?=\w)|(?<!&)#(?=\d)|GH-(?=\d)|!(?=\d)")

_SIGNS = {
    Level.NONE: "⚪",
    Level.POLICY: "🔵",
    Level.REFRESH: "🟡",
    Level.RESET: "🟠",
    Level.RECREATE: "🔴",
    Level.WITHDRAW: "🔴",
}


def render(reviews: Iterable[Review]) -> str:
    """The reviews as Markdown."""
    found = list(reviews)
    if not found:
        return "No difference to FRR.\n"
    return "\n".join(line for review in found for line in _section(review)) + "\n"


def _section(review: Review) -> Iterator[str]:
    assessment = review.assessment
    yield "<details>"
    name, summary = (_quiet(html.escape(printable(text))) for text in (review.name, assessment.summary))
    yield f"<summary>{_SIGNS[assessment.level]} <b>{name}</b>: {summary}</summary>"
    yield ""
    told = [one for one in assessment.worst_first if one.impact.level > Level.NONE]
    if told:
        yield "| impact | on | why | line |"
        yield "| --- | --- | --- | --- |"
        for one in told:
            cells = (one.impact.level.word, whom(one.impact), one.impact.reason, place(one.change, review))
            yield f"| {' | '.join(_cell(cell) for cell in cells)} |"
        yield ""
    text = [f"{row.sign} {' ' * row.depth}{printable(row.text)}" for row in rows(assessment)]
    fence = "`" * max(3, 1 + max((_longest_run(line) for line in text), default=0))
    yield f"{fence}diff"
    yield from text
    yield fence
    yield ""
    yield "</details>"
    yield ""


def _cell(text: str) -> str:
    escaped = html.escape(printable(text), quote=False)
    for character in "\\|`*_[]":
        escaped = escaped.replace(character, f"\\{character}")
    return _quiet(escaped)


def _quiet(text: str) -> str:
    """Text that mentions no user, team or issue: `@name` would send mail, `#1` would write into another thread."""
    return _MENTION.sub(r"\g<0><!-- -->", text)


def _longest_run(line: str) -> int:
    longest = run = 0
    for character in line:
        run = run + 1 if character == "`" else 0
        longest = max(longest, run)
    return longest
