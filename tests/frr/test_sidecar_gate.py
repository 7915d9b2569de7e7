"""A writer of the shared directory cannot choose who judges its file, nor keep the sidecar from FRR while it is judged."""

from __future__ import annotations

import fcntl
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reloader.status import Phase, Verdict
from tests.frr.router import Router
from tests.frr.sidecar_faults import FIRST, NEXT, ends_well, settled
from tests.reloader.sidecar import Sidecar, until

pytestmark = pytest.mark.frr

DANGLING = """\
exit
router bgp 64514
 neighbor 192.0.2.1 remote-as 64512
 address-family ipv4 unicast
  neighbor 192.0.2.1 route-map forgotten in
"""
MIB = 1024 * 1024


def refused(router: Router, content: str, *, lint: bool = False) -> str:
    """What a sidecar without any good file says of `content`, which must change nothing in FRR."""
    before = router.running()
    sidecar = Sidecar(router, lint=lint)
    wanted = sidecar.put(content)
    with sidecar:
        last = sidecar.verdict(wanted)
        assert (last.verdict, last.phase, last.next_try) == (Verdict.REFUSED, Phase.GATE, None)
        assert router.running() == before
        assert "judged by vtysh alone" not in sidecar.log
        return last.message


def test_no_number_of_warnings_takes_the_linter_away(router: Router) -> None:
    message = refused(router, "int lo\n" * 60_000 + DANGLING, lint=True)
    assert message.startswith("line 60005: ")
    assert "forgotten" in message


def test_the_first_of_many_wrong_lines_is_named(router: Router) -> None:
    message = refused(router, "hostname r1\n" + "ip routee\n" * 490_000)
    assert message.startswith('line 2: FRR does not know "ip routee" here. Also lines 3, 4, 5, 6, 7, ...')


def test_a_newer_file_ends_a_gate_that_takes_long(router: Router) -> None:
    with settled(router) as sidecar:
        sidecar.hold("check")
        sidecar.put(NEXT.replace("64999", "64998"))
        sidecar.wait_held()
        sidecar.put(NEXT)
        until(lambda: "another file has landed" in sidecar.log, "the gate to be left", lambda: sidecar.log)
        sidecar.release()
        ends_well(sidecar, router, NEXT)


def test_frr_is_brought_back_while_a_gate_takes_long(router: Router) -> None:
    with settled(router) as sidecar:
        sidecar.hold("check")
        sidecar.put(NEXT)
        sidecar.wait_held()
        router.kill("bgpd")
        router.start("bgpd")
        sidecar.until(lambda _now: router.judge(FIRST) == [], "FRR to have the last good file")
        assert "another file has landed" not in sidecar.log
        sidecar.release()
        ends_well(sidecar, router, NEXT)


@contextmanager
def leased(path: Path) -> Iterator[None]:
    """A lease on the file: who opens it gets EAGAIN, until the kernel breaks the lease after 45 s."""
    before = signal.signal(signal.SIGIO, signal.SIG_IGN)  # the kernel's request to give the lease up
    try:
        with path.open("r+b") as file:
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)
            yield
    finally:
        signal.signal(signal.SIGIO, before)


def test_a_lease_on_the_file_does_not_keep_the_sidecar_from_frr(router: Router) -> None:
    with settled(router) as sidecar:
        beside = sidecar.offered / "beside"
        beside.write_text(NEXT)
        with leased(beside):
            beside.rename(sidecar.offered / "frr.conf")
            router.kill("bgpd")
            sidecar.until(lambda now: "holds a lease on it" in (now.waiting_for or ""), "a word on the lease")
            assert sidecar.status.trouble is None
            router.start("bgpd")
            sidecar.until(lambda _now: router.judge(FIRST) == [], "FRR to have the last good file")
            assert "holds a lease on it" in (sidecar.status.waiting_for or "")
            assert sidecar.ask("status").returncode == 1
        ends_well(sidecar, router, NEXT)
        assert sidecar.status.waiting_for is None
