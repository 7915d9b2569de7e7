"""The sidecar where file descriptors, memory, threads or processes run out: it says so, and works when they are back."""

from __future__ import annotations

import contextlib
import re
import resource
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from reloader import status
from reloader.status import State, Status, Verdict
from tests.frr.installation import VTYSH
from tests.frr.router import Router
from tests.frr.sidecar_faults import FIRST, HALF, NEXT, ends_well, numbered, settled
from tests.frr.test_sidecar_asking import Http, free_port
from tests.frr.test_sidecar_user import Pod
from tests.reloader.sidecar import Sidecar, digest, until

pytestmark = pytest.mark.frr


@contextmanager
def limited(pid: int, what: int, amount: int) -> Iterator[None]:
    """A limit of a running process, as long as the context lasts."""
    before = resource.prlimit(pid, what)
    resource.prlimit(pid, what, (amount, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, what, before)


def descriptors(pid: int) -> list[int]:
    return sorted(int(path.name) for path in Path(f"/proc/{pid}/fd").iterdir())


def first_free(pid: int) -> int:
    """The lowest limit that leaves a process no file descriptor: all below it are in use."""
    used = descriptors(pid)
    return next(number for number in range(len(used) + 1) if number not in used)


def memory(pid: int) -> int:
    """The bytes of address space that a process has."""
    found = re.search(r"VmSize:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found is not None
    return int(found[1]) * 1024


def hindered(sidecar: Sidecar, router: Router, words: str) -> None:
    """It says what it lacks, has no verdict on what is offered, and has changed nothing."""
    now = sidecar.until(lambda now: words in (now.trouble or ""), f"the trouble: {words}")
    assert now.state is State.DEGRADED
    assert now.last is not None
    assert (now.last.hash, now.last.verdict) == (digest(FIRST), Verdict.GOOD)
    assert words in sidecar.log
    assert router.judge(FIRST) == []
    assert sidecar.process.poll() is None


def test_no_file_descriptors(router: Router) -> None:
    path = router.work / "sidecar" / "socket"
    with settled(router, "--socket", path) as sidecar:
        before = descriptors(sidecar.process.pid)
        with limited(sidecar.process.pid, resource.RLIMIT_NOFILE, first_free(sidecar.process.pid)):
            sidecar.put(NEXT)
            hindered(sidecar, router, "no file descriptor is left")
            assert "trouble" in sidecar.ask("status").stdout
        ends_well(sidecar, router, NEXT)
        assert sidecar.status.trouble is None
        assert Http(path).ask("POST", "/reload")[0] == 200
        assert len(descriptors(sidecar.process.pid)) <= len(before) + 2  # nothing was left open


def test_nothing_is_imported_while_it_works(router: Router) -> None:
    """Without a file descriptor an import fails, and Python takes the module for missing from then on."""
    path, port = router.work / "sidecar" / "socket", free_port()
    options = ("--socket", path, "--signal-listen", f":{port}", "--drift-check", "0.5", "--health-gate", "1")
    with settled(router, *options, environment={"PYTHONPROFILEIMPORTTIME": "1"}) as sidecar:
        for method, asked in (("POST", "/reload"), ("GET", "/metrics"), ("GET", "/nowhere"), ("PUT", "/livez")):
            Http(path).ask(method, asked)
        sidecar.put(HALF)
        assert sidecar.verdict(digest(HALF)).verdict is Verdict.ROLLED_BACK
        sidecar.put(NEXT)
        ends_well(sidecar, router, NEXT)
        router.configure("ip route 10.8.0.0/24 blackhole")
        sidecar.until(lambda now: bool(now.drift.lines), "drift")
        lines = sidecar.log.splitlines()
        began = next(number for number, line in enumerate(lines) if "watching" in line)
        assert [line for line in lines[began:] if line.startswith("import time")] == []


def test_few_file_descriptors_and_as_many_clients(router: Router) -> None:
    """`ulimit -n 32` and 32 connections at each listener."""
    path, port, signals = router.work / "sidecar" / "socket", free_port(), free_port()
    sidecar = Sidecar(router, "--socket", path, "--listen", f":{port}", "--signal-listen", f":{signals}")
    sidecar.argv = ["prlimit", "--nofile=32:32", *sidecar.argv]
    sidecar.put(FIRST)
    with sidecar, contextlib.ExitStack() as clients:
        assert sidecar.verdict(digest(FIRST)).verdict is Verdict.GOOD
        for _ in range(32):
            for number in (port, signals):
                clients.enter_context(socket.create_connection(("127.0.0.1", number), timeout=20))
            clients.enter_context(Http(path).connect())
        sidecar.put(NEXT)
        ends_well(sidecar, router, NEXT)
        assert Http(path).ask("GET", "/livez")[0] == 200
        assert Http(path).ask("POST", "/reload")[0] == 200


def test_no_memory(router: Router) -> None:
    with settled(router) as sidecar:
        with limited(sidecar.process.pid, resource.RLIMIT_AS, memory(sidecar.process.pid)):
            large = f"! {'x' * 30}\n" * 400_000
            sidecar.put(NEXT.replace("! frrcompile: end", f"{large}! frrcompile: end"))
            until(lambda: "no memory" in sidecar.log or "no thread" in sidecar.log, "a word on it", lambda: sidecar.log)
            sidecar.until(lambda now: now.trouble is not None, "the trouble")
        sidecar.put(NEXT)
        ends_well(sidecar, router, NEXT)
        assert sidecar.status.trouble is None


def test_no_processes(router: Router) -> None:
    """As a user: root's processes are not limited."""
    pod = Pod(router)
    status_file, log = pod.home / "status.json", pod.home / "log"
    offer(pod, FIRST)

    def is_so(condition: Callable[[Status], bool]) -> Callable[[], bool]:
        return lambda: status_file.exists() and condition(status.read(status_file))

    with log.open("wb") as output:
        options = ("--no-lint", "--poll", "0.3", "--socket", pod.home / "socket")
        process = router.spawn(*pod.command(*options), output=output.fileno())
    try:
        until(is_so(lambda now: now.good_hash == digest(FIRST)), "the first file", log.read_text)
        with no_more_processes(pod, status.read(status_file).pid):
            offer(pod, NEXT)
            until(is_so(lambda now: "no process can be started" in (now.trouble or "")), "the trouble", log.read_text)
            now = status.read(status_file)
            assert now.last is not None
            assert (now.state, now.last.hash, now.last.verdict) == (State.DEGRADED, digest(FIRST), Verdict.GOOD)
            assert router.judge(FIRST) == []
            http = Http(pod.home / "socket")  # no thread either: one client after another
            assert http.ask("GET", "/livez")[0] == 200
            assert http.ask("POST", "/reload")[0] == 503
        until(is_so(lambda now: now.good_hash == digest(NEXT) and now.trouble is None), "the next file", log.read_text)
        assert router.judge(NEXT) == []
        assert http.ask("POST", "/reload")[0] == 200
        assert "Traceback" not in log.read_text()
    finally:
        process.kill()
        process.wait()


def test_once_ends_where_no_process_can_be_started(router: Router) -> None:
    """There is a last good file, and FRR may not have it: the sidecar tries for a while, and then says that it could not look."""
    pod = Pod(router)
    code = pod.code / "reloader" / "machine.py"
    text = code.read_text()
    assert "\nONCE_SECONDS = 60.0" in text
    code.write_text(text.replace("\nONCE_SECONDS = 60.0", "\nONCE_SECONDS = 2.0"))
    offer(pod, FIRST)
    assert pod.once()[0] == 0
    offer(pod, NEXT)
    log, go, vtysh = pod.home / "log", pod.home / "go", pod.home / "vtysh"
    # It waits while the sidecar asks it for its options, which comes before the first look. No process is needed for that.
    vtysh.write_text(f'#!/bin/sh\nwhile [ ! -e {go} ]; do :; done\nexec {VTYSH} "$@"\n')
    vtysh.chmod(0o755)
    with log.open("wb") as output:
        process = router.spawn(*pod.command("--once", "--no-lint", "--vtysh", vtysh), output=output.fileno())
    try:
        until(lambda: "watching" in log.read_text(), "its start", log.read_text)
        pid = str(status.read(pod.home / "status.json").pid)  # in the router's namespace
        limit = ("setpriv", "--reuid", "frr", "--regid", "frr", "--clear-groups", "prlimit", "--pid", pid, "--nproc=1:")
        assert router.inside(*limit).returncode == 0
        go.touch()
        assert process.wait(timeout=60) == 2
        assert "no process can be started" in log.read_text()
        assert router.judge(FIRST) == []
    finally:
        process.kill()
        process.wait()


@contextmanager
def no_more_processes(pod: Pod, pid: int | None) -> Iterator[None]:
    """The limit of the pod's user, set by that user: another one may not, root without CAP_SYS_RESOURCE included."""
    change = ("setpriv", "--reuid", "frr", "--regid", "frr", "--clear-groups", "prlimit", "--pid", str(pid))
    before = pod.router.inside(*change, "--nproc", "--output=SOFT", "--noheadings", "--raw").stdout.strip()
    assert pod.router.inside(*change, "--nproc=1:").returncode == 0
    try:
        yield
    finally:
        assert pod.router.inside(*change, f"--nproc={before}:").returncode == 0


def offer(pod: Pod, content: str) -> None:
    """Puts a file in the pod's directory, by rename."""
    beside = pod.offered / ".new"
    beside.write_text(content)
    beside.replace(pod.offered / "frr.conf")


@pytest.mark.deep
@pytest.mark.parametrize("what", ["descriptors", "memory"])
def test_a_little_is_never_enough_to_do_harm(router: Router, what: str) -> None:
    """From nothing at all up to enough for a reload: each time another step is the first that cannot be done."""
    with settled(router) as sidecar:
        pid = sidecar.process.pid
        used = descriptors(pid)
        for number in range(30):
            content = numbered(number)
            wanted = digest(content)
            if what == "descriptors":
                kind, amount = resource.RLIMIT_NOFILE, first_free(pid) + number
            else:
                kind, amount = resource.RLIMIT_AS, memory(pid) + number * 512 * 1024
            with limited(pid, kind, amount):
                sidecar.put(content)
                sidecar.until(partial(_is_over, wanted), "a trouble or a verdict")
                time.sleep(0.3)
            ends_well(sidecar, router, content)
            assert sidecar.status.trouble is None
        assert len(descriptors(pid)) <= len(used) + 2


def _is_over(wanted: str, now: Status) -> bool:
    return now.trouble is not None or now.good_hash == wanted
