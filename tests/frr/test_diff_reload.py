"""Against frr-reload.py: where it would do nothing our diff is empty, and the other way round; else it is listed why not."""

from __future__ import annotations

import re
from itertools import islice

import pytest
from hypothesis import strategies as st

from frrcompile.diff import difference
from tests.diff.test_semantics import CHANGED, SAME
from tests.frr.changing import release_of
from tests.frr.installation import FRR_RELOAD
from tests.frr.judge import HARMLESS, differences
from tests.frr.router import Router
from tests.frr.test_diff_commands import BY_HAND
from tests.frr.trial import compiled
from tests.models.pairs import examples, pairs

pytestmark = [pytest.mark.frr, pytest.mark.deep]

NO_CHANGE_TO_FRR = {
    "abbreviations": "it compares texts: `desc` is not `description` to it",
    "a line taken back": "it compares lines, and does not execute them one after the other",
    "a neighbour taken back": "the same",
    "a setting said twice": "the same",
    "a default": "it knows no defaults",
    "the profile's default": "the same",
    "activation by default": "the same",
    "an activation said in either way": "a family's line outside of it",
    "a family's line outside of it": "the same",
    "a route of a VRF": "it moves no route into its VRF's block",
    "options of a route": "it knows no order of options, and no masks",
    "numbers of entries": "it numbers no entries",
    "order of communities": "it compares words",
    "both route targets": "the same",
    "an IPv6 address": "the same",
    "multihop's default": "it knows no defaults",
    "an empty family": "an empty block is a line to it",
    "the family's long form": "it knows some short forms only",
    "behind an exit": "vtysh -m reads on behind an `exit` at the top",
}
"""Where it would send lines and FRR would stay as it is, with the reason; no release of it has to do so."""

NO_CHANGE_TO_IT = {
    "order of entries": "entries without numbers are a set to it",
    "a line that FRR does not take": "it refuses the file",
}
"""Where it would do nothing, and FRR would change."""


def would_send(router: Router, old: str, new: str) -> list[str]:
    """What `frr-reload.py --test --input` would send, without the harmless lines. `old` is what runs."""
    done = router.inside(
        FRR_RELOAD,
        "--test",
        "--input",
        router.file(old or "!\n"),
        router.file(new or "!\n"),
        "--bindir",
        "/usr/bin",
        "--stdout",
    )
    sent = [line for _, line in differences(done.stdout)]
    return [line for line in sent if not HARMLESS.fullmatch(line) and not re.fullmatch(r"(?:no )?vrf \S+", line)]


def disagrees(router: Router, old: str, new: str) -> str:
    """Who of the two sees a difference where the other sees none; empty where they agree."""
    found = difference(old, new, release_of(router.installation.version))
    ours = [change for change in found.changes if change.key[0] not in ("vrf", "hostname", "frr")]
    theirs = would_send(router, old, new)
    if bool(ours) == bool(theirs):
        return ""
    return "only the diff" if ours else f"only frr-reload.py: {theirs}"


def test_by_hand(router: Router) -> None:
    for name, (old, new) in SAME.items():
        found = disagrees(router, old, new)
        assert not found or name in NO_CHANGE_TO_FRR, (name, found)
    for name, (old, new, _) in CHANGED.items():
        found = disagrees(router, old, new)
        assert not found or name in NO_CHANGE_TO_IT, (name, found)
    for name, (old, new) in BY_HAND.items():
        assert not disagrees(router, old, new), name
        assert not disagrees(router, new, new), name


def test_random_models(router: Router) -> None:
    version = router.installation.version
    for documents in islice(examples(7, pairs(st.sampled_from((0, 1, 2)))), 8):
        confs = [conf for document in documents if (conf := compiled(document, version)) is not None]
        for conf in confs:
            assert not disagrees(router, conf, conf)
        if len(confs) == 2:
            assert not disagrees(router, *confs), confs
