"""`status` and `wait` say no more than is known: where no sidecar runs, or where the file is still being written."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reloader import alive
from reloader.cli import main
from reloader.status import State, Status, Verdict
from tests.reloader.sidecar import REPOSITORY
from tests.reloader.test_status import LAST, STATUS

OTHER = 65533  # neither root nor FRR's user
GOOD = replace(STATUS, state=State.IDLE, last=replace(LAST, verdict=Verdict.GOOD))


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """The status file of a sidecar that runs."""
    path = tmp_path / "status.json"
    handle = alive.claim(path)
    yield path
    handle.close()


def asked(path: Path, verb: str, *words: str) -> int:
    return main([verb, "--status", str(path), *words])


def test_a_sidecar_that_runs_is_believed(path: Path) -> None:
    GOOD.write(path)
    assert asked(path, "status") == 0
    assert asked(path, "wait", "--timeout", "20") == 0


def test_what_frr_has_since_the_sidecar_ended_is_not_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "status.json"
    alive.claim(path).close()
    GOOD.write(path)
    assert asked(path, "status") == 1
    assert "not running" in capsys.readouterr().out
    assert asked(path, "wait", "--timeout", "0.2") == 3
    assert "does not run" in capsys.readouterr().err
    assert asked(path, "wait", "--timeout", "0.2", "--hash", "a" * 64) == 3
    replace(GOOD, last=replace(LAST, verdict=Verdict.REFUSED)).write(path)
    assert asked(path, "wait", "--timeout", "20", "--hash", "a" * 64) == 1  # the verdict on this very file


def test_a_sidecar_that_is_stopped_is_not_believed(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It holds its lock, and its status does not get younger."""
    GOOD.write(path)
    old = time.time() - alive.STALE_SECONDS - 1
    os.utime(path, (old, old))
    assert asked(path, "status") == 1
    assert "not responding" in capsys.readouterr().out
    for words in ((), ("--hash", "a" * 64)):
        assert asked(path, "wait", "--timeout", "0.2", *words) == 3
        assert "does not respond" in capsys.readouterr().err


def test_a_status_without_a_lock_is_not_believed(path: Path) -> None:
    GOOD.write(path)
    alive.lock_file(path).unlink()
    assert asked(path, "status") == 1
    for words in ((), ("--hash", "a" * 64)):
        assert asked(path, "wait", "--timeout", "0.2", *words) == 3


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_verdict_that_another_user_wrote_is_not_believed(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    GOOD.write(path)
    for forged in (path, alive.lock_file(path)):
        os.chown(forged, OTHER, OTHER)
    assert asked(path, "status") == 2
    assert asked(path, "wait", "--timeout", "0.2", "--hash", "a" * 64) == 2
    said = capsys.readouterr().err
    assert f"other users can write it (its owner has user id {OTHER}, its mode is 0644)" in said
    assert "Name the sidecar's user with --user" in said
    assert asked(path, "status", "--user", str(OTHER)) == 0
    assert asked(path, "wait", "--timeout", "20", "--hash", "a" * 64, "--user", str(OTHER)) == 0
    os.chown(path, 0, 0)
    assert asked(path, "status") == 1  # the lock alone
    assert asked(path, "status", "--user", "no-such-user") == 2


def test_a_file_that_does_not_rest_has_no_verdict(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    waiting: Status = replace(GOOD, waiting_for="/offered/frr.conf to come to rest")
    waiting.write(path)
    assert asked(path, "status") == 1
    assert "waits for  /offered/frr.conf to come to rest" in capsys.readouterr().out
    assert asked(path, "wait", "--timeout", "0.2") == 3
    assert "it waits for /offered/frr.conf to come to rest" in capsys.readouterr().err
    assert asked(path, "wait", "--timeout", "20", "--hash", "a" * 64) == 0


@pytest.mark.parametrize("verb", ["status", "wait"])
def test_a_fifo_as_status_file_does_not_hang(path: Path, verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(path)
    assert asked(path, verb, *(("--timeout", "0") if verb == "wait" else ())) == 2
    assert "cannot be read: it is a FIFO, not a regular file" in capsys.readouterr().err


def test_a_fifo_as_lock_does_not_hang(tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    GOOD.write(path)
    os.mkfifo(alive.lock_file(path))
    assert asked(path, "status") == 1


@pytest.mark.parametrize("verb", ["status", "wait"])
def test_a_reader_that_has_seen_enough_is_no_error(path: Path, verb: str) -> None:
    GOOD.write(path)
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "reloader", verb, "--status", str(path)],
        stdout=write,
        stderr=subprocess.PIPE,
        cwd=REPOSITORY,
        check=False,
        timeout=60,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")
