"""Programs end in time, with all that they started; files are replaced whole."""

from __future__ import annotations

import os
import resource
import time
from pathlib import Path

from reloader import boot, confdir, process
from reloader.process import Ending
from reloader.space import Space
from reloader.status import Boot


def running(marker: str) -> bool:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if marker.encode() in path.read_bytes().split(b"\0"):
                return True
        except OSError:
            continue
    return False


def gone(marker: str) -> bool:
    deadline = time.monotonic() + 20
    while running(marker):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def test_output_and_code(tmp_path: Path) -> None:
    done = process.run(["sh", "-c", "echo out; echo err >&2; exit 3"], scratch=tmp_path, timeout=20)
    assert (done.ending, done.code, done.output, done.errors) == (Ending.EXITED, 3, "out\n", "err\n")
    merged = process.run(["sh", "-c", "echo err >&2; echo out"], scratch=tmp_path, timeout=20, merge=True)
    assert (merged.output, merged.errors) == ("err\nout\n", "")


def test_a_program_that_hangs_is_killed_with_its_children(tmp_path: Path) -> None:
    marker = f"3{os.getpid()}"
    done = process.run(["sh", "-c", f"sleep {marker} & sleep {marker}"], scratch=tmp_path, timeout=0.5)
    assert done.ending is Ending.TIMEOUT
    assert gone(marker)


def test_a_child_that_outlives_its_program_is_killed_too(tmp_path: Path) -> None:
    marker = f"4{os.getpid()}"
    done = process.run(["sh", "-c", f"sleep {marker} & echo done"], scratch=tmp_path, timeout=20)
    assert (done.ending, done.output) == (Ending.EXITED, "done\n")
    assert gone(marker)


def test_the_wish_to_stop_ends_a_program(tmp_path: Path) -> None:
    done = process.run(["sleep", "100"], scratch=tmp_path, timeout=50, stop=lambda: True)
    assert done.ending is Ending.STOPPED


def test_the_private_directory_is_private_and_goes_away(tmp_path: Path) -> None:
    with confdir.private(tmp_path, b"bytes\xff", "ns") as private:
        assert private.file.read_bytes() == b"bytes\xff"
        assert private.file.stat().st_mode & 0o777 == 0o600
        assert private.path.stat().st_mode & 0o777 == 0o700
        assert (private.path / "ns" / "vtysh.conf").exists()
        assert (private.path / "vtysh.conf").exists()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / f"{confdir.PREFIX}left").mkdir()
    confdir.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_removed_for_want_of_descriptors_is_removed_later(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    held = Space(tmp_path)
    held.hold(100_000)
    try:
        with confdir.private(tmp_path, b"!\n", None) as private:
            used = {int(path.name) for path in Path("/proc/self/fd").iterdir()}
            free = next(number for number in range(len(used) + 1) if number not in used)
            resource.setrlimit(resource.RLIMIT_NOFILE, (free, before[1]))
        held.release()
        assert private.path.exists()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert len(list(tmp_path.iterdir())) == 2
    confdir.sweep_left()
    assert list(tmp_path.iterdir()) == []


def test_the_boot_file_keeps_its_mode_and_a_new_one_is_frrs(tmp_path: Path) -> None:
    path = tmp_path / "frr.conf"
    assert boot.write(path, b"one")
    assert path.stat().st_mode & 0o777 == 0o640
    assert path.stat().st_gid == tmp_path.stat().st_gid
    path.chmod(0o600)
    assert not boot.write(path, b"one")
    assert boot.write(path, b"two")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"two", 0o600)


def test_what_frr_boots(tmp_path: Path) -> None:
    etc = tmp_path / "etc"
    (etc / "ns").mkdir(parents=True)
    (tmp_path / "volume").symlink_to("etc")
    assert boot.kind(etc / "frr.conf", tmp_path / "own", etc, None) is Boot.OWN
    assert boot.kind(tmp_path / "volume" / "frr.conf", None, etc, None) is Boot.SHARED
    assert boot.kind(etc / "frr.conf", None, etc, "ns") is Boot.NONE
    assert boot.kind(etc / "ns" / "frr.conf", None, etc, "ns") is Boot.SHARED
