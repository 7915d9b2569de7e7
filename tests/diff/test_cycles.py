"""What depends on each other is settled in order, cycles at once, and each thing is asked once."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frrcompile.diff import difference
from frrcompile.diff.impact import assess
from frrcompile.diff.impact.cycles import cycles


@given(st.dictionaries(st.integers(0, 7), st.sets(st.integers(0, 7))), st.integers(0, 7))
def test_each_component_comes_after_what_it_needs(needs: dict[int, set[int]], start: int) -> None:
    def reached(one: int) -> set[int]:
        seen, waiting = {one}, [one]
        while waiting:
            new = needs.get(waiting.pop(), set()) - seen
            seen |= new
            waiting += new
        return seen

    found = list(cycles(start, lambda one: sorted(needs.get(one, ())), ()))
    assert sorted(one for some in found for one in some) == sorted(reached(start))
    done: set[int] = set()
    for some in found:
        done.update(some)
        for one in some:
            assert set(some) == {other for other in reached(one) if one in reached(other)}
            assert reached(one) <= done


@pytest.mark.parametrize("ring", [False, True])
def test_a_long_chain_of_route_maps_is_followed_once(ring: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each route-map calls the next one, and all of them change: each call is looked at a few times."""
    from frrcompile.diff.impact import policies

    asked: Counter[object] = Counter()

    def counting(start: policies.Name, needs: object, done: object) -> object:
        return cycles(start, lambda one: (asked.update([one]), needs(one))[1], done)  # type: ignore[operator,arg-type]

    monkeypatch.setattr(policies, "cycles", counting)
    number = 1500
    old = "".join(f"route-map m{at} permit 10\n call m{at + 1}\nexit\n" for at in range(number))
    old += f"route-map m{number} permit 10\n{' call m0' if ring else ' set metric 1'}\nexit\n"
    old += "router bgp 1\n neighbor 192.0.2.1 remote-as 2\n neighbor 192.0.2.1 route-map m0 in\nexit\n"
    found = assess(difference(old, old.replace("permit 10", "permit 20"), (10, 7)))
    assert len(found.changes) > number
    assert all("192.0.2.1" in one.impact.neighbors for one in found.changes if one.impact.level)
    assert asked
    assert max(asked.values()) <= 4
