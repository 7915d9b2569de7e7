"""The sidecar's own files change behind its back: FRR never gets what no verified file says."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reloader.status import Boot, State, Verdict
from tests.frr.router import Router
from tests.frr.sidecar_faults import FIRST, HALF, NEXT, ends_well, settled
from tests.reloader.sidecar import digest, until

pytestmark = pytest.mark.frr

DAMAGES: dict[str, Callable[[Path], object]] = {
    "emptied": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_text(FIRST[: len(FIRST) // 2]),
    "edited": lambda path: path.write_text(FIRST.replace("vni 100", "vni 200")),
    "random bytes": lambda path: path.write_bytes(os.urandom(300)),
}
REFUSED = FIRST.replace(" vni 100", " vin 100")


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("spare", ["copy", "boot file", "none"])
def test_a_changed_good_file_is_never_brought_back(router: Router, how: str, spare: str) -> None:
    """A refused file is offered, so that the next sidecar brings FRR back to the last good one."""
    boot_file = router.work / "boot.conf"
    with settled(router, *(("--boot-file", boot_file) if spare == "boot file" else ())) as sidecar:
        state = sidecar.home / "state"
        sidecar.end(signal.SIGKILL)
        DAMAGES[how](state / "good.conf")
        if spare != "copy":
            shutil.rmtree(state / "history")
        if spare != "none":
            router.configure("ip route 10.7.0.0/24 blackhole")
        before = router.running()
        sidecar.put(REFUSED)
        sidecar.start()
        assert sidecar.verdict(digest(REFUSED)).verdict is Verdict.REFUSED
        if spare == "none":
            now = sidecar.until(lambda now: now.state is State.DEGRADED, "the state degraded")
            assert (now.good_hash, router.running()) == (None, before)
            assert "The last good file is not known: FRR keeps what it has" in (now.damage or "")
        else:
            now = sidecar.until(lambda now: now.state is State.IDLE, "FRR to be brought back")
            assert now.good_hash == digest(FIRST)
            assert router.judge(FIRST) == []
        assert "good.conf was changed" in (now.damage or "")
        assert f"{state / 'good.conf'} was changed" in sidecar.log
        assert "error" in next(line for line in sidecar.log.splitlines() if "was changed" in line)
        assert (state / "good.conf.damaged").exists()
        assert "good.conf.damaged" in sidecar.ask("status").stdout
        sidecar.put(NEXT)
        ends_well(sidecar, router, NEXT)
        assert sidecar.status.damage is None


def test_a_bad_file_is_taken_back_though_the_last_good_one_is_not_known(router: Router) -> None:
    with settled(router) as sidecar:
        sidecar.end(signal.SIGKILL)
        (sidecar.home / "state" / "good.conf").write_bytes(b"")
        shutil.rmtree(sidecar.home / "state" / "history")
        sidecar.put(HALF)
        sidecar.start()
        assert sidecar.verdict(digest(HALF)).verdict is Verdict.ROLLED_BACK
        assert router.judge(FIRST) == []
        assert sidecar.status.state is State.DEGRADED
        sidecar.put(FIRST)
        ends_well(sidecar, router, FIRST)


def test_a_damaged_journal_is_said_and_frr_is_compared(router: Router) -> None:
    with settled(router) as sidecar:
        path = sidecar.home / "state" / "journal.json"
        for damage in (b"\xff{", b""):
            sidecar.end(signal.SIGKILL)
            path.write_bytes(damage)
            sidecar.start()
            assert f"{path} cannot be read" in sidecar.log
            ends_well(sidecar, router, FIRST)
        router.load("no router bgp 64514\n", check=False)
        sidecar.end(signal.SIGKILL)
        path.write_text("[" * 100_000)
        sidecar.start(wait=False)
        ends_well(sidecar, router, FIRST)


def test_a_boot_file_that_cannot_be_written_is_not_called_own(router: Router) -> None:
    directory = router.work / "boot"
    directory.mkdir()
    with settled(router, "--boot-file", directory / "frr.conf") as sidecar:
        assert sidecar.status.boot_file is Boot.OWN
        directory.rename(router.work / "away")
        sidecar.put(NEXT)
        now = sidecar.until(lambda now: now.good_hash == digest(NEXT), "the next file")
        assert now.boot_file is Boot.STALE
        assert now.last is not None
        assert "it cannot be kept for the next start" in now.last.message
        (router.work / "away").rename(directory)
        sidecar.until(lambda now: now.boot_file is Boot.OWN, "the boot file")
        assert (directory / "frr.conf").read_text() == NEXT


def test_an_engine_that_cannot_be_noted_is_said(router: Router) -> None:
    with settled(router) as sidecar:
        (sidecar.home / "state" / "engine").mkdir()
        sidecar.put(NEXT)
        ends_well(sidecar, router, NEXT)
        assert "engine cannot be written: Is a directory" in sidecar.log


def test_a_state_directory_that_is_gone_is_made_again(router: Router) -> None:
    with settled(router) as sidecar:
        state = sidecar.home / "state"
        shutil.rmtree(state)
        until(lambda: (state / "good.conf").exists(), "the last good file", lambda: sidecar.log)
        assert "was removed or replaced; the sidecar made it anew" in sidecar.log
        assert (state / "good.conf").read_text() == FIRST
        sidecar.put(NEXT)
        ends_well(sidecar, router, NEXT)


def test_a_state_directory_that_cannot_be_made_again_is_trouble(router: Router) -> None:
    with settled(router) as sidecar:
        state = sidecar.home / "state"
        away = state.with_name("away")
        state.rename(away)
        state.write_text("")
        now = sidecar.until(lambda now: now.trouble is not None, "the trouble")
        assert (now.state, now.trouble) == (
            State.DEGRADED,
            f"--state {state} is gone, or cannot be written, and could not be made anew: a file took its place",
        )
        sidecar.put(NEXT)
        state.unlink()
        away.rename(state)
        ends_well(sidecar, router, NEXT)
        assert sidecar.status.trouble is None


def test_what_else_changes_in_the_directory_is_no_offer(router: Router) -> None:
    """Others write status files beside the real one, and anything else."""
    home = router.work / "sidecar"
    with settled(router, "--status", home / "offered" / "status.json", "--poll", "1000") as sidecar:
        before = sidecar.log.count("unchanged: ")
        for number in range(20):
            beside = sidecar.offered / "beside"
            beside.write_text(f"{number}")
            beside.replace(sidecar.offered / "other")
            time.sleep(0.05)
        last = sidecar.next_verdict_on(FIRST)
        assert last.verdict is Verdict.UNCHANGED
        until(lambda: sidecar.log.count("unchanged: ") > before, "a line in the log", lambda: sidecar.log)
        assert sidecar.log.count("unchanged: ") == before + 1


def test_unchanged_claims_no_more_than_is_known(router: Router) -> None:
    with settled(router) as sidecar:
        router.configure("ip route 10.7.0.0/24 blackhole")
        message = sidecar.next_verdict_on(FIRST).message
        assert "runs this file already" not in message
        assert "Nothing was compared now, so a line that was typed since then is not known." in message
