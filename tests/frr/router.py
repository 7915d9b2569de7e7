"""A private FRR of any installed version, in namespaces of its own, for one test."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.frr import directories, judge, logs, vty
from tests.frr.holder import Holder
from tests.frr.installation import DAEMON_DIR, FRR_RELOAD, VTYSH, Finished, Installation

DAEMONS = ("mgmtd", "zebra", "bgpd", "staticd", "bfdd")
TYPE_LIMIT = 5
START_SECONDS = 20.0  # for a daemon to answer; it takes some 50 ms on a quiet machine


class RouterError(Exception):
    """FRR did not do what the test asked of it; the message has its own words."""


class Router:
    """A running FRR: zebra, bgpd, staticd, bfdd, and mgmtd where the version has it.

    Everything it has is below `work`, at the same path inside and outside its namespaces: `work/etc` is its
    /etc/frr, `work/run` its /run/frr (sockets in `work/run/NAME`), `work/log` its logs. `work/bin` has this
    version's vtysh and frr-reload.py as programs that can be called from outside, with absolute paths.
    """

    def __init__(self, installation: Installation, *, conf: str | None = None, daemons: Sequence[str] = DAEMONS):
        """`conf` is the frr.conf it boots with; None: an empty one. Nothing runs before `with`."""
        self.installation = installation
        self.daemons = tuple(name for name in daemons if installation.has(DAEMON_DIR / name))
        self.booted: Finished | None = None  # what `vtysh -b` said: as in production, a bad line does not stop it
        self._conf = "!\n" if conf is None else conf
        self._files = 0

    def __enter__(self) -> Router:
        # Below /tmp, because the path of a UNIX socket has at most 108 bytes.
        self.work = Path(tempfile.mkdtemp(prefix="frr-", dir="/tmp"))
        self.pathspace = self.work.name
        self.vty_socket_dir = self.work / "run"
        self.conf_dir = self.work / "etc"
        self.vtysh_path = self.work / "bin" / "vtysh"
        self.frr_reload_path = self.work / "bin" / "frr-reload.py"
        self.furnish()
        try:
            self._holder = Holder(self.installation.root, self.work)
        except BaseException:
            shutil.rmtree(self.work, ignore_errors=True)
            raise
        try:
            self._holder.write_wrapper(self.vtysh_path, VTYSH)
            self._holder.write_wrapper(self.frr_reload_path, FRR_RELOAD)
            self.start(*self.daemons)
            self.boot()
        except BaseException:
            self._holder.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._holder.close()

    def furnish(self) -> None:
        """Makes what is below `work`, before the namespaces are: whoever needs more there adds it."""
        directories.furnish(self.work, self.installation, self._conf)

    # --- what one asks of it

    def inside(self, *command: str | Path, stdin: str | None = None, timeout: float = 120.0) -> Finished:
        """Runs a program of this installation in the router's namespaces, as root; raises TimeoutExpired."""
        argv = self._holder.argv(*command)
        return subprocess.run(argv, input=stdin, capture_output=True, text=True, errors="replace", timeout=timeout)

    def spawn(self, *command: str | Path, output: int) -> subprocess.Popen[bytes]:
        """Starts a program as `inside` does; `output` is the file descriptor of its standard output and error."""
        return subprocess.Popen(self._holder.argv(*command), stdin=subprocess.DEVNULL, stdout=output, stderr=output)

    def vtysh(self, *args: str | Path, stdin: str | None = None, check: bool = True) -> str:
        """Standard output of this version's vtysh; with `check` a RouterError when it exits non-zero."""
        done = self.inside(VTYSH, "-N", self.pathspace, *args, stdin=stdin)
        if check and done.returncode != 0:
            raise RouterError(f"vtysh {args} exited {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def cmd(self, *commands: str) -> str:
        """The answer to commands typed one after another: `cmd("configure terminal", "vrf red", "vni 100")`."""
        return self.vtysh(*(part for command in commands for part in ("-c", command)))

    def json(self, command: str) -> dict[str, Any]:
        """The answer to a command in JSON; empty where FRR answers nothing, as 10.3 does for an empty table."""
        found = json.loads(self.cmd(command).strip() or "{}")
        assert isinstance(found, dict)
        return found

    def configure(self, *lines: str) -> None:
        """Types lines that change the running configuration, until they did; a RouterError if they never do.

        10.3 loses a line for mgmtd now and then, without a word, when another vtysh ends at that moment
        (docs/lessons.md).
        """
        before = self.running()
        for _ in range(TYPE_LIMIT):
            self.cmd("configure terminal", *lines)
            if self.running() != before:
                return
        raise RouterError(f"typed {TYPE_LIMIT} times, and the running configuration stays the same: {lines}")

    def running(self) -> str:
        """The running configuration, without vtysh's preamble."""
        return self.cmd("show running-config no-header")

    def load(self, text: str, *, check: bool = True) -> Finished:
        """Adds `text` to the running configuration by one `vtysh -f`; with `check` a RouterError if a line fails."""
        done = self.inside(VTYSH, "-N", self.pathspace, "-f", self.file(text))
        if check and done.returncode != 0:
            raise RouterError(f"vtysh -f exited {done.returncode}: {done.stdout}{done.stderr}")
        return done

    def check(self, text: str) -> Finished:
        """`vtysh -C -f`: the syntax only."""
        return self.inside(VTYSH, "-N", self.pathspace, "-C", "-f", self.file(text))

    def reload(self, text: str, *args: str) -> Finished:
        """frr-reload.py --reload with its log on standard output. Its exit code is no verdict: ask `judge`."""
        return self._frr_reload("--reload", text, "--stdout", *args)

    def judge(self, text: str) -> list[str]:
        """What is still missing or too much in the running configuration when `text` is wanted: nothing, if good.

        These are the lines that `frr-reload.py --test` would send, without the harmless ones (see judge.py). When
        frr-reload.py cannot read `text` its error lines are returned instead: its list is bogus then.
        """
        return judge.verdict(self._frr_reload("--test", text), self.running)

    def file(self, text: str) -> Path:
        """`text` in a new file that is readable inside and outside."""
        self._files += 1
        path = self.work / "files" / f"{self._files}.conf"
        path.write_text(text, newline="")
        return path

    # --- its daemons

    def boot(self) -> Finished:
        """Has FRR read its frr.conf, the way it does when it starts."""
        self.booted = self.inside(VTYSH, "-N", self.pathspace, "-b")
        return self.booted

    @property
    def pids(self) -> dict[str, int]:
        """The daemons that run now: name -> pid as seen from outside."""
        return {name: pid for name, pid in self._holder.children().items() if name in self.daemons}

    def start(self, *daemons: str) -> None:
        """Starts daemons and waits until each answers on its vty; RouterError with the logs if one does not."""
        if running := set(daemons) & set(self.pids):
            raise RouterError(f"{', '.join(sorted(running))} runs already")
        deadline = time.monotonic() + START_SECONDS
        # The others register with these two and would wait 10 s before they try again.
        first = [name for name in ("mgmtd", "zebra") if name in daemons]
        waves = [[name] for name in first] + [[name for name in daemons if name not in first]]
        for wave in waves:
            started = [self._spawn(name) for name in wave]
            try:
                for process in started:
                    if process.wait(timeout=START_SECONDS) != 0:
                        raise ChildProcessError(f"exit code {process.returncode}")
                for name in wave:
                    vty.wait_for(self.vty_socket_dir / self.pathspace / f"{name}.vty", deadline)
            except (ChildProcessError, TimeoutError, subprocess.TimeoutExpired) as error:
                for process in started:
                    process.kill()
                    process.wait()
                raise RouterError(f"{', '.join(wave)} did not start: {error}\n{self.logs()}") from error

    def kill(self, daemon: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Sends a signal to one daemon; after SIGKILL or SIGTERM waits until it is gone."""
        os.kill(self.pids[daemon], number)
        if number in (signal.SIGKILL, signal.SIGTERM):
            deadline = time.monotonic() + START_SECONDS
            while daemon in self.pids:
                if time.monotonic() > deadline:
                    raise RouterError(f"{daemon} survives {number.name}")
                time.sleep(0.005)

    def restart(self) -> None:
        """Ends all daemons, starts them again and has them read frr.conf: `systemctl restart frr`."""
        for name in reversed(self.daemons):
            if name in self.pids:
                self.kill(name, signal.SIGTERM)
        self.start(*self.daemons)
        self.boot()

    # --- its logs

    def logs(self) -> str:
        """All that the daemons have written so far, each line led by its file's name."""
        return logs.read(self.work / "log")

    def errors(self) -> list[str]:
        """The log lines that tell of an error (see logs.py), without what every start writes."""
        return logs.errors(self.logs())

    # --- how it is made

    def _spawn(self, name: str) -> subprocess.Popen[bytes]:
        """Starts one daemon. It puts itself into the background once its vty listens."""
        log = self.work / "log" / f"{name}.log"
        # Never a pipe: mgmtd keeps its output open, so the reader would not see its end.
        with (self.work / "log" / f"{name}.out").open("ab") as output:
            options = ("-d", "-N", self.pathspace, "--log", f"file:{log}", "--log-level", "informational")
            argv = self._holder.argv(DAEMON_DIR / name, *options)
            return subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=output, stderr=output)

    def _frr_reload(self, mode: str, text: str, *args: str) -> Finished:
        """This version's frr-reload.py, which must not write what it loads over the boot file."""
        self._files += 1
        confdir = directories.private_confdir(self.work, self._files, text)
        options = ("--bindir", VTYSH.parent, "--confdir", confdir, "--rundir", self.vty_socket_dir)
        return self.inside(
            FRR_RELOAD, mode, *options, "--pathspace", self.pathspace, *args, confdir / "frr.conf", timeout=600
        )
