"""By which FRR a file is judged."""

from __future__ import annotations

import pytest

from frrcompile.facts.releases import KNOWN, spell
from frrcompile.lint.release import VersionError, release_for, tables

TEXT = "!\n frr version 8.4.4\nfrr defaults traditional\n"
NEWEST = tables()[-1]


@pytest.mark.parametrize(
    ("text", "wanted", "asked", "table"),
    [
        (TEXT, None, NEWEST, NEWEST),
        (TEXT, "auto", (8, 4), (8, 4)),
        ("hostname r1\n", "auto", NEWEST, NEWEST),
        ("frr version 10.3-dev-my\n", "auto", (10, 3), (10, 3)),
        (" description frr version 8.4\n", "auto", NEWEST, NEWEST),
        (TEXT, "10.3", (10, 3), (10, 3)),
        (TEXT, "10.7.1", (10, 7), (10, 7)),
        (TEXT, "9.1", (9, 1), (9, 1)),
        (TEXT, "10.5.2", (10, 5), (10, 5)),
        (TEXT, "10.0.1", (10, 0), (10, 1)),
        (TEXT, "9.2", (9, 2), (9, 1)),
        (TEXT, "99.0", (99, 0), NEWEST),
        ("frr version 7.5\n", "auto", (7, 5), (8, 4)),
    ],
)
def test_the_nearest_older_table_judges(
    text: str, wanted: str | None, asked: tuple[int, int], table: tuple[int, int]
) -> None:
    judged = release_for(text, wanted)
    assert (judged.asked, judged.table) == (asked, table)


def test_a_version_without_a_table_is_told() -> None:
    assert [release_for("", spell(one)).note for one in KNOWN if one != (10, 0)] == [""] * (len(KNOWN) - 1)
    assert release_for("", "9.3").note == "FRR 9.3 has no command table of its own: judged as 9.1"
    assert release_for("", "10.0.4").note == (
        "FRR 10.0 has no command table of its own; its commands are inferred to be those of 10.1: judged as 10.1"
    )
    assert release_for("frr version 7.5\n", "auto").note == "FRR 7.5 is older than every known one: judged as 8.4"


@pytest.mark.parametrize("version", ["7.5", "ten", "10", "10.3.1.2", "", "10.x"])
def test_what_is_no_version_is_wrong_use(version: str) -> None:
    with pytest.raises(VersionError, match=r"allowed: auto, or a version from 8\.4"):
        release_for(TEXT, version)
