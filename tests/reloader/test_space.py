"""Room for taking a change back is held on a real file system before FRR is changed."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from reloader import confdir, space
from reloader.space import Space

SIZE = 256 * 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB and 40 inodes."""
    made = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},nr_inodes=40,mode=0700", "tmpfs", str(tmp_path)]
    if os.geteuid() != 0 or subprocess.run(made, capture_output=True, check=False).returncode != 0:
        pytest.skip("no file system may be mounted here")
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def free(disk: Path) -> tuple[int, int]:
    """Bytes and inodes."""
    kind = os.statvfs(disk)
    return kind.f_bavail * kind.f_frsize, kind.f_favail


def test_what_is_held_is_there_when_the_disk_is_full(disk: Path) -> None:
    before = free(disk)
    held = Space(disk)
    held.hold(100 * 1024)
    assert free(disk)[0] <= before[0] - 100 * 1024
    assert free(disk)[1] <= before[1] - space.FILES
    with pytest.raises(OSError, match="No space left"):
        (disk / "filler").write_bytes(b"x" * SIZE)
    assert free(disk)[0] == 0
    held.release()
    (disk / "needed").write_bytes(b"x" * 100 * 1024)


def test_what_cannot_be_held_is_said_and_leaves_nothing(disk: Path) -> None:
    before = free(disk)
    held = Space(disk)
    with pytest.raises(OSError, match=r"No space left on device: 300 KiB are needed in .* can be taken back") as caught:
        held.hold(300 * 1024)
    assert caught.value.errno == errno.ENOSPC
    assert free(disk) == before
    for number in range(30):
        (disk / str(number)).touch()
    before = free(disk)
    with pytest.raises(OSError, match="No space left"):  # of inodes
        held.hold(16 * 1024)
    assert free(disk) == before


def test_what_is_spare_must_be_there_and_is_not_held(disk: Path) -> None:
    before = free(disk)
    held = Space(disk)
    held.hold(100 * 1024, spare=100 * 1024)
    assert before[0] - 110 * 1024 < free(disk)[0] <= before[0] - 100 * 1024
    with pytest.raises(OSError, match="No space left"):
        held.hold(100 * 1024, spare=200 * 1024)
    assert free(disk) == before


def test_what_a_killed_sidecar_held_is_free_again(disk: Path) -> None:
    before = free(disk)
    Space(disk).hold(100 * 1024)
    confdir.sweep(disk)
    assert free(disk) == before


def test_a_large_file_needs_more_room() -> None:
    assert space.needed(b"", b"!\n") < space.needed(b"!" * 10_000_000, b"") == space.needed(b"", b"!" * 10_000_000)
    assert space.needed(b"!" * 10_000_000) > 5 * 10_000_000
