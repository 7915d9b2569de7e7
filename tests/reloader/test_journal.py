"""What survives the sidecar: notes, good files, and the end of what it left running."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from reloader import alive, orphan
from reloader.history import History
from reloader.journal import Journal
from reloader.offered import Offered
from reloader.sessions import Session
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


@pytest.mark.parametrize("text", ["", "{", "[]", '{"doing": 1}', '{"doing": {"hash": 1}, "rolled_back": {}}', "\0"])
def test_a_note_that_cannot_be_read_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "journal.json").write_text(text)
    journal = Journal.open(tmp_path)
    assert journal.rolled_back is None


def test_without_a_note_nothing_begins(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "gone")
    with pytest.raises(OSError, match="gone"):
        journal.begin("a" * 64, "apply")
    journal.at("verify")  # while it is applied, nothing stops it
    assert "cannot be written" in journal.trouble


def test_good_files_are_kept_and_bounded(tmp_path: Path) -> None:
    history = History(tmp_path, kept=3)
    for number in range(8):
        history.keep(Offered.of(f"{number}\n".encode()))
        history.keep(Offered.of(f"{number}\n".encode()))
    assert [path.read_text() for path in history.earlier] == ["4\n", "5\n", "6\n"]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in history.earlier)
    assert (tmp_path / "history").stat().st_mode & 0o777 == 0o700
    again = History(tmp_path, kept=3)
    assert again.good == Offered.of(b"7\n")
    again.keep(Offered.of(b"8\n"))
    assert [path.read_text() for path in again.earlier] == ["5\n", "6\n", "7\n"]


def test_a_good_file_that_could_not_be_kept_is_kept_later(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.keep(Offered.of(b"1\n"))
    (tmp_path / "history").write_text("in the way of the directory")
    (tmp_path / "good.conf").unlink()
    (tmp_path / "good.conf").mkdir()
    with pytest.raises(OSError, match=r"good\.conf"):
        history.keep(Offered.of(b"2\n"))
    assert history.good == Offered.of(b"2\n")
    (tmp_path / "history").unlink()
    (tmp_path / "good.conf").rmdir()
    history.keep(Offered.of(b"2\n"))
    assert History(tmp_path).good == Offered.of(b"2\n")
    assert [path.read_text() for path in history.earlier] == ["1\n"]


def test_what_an_earlier_sidecar_left_running_is_ended_and_nobody_else(tmp_path: Path) -> None:
    assert not orphan.end(tmp_path)
    with subprocess.Popen(["sleep", "1000"], start_new_session=True) as left:
        orphan.note(tmp_path, left.pid)
        assert orphan.end(tmp_path)
        assert left.wait(timeout=20) == -9
    assert not orphan.end(tmp_path)
    (tmp_path / "engine").write_text(f"{os.getpid()} 1\n")  # our id, another birth
    assert not orphan.end(tmp_path)
    (tmp_path / "engine").write_text("nonsense")
    assert not orphan.end(tmp_path)


def test_a_status_file_tells_whether_its_writer_lives(tmp_path: Path) -> None:
    status = tmp_path / "status.json"
    assert alive.is_alive(status) is None
    handle = alive.claim(status)
    assert alive.is_alive(status) is True
    os.close(handle)
    assert alive.is_alive(status) is False
