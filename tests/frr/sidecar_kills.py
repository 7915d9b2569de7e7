"""Random landings, with things killed at random: `python -m tests.frr.sidecar_kills --landings 150 --frr 10.3 --seed N`.

Two things must never happen. A lie: the sidecar says that FRR has a file, and it has not, for longer than it takes to
notice that a daemon was started anew; or `wait --hash` exits 0 in vain. A loss: once all is calm again, FRR does not come
to the newest good file.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from reloader.frr import PROBE_SECONDS
from reloader.status import State, Status
from tests.frr.installation import Installation, installations
from tests.frr.sidecar_faults import FIRST
from tests.frr.small_disk import SmallDisk, small_disk
from tests.frr.watcher import Watcher
from tests.reloader.sidecar import DEADLINE, REPOSITORY, Sidecar, digest

POLL_SECONDS = 0.3  # as Sidecar sets it
# A look is due every POLL_SECONDS and waits PROBE_SECONDS for a daemon that is busy; a machine has other things to do.
PATIENCE_SECONDS = POLL_SECONDS + PROBE_SECONDS + 1.0
CALM_EVERY = 10  # landings
DISK = "4m"  # of the sidecar's state and status
WORK_SECONDS = 1.0  # for a program of the sidecar's to be at work
BAD_ONE_IN = 5  # files
WAIT_SECONDS = 3.0  # for a `wait` to start and answer
REST_ONE_IN = 8  # landings


class Kills:
    """One FRR and its sidecar, what lands, what is killed, and what came of it."""

    def __init__(self, router: SmallDisk, sidecar: Sidecar, watcher: Watcher, drawn: random.Random) -> None:
        self.losses: list[str] = []
        self.done: Counter[str] = Counter()
        self.acts: list[tuple[float, str]] = []
        self._router = router
        self._sidecar = sidecar
        self._watcher = watcher
        self._drawn = drawn
        self._number = 0
        self._newest = digest(FIRST)  # good file, by hash

    def land(self) -> None:
        """One landing, perhaps one thing killed soon after, and what died started again, as watchfrr and an init would."""
        self._number += 1
        content, good = some_file(self._drawn, self._number)
        wanted = digest(content)
        self._watcher.contents[wanted] = content
        self._sidecar.put(content)
        self._act(f"{'good' if good else 'bad'} file {wanted[:12]} lands")
        self._newest = wanted if good else self._newest
        waited = self._drawn.choice([wanted, self._newest])
        self._watcher.wait_for(waited, self._wait(waited))
        fault = self._drawn.choice(FAULTS)
        if self._drawn.random() < 0.5:
            self._comes(wanted, 3.0)  # what is killed then is killed in peace
        else:
            time.sleep(self._drawn.uniform(0.0, 1.5))
        fault(self)
        self.done[fault.__name__.strip("_").replace("_", " ")] += 1
        time.sleep(self._drawn.uniform(0.0, 0.7))
        rests = self._drawn.randrange(REST_ONE_IN) == 0
        if rests and self._drawn.random() < 0.5:
            self._rest()  # while what was killed is away
        self.revive()
        if rests:
            self._rest()

    def _rest(self) -> None:
        """Gives a lie the time to become one, of the status or of a `wait` at the end."""
        time.sleep(PATIENCE_SECONDS + 0.5)
        waiting = self._wait(self._newest)
        self._watcher.wait_for(self._newest, waiting)
        with contextlib.suppress(subprocess.TimeoutExpired):
            waiting.wait(WAIT_SECONDS)

    def revive(self) -> None:
        """Starts what does not run."""
        for name in self._router.daemons:
            if name not in self._router.pids:
                self._router.start(name)
                self._act(f"{name} is started")
        if self._sidecar.process.poll() is not None:
            self._sidecar.start(wait=False, fresh=False)
            self._act("the sidecar is started")

    def calm(self) -> None:
        """Nothing is killed any more: FRR must come to the newest good file; one that was given up is asked for once."""
        self.revive()
        wanted = self._newest
        self._sidecar.put(self._watcher.contents[wanted])
        self._act(f"calm: {wanted[:12]} is what FRR must have")
        if not self._comes(wanted, DEADLINE / 3):
            self._sidecar.process.send_signal(signal.SIGHUP)
            self.done["asked once more"] += 1
            self._act("the sidecar is asked")
            if not self._comes(wanted, DEADLINE):
                status = self._sidecar.status_file.read_text()
                self.losses.append(f"FRR does not come to {wanted[:12]}: {self._watcher.judge(wanted)}\n{status}")
                return
        if self._watcher.judge(wanted):
            # What was killed last may not have been noticed yet: the status is one look old.
            time.sleep(PATIENCE_SECONDS)
            self._comes(wanted, DEADLINE)
            if left := self._watcher.judge(wanted):
                self.losses.append(f"the sidecar is idle with {wanted[:12]}, and FRR has something else: {left}")

    def _comes(self, wanted: str, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.revive()
            with contextlib.suppress(OSError, ValueError):
                if _has(self._sidecar.status, wanted):
                    return True
            time.sleep(0.05)
        return False

    def _wait(self, wanted: str) -> subprocess.Popen[str]:
        argv = [sys.executable, "-m", "reloader", "wait", "--status", str(self._sidecar.status_file), "--hash", wanted]
        quiet = subprocess.DEVNULL
        return subprocess.Popen([*argv, "--timeout", "20"], cwd=REPOSITORY, stdout=quiet, stderr=quiet, text=True)

    def _act(self, what: str) -> None:
        self.acts.append((time.monotonic(), what))

    # --- what goes wrong

    def _nothing(self) -> None:
        pass

    def _the_sidecar_is_killed(self) -> None:
        self._sidecar.end(signal.SIGKILL)
        self._act("the sidecar is killed")

    def _the_sidecar_is_ended(self) -> None:
        self._sidecar.end(signal.SIGTERM)
        self._act("the sidecar is ended")

    def _a_daemon_is_killed(self) -> None:
        name = self._drawn.choice(self._router.daemons)
        self._router.kill(name)
        self._act(f"{name} is killed")

    def _all_of_frr_is_killed(self) -> None:
        for name in self._router.pids:
            self._router.kill(name)
        self._act("all of FRR is killed")

    def _frr_is_restarted(self) -> None:
        self._act("FRR is restarted")
        self._router.restart()

    def _a_program_is_killed(self) -> None:
        """vtysh, frr-reload.py, or what they run in."""
        deadline = time.monotonic() + WORK_SECONDS
        while time.monotonic() < deadline:
            if found := _descendants(self._sidecar.process.pid):
                pid = self._drawn.choice(found)
                with contextlib.suppress(OSError):
                    words = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
                    os.kill(pid, signal.SIGKILL)
                    self._act(f"a program is killed: {words[-80:]}")
                return
            time.sleep(0.005)

    def _the_disk_is_full_for_a_while(self) -> None:
        filler = self._router.disk / "filler"
        with contextlib.suppress(OSError), filler.open("wb") as file:
            while True:
                file.write(b"x" * 512)
                file.flush()
        self._act("the disk is full")
        self._sidecar.put(self._sidecar.offered.joinpath("frr.conf").read_bytes())
        time.sleep(self._drawn.uniform(0.2, 1.5))
        filler.unlink()
        self._act("the disk has room")


FAULTS: tuple[Callable[[Kills], None], ...] = (
    Kills._nothing,
    Kills._the_sidecar_is_killed,
    Kills._the_sidecar_is_ended,
    Kills._a_daemon_is_killed,
    Kills._a_program_is_killed,
    Kills._all_of_frr_is_killed,
    Kills._frr_is_restarted,
    Kills._the_disk_is_full_for_a_while,
)


def some_file(drawn: random.Random, number: int) -> tuple[str, bool]:
    """A file that is like no other, and whether FRR takes it."""
    routes = "".join(f" ip route 10.{one}.0.0/24 blackhole\n" for one in drawn.sample(range(250), drawn.randrange(4)))
    policies = "".join(
        f"ip prefix-list p{one} seq 5 permit 10.{one}.0.0/16 le 32\n"
        f"route-map m{one} permit 10\n match ip address prefix-list p{one}\n set metric {number}\nexit\n"
        for one in drawn.sample(range(5), drawn.randrange(3))
    )
    vrf = f"vrf blue\n vni {200 + drawn.randrange(2)}\nexit-vrf\n" if drawn.random() < 0.3 else ""
    good = FIRST.replace(" vni 100\n", f" vni 100\n{routes}").replace("64512", str(1000 + number))
    good = good.replace("router bgp", f"{vrf}router bgp").replace(
        "! frrcompile: end\n", f"{policies}! frrcompile: end\n"
    )
    if drawn.randrange(BAD_ONE_IN):
        return good, True
    second = "router bgp 64515\n neighbor 10.0.0.1 remote-as 1\nexit\n"  # FRR has an instance already
    return drawn.choice(
        [
            good.replace("! frrcompile: end\n", f"{second}! frrcompile: end\n"),
            good.replace("! frrcompile: end\n", ""),
            good.replace(" vni 100\n", " frobnicate\n"),
        ]
    ), False


def run(installation: Installation, landings: int, seed: int) -> list[str]:
    """So many landings on one FRR; what must never happen, and did. Prints how far it is."""

    def tell(line: str) -> None:
        print(f"{installation.version}: {line}", flush=True)

    with small_disk(installation, DISK) as router:
        listening = router.work / "sidecar" / "socket"
        sidecar = Sidecar(router, "--status", router.disk / "status.json", "--socket", listening)
        sidecar.put(FIRST)
        with sidecar, Watcher(router, sidecar.status_file, listening) as watcher:
            watcher.contents[digest(FIRST)] = FIRST
            kills = Kills(router, sidecar, watcher, random.Random(seed))
            for number in range(1, landings + 1):
                kills.land()
                if number % CALM_EVERY == 0 or number == landings:
                    kills.calm()
                    tell(f"{number} landings, {len(kills.losses)} losses")
            lies = watcher.lies(PATIENCE_SECONDS)
            tell(f"{watcher.counts}; {dict(sorted(kills.done.items()))}")
            secrets = "hunter2" in sidecar.log + sidecar.status_file.read_text()
            around = [
                f"{lie}\n"
                + "\n".join(
                    f"  {at - lie.since:+.2f} s: {what}" for at, what in kills.acts if -10 < at - lie.since < 10
                )
                for lie in lies
            ]
            if around or kills.losses:
                tell(sidecar.log)
    return [
        *(f"a lie: {lie}" for lie in around),
        *(f"a loss: {loss}" for loss in kills.losses),
        *(["a secret is in the log or the status"] if secrets else []),
    ]


def _has(status: Status, wanted: str) -> bool:
    return status.state is State.IDLE and status.good_hash == wanted == status.offered_hash


def _descendants(pid: int) -> list[int]:
    """The processes that one started, and those that these started."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found += [child, *_descendants(child)]
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.frr.sidecar_kills", description=__doc__)
    parser.add_argument("--landings", type=int, default=150, help="on each version (%(default)s)")
    parser.add_argument("--frr", default="", help="only versions that begin so")
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args(arguments)
    versions = [one for one in installations() if one.version.startswith(options.frr)]
    seed = random.SystemRandom().randrange(2**32) if options.seed is None else options.seed
    print(f"seed {seed}", flush=True)
    wrong = 0
    for installation in versions:
        began = time.monotonic()
        found = run(installation, options.landings, seed)
        wrong += len(found)
        print(
            f"{installation.version}: {len(found)} lies and losses ({time.monotonic() - began:.0f} s)",
            *found,
            sep="\n",
            flush=True,
        )
    return 1 if wrong or not versions else 0


if __name__ == "__main__":
    sys.exit(main())
