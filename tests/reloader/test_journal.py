"""What survives the sidecar: notes, good files, and the end of what it left running."""

from __future__ import annotations

import copy
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from reloader import alive, orphan
from reloader.alive import Life
from reloader.journal import Doing, Journal
from reloader.sessions import Session
from reloader.status import last_to
from tests.reloader.test_status import LAST


def test_a_note_is_found_again(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path)
    assert (journal.doing, journal.rolled_back) == (None, None)
    journal.begin("a" * 64, "apply")
    journal.at("health", [Session("red", "192.0.2.1")])
    journal.remember(LAST)
    again = Journal.open(tmp_path)
    assert again.doing == journal.doing
    assert again.doing is not None
    assert (again.doing.phase, again.doing.tries, again.doing.sessions) == ("health", 1, (Session("red", "192.0.2.1"),))
    assert again.rolled_back is not None
    assert again.rolled_back.hash == LAST.hash
    assert "hunter2" not in (tmp_path / "journal.json").read_text()
    again.begin("a" * 64, "apply")
    assert again.doing.tries == 2
    assert again.doing.sessions  # before the first try
    again.begin("b" * 64, "apply")
    assert again.doing.tries == 1
    again.failed()
    again.begin("b" * 64, "apply")
    assert again.doing.tries == 1
    again.done()
    again.remember(None)
    assert (Journal.open(tmp_path).doing, Journal.open(tmp_path).rolled_back) == (None, None)
    assert (tmp_path / "journal.json").stat().st_mode & 0o777 == 0o600


DOING = {"hash": "a" * 64, "phase": "apply", "tries": 1, "sessions": [["red", "192.0.2.1"]]}
WHOLE = {"doing": DOING, "looking": None, "rolled_back": last_to(LAST), "good": "b" * 64}


ODD: list[Any] = [1, "x", None, []]


def damaged(path: tuple[str, ...], value: object) -> str:
    """A journal with another value in one place."""
    content = copy.deepcopy(WHOLE)
    place: Any = content
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return json.dumps(content)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "{",
            "[]",
            "1",
            "null",
            '{"doing": 1}',
            '{"doing": {"hash": 1}, "rolled_back": {}}',
            "\0",
            "\xff",
            "[" * 100_000,
        ),
        *(damaged(("doing", "tries"), value) for value in (float("inf"), *ODD[1:])),
        *(damaged(("doing", "sessions"), value) for value in (1, [1], [[1, 2, 3]], None)),
        *(damaged(("looking",), value) for value in (1, "x", [1])),
        *(damaged(("rolled_back", name), value) for name in ("verdict", "phase") for value in ODD),
        *(damaged(("rolled_back", name), {}) for name in ("message", "line", "hash", "started", "engine")),
        damaged(("rolled_back", "residual"), [1]),
        *(damaged(("good",), digest) for digest in ("b" * 63, "B" * 64, "")),
        damaged(("good",), 1),
    ],
)
def test_a_note_that_cannot_be_read_is_said_and_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "journal.json").write_text(text, encoding="latin-1")
    journal = Journal.open(tmp_path)
    assert (journal.doing, journal.looking, journal.rolled_back) == (None, None, None)
    assert "journal.json cannot be read: it is not a journal of frr-reloader" in journal.damage
    journal.begin("a" * 64, "apply")
    again = Journal.open(tmp_path)
    assert (again.doing, again.damage) == (journal.doing, "")
    assert (tmp_path / "journal.json.damaged").read_text(encoding="latin-1") == text


def test_anything_may_be_in_the_journals_place(tmp_path: Path) -> None:
    path = tmp_path / "journal.json"
    for make, word in ((os.mkfifo, "a FIFO"), (Path.mkdir, "a directory"), (planted, "other users can write it")):
        make(path)
        journal = Journal.open(tmp_path)
        assert word in journal.damage
        journal.begin("a" * 64, "apply")
        path.unlink()
        left = tmp_path / "journal.json.damaged"
        left.rmdir() if left.is_dir() else left.unlink()


def planted(path: Path) -> None:
    path.write_text(json.dumps(WHOLE))
    path.chmod(0o666)


def test_the_whole_journal_is_read(tmp_path: Path) -> None:
    (tmp_path / "journal.json").write_text(json.dumps(WHOLE))
    journal = Journal.open(tmp_path)
    assert journal.damage == ""
    assert journal.doing == Doing("a" * 64, "apply", 1, (Session("red", "192.0.2.1"),))
    assert journal.rolled_back is not None
    assert journal.good == "b" * 64


def test_a_file_that_ends_the_sidecar_is_looked_at_three_times(tmp_path: Path) -> None:
    for _ in range(3):
        assert Journal.open(tmp_path).look("a" * 64)
    assert not Journal.open(tmp_path).look("a" * 64)
    assert not Journal.open(tmp_path).look("a" * 64)
    asked = Journal.open(tmp_path)
    asked.forget()
    assert asked.look("a" * 64)
    asked.looked()
    assert (asked.looking, Journal.open(tmp_path).looking) == (None, None)
    for _ in range(3):
        assert Journal.open(tmp_path).look("a" * 64)
    assert Journal.open(tmp_path).look("b" * 64)


def test_sidecars_that_ended_at_the_gate_and_while_they_applied_count_together(tmp_path: Path) -> None:
    assert Journal.open(tmp_path).look("a" * 64)
    second = Journal.open(tmp_path)
    assert second.look("a" * 64)
    second.begin("a" * 64, "apply")
    assert second.doing is not None
    assert second.doing.tries == 2
    third = Journal.open(tmp_path)
    assert third.look("a" * 64)
    third.begin("a" * 64, "apply")
    assert third.doing is not None
    assert third.doing.tries == 3
    assert Journal.open(tmp_path).look("a" * 64)  # it is to be rolled back
    assert not Journal.open(tmp_path).look("a" * 64)


def test_a_change_whose_note_cannot_be_written_has_not_begun(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "gone")
    with pytest.raises(OSError, match="gone"):
        journal.begin("a" * 64, "apply")
    assert journal.doing is None


def test_without_a_note_nothing_begins(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "gone")
    with pytest.raises(OSError, match="gone"):
        journal.begin("a" * 64, "apply")
    journal.doing = Doing("a" * 64, "apply")
    journal.at("verify")  # while it is applied, nothing stops it
    assert "cannot be written" in journal.trouble


def test_what_an_earlier_sidecar_left_running_is_ended_and_nobody_else(tmp_path: Path) -> None:
    assert not orphan.end(tmp_path)
    with subprocess.Popen(["sleep", "1000"], start_new_session=True) as left:
        orphan.note(tmp_path, left.pid)
        assert orphan.end(tmp_path)
        assert left.wait(timeout=20) == -9
    assert not orphan.end(tmp_path)
    (tmp_path / "engine").write_text(f"{os.getpid()} 1\n")  # our id, another birth
    assert not orphan.end(tmp_path)
    for nonsense in ("nonsense", "0 0\n", "-1 1\n", "1" * 40 + " 1\n", "²3 4\n", "1 1\n" * 100):
        (tmp_path / "engine").write_text(nonsense)
        assert not orphan.end(tmp_path)


def test_a_note_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    assert orphan.note(tmp_path, os.getpid()) == ""
    said = orphan.note(tmp_path / "gone", os.getpid())
    assert said.startswith(f"{tmp_path / 'gone' / 'engine'} cannot be written: No such file or directory")


@pytest.mark.parametrize("how", ["the note", "its directory", "a link", "a fifo", "another leader"])
def test_a_note_that_others_can_have_written_ends_no_program(tmp_path: Path, how: str) -> None:
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    with subprocess.Popen(["sleep", "1000"], start_new_session=how != "another leader") as left:
        orphan.note(state, left.pid)
        note = state / "engine"
        assert note.stat().st_mode & 0o777 == 0o600
        if how == "the note":
            note.chmod(0o666)
        elif how == "its directory":
            state.chmod(0o777)
        elif how == "a link":
            note.rename(tmp_path / "elsewhere")
            note.symlink_to(tmp_path / "elsewhere")
        elif how == "a fifo":
            note.unlink()
            os.mkfifo(note)
        assert not orphan.end(state)
        assert left.poll() is None
        assert "engine" not in os.listdir(state)  # noqa: PTH208
        left.kill()


def test_what_is_planted_in_the_locks_place_is_neither_opened_nor_written(tmp_path: Path) -> None:
    status, lock = tmp_path / "status.json", tmp_path / ".status.json.lock"
    victim = tmp_path / "victim"
    victim.write_text("as it was")
    for what in ("a link", "a link to nothing", "a hard link", "a FIFO"):
        lock.unlink(missing_ok=True)
        if what == "a hard link":
            os.link(victim, lock)
        elif what == "a FIFO":
            os.mkfifo(lock)
        else:
            lock.symlink_to(victim if what == "a link" else tmp_path / "made")
        status.write_text("{}")
        if what != "a hard link":
            assert alive.life(status) is Life.ENDED
        handle = alive.claim(status)
        assert not handle.renew()  # it is the file that is there
        assert lock.lstat().st_nlink == 1
        assert alive.life(status) is Life.RUNS
        handle.close()
    assert victim.read_text() == "as it was"
    assert victim.stat().st_nlink == 1
    assert not (tmp_path / "made").exists()
    lock.unlink()
    lock.mkdir()
    with pytest.raises(OSError, match="it is a directory, not a lock file"):
        alive.claim(status)
