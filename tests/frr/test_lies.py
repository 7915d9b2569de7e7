"""What is a lie of the sidecar's, and what is not."""

from __future__ import annotations

from tests.frr.lies import Sample, in_vain, lies

WRONG = {("old", "h"): ["add: vrf red / vni 100"], ("new", "h"): []}
PATIENCE = 3.0


def seen(*moments: tuple[float, str | None, str | None]) -> list[Sample]:
    return [Sample(at, {"file": claim} if claim else {}, text) for at, claim, text in moments]


def test_a_claim_that_stays_false_is_a_lie() -> None:
    samples = seen((0, "h", "new"), (1, "h", "old"), (3, "h", "old"), (5, "h", "old"), (6, None, "old"))
    (lie,) = lies(samples, WRONG, PATIENCE)
    assert lie == ("file", "h", 1, 4, ["add: vrf red / vni 100"])


def test_each_source_speaks_for_itself() -> None:
    samples = [Sample(at, {"file": "h", "socket": "h"} if at % 2 else {"file": "h"}, "old") for at in range(8)]
    assert [lie.source for lie in lies(samples, WRONG, PATIENCE)] == ["file"]


def test_what_is_noticed_in_time_is_none() -> None:
    assert not list(lies(seen((0, "h", "old"), (3, "h", "old"), (4, None, "old")), WRONG, PATIENCE))
    assert not list(lies(seen((0, "h", "old"), (2, "h", "new"), (4, "h", "old")), WRONG, PATIENCE))
    assert not list(lies(seen((0, "h", "old"), (2, "g", "old"), (4, "h", "old")), WRONG, PATIENCE))


def test_what_cannot_be_judged_is_none() -> None:
    assert not list(lies(seen((0, "h", "another"), (9, "h", "another")), WRONG, PATIENCE))
    assert not list(lies(seen((0, "h", None), (9, "h", None)), WRONG, PATIENCE))


def test_a_wait_that_ends_well_while_frr_has_something_else() -> None:
    samples = seen((0, None, "new"), (5, None, "old"), (6, None, "old"), (8, None, "old"), (9, None, "new"))
    assert in_vain(samples, WRONG, "h", 8, PATIENCE) is not None
    assert in_vain(samples, WRONG, "h", 9, PATIENCE) is None
    assert in_vain(samples, WRONG, "h", 2, PATIENCE) is None
    assert in_vain(samples, WRONG, "another", 8, PATIENCE) is None
