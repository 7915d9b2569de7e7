"""A sidecar beside a real FRR in a directory that an attacker writes: it reads no secret, keeps looking, keeps FRR."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from reloader.offered import SIZE_LIMIT
from reloader.status import Last, State, Status, Verdict
from tests.frr.router import Router
from tests.frr.sidecar_faults import FIRST, NEXT, ends_well, settled
from tests.reloader.sidecar import Sidecar, digest, until

pytestmark = [pytest.mark.frr, pytest.mark.deep]
SECRET = "root:$6$hunter2:19000:0:99999:7:::\n"


def test_links_lead_to_no_secret(router: Router) -> None:
    secret = router.work / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    with settled(router) as sidecar:
        path = sidecar.offered / "frr.conf"
        (sidecar.offered / "up").symlink_to("..")
        plants: list[Callable[[], None]] = [
            lambda: path.symlink_to(secret),
            lambda: path.symlink_to(os.path.relpath(secret, sidecar.offered)),
            lambda: path.symlink_to("up/../secret"),
            lambda: path.symlink_to("/proc/kmsg"),
            lambda: path.symlink_to("/proc/self/environ"),
        ]
        runs = sidecar.runs
        for plant in plants:
            before = sidecar.status.last
            path.unlink()
            plant()
            now = sidecar.until(partial(_another_word, before), "a word on the link")
            assert now.last is not None
            assert now.last.verdict is Verdict.REFUSED
            assert "leads out of its directory" in now.last.message
            sidecar.put(FIRST)
            sidecar.until(lambda now: now.offered_hash == digest(FIRST), "the file itself")
        assert sidecar.runs == runs  # of FRR's programs: nothing was handed to them
        for text in (sidecar.log, sidecar.status_file.read_text()):
            assert "hunter2" not in text
        sidecar.put(NEXT)
        ends_well(sidecar, router, NEXT)


def _another_word(before: Last | None, now: Status) -> bool:
    return now.last != before and now.offered_hash is None


def test_what_is_written_beside_the_offered_file_goes_through_no_link(router: Router) -> None:
    offered = router.work / "sidecar" / "offered"
    offered.mkdir(parents=True)
    victims = [router.work / f"victim-{number}" for number in range(3)]
    for victim, name in zip(victims, ("boot.conf", "status.json", ".status.json.lock"), strict=True):
        victim.write_text("as it was")
        (offered / name).symlink_to(victim)
    with settled(router, "--boot-file", offered / "boot.conf", "--status", offered / "status.json") as sidecar:
        until(lambda: (offered / "boot.conf").read_text() == FIRST, "the boot file")
        assert sidecar.ask("status").returncode == 0
        (offered / "boot.conf").unlink()
        os.mkfifo(offered / "boot.conf")
        sidecar.put(NEXT)
        ends_well(sidecar, router, NEXT)
        assert (offered / "boot.conf").read_text() == NEXT
    assert [victim.read_text() for victim in victims] == ["as it was"] * 3


@contextmanager
def restless(change: Callable[[int], None], seconds: float) -> Iterator[None]:
    """Changes the file again and again, every so many seconds."""
    ended = threading.Event()

    def run() -> None:
        number = 0
        while not ended.wait(seconds):
            change(number)
            number += 1

    writer = threading.Thread(target=run)
    writer.start()
    try:
        yield
    finally:
        ended.set()
        writer.join()


@pytest.mark.parametrize("how", ["a byte every 0.5 s", "a rename every 5 ms"])
def test_a_file_that_never_rests_does_not_keep_the_sidecar_from_frr(router: Router, how: str) -> None:
    with settled(router, "--socket", router.work / "socket") as sidecar:
        path = sidecar.offered / "frr.conf"
        in_place = how.startswith("a byte")
        with path.open("ab", buffering=0) as file:

            def change(number: int) -> None:
                if in_place:
                    file.write(b"!")
                else:  # on a busy machine it may rest for a moment, so each is good
                    sidecar.put(FIRST.replace("! frrcompile: end", f"! {number}\n! frrcompile: end"))

            def unready() -> bool:
                code, body = get(router.work / "socket", "/readyz")
                return code == 503 and f"waits for {path} to come to rest" in body

            with restless(change, 0.5 if in_place else 0.005):
                sidecar.until(lambda now: now.waiting_for is not None, "a word on the file")
                until(unready, "a word on the file at /readyz")
                if in_place:
                    assert sidecar.status.offered_hash == digest(FIRST)  # of the file before
                    assert sidecar.ask("status").returncode == 1
                    assert sidecar.ask("wait", "--timeout", "0.5").returncode == 3
                # FRR is looked at all the same, and gets the last good file where it was started anew.
                router.kill("bgpd")
                sidecar.until(lambda now: now.frr.daemons.get("bgpd") == "down", "bgpd to be missed")
                router.start("bgpd")
                sidecar.until(lambda now: now.frr.daemons.get("bgpd") == "up", "bgpd to be seen")
                until(lambda: router.judge(FIRST) == [], "the last good file in FRR", lambda: sidecar.log)
                until(unready, "a word on the file at /readyz")
        sidecar.put(NEXT)
        ends_well(sidecar, router, NEXT)
        assert sidecar.status.waiting_for is None
        assert get(router.work / "socket", "/readyz")[0] == 200


def get(path: Path, what: str) -> tuple[int, str]:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(30)
        client.connect(str(path))
        client.sendall(f"GET {what} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while piece := client.recv(65536):
            answer += piece
    head, _, body = answer.decode().partition("\r\n\r\n")
    return int(head.split()[1]), body


def test_a_file_that_ends_the_sidecar_before_anything_is_applied_is_tried_three_times(router: Router) -> None:
    with settled(router) as sidecar:
        sidecar.hold("check")
        sidecar.put(NEXT)
        for _ in range(3):
            sidecar.wait_held()
            sidecar.end(signal.SIGKILL)
            sidecar.hold("check")
            sidecar.start(wait=False)
        last = sidecar.verdict(digest(NEXT))
        assert last.verdict is Verdict.REFUSED
        assert "the sidecar ended 3 times while it looked at this file" in last.message
        sidecar.until(lambda now: now.state is State.IDLE, "FRR to be compared")
        assert router.judge(FIRST) == []
        sidecar.release()
        sidecar.process.send_signal(signal.SIGHUP)  # one more try
        ends_well(sidecar, router, NEXT)


def test_wait_answers_for_a_file_that_is_too_large(router: Router) -> None:
    with settled(router) as sidecar:
        wanted = sidecar.put(b"!" * (SIZE_LIMIT + 1))
        said = sidecar.ask("wait", "--hash", wanted, "--timeout", "60")
        assert said.returncode == 1
        assert "larger than 16 MiB" in said.stdout


def test_sixteen_mebibytes_of_comments_take_little_memory(router: Router) -> None:
    with settled(router) as sidecar:
        idle = memory(sidecar)
        for byte in (b"!", b"!\n", b"x"):
            sidecar.verdict(sidecar.put(byte * (SIZE_LIMIT // len(byte))))
        peak = memory(sidecar)
        print(json.dumps({"idle": idle, "peak": peak}))
        assert peak < idle + 5 * SIZE_LIMIT // 1024


def memory(sidecar: Sidecar) -> int:
    """The most memory that the sidecar ever had, in KiB."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{sidecar.process.pid}/status").read_text())
    assert found is not None
    return int(found[1])
