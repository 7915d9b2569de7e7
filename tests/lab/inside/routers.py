"""FRR in a network namespace: its private directories, its daemons, its answers."""

from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path

from tests.frr import vty
from tests.lab.inside import kernel
from tests.lab.inside.programs import StepError, run
from tests.lab.plan import Router

DAEMON_DIR = Path("usr/lib/frr")
PRIVATE = ("etc/frr", "run", "var/log/frr", "var/lib/frr", "var/tmp", "tmp")  # what FRR writes to, in any version


class Running:
    """One router: a root of its own, made of the version's root and private directories in memory.

    So each is alone below its root and needs no pathspace, and its files and sockets are in reach from here.
    """

    def __init__(self, router: Router) -> None:
        self.router = router
        self.root = Path("/run/lab", router.name)
        self.booted = ""  # what `vtysh -b` said
        if not self.root.exists():
            self._furnish()
        self.daemons = [name for name in router.daemons if (self.root / DAEMON_DIR / name).exists()]

    def start(self) -> str:
        """Starts all daemons and loads frr.conf; StepError with vtysh's words when a line is refused."""
        (self.root / "etc/frr/frr.conf").write_text(self.router.conf)
        for name in self.daemons:
            log = f"file:/var/log/frr/{name}.log"
            argv = [f"/{DAEMON_DIR}/{name}", "-d", "--log", log, "--log-level", "informational"]
            run(argv, self.router.name, self.root)
            vty.wait_for(self._socket(name), time.monotonic() + 10)
        self.booted = run(["/usr/bin/vtysh", "-b"], self.router.name, self.root)
        return self.booted

    def load(self, conf: str) -> str:
        """Has it take lines as if they were typed, one after the other: `vtysh -f` of 10.x has each daemon read by itself."""
        return run(["/usr/bin/vtysh"], self.router.name, self.root, f"configure terminal\n{conf}end\n")

    def stop(self) -> None:
        """Ends all daemons, the last one started first, and waits until they are gone."""
        pids = [pid for name in reversed(self.daemons) if (pid := self._pid(name))]
        for pid in pids:
            os.kill(pid, signal.SIGTERM)
        while any(Path(f"/proc/{pid}").exists() for pid in pids):
            time.sleep(0.02)

    def ask(self, daemon: str, command: str) -> str:
        """The answer to one command; StepError when the daemon does not give one."""
        try:
            return vty.ask(self._socket(daemon), command, timeout=10)
        except OSError as error:
            raise StepError(f"{self.router.name}'s {daemon} does not answer {command!r}: {error}") from error

    def running(self) -> str:
        """The running configuration of all daemons; a program has to be started for it."""
        return run(["/usr/bin/vtysh", "-c", "show running-config"], self.router.name, self.root)

    def logs(self) -> dict[str, str]:
        """All logs: file name -> text."""
        files = [*(self.root / "var/log/frr").iterdir(), *(self.root / "tmp").glob("*.log")]
        return {path.name: path.read_text(errors="replace") for path in sorted(files)}

    def _socket(self, daemon: str) -> Path:
        return self.root / "run/frr" / f"{daemon}.vty"

    def _pid(self, daemon: str) -> int | None:
        try:
            return int((self.root / "run/frr" / f"{daemon}.pid").read_text())
        except OSError:
            return None

    def _furnish(self) -> None:
        self.root.mkdir(parents=True)
        kernel.mount(Path("/lab/roots", self.router.frr), self.root, flags=kernel.MS_BIND)
        for directory in PRIVATE:
            if (self.root / directory).is_dir():
                kernel.mount("lab", self.root / directory, "tmpfs", options="mode=1777")
        kernel.mount("/dev", self.root / "dev", flags=kernel.MS_BIND)
        kernel.mount("proc", self.root / "proc", "proc")
        user = next(line for line in (self.root / "etc/passwd").read_text().splitlines() if line.startswith("frr:"))
        uid, gid = map(int, user.split(":")[2:4])
        (self.root / "run/frr").mkdir()
        (self.root / "etc/frr/vtysh.conf").write_text("service integrated-vtysh-config\n")
        for directory in ("run/frr", "etc/frr", "var/log/frr", "var/lib/frr"):
            if (self.root / directory).is_dir():
                shutil.chown(self.root / directory, uid, gid)
