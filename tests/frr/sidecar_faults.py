"""What may go wrong around the sidecar, each as a scene with a real FRR, and what must be true after it.

Every scene begins with FRR on FIRST through the sidecar, and ends with the newest good file in FRR: judged, and said so
by the status. `make deep` plays each on one version, the soak (`python -m tests.frr.sidecar_soak`) on all.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from reloader import policies
from reloader.offered import SIZE_LIMIT
from reloader.status import Phase, State, Status, Verdict
from reloader.vty import Lines
from tests.frr.peering import PEER, PEER_AS, established, peering
from tests.frr.router import Router
from tests.frr.small_disk import SmallDisk, small_disk
from tests.reloader.sidecar import Sidecar, digest, until

FIRST = """\
! frrcompile: node-0
vrf red
 vni 100
exit-vrf
!
router bgp 64514
 no bgp ebgp-requires-policy
 neighbor 192.168.11.2 remote-as 64512
 neighbor 192.168.11.2 password hunter2
 !
 address-family l2vpn evpn
  neighbor 192.168.11.2 activate
  advertise-all-vni
 exit-address-family
exit
!
! frrcompile: end
"""
NEXT = FIRST.replace(" vni 100\n", " vni 100\n ip route 10.9.0.0/24 blackhole\n").replace("64512", "64999")
FORGOTTEN = """\
ip prefix-list pods seq 5 permit 10.244.0.0/16 le 32
route-map forgotten permit 10
 match ip address prefix-list pods
exit
"""
FORGOTTEN_LINES = (
    "add: ip prefix-list pods seq 5 permit 10.244.0.0/16 le 32",
    "add: route-map forgotten permit 10",
    "add: route-map forgotten permit 10 / match ip address prefix-list pods",
)
HALF = FIRST.replace(" vni 100\n", " vni 100\n ip route 10.8.0.0/24 blackhole\n").replace(
    "exit\n!\n! frr", "exit\n!\nrouter bgp 64515\n neighbor 10.0.0.1 remote-as 1\nexit\n!\n! frr"
)
SLACK = 3.0  # seconds, for a machine that has other things to do
DISK = "256k"  # of the sidecar's state
UNWANTED = "route-map unwanted permit 10\n set ipv6 next-hop global fe80::1\nexit\n"
FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
Scene = Callable[[Router], None]


def numbered(number: int) -> str:
    """A good file that is like no other."""
    return FIRST.replace("remote-as 64512", f"remote-as {1000 + number}")


@contextmanager
def settled(router: Router, *options: str | Path, environment: dict[str, str] | None = None) -> Iterator[Sidecar]:
    """A sidecar that has brought FRR to FIRST."""
    sidecar = Sidecar(router, *options)
    sidecar.environment.update(environment or {})
    sidecar.put(FIRST)
    with sidecar:
        assert sidecar.verdict(digest(FIRST)).verdict is Verdict.GOOD
        yield sidecar


def ends_well(sidecar: Sidecar, router: Router, content: str) -> None:
    """FRR has `content`, the status says so, no note is left, no two programs changed FRR at a time, no secret is out."""
    wanted = digest(content)

    def well(now: Status) -> bool:
        for name in set(router.daemons) - set(router.pids):
            router.start(name)  # as watchfrr would
        return now.state is State.IDLE and now.good_hash == wanted == now.offered_hash

    sidecar.until(well, "the newest good file to be applied")
    assert router.judge(content) == []
    assert lacking(router) == []
    assert sidecar.ask("status").returncode == 0
    assert '"doing": null' in (sidecar.home / "state" / "journal.json").read_text()
    assert "hunter2" not in sidecar.status_file.read_text() + sidecar.log


def lacking(router: Router) -> list[str]:
    """The lines of policies that FRR shows, and one of its daemons does not have."""
    found, trouble = policies.differ(Lines(router.vty_socket_dir / router.pathspace), 20.0)
    assert trouble == ""
    return sorted(map(str, found))


def goes_back(sidecar: Sidecar, router: Router) -> None:
    """FRR has FIRST again, though HALF is offered, and the next good file lands."""

    def back(now: Status) -> bool:
        for name in set(router.daemons) - set(router.pids):
            router.start(name)
        return now.state is State.IDLE and now.good_hash == digest(FIRST) and now.offered_hash == digest(HALF)

    sidecar.until(back, "FRR to go back")
    assert router.judge(FIRST) == []
    assert lacking(router) == []
    sidecar.put(NEXT)
    ends_well(sidecar, router, NEXT)


def held(sidecar: Sidecar, phase: str) -> Callable[[Sidecar, Router], None]:
    """Offers a file and holds the sidecar in the midst of a phase; returns what must come of it."""
    sidecar.hold(phase if phase in ("check", "compare") else "apply")
    sidecar.put(HALF if phase == "rollback" else NEXT)
    sidecar.wait_held()
    while phase == "verify" or (phase == "rollback" and sidecar.status.phase is not Phase.ROLLBACK):
        sidecar.hold("compare")  # lets the engine go on, and holds the judge
        sidecar.wait_held()
        if phase == "verify":
            break
        sidecar.hold("apply")  # of another round, or of going back
        sidecar.wait_held()
    return goes_back if phase == "rollback" else partial(ends_well, content=NEXT)


# --- the sidecar ends


def sidecar_is_killed(phase: str, router: Router) -> None:
    with settled(router) as sidecar:
        ends = held(sidecar, phase)
        sidecar.end(signal.SIGKILL)
        said = sidecar.ask("status")
        assert said.returncode == 1
        assert "not running; it ended while it was reloading" in said.stdout
        assert sidecar.ask("wait", "--hash", sidecar.hash, "--timeout", "0.2").returncode == 3
        sidecar.release()
        sidecar.start(wait=False)
        ends(sidecar, router)


def sidecar_is_ended(phase: str, router: Router) -> None:
    with settled(router) as sidecar:
        ends = held(sidecar, phase)
        began = time.monotonic()
        assert sidecar.end() == 0
        assert time.monotonic() - began < 2 + SLACK
        note = (sidecar.home / "state" / "journal.json").read_text()
        assert ('"doing": null' in note) == (phase in ("check", "compare"))  # FRR was not changed yet
        sidecar.release()
        sidecar.start(wait=False)
        ends(sidecar, router)


def sidecar_is_asked(phase: str, router: Router) -> None:
    """SIGHUP in the midst of a reload: a wish for another look, which comes after it."""
    with settled(router) as sidecar:
        ends = held(sidecar, phase)
        checks = sidecar.checks
        for _ in range(5):
            sidecar.process.send_signal(signal.SIGHUP)
            time.sleep(0.02)
        sidecar.release()
        if phase == "rollback":  # what was rolled back is tried again, since somebody asked
            sidecar.until(lambda _: sidecar.checks > checks, "the look that was asked for")
        ends(sidecar, router)
        assert sidecar.checks <= checks + (2 if phase == "rollback" else 1)


def sidecar_is_killed_after_applying(router: Router) -> None:
    with settled(router) as sidecar:
        held(sidecar, "verify")
        sidecar.end(signal.SIGKILL)
        # The file is withdrawn while nobody looks: FRR has it in full or in part, and goes back.
        sidecar.put(NEXT.replace("! frrcompile: end\n", ""))
        sidecar.release()
        sidecar.start(wait=False)
        sidecar.until(lambda now: now.state is State.IDLE and now.good_hash == digest(FIRST), "FRR to go back")
        assert router.judge(FIRST) == []
        sidecar.put(NEXT)
        ends_well(sidecar, router, NEXT)


def sidecar_is_killed_again_and_again(router: Router) -> None:
    with settled(router) as sidecar:
        sidecar.put(NEXT)
        for number in range(8):
            time.sleep(0.15 * number)
            sidecar.end(signal.SIGKILL)
            sidecar.put(numbered(number))
            sidecar.start(wait=False)
        ends_well(sidecar, router, numbered(7))


def sidecar_is_ended_at_health(number: signal.Signals, router: Router) -> None:
    """The next sidecar knows from the note which sessions must come back, and takes back what loses one."""
    first = FIRST.replace("192.168.11.2", PEER).replace("64512", str(PEER_AS)).replace("password hunter2", "passive")
    bad = first.replace(f"remote-as {PEER_AS}", "remote-as 65002")
    with peering(router), Sidecar(router, "--health-gate", "6") as sidecar:
        assert sidecar.verdict(sidecar.put(first)).verdict is Verdict.GOOD
        until(lambda: established(router), "the session", sidecar.status_file.read_text)
        sidecar.put(bad)
        sidecar.until(lambda now: now.phase is Phase.HEALTH, "the health gate")
        sidecar.end(number)
        assert '"phase": "health"' in (sidecar.home / "state" / "journal.json").read_text()
        assert router.judge(bad) == []
        sidecar.start(wait=False)
        last = sidecar.verdict(digest(bad))
        assert (last.verdict, last.phase) == (Verdict.ROLLED_BACK, Phase.HEALTH), last
        assert PEER in last.message
        sidecar.put(first)
        ends_well(sidecar, router, first)
        # What only resets the session is good: it comes back.
        reset = first.replace(" passive", " passive\n neighbor 10.99.0.2 ebgp-multihop 2")
        sidecar.put(reset)
        sidecar.until(lambda now: now.phase is Phase.HEALTH or now.good_hash == digest(reset), "the health gate")
        sidecar.end(number)
        sidecar.start(wait=False)
        ends_well(sidecar, router, reset)
        until(lambda: established(router), "the session after the reset", sidecar.status_file.read_text)


# --- FRR ends, stops, or is started anew


def frr_is_killed(phase: str, router: Router) -> None:
    with settled(router, "--step-timeout", "20") as sidecar:
        ends = held(sidecar, phase)
        for name in router.pids:
            router.kill(name)
        sidecar.release()
        assert sidecar.verdict(sidecar.hash).verdict in (Verdict.REFUSED, Verdict.FAILED)
        sidecar.until(lambda now: now.state is State.WAITING, "the state waiting-for-frr")
        assert sidecar.ask("status").returncode == 1
        ends(sidecar, router)


def frr_is_restarted(phase: str, router: Router) -> None:
    with settled(router, "--step-timeout", "20") as sidecar:
        ends = held(sidecar, phase)
        router.restart()
        sidecar.release()
        ends(sidecar, router)


def a_daemon_stops(phase: str, router: Router) -> None:
    with settled(router, "--step-timeout", "5") as sidecar:
        ends = held(sidecar, phase)
        router.kill("bgpd", signal.SIGSTOP)
        sidecar.release()
        last = sidecar.verdict(sidecar.hash)
        assert last.verdict in (Verdict.REFUSED, Verdict.FAILED)
        assert "does not answer" in last.message or "did not finish" in last.message
        router.kill("bgpd", signal.SIGCONT)
        ends(sidecar, router)


def bgpd_dies(phase: str, router: Router) -> None:
    with settled(router, "--step-timeout", "20") as sidecar:
        ends = held(sidecar, phase)
        router.kill("bgpd")
        sidecar.release()
        last = sidecar.verdict(sidecar.hash)
        assert last.verdict in (Verdict.REFUSED, Verdict.FAILED)
        assert "bgpd does not run" in last.message
        ends(sidecar, router)


def bgpd_lacks_what_frr_shows(engine: str, router: Router) -> None:
    with settled(router, "--engine", engine) as sidecar:
        router.load(FORGOTTEN + UNWANTED, check=False)  # from FRR 10 on bgpd takes none of it, and mgmtd does
        router.load("no route-map unwanted\n", check=False)
        content = FIRST.replace("! frrcompile: end\n", f"{FORGOTTEN}! frrcompile: end\n")
        assert router.judge(content) == []
        has_all = router.installation.version.startswith("8.4")
        assert lacking(router) == [] if has_all else [f"{line} (in bgpd)" for line in FORGOTTEN_LINES]
        last = sidecar.verdict(sidecar.put(content))
        if engine == "frr-reload" and not has_all:  # it sees nothing to do
            assert (last.verdict, last.phase) == (Verdict.ROLLED_BACK, Phase.VERIFY), last
            assert re.match(r"line 1[78]: bgpd does not have \".*\", though FRR shows it", last.message)
            sidecar.process.send_signal(signal.SIGHUP)  # all of it is new now, and so it is sent
        ends_well(sidecar, router, content)


# --- what lands


def files_that_are_none(router: Router) -> None:
    with settled(router) as sidecar:
        before = router.running()
        path = sidecar.offered / "frr.conf"
        for content in (
            NEXT[: len(NEXT) // 2].encode(),
            b"",
            b"!\n" * 25_000_000,
            os.urandom(100_000),
            b"\0" * 1000,
            b"neighbor 192.168.11.2 password hunter2\n",
        ):
            wanted = sidecar.put(content)
            if len(content) < SIZE_LIMIT:
                sidecar.verdict(wanted)
            else:
                sidecar.until(lambda now: now.last is not None and "larger than" in now.last.message, "a word on it")
            assert sidecar.status.last is not None
            assert sidecar.status.last.verdict is Verdict.REFUSED
            assert router.running() == before
        path.unlink()
        assert sidecar.verdict(None).message.count("does not exist") == 1
        path.mkdir()  # root may read any file: this one nobody can
        sidecar.until(lambda now: now.last is not None and "is a directory" in now.last.message, "a word on it")
        path.rmdir()
        os.mkfifo(path)
        sidecar.until(lambda now: now.last is not None and "not a regular file" in now.last.message, "a word on it")
        assert router.running() == before
        assert sidecar.status.state is State.IDLE
        memory = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{sidecar.process.pid}/status").read_text())
        assert memory is not None
        assert int(memory[1]) < 80_000
        sidecar.put(NEXT)
        ends_well(sidecar, router, NEXT)


def a_file_written_in_place(router: Router) -> None:
    with settled(router) as sidecar:
        with (sidecar.offered / "frr.conf").open("w") as file:
            for line in NEXT.splitlines(keepends=True):
                file.write(line)
                file.flush()
                time.sleep(0.05)
        ends_well(sidecar, router, NEXT)
        assert sidecar.log.count(" good: ") == 2  # none of its halves was one


def a_thousand_files(router: Router) -> None:
    with settled(router) as sidecar:
        began = time.monotonic()
        for number in range(1000):
            sidecar.put(numbered(number))
            time.sleep(max(0.0, began + (number + 1) * 0.01 - time.monotonic()))
        ends_well(sidecar, router, numbered(999))
        assert sum(" looked at " in line for line in sidecar.log.splitlines()) < 100


def a_thousand_signals(router: Router) -> None:
    with settled(router) as sidecar:
        runs = sidecar.runs
        for number in range(1000):
            sidecar.process.send_signal(signal.SIGHUP)
            if number == 500:
                sidecar.put(NEXT)
        ends_well(sidecar, router, NEXT)
        assert sidecar.runs < runs + 40


def two_hundred_swaps(router: Router) -> None:
    sidecar = Sidecar(router, "--poll", "1000")  # only events can tell

    def swap(number: int) -> None:
        inner = sidecar.offered / f"..{number}"
        inner.mkdir()
        (inner / "frr.conf").write_text(numbered(number))
        (sidecar.offered / "..data_tmp").symlink_to(inner.name)
        (sidecar.offered / "..data_tmp").rename(sidecar.offered / "..data")

    swap(0)
    (sidecar.offered / "frr.conf").symlink_to("..data/frr.conf")
    with sidecar:
        sidecar.verdict(digest(numbered(0)))
        for number in range(1, 200):
            swap(number)
            time.sleep(0.01)
        ends_well(sidecar, router, numbered(199))


def the_directory_is_made_again(router: Router) -> None:
    with settled(router) as sidecar:
        (sidecar.offered / "frr.conf").unlink()
        sidecar.offered.rmdir()
        sidecar.verdict(None)
        sidecar.offered.mkdir()
        sidecar.put(NEXT)
        ends_well(sidecar, router, NEXT)


# --- the machine around it


def the_clock_is_set_back(router: Router) -> None:
    assert FAKETIME is not None
    clock = router.work / "clock"
    clock.write_text("+0")
    clock_environment = {"LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1"}
    # Timers of the kernel do not follow a faked clock, and need not: CLOCK_MONOTONIC is never set.
    with settled(router, environment={**clock_environment, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}) as sidecar:
        first = sidecar.status.last
        assert first is not None
        clock.write_text("-3h")
        sidecar.put(NEXT)
        ends_well(sidecar, router, NEXT)
        last = sidecar.status.last
        assert last is not None
        assert last.finished < first.finished  # it was


def the_disk_is_full(router: Router) -> None:
    with (
        small_disk(router.installation, DISK) as own,
        settled(own, "--status", own.disk / "status.json") as sidecar,
    ):
        _fills_up(sidecar, own)


def the_disk_is_nearly_full(router: Router) -> None:
    """Whatever room is left, a bad file changes nothing or is taken back, by the next sidecar as well."""
    with small_disk(router.installation, DISK) as own, settled(own) as sidecar:
        for number, room in enumerate(range(0, 228, 12)):
            _bad_file_with(sidecar, own, room, number)
        for number, room in enumerate((0, 8, 16, 32, 64), start=1000):
            _killed_with(sidecar, own, room, number)
        (own.disk / "filler").unlink()
        assert [path.name for path in own.disk.glob("look-*")] == []
        sidecar.put(NEXT)
        ends_well(sidecar, own, NEXT)


def _bad_file_with(sidecar: Sidecar, router: SmallDisk, room: int, number: int) -> None:
    _fill(router.disk / "filler", room)
    wanted = sidecar.put(half(number))
    last = sidecar.verdict(wanted)
    assert last.verdict in (Verdict.REFUSED, Verdict.ROLLED_BACK), (room, last)
    assert last.verdict is Verdict.ROLLED_BACK or last.next_try is not None, (room, last)  # no word on the file
    sidecar.until(lambda now: now.state is State.IDLE, "FRR as it was")
    assert router.judge(FIRST) == [], room
    sidecar.put(FIRST)
    sidecar.until(lambda now: now.offered_hash == digest(FIRST) and now.state is State.IDLE, "the good file")
    assert room < 216 or last.verdict is Verdict.ROLLED_BACK


def _killed_with(sidecar: Sidecar, router: SmallDisk, room: int, number: int) -> None:
    """A sidecar that is killed while it applies a bad file, and the disk that fills up behind its back."""
    (router.disk / "filler").unlink(missing_ok=True)
    sidecar.hold("apply")
    sidecar.put(half(number))
    sidecar.wait_held()
    _fill(router.disk / "filler", room)
    sidecar.release()
    sidecar.until(
        lambda now: now.phase is Phase.VERIFY or (now.last is not None and now.last.hash == sidecar.hash), "a change"
    )
    sidecar.end(signal.SIGKILL)
    sidecar.start(wait=False)
    sidecar.until(lambda now: now.state is State.IDLE and now.good_hash == digest(FIRST), "FRR to go back")
    assert router.judge(FIRST) == [], room
    sidecar.put(FIRST)
    sidecar.until(lambda now: now.offered_hash == digest(FIRST) and now.state is State.IDLE, "the good file")


def half(number: int) -> str:
    """A file that FRR takes in part only, and that is like no other."""
    return HALF.replace("10.8.0.0/24", f"10.8.{number // 256}.0/24").replace(
        "! frrcompile: node-0", f"! frrcompile: half-{number}"
    )


def _fill(filler: Path, room: int = 0) -> None:
    """Fills the disk but for `room` KiB."""
    filler.unlink(missing_ok=True)
    kept = filler.with_name("kept")
    if room:
        kept.write_bytes(b"x" * 1024 * room)
    with contextlib.suppress(OSError), filler.open("wb") as file:
        while True:
            file.write(b"x" * 512)
            file.flush()
    kept.unlink(missing_ok=True)


def _fills_up(sidecar: Sidecar, router: Router) -> None:
    filler = sidecar.status_file.with_name("filler")
    _fill(filler)
    sidecar.put(NEXT)
    until(lambda: "No space left" in sidecar.log, "a word on the disk", lambda: sidecar.log)
    assert sidecar.process.poll() is None
    assert router.judge(FIRST) == [] or router.judge(NEXT) == []  # nothing of it, or all
    filler.unlink()
    ends_well(sidecar, router, NEXT)


def inotify_cannot_be_had(router: Router) -> None:
    """In a user namespace of its own, where FRR cannot be reached: what lands is seen all the same."""
    sidecar = Sidecar(router)
    script = 'echo 0 >/proc/sys/user/max_inotify_instances && exec "$@"'
    sidecar.argv = ["unshare", "--user", "--map-root-user", "sh", "-c", script, "sh", *sidecar.argv]
    with sidecar:
        until(lambda: "inotify cannot be had" in sidecar.log, "a word on inotify", lambda: sidecar.log)
        for number in range(3):
            assert sidecar.verdict(sidecar.put(numbered(number))).verdict is Verdict.REFUSED


PHASES = ("check", "compare", "apply", "verify", "rollback")
SCENES: dict[str, Scene] = {
    **{f"the sidecar is killed at {phase}": partial(sidecar_is_killed, phase) for phase in PHASES},
    **{f"the sidecar is ended at {phase}": partial(sidecar_is_ended, phase) for phase in PHASES},
    **{f"the sidecar is asked at {phase}": partial(sidecar_is_asked, phase) for phase in PHASES},
    "the sidecar is killed at health": partial(sidecar_is_ended_at_health, signal.SIGKILL),
    "the sidecar is ended at health": partial(sidecar_is_ended_at_health, signal.SIGTERM),
    "the sidecar is killed after applying": sidecar_is_killed_after_applying,
    "the sidecar is killed again and again": sidecar_is_killed_again_and_again,
    **{f"FRR is killed at {phase}": partial(frr_is_killed, phase) for phase in PHASES},
    **{f"FRR is restarted at {phase}": partial(frr_is_restarted, phase) for phase in PHASES},
    **{f"a daemon stops at {phase}": partial(a_daemon_stops, phase) for phase in PHASES},
    **{f"bgpd dies at {phase}": partial(bgpd_dies, phase) for phase in PHASES},
    "bgpd lacks what FRR shows": partial(bgpd_lacks_what_frr_shows, "batch"),
    "bgpd lacks what FRR shows, by frr-reload.py": partial(bgpd_lacks_what_frr_shows, "frr-reload"),
    "files that are none": files_that_are_none,
    "a file written in place": a_file_written_in_place,
    "a thousand files": a_thousand_files,
    "a thousand signals": a_thousand_signals,
    "two hundred swaps": two_hundred_swaps,
    "the directory is made again": the_directory_is_made_again,
    "the clock is set back": the_clock_is_set_back,
    "the disk is full": the_disk_is_full,
    "the disk is nearly full": the_disk_is_nearly_full,
    "inotify cannot be had": inotify_cannot_be_had,
}
NEEDS = {"the clock is set back": FAKETIME is not None}
