"""What is in one picture and not in another: the newer one, with what the older one had beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher

from frrcompile.draw.picture import Box, Line, Link, Picture, State, Zone

MANY = 500
"""Lines of a box up to which it is told where among the others a line was."""


def compare(old: Picture | None, new: Picture | None, named: str) -> Picture:
    """The two pictures as one, each part with what became of it; `named` is what the user calls the older one.

    One of the two may be missing: then everything came, or went.
    """
    whole = new or old
    assert whole is not None
    boxes = _boxes(old.boxes if old else (), new.boxes if new else ())
    links = _links(old.links if old else (), new.links if new else ())
    cards = (old.cards if old else frozenset()) | (new.cards if new else frozenset())
    counts = {state: sum(box.state is state for box in boxes) for state in (State.ADDED, State.REMOVED, State.CHANGED)}
    said = ", ".join(f"{number} {state.value}" for state, number in counts.items() if number)
    return replace(
        whole,
        boxes=boxes,
        links=links,
        zones=_zones([*(old.zones if old else ()), *(new.zones if new else ())]),
        cards=cards,
        compared=f"against {named}: {said or 'no difference in what is drawn'}",
    )


def _boxes(old: tuple[Box, ...], new: tuple[Box, ...]) -> tuple[Box, ...]:
    """The newer boxes, and each that went behind the one that it followed."""
    before = {box.key: box for box in old}
    places = {box.key: place for place, box in enumerate(new, 1)}
    gone: dict[int, list[Box]] = {}
    last = 0  # the place of the last box that is still there
    for box in old:
        if box.key in places:
            last = max(last, places[box.key])
        else:
            gone.setdefault(last, []).append(replace(box, state=State.REMOVED))
    found = list(gone.get(0, ()))
    for place, box in enumerate(new, 1):
        found += (_box(before.get(box.key), box), *gone.get(place, ()))
    return tuple(found)


def _box(old: Box | None, new: Box) -> Box:
    if old is None:
        return replace(new, state=State.ADDED)
    lines = _lines([line.text for line in old.lines], [line.text for line in new.lines])
    title = new.title
    if old.title != new.title:
        lines = (Line(old.title, State.REMOVED), *lines)
    changed = old.title != new.title or any(line.state is not State.SAME for line in lines)
    return replace(new, title=title, lines=lines, state=State.CHANGED if changed else State.SAME)


def _lines(old: list[str], new: list[str]) -> tuple[Line, ...]:
    """The lines of a box that was and is, in the newer order; what went stands before what took its place."""
    if len(old) * len(new) > MANY**2:  # a sequence's comparison may take a time that grows with the square
        there, was = set(new), set(old)
        gone = [Line(text, State.REMOVED) for text in old if text not in there]
        return (*gone, *(Line(text, State.SAME if text in was else State.ADDED) for text in new))
    found: list[Line] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found += [Line(text) for text in new[c:d]]
        else:
            found += [Line(text, State.REMOVED) for text in old[a:b]]
            found += [Line(text, State.ADDED) for text in new[c:d]]
    return tuple(found)


def _links(old: tuple[Link, ...], new: tuple[Link, ...]) -> tuple[Link, ...]:
    before, after = set(old), set(new)
    found = [link if link in before else replace(link, state=State.ADDED) for link in new]
    return (*found, *(replace(link, state=State.REMOVED) for link in old if link not in after))


def _zones(zones: Iterable[Zone]) -> tuple[Zone, ...]:
    """One zone for each place; the last title counts."""
    found = {(zone.first, zone.last): zone for zone in zones}
    return tuple(sorted(found.values(), key=lambda zone: zone.first))
