"""Finding a namespace: each way that fails is one sentence, and none is made by accident."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from frrcompile.plumb import lock, netns
from frrcompile.plumb.lock import LockedError, locked
from frrcompile.plumb.netns import Identity, NamespaceError

ROOT = os.geteuid() == 0


@pytest.mark.parametrize("name", ["nowhere", "/nowhere/at/all", ".", "", ".."])
def test_no_such_name(name: str) -> None:
    with pytest.raises(NamespaceError):
        netns.by_name(name)
    assert not Path("/run/netns/nowhere").exists()


def test_no_such_process(tmp_path: Path) -> None:
    with pytest.raises(NamespaceError, match="there is no process 4000000"):
        netns.by_pid(4_000_000)
    for content in ("", "x", "-1", "1 2", "0", "9" * 60):
        (tmp_path / "pid").write_text(content)
        with pytest.raises(NamespaceError, match="the file has no process id"):
            netns.by_pidfile(str(tmp_path / "pid"))
    with pytest.raises(NamespaceError, match="No such file"):
        netns.by_pidfile(str(tmp_path / "nowhere"))


def test_a_container_without_podman(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NamespaceError, match="podman is not installed"):
        netns.by_container("frr")


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo 'Error: no such container frr' >&2; exit 125", "podman says: Error: no such container frr"),
        ("echo 0 exited", "the container is not running \\(it is exited\\)"),
        ("echo 4000000 running", "there is no process 4000000"),
    ],
)
def test_a_container(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, words: str) -> None:
    program = tmp_path / "podman"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(NamespaceError, match=words):
        netns.by_container("frr")


@pytest.mark.skipif(not ROOT, reason="only root can enter a namespace")
def test_a_namespace_is_entered_in_a_thread_and_left() -> None:
    own, empty = netns.own(), netns.empty()
    try:
        assert own.identity != empty.identity
        assert empty.call(lambda: os.stat("/proc/thread-self/ns/net").st_ino) == empty.identity.inode  # noqa: PTH116
        assert os.stat("/proc/thread-self/ns/net").st_ino == own.identity.inode  # noqa: PTH116
        with pytest.raises(ZeroDivisionError):
            empty.call(lambda: 1 // 0)
    finally:
        own.close()
        empty.close()


@pytest.mark.skipif(not ROOT, reason="only root can enter a namespace")
def test_what_is_no_network_namespace(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "fifo")
    for path in ("/proc/self/ns/mnt", str(tmp_path / "file"), str(tmp_path / "fifo")):
        with pytest.raises(NamespaceError, match="is not a network namespace"):
            netns.by_name(path)


@pytest.mark.skipif(not ROOT, reason="only root can enter a namespace")
def test_the_namespace_of_process_1_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Path("/proc/1/ns/net") == netns.FIRST
    monkeypatch.setattr(netns, "FIRST", Path(f"/proc/{os.getpid()}/ns/net"))  # process 1 may be out of reach for a test
    first, empty = netns.own(), netns.empty()
    try:
        assert first.is_first()
        assert not empty.is_first()
        monkeypatch.setattr(netns, "FIRST", Path("/proc/4000000/ns/net"))
        assert not first.is_first()
    finally:
        first.close()
        empty.close()


def test_one_at_a_time(tmp_path: Path) -> None:
    with locked("a", Identity(1, 1), directory=tmp_path):
        with (
            pytest.raises(LockedError, match=f"works for owner 'a': process {os.getpid()}, owner 'a'; wait"),
            locked("a", Identity(2, 2), directory=tmp_path),
        ):
            pass
        with (
            pytest.raises(LockedError, match=r"works for this namespace: .* owner 'a'"),
            locked("b", Identity(1, 1), directory=tmp_path),
        ):
            pass
        with locked("b", Identity(1, 2), directory=tmp_path):
            pass
    with locked("a", Identity(1, 1), directory=tmp_path):
        pass
    assert Path("/run/frrcompile") == lock.DIRECTORY
