"""Asking the sidecar, what it does about drift and lost sessions, and what it costs while nothing happens."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from reloader.status import Phase, State, Verdict
from tests.frr.peering import PEER, PEER_AS, established, peering
from tests.frr.router import Router
from tests.reloader.sidecar import Sidecar, digest, until

pytestmark = pytest.mark.frr

NODE = f"""\
! frrcompile: node-0
router bgp 64514
 no bgp ebgp-requires-policy
 neighbor {PEER} remote-as {PEER_AS}
 neighbor {PEER} passive
exit
!
! frrcompile: end
"""
STATIC = NODE.replace("router bgp", "ip route 10.9.0.0/24 blackhole\n!\nrouter bgp", 1)


class Http:
    """What a client of the sidecar's sockets does."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def ask(self, method: str, path: str) -> tuple[int, str]:
        """The code and the body of one answer."""
        with self.connect() as connection:
            connection.sendall(f"{method} {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        head, _, body = answer.decode().partition("\r\n\r\n")
        return int(head.split()[1]), body

    def connect(self) -> socket.socket:
        """A client that has said nothing yet."""
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(120)
        connection.connect(str(self.path))
        return connection

    def json(self, method: str, path: str) -> tuple[int, Any]:
        """The same, with the body read as JSON."""
        code, body = self.ask(method, path)
        return code, json.loads(body)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_a_wish_is_answered_with_the_verdict(router: Router) -> None:
    path, port = router.work / "sidecar" / "socket", free_port()
    with Sidecar(router, "--poll", "1000", "--socket", path, "--signal-listen", f":{port}") as sidecar:
        http = Http(path)
        assert http.ask("GET", "/readyz")[0] == 503
        sidecar.put(NODE)
        code, found = http.json("POST", "/reload")
        # It may have been seen before anybody asked.
        assert (code, found["good_hash"], found["last"]["hash"]) == (200, digest(NODE), digest(NODE))
        assert router.judge(NODE) == []
        assert http.ask("GET", "/readyz")[0] == 200
        sidecar.put("foo\n")
        code, found = http.json("POST", "/reload")
        assert (code, found["last"]["verdict"], found["last"]["line"]) == (409, "refused", 1)
        checks = sidecar.checks
        assert http.json("POST", "/reload")[0] == 409
        assert sidecar.checks == checks + 1  # tried again, since somebody asked
        sidecar.put(STATIC)
        with socket.create_connection(("127.0.0.1", port)):  # as in the blog's lab
            pass
        assert sidecar.verdict(digest(STATIC)).verdict is Verdict.GOOD
        metrics = http.ask("GET", "/metrics")[1]
        for line in (
            'frr_reloader_reloads_total{verdict="good"} 2',
            f'frr_reloader_good_info{{hash="{digest(STATIC)}"}} 1',
            'frr_reloader_state{state="idle"} 1',
            "frr_reloader_stale_seconds 0",
            "frr_reloader_frr_up 1",
            'frr_reloader_frr_daemon_up{daemon="bgpd"} 1',
            f'frr_reloader_frr_info{{version="{router.installation.version}"}} 1',
        ):
            assert f"{line}\n" in metrics
        assert re.search(r'frr_reloader_phase_duration_seconds_sum\{phase="apply"\} \d', metrics)
        assert sidecar.end() == 0
        assert not path.exists()


@pytest.mark.deep
def test_drift_is_seen_and_put_right_where_asked(router: Router) -> None:
    with Sidecar(router, "--drift-check", "0.3") as sidecar:
        assert sidecar.verdict(sidecar.put(NODE)).verdict is Verdict.GOOD
        verified = sidecar.until(lambda now: now.drift.checked is not None, "a verdict").drift.checked
        sidecar.until(lambda now: now.drift.checked != verified, "a look")
        runs = sidecar.runs
        time.sleep(1.5)
        assert sidecar.runs == runs  # while nothing changes, nothing is run
        router.configure("ip route 10.8.0.0/24 blackhole")
        drifted = sidecar.until(lambda now: bool(now.drift.lines), "drift")
        assert len(drifted.drift.lines) == 1
        assert drifted.drift.lines[0].endswith("no ip route 10.8.0.0/24 blackhole")
        assert drifted.state is State.IDLE
        assert "drift" in sidecar.ask("status").stdout
        router.configure("no ip route 10.8.0.0/24 blackhole")
        sidecar.until(lambda now: not now.drift.lines, "no drift")
        router.configure("ip route 10.8.0.0/24 blackhole")
        sidecar.until(lambda now: bool(now.drift.lines), "drift")
        sidecar.process.send_signal(signal.SIGHUP)
        asked = sidecar.until(lambda now: not now.drift.lines, "what was asked for").last
        assert asked is not None
        assert (asked.verdict, asked.phase) == (Verdict.GOOD, Phase.VERIFY)
        assert router.judge(NODE) == []
        sidecar.end()
        sidecar.argv += ["--drift-repair"]
        sidecar.start()
        router.configure("ip route 10.8.0.0/24 blackhole")
        until(lambda: "brought back to the last good file" in sidecar.log, "the repair", lambda: sidecar.log)
        sidecar.until(lambda now: now.state is State.IDLE and not now.drift.lines, "no drift")
        assert router.judge(NODE) == []


@pytest.mark.deep
def test_looking_costs_nobody_a_line(router: Router) -> None:
    with Sidecar(router, "--poll", "0.05", "--drift-check", "0") as sidecar:
        assert sidecar.verdict(sidecar.put(NODE)).verdict is Verdict.GOOD
        routes = [f"ip route 10.8.{number}.0/24 blackhole" for number in range(60)]
        for route in routes:
            router.cmd("configure terminal", route)
        running = router.running().splitlines()
        assert [route for route in routes if route not in running] == []


@pytest.mark.deep
def test_a_change_that_loses_a_session_is_taken_back(router: Router) -> None:
    with peering(router), Sidecar(router, "--health-gate", "6") as sidecar:
        assert sidecar.verdict(sidecar.put(NODE)).verdict is Verdict.GOOD
        until(lambda: established(router), "the session", sidecar.status_file.read_text)
        # A harmless change passes, and waits for nothing.
        last = sidecar.verdict(sidecar.put(STATIC))
        assert (last.verdict, last.phase) == (Verdict.GOOD, Phase.VERIFY)
        # The neighbor says another AS than this: FRR takes the line, and the session does not come back.
        bad = STATIC.replace(f"remote-as {PEER_AS}", "remote-as 65002")
        last = sidecar.verdict(sidecar.put(bad))
        assert (last.verdict, last.phase) == (Verdict.ROLLED_BACK, Phase.HEALTH), last
        assert PEER in last.message
        assert router.judge(STATIC) == []
        assert sidecar.status.good_hash == digest(STATIC)
        until(lambda: established(router), "the session", sidecar.status_file.read_text)
        # A restarted sidecar does not try it again either.
        sidecar.end()
        sidecar.start()
        assert sidecar.status.last == last
        assert router.judge(STATIC) == []
        # A change that is meant to lose the session does.
        without = re.sub(r" neighbor .*\n", "", STATIC)
        assert sidecar.verdict(sidecar.put(without)).verdict is Verdict.GOOD


def _cpu(pid: int) -> float:
    """Seconds of CPU that a process and its ended children have used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.deep
def test_it_is_small_and_idle_costs_nothing(router: Router) -> None:
    path = router.work / "sidecar" / "socket"
    with Sidecar(router, "--poll", "3", "--socket", path, "--listen", f":{free_port()}") as sidecar:
        assert sidecar.verdict(sidecar.put(NODE)).verdict is Verdict.GOOD
        assert Http(path).ask("GET", "/metrics")[0] == 200
        time.sleep(3)
        before, began = _cpu(sidecar.process.pid), time.monotonic()
        time.sleep(12)
        share = (_cpu(sidecar.process.pid) - before) / (time.monotonic() - began)
        memory = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{sidecar.process.pid}/status").read_text())
        assert memory is not None
        print(f"{share:.2%} of a core, {int(memory[1]) / 1024:.0f} MB")
        assert share < 0.006  # the target is 0.2 %: a tick of the clock is 10 ms, and other tests run
        assert int(memory[1]) < 50 * 1024


def test_a_status_file_that_cannot_be_written_is_said_at_the_socket(router: Router) -> None:
    path = router.work / "sidecar" / "socket"
    sidecar = Sidecar(router, "--socket", path)
    sidecar.put(NODE)
    with sidecar:
        assert sidecar.verdict(digest(NODE)).verdict is Verdict.GOOD
        http = Http(path)
        sidecar.status_file.unlink()
        sidecar.status_file.mkdir()  # a directory cannot be replaced by a file, and often has the same inode number
        trouble = f"the status file {sidecar.status_file} cannot be written: "
        until(lambda: trouble in (http.json("GET", "/status")[1]["trouble"] or ""), "the trouble", lambda: sidecar.log)
        assert trouble in sidecar.log
        code, answer = http.json("POST", "/reload")
        assert (code, answer["last"]["verdict"]) == (200, "unchanged")  # FRR has the file all the same
        sidecar.status_file.rmdir()
        sidecar.until(lambda now: now.trouble is None, "the status file")
