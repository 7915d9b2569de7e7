"""A private FRR ends exactly what it started, however its test ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.frr.installation import HOST, Installation
from tests.frr.router import Router

REPOSITORY = Path(__file__).parents[2]

HOLD = """
import sys, time
from pathlib import Path
from tests.frr.installation import Installation
from tests.frr.router import Router
with Router(Installation(Path(sys.argv[1]), sys.argv[2])) as router:
    print(router.work, *router.pids.values(), flush=True)
    time.sleep(600)
"""


def network_namespace(pid: int) -> BinaryIO:
    """A process's network namespace. While it is open the kernel gives its number to no other namespace."""
    return Path(f"/proc/{pid}/ns/net").open("rb")


def living_in(namespace: BinaryIO) -> list[int]:
    """The processes in a network namespace."""
    number = os.fstat(namespace.fileno()).st_ino
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if (path / "ns/net").stat().st_ino == number:
                found.append(int(path.name))
        except OSError:  # it has just ended
            pass
    return found


def assert_gone(work: Path, namespace: BinaryIO) -> None:
    assert living_in(namespace) == []
    assert not work.exists()
    mounts = Path("/proc/self/mountinfo").read_text()
    assert str(work) not in mounts
    assert f"net:[{os.fstat(namespace.fileno()).st_ino}]" not in mounts
    namespace.close()


def test_ends_with_its_block(installation: Installation) -> None:
    with Router(installation) as router:
        namespace = network_namespace(router.pids["zebra"])
        assert os.getpid() not in living_in(namespace)
        assert len(living_in(namespace)) > len(router.daemons)
    assert_gone(router.work, namespace)


def test_ends_when_the_block_raises(installation: Installation) -> None:
    router = Router(installation)
    try:
        with router:
            namespace = network_namespace(router.pids["zebra"])
            router.kill("bgpd", signal.SIGSTOP)  # one that cannot even be asked to end
            raise ZeroDivisionError
    except ZeroDivisionError:
        assert_gone(router.work, namespace)


def test_ends_when_it_cannot_start(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    router = Router(installation)
    seen = []

    def fail() -> None:
        seen.append(network_namespace(router.pids["zebra"]))
        raise ZeroDivisionError

    monkeypatch.setattr(router, "boot", fail)
    with pytest.raises(ZeroDivisionError), router:
        pass
    assert_gone(router.work, seen[0])


def test_ends_when_python_is_killed(installation: Installation) -> None:
    command = [sys.executable, "-c", HOLD, str(installation.root), installation.version]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as python:
        assert python.stdout is not None
        work, *pids = python.stdout.readline().split()
        namespace = network_namespace(int(pids[0]))
        python.kill()
    deadline = time.monotonic() + 10
    while (living_in(namespace) or Path(work).exists()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert_gone(Path(work), namespace)


def test_writes_nothing_outside_its_work_directory(installation: Installation) -> None:
    places = [installation.root / place for place in ("etc/frr", "run/frr", "var/log/frr", "var/lib/frr", "var/tmp")]
    if installation.root != HOST:
        places += [installation.root / place for place in ("tmp", "root", "dev")]

    def listing() -> dict[Path, int]:
        found = [path for place in places if place.exists() for path in (place, *place.rglob("*"))]
        return {path: path.lstat().st_mtime_ns for path in found}

    before = listing()
    with Router(installation, conf="hostname other\n") as router:
        router.reload("hostname router\nip prefix-list one seq 5 permit any\n")
        router.restart()
    assert listing() == before
