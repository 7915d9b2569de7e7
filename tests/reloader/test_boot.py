"""The boot file may be in a directory that others write: nothing that they put in its place is followed, read or kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reloader import boot

root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
CONFIG = b"router bgp 64514\n neighbor 192.0.2.1 password hunter2\n"


def test_a_planted_link_is_replaced_and_its_target_stays(tmp_path: Path) -> None:
    path, victim = tmp_path / "frr.conf", tmp_path / "victim"
    for content in (b"as it was", CONFIG):  # also where the victim says the same
        victim.write_bytes(content)
        for target in (victim, tmp_path / "made"):
            path.unlink(missing_ok=True)
            path.symlink_to(target)
            assert boot.write(path, CONFIG)
            assert not path.is_symlink()
            assert path.read_bytes() == CONFIG
            assert victim.read_bytes() == content
            assert not (tmp_path / "made").exists()
    assert not boot.write(path, CONFIG)


def test_a_hard_link_and_a_fifo_are_replaced(tmp_path: Path) -> None:
    path, victim = tmp_path / "frr.conf", tmp_path / "victim"
    victim.write_bytes(b"as it was")
    os.link(victim, path)
    assert boot.write(path, CONFIG)
    assert (victim.read_bytes(), path.read_bytes(), path.stat().st_nlink) == (b"as it was", CONFIG, 1)
    path.unlink()
    os.mkfifo(path)
    assert boot.write(path, CONFIG)
    assert path.read_bytes() == CONFIG


def test_a_large_file_in_its_place_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "frr.conf"
    path.touch()
    os.truncate(path, 100 * 10**9)
    assert boot.write(path, CONFIG)
    assert path.read_bytes() == CONFIG


@root
def test_another_users_file_says_neither_who_owns_the_boot_file_nor_who_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "frr.conf"
    os.chown(tmp_path, 0, 65533)
    path.write_bytes(CONFIG)
    os.chown(path, 65534, 65534)
    path.chmod(0o4777)
    assert boot.write(path, CONFIG)
    kind = path.stat()
    assert (kind.st_uid, kind.st_gid, kind.st_mode & 0o7777) == (0, 65533, boot.MODE)
    os.chown(path, 0, 1)
    path.chmod(0o4644)
    assert boot.write(path, b"!\n")
    kind = path.stat()
    assert (kind.st_uid, kind.st_gid, kind.st_mode & 0o7777) == (0, 1, 0o644)
