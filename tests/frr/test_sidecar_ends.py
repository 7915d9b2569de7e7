"""What ends in the midst of a change is no verdict on the file: `wait` goes on waiting, and the next sidecar says what came of it."""

from __future__ import annotations

import signal

import pytest

from reloader import gate, report
from reloader.status import State, Verdict
from tests.frr.router import Router
from tests.frr.sidecar_faults import FIRST, HALF, NEXT, ends_well, settled
from tests.reloader.sidecar import Sidecar, digest, until

pytestmark = pytest.mark.frr


def undecided(sidecar: Sidecar, content: str, *words: str) -> None:
    """The last verdict is on the file, and is not the last word."""
    last = sidecar.status.last
    assert last is not None
    assert (last.hash, last.verdict) == (digest(content), Verdict.FAILED), last
    assert last.next_try is not None
    assert "This says nothing about the file." in last.message
    assert report.ADVICE not in last.message
    for word in words:
        assert word in last.message
    waited = sidecar.ask("wait", "--hash", digest(content), "--timeout", "0.5")
    assert (waited.returncode, waited.stdout) == (3, "")


@pytest.mark.parametrize("phase", ["apply", "compare"])
def test_the_sidecar_is_ended_while_a_daemon_hangs(router: Router, phase: str) -> None:
    with settled(router, "--step-timeout", "60") as sidecar:
        sidecar.hold("apply")
        sidecar.put(NEXT)
        sidecar.wait_held()
        if phase == "compare":
            sidecar.hold("compare")
            sidecar.wait_held()
        router.kill("bgpd", signal.SIGSTOP)
        sidecar.release()
        assert sidecar.end() == 0
        undecided(sidecar, NEXT, "The sidecar was told to end while it changed FRR", "The next sidecar compares FRR")
        router.kill("bgpd", signal.SIGCONT)
        sidecar.start(wait=False, fresh=False)
        ends_well(sidecar, router, NEXT)
        assert sidecar.ask("wait", "--hash", digest(NEXT)).returncode == 0


def test_the_sidecar_is_ended_while_it_takes_a_file_back(router: Router) -> None:
    with settled(router) as sidecar:
        sidecar.hold("apply")
        sidecar.put(HALF)
        sidecar.wait_held()
        sidecar.hold("compare")
        sidecar.wait_held()
        sidecar.process.send_signal(signal.SIGTERM)
        sidecar.release()
        assert sidecar.process.wait(timeout=60) == 0
        undecided(sidecar, HALF)
        sidecar.start(wait=False, fresh=False)
        assert sidecar.verdict(digest(HALF)).verdict in (Verdict.ROLLED_BACK, Verdict.FAILED)
        sidecar.until(lambda now: now.state is State.IDLE and now.good_hash == digest(FIRST), "FRR to go back")
        assert router.judge(FIRST) == []


def test_the_programs_fail_while_a_file_is_taken_back(router: Router) -> None:
    """The judge is killed in each run from then on: whether FRR went back is not known, and the file is not at fault."""
    with settled(router) as sidecar:
        journal = sidecar.home / "state" / "journal.json"
        sidecar.spoil("frr-reload.py", "compare", f"""grep -q '"phase": "rollback"' {journal} && kill -9 $$""")
        sidecar.put(HALF)
        until(lambda: "cannot be brought back" in sidecar.log, "the failure", lambda: sidecar.log)
        sidecar.until(lambda now: now.last is not None and now.last.hash == digest(HALF), "what came of it")
        undecided(sidecar, HALF)
        wrong = sidecar.verdict(sidecar.put("router bgp 64512\n nonsense\n"))
        assert wrong.verdict is Verdict.REFUSED
        assert gate.UNCHANGED not in wrong.message
        assert "FRR still has what an earlier try left" in wrong.message
        sidecar.put(HALF)
        sidecar.mend()
        assert sidecar.status.state is not State.IDLE
        sidecar.until(lambda now: now.last is not None and now.last.verdict is Verdict.ROLLED_BACK, "a verdict")
        sidecar.until(lambda now: now.state is State.IDLE, "FRR to go back")
        assert router.judge(FIRST) == []
