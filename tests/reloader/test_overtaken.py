"""A gate that takes long is left for a newer file and for a daemon that came back, and not twice in a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from reloader import overtaken
from reloader.daemons import DEAD, Daemon, Daemons
from reloader.offered import peek
from reloader.overtaken import Overtaken


def daemons(life: int, trouble: str = "") -> Daemons:
    return Daemons((Daemon("bgpd", trouble, "10.3", (life, life)), Daemon("zebra", "", "10.3", (1, 1))))


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Overtaken, Path, list[Daemons]]:
    """A gate that has taken long, in front of a file and of FRR's daemons."""
    monkeypatch.setattr(overtaken, "LONG_SECONDS", 0.0)
    monkeypatch.setattr(overtaken, "DAEMONS_SECONDS", 0.0)
    path, now = tmp_path / "frr.conf", [daemons(1)]
    path.write_text("hostname a\n")
    made = Overtaken(path, lambda: now[0])
    made.begin(peek(path))
    return made, path, now


def test_it_goes_on_while_nothing_changes(gate: tuple[Overtaken, Path, list[Daemons]]) -> None:
    made, path, now = gate
    assert made.why(now[0]) == ""
    path.write_text("hostname a\n")
    assert made.why(now[0]) == ""


def test_a_newer_file(gate: tuple[Overtaken, Path, list[Daemons]]) -> None:
    made, path, now = gate
    path.write_text("hostname b\n")
    assert made.why(now[0]) == "another file has landed"


def test_a_daemon_that_is_back_and_not_one_that_is_gone(gate: tuple[Overtaken, Path, list[Daemons]]) -> None:
    made, _, now = gate
    now[0] = daemons(1, DEAD)
    assert made.why(daemons(1)) == ""
    now[0] = daemons(2)
    assert "started anew" in made.why(daemons(1))


def test_not_twice_in_a_row(gate: tuple[Overtaken, Path, list[Daemons]]) -> None:
    made, path, now = gate
    path.write_text("hostname b\n")
    assert made.why(now[0])
    made.end(left=True)
    made.begin("of an older file")
    assert made.why(now[0]) == ""
    made.end(left=False)
    made.begin("of an older file")
    assert made.why(now[0])


def test_a_short_gate_is_not_left(gate: tuple[Overtaken, Path, list[Daemons]], monkeypatch: pytest.MonkeyPatch) -> None:
    made, path, now = gate
    monkeypatch.setattr(overtaken, "LONG_SECONDS", 1000.0)
    path.write_text("hostname b\n")
    assert made.why(now[0]) == ""
    made.end(left=False)
    assert not made.was_long
