"""A picture as Mermaid text, which GitHub, GitLab and many wikis draw."""

from __future__ import annotations

import json
from collections.abc import Iterator

from frrcompile.draw.picture import Box, Picture, State
from frrcompile.draw.style import KINDS, MARKS, STATES
from frrcompile.printable import printable

_ARROWS = {"session": "---", "link": "---", "overlay": "-.-"}


def render(picture: Picture) -> str:
    """The picture as a flow chart."""
    return "".join(f"{line}\n" for line in _lines(picture))


def _lines(picture: Picture) -> Iterator[str]:
    names = {box.key: f"n{number}" for number, box in enumerate(picture.boxes)}
    yield "---"
    yield f"title: {json.dumps(_plain(picture.title), ensure_ascii=False)}"
    yield "---"
    yield "flowchart LR"
    yield f"  accTitle: {_plain(picture.title)}"
    yield f"  accDescr: {_plain('; '.join(filter(None, (picture.subtitle, picture.compared))))}"
    inside = set()
    for number, zone in enumerate(picture.zones):
        yield f"  subgraph z{number}[{_quoted(zone.title)}]"
        yield "    direction LR"
        for box in picture.boxes:
            if zone.first <= box.column <= zone.last:
                inside.add(box.key)
                yield f"    {_box(box, names)}"
        yield "  end"
    for box in picture.boxes:
        if box.key not in inside:
            yield f"  {_box(box, names)}"
    for link in picture.links:
        yield f"  {names[link.source]} {_ARROWS[link.style]} {names[link.target]}"
    yield from _looks(picture, names)


def _box(box: Box, names: dict[str, str]) -> str:
    mark = f"{MARKS[box.state]} " if box.state is not State.SAME else ""
    lines = [f"<b>{mark}{_escaped(box.title)}</b>"]
    shown = box.state is State.CHANGED
    lines += [
        f"{MARKS[line.state] + ' ' if shown and MARKS[line.state] else ''}{_escaped(line.text)}" for line in box.lines
    ]
    return f'{names[box.key]}["{"<br/>".join(lines)}"]'


def _looks(picture: Picture, names: dict[str, str]) -> Iterator[str]:
    """The classes of boxes, and the colours of links that came or went."""
    used: dict[str, list[str]] = {}
    for box in picture.boxes:
        used.setdefault(box.state.value if picture.compared else box.kind, []).append(names[box.key])
    colours = {**KINDS, **{state.value: four for state, four in STATES.items()}}
    for look, some in used.items():
        fill, border = colours[look][:2]
        dashes = ",stroke-dasharray:7 4" if look == State.REMOVED.value else ""
        yield f"  classDef {look} fill:{fill},stroke:{border},color:#0f172a{dashes}"
        yield f"  class {','.join(some)} {look}"
    for state in (State.ADDED, State.REMOVED):
        numbers = [str(number) for number, link in enumerate(picture.links) if link.state is state]
        if numbers:
            yield f"  linkStyle {','.join(numbers)} stroke:{STATES[state][1]},stroke-width:2px"


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    """Text inside quotes: Mermaid reads numbered entities, and would take the rest for markup."""
    return "".join(
        character if character not in "\"'&<>#;`\\*_[]{}|" else f"#{ord(character)};" for character in _one_line(text)
    )


def _plain(text: str) -> str:
    """Text up to the end of its line, where no entities are read."""
    return "".join(" " if character in "#;{}<>" else character for character in _one_line(text))


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())
