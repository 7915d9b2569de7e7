"""Random models leave nothing of the model out: a field that no strategy draws is tried on no FRR."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import strategies as st

from tests.models.leaves import found, possible
from tests.models.pairs import examples, pairs

SEED = 20240607
PAIRS = 500

REFUSED = re.compile(
    r"vrfs\.\*\.neighbors\.\*\.(?:per-family|families)\.(?:ipv4-vpn|ipv6-vpn|l2vpn-evpn)\..*"
    r"|.*\.(?:ipv4-vpn|ipv6-vpn|l2vpn-evpn)\.default-originate\..*|.*\.l2vpn-evpn\.remove-private-as\..*"
    r"|underlay\.neighbors\.\*\.per-family\.(?:ipv4-vpn|ipv6-vpn)\..*"
)
"""What no valid model has: FRR has these families in the default VRF only, and no model implies a VPN family; some
options are for some families (MOD215)."""


def places(leaf: str) -> set[str]:
    """What a leaf is an example of: its path, and the word of a choice, which counts wherever a field of the name is."""
    return {leaf.split(" = ")[0], leaf.rsplit(".", 1)[-1] if " = " in leaf else ""}


@pytest.mark.deep
def test_every_field_and_every_word_is_drawn() -> None:
    missing = {place for leaf in possible() for place in places(leaf) if not REFUSED.fullmatch(place)} - {""}
    for models in itertools.islice(examples(SEED, pairs(vrfs=st.sampled_from((1, 2, 3)))), PAIRS):
        for model in models:
            missing.difference_update(*map(places, found(model)))
        if not missing:
            return
    assert sorted(missing) == []


def test_leaves_of_a_small_document() -> None:
    document = {
        "router": {"asn": 1, "import-check": True},
        "underlay": {"neighbors": [{"families": {"ipv4-vpn": None}}]},
    }
    assert sorted(found(document)) == ["router.asn", "router.import-check = true"]
