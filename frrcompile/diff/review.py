"""One node's difference with its impact, in the order that a reader wants: what every report of a diff is made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from frrcompile.diff.changes import Change, Difference
from frrcompile.diff.configuration import Path
from frrcompile.diff.impact import Assessed, Assessment, Impact


@dataclass(frozen=True, slots=True)
class Review:
    """The assessed difference of one node; `old` and `new` are what the user calls its two sides."""

    name: str
    old: str
    new: str
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a review: `-`, `+` or a blank before a header that is the same, the depth of its context, and its text.

    `impact` is that of the change which the line ends, None elsewhere. `line` is its number in its file, 0 for what no
    file says.
    """

    sign: str
    depth: int
    text: str
    line: int = 0
    impact: Impact | None = None


def rows(assessment: Assessment) -> Iterator[Row]:
    """The changed lines below the headers that they stand under; what neither file says is left out."""
    difference = assessment.difference
    order = {path: at for at, path in enumerate(dict.fromkeys([*difference.new.contexts, *difference.old.contexts]))}
    by_path: dict[Path, list[Assessed]] = {}
    headers: dict[Path, Assessed] = {}
    for one in assessment.changes:
        whole = (*one.change.path, one.change.key)
        if whole in order:
            headers[whole] = one
        if not one.change.implied or one.impact.level:
            by_path.setdefault(one.change.path, []).append(one)
    places = {path: tuple(order.get(path[: depth + 1], 0) for depth in range(len(path))) for path in by_path}
    around = {path[: depth + 1] for path in by_path for depth in range(len(path))}
    told: set[Path] = set()
    for path in sorted(by_path, key=lambda path: places[path]):
        lines = [one for one in by_path[path] if (*path, one.change.key) not in headers]
        alone = [one for one in by_path[path] if (*path, one.change.key) in headers]
        if lines:
            yield from _header(path, headers, told, assessment)
        for one in lines:
            yield from _change(one, len(path), difference)
        for one in alone:  # a header of which nothing below is shown is shown by itself
            whole = (*path, one.change.key)
            if whole not in around:
                yield from _header(whole, headers, told, assessment)


def _header(path: Path, headers: dict[Path, Assessed], told: set[Path], assessment: Assessment) -> Iterator[Row]:
    difference = assessment.difference
    for depth in range(len(path)):
        part = path[: depth + 1]
        if part in told:
            continue
        told.add(part)
        if (one := headers.get(part)) is not None:
            yield from _change(one, depth, difference)
        else:
            config = difference.new if part in difference.new.contexts else difference.old
            yield Row(" ", depth, config.shown(config.contexts[part].header))


def _change(one: Assessed, depth: int, difference: Difference) -> Iterator[Row]:
    change = one.change
    if change.old is not None:
        text = difference.old.shown(change.old)
        yield Row("-", depth, text, _line(change, "old"), None if change.new else one.impact)
    if change.new is not None:
        yield Row("+", depth, difference.new.shown(change.new), _line(change, "new"), one.impact)


def _line(change: Change, side: str) -> int:
    entry = change.old if side == "old" else change.new
    return 0 if entry is None or entry.implied else entry.line


def place(change: Change, review: Review) -> str:
    """`FILE:LINE` of a change."""
    path = review.new if change.new is not None else review.old
    return f"{path}:{change.entry.line}"


def whom(impact: Impact, few: int = 4) -> str:
    """What an impact hits, in a few words: `192.0.2.1, 192.0.2.2 in ipv4 unicast, VRF red`."""
    parts = []
    if impact.neighbors:
        names = ", ".join(impact.neighbors[:few])
        more = len(impact.neighbors) - few
        parts.append(names + (f" and {more} more" if more > 0 else ""))
    if impact.families and impact.neighbors:
        parts.append(f"in {', '.join(impact.families)}")
    found = [" ".join(parts)] if parts else []
    if impact.vrf:
        found.append(f"VRF {impact.vrf}")
    if impact.vnis:
        found.append(f"VNI {', '.join(impact.vnis)}")
    return ", ".join(found)
