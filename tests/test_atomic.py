"""A file is replaced whole or stays as it was, with the mode and the owner that it is to have."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from frrcompile import atomic


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def test_the_old_file_stays_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    atomic.replace(path, b"old", mode=0o640)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        atomic.replace(path, b"new", mode=0o640)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_file_and_directory_are_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{handle}").readlink()))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    atomic.replace(tmp_path / "file", "text")
    assert len(synced) == 2
    assert Path(synced[0]).name.startswith(".file."), "before it is renamed"
    assert synced[1] == str(tmp_path)


def test_text_is_utf_8_and_keeps_its_line_ends(tmp_path: Path) -> None:
    atomic.replace(tmp_path / "file", "ä\r\nb\n")
    assert (tmp_path / "file").read_bytes() == b"\xc3\xa4\r\nb\n"


def test_a_new_file_has_the_mode_that_is_said_or_the_umasks(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        atomic.replace(tmp_path / "said", "", mode=0o604)
        atomic.replace(tmp_path / "unsaid", "")
        assert os.umask(0o027) == 0o027, "the umask is as it was"
    finally:
        os.umask(before)
    assert (mode(tmp_path / "said"), mode(tmp_path / "unsaid")) == (0o604, 0o640)


def test_what_is_kept_of_the_file_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    path.chmod(0o600)
    atomic.replace(path, "new", mode=0o644, keep=True)
    assert (path.read_text(), mode(path)) == ("new", 0o600)
    atomic.replace(path, "newer", mode=0o644)
    assert (path.read_text(), mode(path)) == ("newer", 0o644)


def test_a_link_is_followed_or_replaced(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "file", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    atomic.replace(link, "new", keep=True)
    assert link.is_symlink()
    assert target.read_text() == "new"
    atomic.replace(link, "own")
    assert not link.is_symlink()
    assert (target.read_text(), link.read_text()) == ("new", "own")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_that_is_said_or_kept(tmp_path: Path) -> None:
    path = tmp_path / "file"
    atomic.replace(path, "old", mode=0o640, owner=(65534, 65533))
    atomic.replace(path, "new", mode=0o600, owner=(1, 1), keep=True)
    assert (path.stat().st_uid, path.stat().st_gid, mode(path)) == (65534, 65533, 0o640)


def test_where_we_may_not_give_it_away_it_stays_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[int, int]] = []

    def fchown(_handle: int, user: int, group: int) -> None:
        given.append((user, group))
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "fchown", fchown)
    atomic.replace(tmp_path / "file", "text", mode=0o640, owner=(65534, 65533))
    assert sorted(given) == [(-1, 65533), (65534, -1)]
    assert mode(tmp_path / "file") == 0o640


def device(path: Path) -> None:
    os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(1, 3))


@pytest.mark.parametrize("make", [os.mkfifo, device, Path.mkdir], ids=["fifo", "device", "folder"])
def test_what_is_no_regular_file_stays(make: Callable[[Path], None], tmp_path: Path) -> None:
    """`-o /dev/null` as root made a regular file of /dev/null."""
    path = tmp_path / "there"
    try:
        make(path)
    except PermissionError:
        pytest.skip("making a device needs root")
    before = path.stat()
    with pytest.raises(OSError, match=r"regular file|directory") as caught:
        atomic.replace(path, "new", keep=True)
    assert caught.value.filename == str(path)
    assert (path.stat().st_mode, path.stat().st_ino) == (before.st_mode, before.st_ino)
    assert [one.name for one in tmp_path.iterdir()] == ["there"]


@pytest.mark.parametrize("keep", [True, False])
def test_an_error_names_the_path_and_no_file_of_ours(keep: bool, tmp_path: Path) -> None:
    (tmp_path / "there" / "below").mkdir(parents=True)
    with pytest.raises(OSError, match="directory") as caught:
        atomic.replace(tmp_path / "there", "new", keep=keep)
    assert caught.value.filename == str(tmp_path / "there")
    with pytest.raises(OSError, match="No such file") as caught:
        atomic.replace(tmp_path / "none" / "file", "new", keep=keep)
    assert caught.value.filename == str(tmp_path / "none" / "file")
