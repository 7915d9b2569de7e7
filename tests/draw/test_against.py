"""What came, went and changed since an older model."""

from __future__ import annotations

from frrcompile.draw import svg
from frrcompile.draw.against import compare
from frrcompile.draw.picture import Link, State
from tests.draw.drawing import EVERYTHING, box, changed, node_picture


def test_what_came_what_went_and_what_changed() -> None:
    picture = changed()
    states = {one.key: one.state for one in picture.boxes if one.state is not State.SAME}
    assert states == {
        "vni:110": State.ADDED,
        "vni:111": State.REMOVED,
        "vrf:blue": State.ADDED,
        "vrf:green": State.REMOVED,
        "vrf:red": State.CHANGED,
        "bridge:br-tenant": State.CHANGED,
    }
    assert picture.compared == "against the older model: 2 added, 2 removed, 2 changed"


def test_a_changed_box_shows_its_lines_before_and_after() -> None:
    lines = [(line.text, line.state) for line in box(changed(), "vrf:red").lines]
    assert lines[:2] == [("table 1101", State.REMOVED), ("table 1100", State.ADDED)]
    assert ("AS 64516", State.SAME) in lines


def test_links_come_and_go_with_their_boxes() -> None:
    links = changed().links
    assert Link("vni:110", "vrf:red", "link", State.ADDED) in links
    assert Link("vni:111", "vrf:red", "link", State.REMOVED) in links
    assert Link("vni:100", "vrf:red", "link", State.SAME) in links


def test_what_went_stands_where_it_was() -> None:
    keys = [one.key for one in changed().boxes]
    assert abs(keys.index("vrf:green") - keys.index("vrf:blue")) <= 2


def test_against_itself_nothing_is_coloured() -> None:
    picture = node_picture(EVERYTHING)
    same = compare(picture, picture, "itself")
    assert {box.state for box in same.boxes} | {link.state for link in same.links} == {State.SAME}
    assert same.compared == "against itself: no difference in what is drawn"


def test_against_nothing_everything_came() -> None:
    new = compare(None, node_picture(EVERYTHING), "nothing")
    assert {box.state for box in new.boxes} | {link.state for link in new.links} == {State.ADDED}


def test_the_other_way_round_what_came_went() -> None:
    one, two = node_picture(EVERYTHING), node_picture(EVERYTHING, 1)
    there, back = compare(one, two, "x"), compare(two, one, "x")
    swapped = {State.ADDED: State.REMOVED, State.REMOVED: State.ADDED}
    states = {box.key: box.state for box in there.boxes}
    assert {box.key: swapped.get(box.state, box.state) for box in back.boxes} == states


def test_states_are_told_without_colours_too() -> None:
    text = svg.render(changed())
    assert ">− changed<" not in text
    for words in (">+ added<", ">− removed<", ">~ changed<", "L2VNI 110 (added)", "L2VNI 111 (removed)"):
        assert words in text
