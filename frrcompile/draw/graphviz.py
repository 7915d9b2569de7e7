"""A picture as Graphviz text, for who has `dot` and wants to change it."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.draw.picture import Box, Picture, State
from frrcompile.draw.style import KINDS, LINKS, MARKS, STATES
from frrcompile.printable import printable


def render(picture: Picture) -> str:
    """The picture in the DOT language."""
    return "".join(f"{line}\n" for line in _lines(picture))


def _lines(picture: Picture) -> Iterator[str]:
    yield f"graph {_quoted(picture.title)} {{"
    yield "  rankdir=LR; ranksep=0.7; nodesep=0.25; splines=ortho; labelloc=t; labeljust=l; fontsize=18;"
    yield '  fontname="Helvetica,Arial,sans-serif"; compound=true;'
    title = [picture.title, *filter(None, (picture.subtitle, picture.compared))]
    yield f"  label={_label(title)};"
    yield '  node [shape=box, style="rounded,filled", fontname="Helvetica,Arial,sans-serif", fontsize=11];'
    inside = set()
    for number, zone in enumerate(picture.zones):
        yield f"  subgraph cluster_{number} {{"
        yield f'    label={_quoted(zone.title)}; style="rounded"; color="#cbd5e1"; fontsize=12;'
        for box in picture.boxes:
            if zone.first <= box.column <= zone.last:
                inside.add(box.key)
                yield f"    {_box(box, bool(picture.compared))}"
        yield "  }"
    for box in picture.boxes:
        if box.key not in inside:
            yield f"  {_box(box, bool(picture.compared))}"
    for link in picture.links:
        colour = STATES[link.state][1] if link.state is not State.SAME else LINKS[link.style][0]
        style = ", style=dashed" if link.style == "overlay" else ""
        yield f'  {_quoted(link.source)} -- {_quoted(link.target)} [color="{colour}"{style}];'
    yield "}"


def _box(box: Box, compared: bool) -> str:
    fill, border = (STATES[box.state] if compared else KINDS[box.kind])[:2]
    mark = f"{MARKS[box.state]} " if box.state is not State.SAME else ""
    lines = [f"{mark}{box.title}"]
    for line in box.lines:
        sign = f"{MARKS[line.state]} " if box.state is State.CHANGED and line.state is not State.SAME else ""
        lines.append(f"{sign}{line.text}")
    style = ', style="rounded,filled,dashed"' if box.state is State.REMOVED else ""
    return f'{_quoted(box.key)} [label={_label(lines)}, fillcolor="{fill}", color="{border}"{style}];'


def _label(lines: list[str]) -> str:
    r"""Lines set to the left: `\l` ends each of them."""
    return '"' + "".join(f"{_escaped(line)}\\l" for line in lines) + '"'


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    """Text inside quotes; Graphviz reads `&` as the beginning of an entity and a backslash as an escape.

    An entity stands for a `#` behind another: a CI system would take `##[` for a command.
    """
    return printable(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;").replace("##", "#&#35;")
