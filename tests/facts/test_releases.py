"""Versions are read as users and as FRR write them, and each release is served by the one that is meant."""

from __future__ import annotations

import pytest

from frrcompile.facts.releases import (
    INFERRED,
    KNOWN,
    MEASURED,
    NEWEST,
    OLDEST,
    Release,
    parse,
    release_of,
    serving,
    spell,
)


def test_every_minor_release_from_8_4_to_10_7_is_known() -> None:
    assert ((8, 4), (8, 5), (9, 0), (9, 1), *((10, minor) for minor in range(8))) == KNOWN
    assert (OLDEST, NEWEST) == ((8, 4), (10, 7))
    assert [release for release in KNOWN if release not in MEASURED] == list(INFERRED) == [(10, 0)]
    assert set(INFERRED.values()) <= set(MEASURED)


@pytest.mark.parametrize("release", KNOWN)
def test_a_release_is_spelled_and_read(release: Release) -> None:
    assert parse(spell(release)) == parse(f"{spell(release)}.12") == release_of(f"{spell(release)}-dev") == release


@pytest.mark.parametrize(
    "text", ["", "10", "10.", ".3", "ten", "10.x", "10.3-dev", "10.3.1.2", "1000.1", "10.3.", " 10.3", "1٠.3", "+1.3"]
)
def test_what_no_user_calls_a_version(text: str) -> None:
    with pytest.raises(ValueError, match="is not a version of FRR"):
        parse(text)


@pytest.mark.parametrize("text", ["", "10", "10.", ".3", "x.3", "10.x", "-1.3", "1٠.3", "10.1234"])
def test_what_no_frr_calls_its_version(text: str) -> None:
    with pytest.raises(ValueError, match="is not a version of FRR"):
        release_of(text)


@pytest.mark.parametrize(("text", "release"), [("10.3-dev-my", (10, 3)), ("8.4.4", (8, 4)), ("10.7.1_git", (10, 7))])
def test_what_frr_says(text: str, release: Release) -> None:
    assert release_of(text) == release


@pytest.mark.parametrize(
    ("release", "having", "served"),
    [
        ((10, 2), MEASURED, (10, 2)),
        ((10, 0), MEASURED, (10, 1)),
        ((10, 0), [(9, 1), (10, 0), (10, 1)], (10, 0)),
        ((10, 0), [(9, 1), (10, 3)], (9, 1)),
        ((9, 7), MEASURED, (9, 1)),
        ((7, 5), MEASURED, (8, 4)),
        ((12, 0), MEASURED, NEWEST),
    ],
)
def test_another_release_serves_for_one_without_data(release: Release, having: list[Release], served: Release) -> None:
    assert serving(release, having) == served
