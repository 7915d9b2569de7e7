"""Differences for people: a summary, what is bad about it, and the changed lines below their headers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from frrcompile.diff.impact import Level
from frrcompile.diff.review import Review, Row, place, rows, whom
from frrcompile.printable import printable

COLUMN = 60
"""Where impacts stand, at the right of their lines."""

_SIGNS = {"-": "31", "+": "32", " ": ""}
_LEVELS = {
    Level.NONE: "2",
    Level.POLICY: "36",
    Level.REFRESH: "33",
    Level.RESET: "31;1",
    Level.RECREATE: "31;1",
    Level.WITHDRAW: "31;1",
}


def render(reviews: Iterable[Review], *, colour: bool = False) -> str:
    """The reviews as text, a section for each node that differs."""
    paint = _paint if colour else _plain
    return "\n".join("".join(f"{line}\n" for line in _section(review, paint)) for review in reviews)


def stat(reviews: Iterable[Review]) -> str:
    """A line for each node: how many lines were added, removed and changed, the worst level, and the summary."""
    found = list(reviews)
    width = max((len(review.name) for review in found), default=0)
    lines = []
    for review in found:
        counts = dict.fromkeys(("added", "removed", "changed"), 0)
        for one in review.assessment.changes:
            counts[one.change.kind] += not one.change.implied
        numbers = f"+{counts['added']} -{counts['removed']} ~{counts['changed']}"
        level = review.assessment.level.word
        lines.append(
            f"{printable(review.name):{width}}  {numbers:16} {level:8}  {printable(review.assessment.summary)}\n"
        )
    return "".join(lines)


def _section(review: Review, paint: Callable[[str, str], str]) -> Iterator[str]:
    title = printable(f"{review.name}: {review.old} -> {review.new}")
    yield f"{paint(title, '1')}: {printable(review.assessment.summary)}"
    told = [one for one in review.assessment.worst_first if one.impact.level > Level.NONE]
    for one in told:
        impact = one.impact
        word = paint(f"{impact.level.word:8}", _LEVELS[impact.level])
        hit = whom(impact)
        where = place(one.change, review)
        said = printable(f"{hit + ': ' if hit else ''}{impact.reason} ({where})")
        yield f"  {word} {said}"
    if told:
        yield ""
    for row in rows(review.assessment):
        yield _row(row, paint)


def _row(row: Row, paint: Callable[[str, str], str]) -> str:
    line = f"{row.sign} {' ' * row.depth}{printable(row.text)}"
    painted = paint(line, _SIGNS[row.sign]) if _SIGNS[row.sign] else line
    impact = row.impact
    if impact is None or impact.level is Level.NONE:
        return painted
    hit = whom(impact, 2)
    said = impact.level.word + (f" {printable(hit)}" if hit else "")
    return f"{painted}{' ' * max(2, COLUMN - len(line))}{paint(said, _LEVELS[impact.level])}"


def _paint(text: str, colour: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"


def _plain(text: str, _colour: str) -> str:
    return text
