"""A picture that can be read: nothing lies over anything else, whatever its size."""

from __future__ import annotations

from functools import partial
from itertools import combinations, pairwise

import pytest

from frrcompile.draw.layout import LINE_SIZE, TITLE_SIZE, Area, place
from frrcompile.draw.measure import LONGEST, cut, width
from frrcompile.draw.picture import Box, Picture
from tests.counting import calls
from tests.draw.drawing import drawn


def overlap(one: Area, two: Area) -> bool:
    return (
        one.x < two.x + two.width
        and two.x < one.x + one.width
        and one.y < two.y + two.height
        and two.y < one.y + one.height
    )


def test_no_box_lies_over_another(picture: Picture) -> None:
    placed = place(picture)
    over = [(a.key, b.key) for (a, one), (b, two) in combinations(placed.boxes, 2) if overlap(one, two)]
    assert over == []


def test_no_link_crosses_a_box(picture: Picture) -> None:
    placed = place(picture)
    areas = [(box.key, area) for box, area in placed.boxes if box.key not in picture.cards]
    if placed.frame:
        areas.append(("frame", placed.frame))
    crossed = []
    for link, route in placed.links:
        for (ax, ay), (bx, by) in pairwise(route):
            line = Area(min(ax, bx), min(ay, by), abs(ax - bx), abs(ay - by))
            for key, area in areas:
                inner = Area(area.x + 1, area.y + 1, area.width - 2, area.height - 2)
                if overlap(line, inner):
                    crossed.append((link.source, link.target, key))
    assert crossed == []


def test_links_are_at_right_angles_and_end_at_their_boxes(picture: Picture) -> None:
    placed = place(picture)
    areas = {box.key: area for box, area in placed.boxes} | ({"frame": placed.frame} if placed.frame else {})
    for link, route in placed.links:
        assert all(ax == bx or ay == by for (ax, ay), (bx, by) in pairwise(route))
        start, end = areas[link.source], areas[link.target]
        assert route[0][0] == pytest.approx(start.x + start.width), "it leaves at the right"
        assert route[-1][0] == pytest.approx(end.x), "it arrives at the left"
        assert start.y <= route[0][1] <= start.y + start.height
        assert end.y <= route[-1][1] <= end.y + end.height


def test_texts_have_room_in_their_boxes(picture: Picture) -> None:
    for box, area in place(picture).boxes:
        assert width(cut(box.title), TITLE_SIZE, bold=True) < area.width, box.title
        for line in box.lines:
            assert width(cut(line.text), LINE_SIZE) < area.width, line.text


def test_everything_is_on_the_sheet(picture: Picture) -> None:
    placed = place(picture)
    for area in [*(area for _, area in placed.boxes), *(area for _, area in placed.zones)]:
        assert area.x >= 0
        assert area.y >= 0
        assert area.x + area.width <= placed.width + 0.01
        assert area.y + area.height <= placed.height + 0.01


@pytest.mark.parametrize("number", [1, 8, 9, 50])
def test_no_number_of_tenants_makes_a_strip_of_paper(number: int) -> None:
    placed = place(drawn(f"{number} tenants"))
    assert 0.5 < placed.width / placed.height < 8


def test_zones_are_around_their_boxes_and_apart() -> None:
    placed = place(drawn("everything"))
    zones = [area for _, area in placed.zones]
    assert not any(overlap(one, two) for one, two in combinations(zones, 2))
    for box, area in placed.boxes:
        assert any(zone.x < area.x and area.x + area.width < zone.x + zone.width for zone in zones), box.key


def test_a_long_text_is_cut() -> None:
    assert cut("x" * 100) == "x" * (LONGEST - 1) + "…"
    assert width("漢字", 10) > width("ab", 10) > width("il", 10)


def test_four_times_the_cards_take_four_times_the_work() -> None:
    work = []
    for number in (500, 2000):
        boxes = tuple(Box(f"vrf:{at}", "vrf", f"VRF {at}", (), 4) for at in range(number))
        picture = Picture("node", "", boxes, (), cards=frozenset(box.key for box in boxes))
        work.append(calls(partial(place, picture)))
    assert work[1] < 5 * work[0], work
