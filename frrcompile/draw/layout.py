"""Where everything stands: boxes in columns from left to right, links that go around what is not theirs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from frrcompile.draw.measure import cut, width
from frrcompile.draw.picture import Box, Link, Picture, State

TITLE_SIZE = 14.0
LINE_SIZE = 12.0
LEADING = 17.0
"""From one line of a box to the next; all lengths are in SVG's user units, pixels at 100 %."""

PAD = 12.0
GAP = 18.0
"""Between boxes of a column, and between cards."""

BETWEEN = 68.0
"""Between columns: what is in it are links, and the borders of zones."""

ZONE_PAD = 20.0
ZONE_HEAD = 30.0
NARROWEST = 110.0
FRAME = "frame"
FRAME_HEAD = 26.0
CARDS_ASPECT = 1.2
"""Of the frame around cards: with what is beside it, the shape of a page on its side."""

MOST = 200
"""Boxes outside of the frame, and links, of a picture that is laid out: the library's time grows faster than their square."""

Point = tuple[float, float]


class TooLargeError(Exception):
    """A picture of more boxes or links than are laid out."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture whose parts have their places; `frame` is around the cards."""

    width: float
    height: float
    boxes: tuple[tuple[Box, Area], ...]
    links: tuple[tuple[Link, tuple[Point, ...]], ...]
    zones: tuple[tuple[str, Area], ...]
    frame: Area | None


def place(picture: Picture) -> Placed:
    """Places everything. The same picture has the same places, on every system. Raises TooLargeError."""
    sizes = _sizes(picture)
    rows = _grid([sizes[box.key] for box in picture.boxes if box.key in picture.cards])
    nodes: dict[str, tuple[float, float, int]] = {
        box.key: (*sizes[box.key], box.column) for box in picture.boxes if box.key not in picture.cards
    }
    if rows:
        card = next(box for box in picture.boxes if box.key in picture.cards)
        nodes[FRAME] = (_grid_width(rows) + 2 * PAD, _grid_height(rows) + 2 * PAD + FRAME_HEAD, card.column)
    links = _collapsed(picture)
    if max(len(nodes), len(links)) > MOST:
        raise TooLargeError(f"{len(nodes)} boxes and {len(links)} links; SVG is laid out up to {MOST} of each")
    centres, routes = _engine(nodes, [(link.source, link.target, link.style) for link in links])
    areas = {
        key: Area(centres[key][0] - nodes[key][0] / 2, centres[key][1] - nodes[key][1] / 2, *nodes[key][:2])
        for key in nodes
    }
    frame = areas.pop(FRAME, None)
    if frame:
        areas |= dict(
            zip((box.key for box in picture.boxes if box.key in picture.cards), _cells(rows, frame), strict=True)
        )
    zones = _zones(picture, areas, frame, routes)
    return _moved(picture, areas, list(zip(links, routes, strict=True)), zones, frame)


def _engine(
    nodes: dict[str, tuple[float, float, int]], edges: list[tuple[str, str, str]]
) -> tuple[dict[str, Point], list[tuple[Point, ...]]]:
    """The centre of each box of (width, height, column), and the points of each link: the one use of the library.

    It is graphlay: layered layout after Sugiyama with boxes of any size, links at right angles, and no chance in it.
    """
    import graphlay

    graph = graphlay.Graph()
    used = sorted({column for _, _, column in nodes.values()})
    for key, (wide, high, column) in nodes.items():
        graph.node(key, width=wide, height=high, rank={"fixed": used.index(column)})
    styles = list(dict.fromkeys(style for _, _, style in edges))
    for source, target, style in edges:
        graph.edge(source, target, group=styles.index(style))
    options = {
        "direction": "leftright",
        "spacing": {"layer_gap": BETWEEN, "node_gap": GAP, "isolated_gap": GAP, "isolated_max_columns": 1},
        "routing": {"port_sides": "facing_only", "merge_edges": "forks" if _meshed(edges) else "both"},
        "tuning": {"order": {"balance_rounds": 0}},  # boxes in the model's order, where nothing crosses either way
    }
    found = graphlay.layout(graph, options=options)
    routes = [_straight([(point["x"], point["y"]) for point in edge["points"]]) for edge in found.edges]
    return found.positions(), routes


def _straight(route: list[Point]) -> tuple[Point, ...]:
    """The route without the slant of less than a pixel that the library leaves where many links share a gap."""
    straight = route[:1]
    for x, y in route[1:]:
        before = straight[-1]
        across, along = abs(x - before[0]), abs(y - before[1])
        straight.append((before[0] if across < min(1.0, along) else x, before[1] if along < min(1.0, across) else y))
    return tuple(straight)


def _meshed(edges: list[tuple[str, str, str]]) -> bool:
    """Whether two boxes have two neighbors on their right in common: a reader cannot follow joined lines there."""
    seen: set[tuple[str, str]] = set()
    targets: dict[str, set[str]] = {}
    for source, target, _ in edges:
        targets.setdefault(source, set()).add(target)
    for some in targets.values():
        pairs = set(combinations(sorted(some), 2))
        if pairs & seen:
            return True
        seen |= pairs
    return False


def _sizes(picture: Picture) -> dict[str, tuple[float, float]]:
    """The width and height of each box; those of a column, and cards, are equally wide."""
    own = {box.key: _text_width(box) for box in picture.boxes}
    widest: dict[object, float] = {}
    for box in picture.boxes:
        group = _group(box, picture)
        widest[group] = max(widest.get(group, NARROWEST), own[box.key])
    return {
        box.key: (widest[_group(box, picture)], 2 * PAD + TITLE_SIZE - 2 + LEADING * len(box.lines))
        for box in picture.boxes
    }


def _group(box: Box, picture: Picture) -> object:
    if box.key in picture.cards:
        return FRAME
    return box.column


def _text_width(box: Box) -> float:
    mark = 14.0 if box.state is not State.SAME else 0.0
    texts = [width(cut(line.text), LINE_SIZE) + (mark if line.state is not State.SAME else 0.0) for line in box.lines]
    return round(max([width(cut(box.title), TITLE_SIZE, bold=True) + mark, *texts]) + 2 * PAD + 4)


def _grid(sizes: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Cards in rows, as many in each as makes the frame nearest to a page's shape.

    A frame with more columns is wider and lower. Bisection finds where it passes the shape, so that few are tried.
    """
    if not sizes:
        return []

    def aspect(columns: int) -> float:
        rows = _rows(sizes, columns)
        return _grid_width(rows) / _grid_height(rows)

    def distance(columns: int) -> float:
        return max(aspect(columns) / CARDS_ASPECT, CARDS_ASPECT / aspect(columns))

    passing = 1 + bisect_left(range(1, len(sizes)), CARDS_ASPECT, key=aspect)
    return _rows(sizes, min(range(max(1, passing - 1), passing + 1), key=distance))


def _rows(sizes: list[tuple[float, float]], columns: int) -> list[list[tuple[float, float]]]:
    return [sizes[at : at + columns] for at in range(0, len(sizes), columns)]


def _grid_width(rows: list[list[tuple[float, float]]]) -> float:
    return sum(wide for wide, _ in rows[0]) + GAP * (len(rows[0]) - 1)


def _grid_height(rows: list[list[tuple[float, float]]]) -> float:
    return sum(max(high for _, high in row) for row in rows) + GAP * (len(rows) - 1)


def _cells(rows: list[list[tuple[float, float]]], frame: Area) -> Iterable[Area]:
    """Where each card stands; those of a row are equally high."""
    y = frame.y + PAD + FRAME_HEAD
    for row in rows:
        high = max(height for _, height in row)
        for at, (wide, _) in enumerate(row):
            yield Area(frame.x + PAD + at * (wide + GAP), y, wide, high)
        y += high + GAP


def _collapsed(picture: Picture) -> list[Link]:
    """The links, those to cards as one to their frame: removed or added only where all of them are."""
    found: dict[tuple[str, str, str], list[Link]] = {}
    for link in picture.links:
        source, target = (FRAME if key in picture.cards else key for key in (link.source, link.target))
        found.setdefault((source, target, link.style), []).append(link)
    links = []
    for (source, target, _), some in found.items():
        states = {link.state for link in some}
        links.append(Link(source, target, some[0].style, states.pop() if len(states) == 1 else State.SAME))
    return links


def _zones(
    picture: Picture, areas: dict[str, Area], frame: Area | None, routes: list[tuple[Point, ...]]
) -> list[tuple[str, Area]]:
    """The zones' areas, all equally high and around every link."""
    everything = [*areas.values(), *([frame] if frame else [])]
    heights = [y for route in routes for _, y in route]
    top = min([area.y for area in everything] + heights) - ZONE_PAD - ZONE_HEAD
    bottom = max([area.y + area.height for area in everything] + heights) + ZONE_PAD
    found = []
    for zone in picture.zones:
        inside = [areas[box.key] for box in picture.boxes if zone.first <= box.column <= zone.last]
        if frame and any(box.key in picture.cards and zone.first <= box.column <= zone.last for box in picture.boxes):
            inside.append(frame)
        left = min(area.x for area in inside) - ZONE_PAD
        right = max(area.x + area.width for area in inside) + ZONE_PAD
        needed = width(zone.title, LINE_SIZE, bold=True) + 2 * PAD
        found.append((zone.title, Area(left, top, max(right - left, needed), bottom - top)))
    return found


def _moved(
    picture: Picture,
    areas: dict[str, Area],
    links: list[tuple[Link, tuple[Point, ...]]],
    zones: list[tuple[str, Area]],
    frame: Area | None,
) -> Placed:
    """Everything, moved so that the upper left corner is (0, 0)."""
    everything = [*areas.values(), *(area for _, area in zones), *([frame] if frame else [])]
    points = [point for _, route in links for point in route]
    left = min([area.x for area in everything] + [x for x, _ in points])
    top = min([area.y for area in everything] + [y for _, y in points])
    right = max([area.x + area.width for area in everything] + [x for x, _ in points])
    bottom = max([area.y + area.height for area in everything] + [y for _, y in points])

    def moved(area: Area) -> Area:
        return Area(area.x - left, area.y - top, area.width, area.height)

    return Placed(
        right - left,
        bottom - top,
        tuple((box, moved(areas[box.key])) for box in picture.boxes),
        tuple((link, tuple((x - left, y - top) for x, y in route)) for link, route in links),
        tuple((title, moved(area)) for title, area in zones),
        moved(frame) if frame else None,
    )
