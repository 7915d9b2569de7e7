"""The last good file: kept with a copy, and believed only with the hash that the journal has."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reloader.history import History
from reloader.journal import Journal
from reloader.offered import Offered

ONE, TWO = Offered.of(b"router bgp 1\nexit\n"), Offered.of(b"router bgp 2\nexit\n")


def opened(state: Path, boot_file: Path | None = None, kept: int = 10) -> History:
    """What a sidecar that starts finds."""
    return History(state, Journal.open(state), boot_file, kept)


def test_the_last_good_file_survives_a_restart(tmp_path: Path) -> None:
    assert opened(tmp_path).good is None
    opened(tmp_path).keep(ONE)
    again = opened(tmp_path)
    assert (again.good, again.damage, again.lost) == (ONE, "", False)
    assert (tmp_path / "good.conf").stat().st_mode & 0o777 == 0o600


def test_good_files_are_kept_and_bounded(tmp_path: Path) -> None:
    history = opened(tmp_path, kept=3)
    for number in range(8):
        for _ in range(2):
            assert history.keep(Offered.of(f"{number}\n".encode())) == ""
    assert [path.read_text() for path in history.copies] == ["4\n", "5\n", "6\n", "7\n"]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in history.copies)
    assert (tmp_path / "history").stat().st_mode & 0o777 == 0o700
    again = opened(tmp_path, kept=3)
    assert again.good == Offered.of(b"7\n")
    again.keep(Offered.of(b"8\n"))
    assert [path.read_text() for path in again.copies] == ["5\n", "6\n", "7\n", "8\n"]


def test_a_good_file_that_could_not_be_kept_is_kept_later(tmp_path: Path) -> None:
    history = opened(tmp_path)
    history.keep(ONE)
    shutil.rmtree(tmp_path / "history")
    (tmp_path / "history").write_text("in the way of the directory")
    with pytest.raises(OSError, match="history"):
        history.keep(TWO)
    assert history.good == TWO
    assert opened(tmp_path).good == ONE
    (tmp_path / "history").unlink()
    history.keep(TWO)
    assert opened(tmp_path).good == TWO


def _made_a_directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "emptied": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(ONE.data[:9]),
    "edited": lambda path: path.write_bytes(ONE.data.replace(b"1", b"7")),
    "random bytes": lambda path: path.write_bytes(os.urandom(100)),
    "another user's": lambda path: path.chmod(0o666),
    "a directory": _made_a_directory,
    "missing": Path.unlink,
}


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("spare", ["copy", "boot file", "none"])
def test_a_changed_good_file_is_not_believed(tmp_path: Path, how: str, spare: str) -> None:
    boot_file = tmp_path / "boot.conf"
    boot_file.write_bytes((ONE if spare == "boot file" else TWO).data)
    opened(tmp_path).keep(ONE)
    path = tmp_path / "good.conf"
    DAMAGES[how](path)
    for copy in (tmp_path / "history").iterdir():
        if spare != "copy":
            copy.write_bytes(TWO.data)
    history = opened(tmp_path, boot_file)
    assert history.good == (None if spare == "none" else ONE)
    assert history.lost == (spare == "none")
    assert str(path) in history.damage
    assert ("is not known: FRR keeps what it has" in history.damage) == history.lost
    assert not path.exists()
    assert (tmp_path / "good.conf.damaged").exists() == (how != "missing")
    # The next start knows the same, and a good file ends it.
    assert opened(tmp_path, boot_file).good == history.good
    assert history.keep(ONE) != ""
    assert (history.lost, history.damage) == (False, "")
    shutil.rmtree(tmp_path / "history")
    assert (opened(tmp_path).good, opened(tmp_path).damage) == (ONE, "")


def test_a_file_that_changes_under_a_running_sidecar_is_written_again(tmp_path: Path) -> None:
    history = opened(tmp_path)
    history.keep(ONE)
    (tmp_path / "good.conf").write_bytes(b"")
    history.copies[0].write_bytes(b"")
    assert "good.conf was changed" in history.keep(ONE)
    assert (tmp_path / "good.conf").read_bytes() == ONE.data
    (tmp_path / "good.conf").unlink()
    assert opened(tmp_path).good == ONE


@pytest.mark.parametrize("steps", [1, 2])
def test_a_sidecar_that_ends_while_it_keeps_a_file_loses_none(tmp_path: Path, steps: int) -> None:
    opened(tmp_path).keep(ONE)
    other = tmp_path / "other"
    shutil.copytree(tmp_path, other)
    opened(other).keep(TWO)
    shutil.copytree(other / "history", tmp_path / "history", dirs_exist_ok=True)
    if steps == 2:
        shutil.copy(other / "journal.json", tmp_path)
    history = opened(tmp_path)
    assert (history.good, history.damage) == (TWO if steps == 2 else ONE, "")


def test_without_a_journal_two_equal_files_are_believed_and_one_is_not(tmp_path: Path) -> None:
    opened(tmp_path).keep(ONE)
    (tmp_path / "journal.json").unlink()
    assert opened(tmp_path).good == ONE
    (tmp_path / "good.conf").write_bytes(TWO.data)
    history = opened(tmp_path)
    assert (history.good, history.lost) == (None, True)
