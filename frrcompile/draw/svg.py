"""A picture as SVG: by itself, without scripts, with text that can be selected and searched."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from frrcompile.draw import style
from frrcompile.draw.layout import LEADING, LINE_SIZE, PAD, TITLE_SIZE, Area, Placed, Point, place
from frrcompile.draw.measure import cut, width
from frrcompile.draw.picture import Box, Link, Picture, State

MARGIN = 24.0
HEAD = 70.0
FOOT = 44.0
CORNER = 8.0
MARK = 14.0
"""The room of a `+` or a `−` before a text."""


def render(picture: Picture) -> str:
    """The picture as an SVG document."""
    placed = place(picture)
    legend = list(_legend(picture))
    wide = max(
        placed.width,
        width(picture.title, 20, bold=True),
        width(picture.subtitle, LINE_SIZE),
        width(picture.compared, LINE_SIZE),
        sum(58 + width(text, LINE_SIZE) for _, text in legend),
    )
    head = HEAD + (LEADING if picture.compared else 0)
    return "".join(
        f"{line}\n" for line in _document(picture, placed, legend, wide + 2 * MARGIN, head, placed.height + head + FOOT)
    )


def _document(
    picture: Picture, placed: Placed, legend: list[tuple[str, str]], wide: float, head: float, high: float
) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="fc" viewBox="0 0 {_n(wide)} {_n(high)}" width="{_n(wide)}" '
        f'height="{_n(high)}" role="img" aria-labelledby="frrcompile-title frrcompile-desc">'
    )
    yield f'<title id="frrcompile-title">{_t(picture.title)}</title>'
    yield f'<desc id="frrcompile-desc">{_t(_description(picture))}</desc>'
    yield f"<style>{style.css()}</style>"
    yield f'<rect class="paper" width="{_n(wide)}" height="{_n(high)}"/>'
    yield f'<text class="h" x="{_n(MARGIN)}" y="34">{_t(picture.title)}</text>'
    for at, text in enumerate(filter(None, (picture.subtitle, picture.compared))):
        yield f'<text class="m" x="{_n(MARGIN)}" y="{_n(53 + at * LEADING)}">{_t(text)}</text>'
    yield f'<g transform="translate({_n(MARGIN)} {_n(head)})">'
    yield from _body(picture, placed)
    yield "</g>"
    yield from _legend_row(legend, high - 16)
    yield "</svg>"


def _body(picture: Picture, placed: Placed) -> Iterator[str]:
    for title, area in placed.zones:
        yield f'<rect class="zone" {_rect(area)} rx="{_n(CORNER + 4)}"/>'
        yield f'<text class="z" x="{_n(area.x + PAD)}" y="{_n(area.y + 21)}">{_t(title)}</text>'
    if placed.frame:
        yield f'<rect class="b nic" {_rect(placed.frame)} rx="{_n(CORNER)}"/>'
        x, y = placed.frame.x + PAD, placed.frame.y + PAD + TITLE_SIZE - 2
        yield f'<text class="t" x="{_n(x)}" y="{_n(y)}">{_t(picture.frame)}</text>'
    names = {box.key: box.title for box, _ in placed.boxes}
    # What is as it was is drawn last: where a link runs together with one that went, it must not seem to have gone.
    for link, route in sorted(placed.links, key=lambda one: one[0].state is State.SAME):
        yield from _link(link, route, names, picture.frame)
    for box, area in placed.boxes:
        yield from _box(box, area, bool(picture.compared))


def _link(link: Link, route: tuple[Point, ...], names: dict[str, str], frame: str) -> Iterator[str]:
    kind = f"{link.style} {link.state.value}" if link.state is not State.SAME else link.style
    word = style.WORDS.get(link.state)
    ends = " – ".join(names.get(key, frame) for key in (link.source, link.target))
    said = f"{style.LINKS[link.style][3]}: {ends}" + (f" ({word})" if word else "")
    yield f'<g><title>{_t(said)}</title><path class="l {kind}" d="{_path(route)}"/>'
    for x, y in (route[0], route[-1]):
        yield f'<circle class="d {kind}" cx="{_n(x)}" cy="{_n(y)}" r="2.6"/>'
    yield "</g>"


def _box(box: Box, area: Area, compared: bool) -> Iterator[str]:
    look = box.state.value if compared else box.kind
    word = style.WORDS.get(box.state)
    whole = [box.title + (f" ({word})" if word else "")]
    whole += [f"{style.MARKS[line.state]}{line.text}" for line in box.lines]
    yield f"<g><title>{_t(chr(10).join(whole))}</title>"
    yield f'<rect class="b {look}" {_rect(area)} rx="{_n(CORNER)}"/>'
    x, y = area.x + PAD, area.y + PAD + TITLE_SIZE - 2
    yield from _text(box.title, box.state, x, y, "t")
    for line in box.lines:
        y += LEADING
        # In a box that came or went as a whole its lines say nothing by themselves.
        state = line.state if box.state is State.CHANGED else State.SAME
        yield from _text(line.text, state, x, y, "")
    yield "</g>"


def _text(text: str, state: State, x: float, y: float, kind: str) -> Iterator[str]:
    if state is State.SAME:
        attribute = f' class="{kind}"' if kind else ""
        yield f'<text{attribute} x="{_n(x)}" y="{_n(y)}">{_t(cut(text))}</text>'
        return
    yield f'<text class="t {"" if state is State.REMOVED else state.value}" x="{_n(x)}" y="{_n(y)}">{style.MARKS[state]}</text>'
    yield f'<text class="{f"{kind} {state.value}".strip()}" x="{_n(x + MARK)}" y="{_n(y)}">{_t(cut(text))}</text>'


def _legend(picture: Picture) -> Iterator[tuple[str, str]]:
    """What needs explaining, of what there is: a class and its words."""
    used = {link.style for link in picture.links}
    yield from ((f"l {name}", words) for name, (_, _, _, words) in style.LINKS.items() if name in used)
    if picture.compared:
        yield from ((f"b {state.value}", f"{style.MARKS[state]} {word}") for state, word in style.WORDS.items())


def _legend_row(legend: list[tuple[str, str]], y: float) -> Iterator[str]:
    x = MARGIN
    for look, text in legend:
        if look.startswith("l "):
            yield f'<path class="{look}" d="M{_n(x)} {_n(y - 4)}h28"/>'
        else:
            yield f'<rect class="{look}" x="{_n(x)}" y="{_n(y - 12)}" width="28" height="15" rx="4"/>'
        yield f'<text class="m" x="{_n(x + 36)}" y="{_n(y)}">{_t(text)}</text>'
        x += 58 + width(text, LINE_SIZE)


def _description(picture: Picture) -> str:
    """The picture in words, for those who do not see it."""
    parts = [picture.subtitle, picture.compared]
    parts += [f"{box.title}: {', '.join(line.text for line in box.lines)}" for box in picture.boxes]
    return "; ".join(part for part in parts if part)


def _path(route: tuple[Point, ...]) -> str:
    """A line through the points, with round corners."""
    said = [f"M{_n(route[0][0])} {_n(route[0][1])}"]
    for before, here, after in zip(route, route[1:], route[2:], strict=False):
        radius = min(6.0, _length(before, here) / 2, _length(here, after) / 2)
        (ax, ay), (bx, by) = _towards(here, before, radius), _towards(here, after, radius)
        said.append(f"L{_n(ax)} {_n(ay)}Q{_n(here[0])} {_n(here[1])} {_n(bx)} {_n(by)}")
    said.append(f"L{_n(route[-1][0])} {_n(route[-1][1])}")
    return "".join(said)


def _length(one: Point, two: Point) -> float:
    return abs(one[0] - two[0]) + abs(one[1] - two[1])


def _towards(start: Point, end: Point, distance: float) -> Point:
    length = _length(start, end) or 1.0
    return (
        start[0] + (end[0] - start[0]) * distance / length,
        start[1] + (end[1] - start[1]) * distance / length,
    )


def _rect(area: Area) -> str:
    return f'x="{_n(area.x)}" y="{_n(area.y)}" width="{_n(area.width)}" height="{_n(area.height)}"'


def _n(number: float) -> str:
    """A number with at most one decimal: nobody sees more, and it is the same text everywhere."""
    return (
        f"{number:.1f}".removesuffix(".0").replace("-0", "0")
        if abs(number) < 0.05
        else f"{number:.1f}".removesuffix(".0")
    )


def _t(text: str) -> str:
    """Text for XML, without what XML or a screen cannot have. It is one line, in which a CI system finds no command."""
    from frrcompile.printable import printable

    return escape("\n".join(printable(line) for line in text.split("\n")), {"\n": "&#10;", "##": "#&#35;"})
