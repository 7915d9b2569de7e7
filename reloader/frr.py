"""How this sidecar reaches FRR: vtysh's command line, frr-reload.py's, and the daemons' sockets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reloader import canary, daemons, orphan, process, running
from reloader.confdir import Confdir
from reloader.daemons import Daemons
from reloader.process import MIB, USUAL, Bounds, Ending, Finished
from reloader.vty import Lines

CHECK = Bounds(output=MIB, memory=256 * MIB)  # vtysh keeps 4 kB for each wrong line, and 20 MB for 500,000 right ones
_HELP: dict[tuple[Path, int], str] = {}  # what a frr-reload.py says of its options: they differ by version
PROBE_SECONDS = 3.0  # a busy daemon answers `show version` later than an idle one; a stopped one never does


@dataclass(frozen=True, slots=True)
class Frr:
    """One FRR. `step_timeout` is the longest that one program may run, in seconds.

    `state` is the sidecar's own directory. `warn` logs what leaves FRR as it should be.
    `stop` says whether the sidecar is to end: programs that only look are killed then.
    """

    vtysh: Path
    frr_reload: Path
    vty_socket: Path
    pathspace: str | None
    lines: Lines
    state: Path
    step_timeout: float
    stop: Callable[[], bool]
    warn: Callable[[str], object] = lambda _message: None

    def probe(self) -> Daemons:
        """Which daemons answer."""
        return daemons.probe(self.lines, min(PROBE_SECONDS, self.step_timeout))

    def texts(self) -> dict[str, str] | None:
        """What each daemon has, in its own words; see reloader.running."""
        return running.read(self.lines, min(PROBE_SECONDS, self.step_timeout))

    def check(self, confdir: Confdir, file: Path) -> Finished:
        """`vtysh -C -f FILE`: the syntax only; needs no daemon. What it says of the file is on standard error."""
        return self._look(confdir, [*self._vtysh(confdir), "-C", "-f", file], merge=True, bounds=CHECK)

    def running(self, confdir: Confdir) -> Finished:
        """The running configuration of all daemons that answer."""
        return self._look(confdir, [*self._vtysh(confdir), "-c", "show running-config no-header"])

    def test(self, confdir: Confdir) -> Finished:
        """`frr-reload.py --test`: what it would still change, the line of reloader.canary included. Changes nothing."""
        return self._look(confdir, self._reload(confdir, canary.to_judge(confdir), "--test"))

    def reload(self, confdir: Confdir, stop: Callable[[], bool]) -> Finished:
        """`frr-reload.py --reload`: changes FRR. Killed when `stop()` says so."""
        # --stdout keeps 8.4 and 10.3 from writing below /var/log/frr; what vtysh says comes with it.
        return self._change(confdir, self._reload(confdir, confdir.file, "--reload", "--stdout"), stop)

    def load(
        self, confdir: Confdir, file: Path, stop: Callable[[], bool], *, fork: bool = False, daemon: str | None = None
    ) -> Finished:
        """`vtysh -f FILE`: changes FRR. Killed when `stop()` says so. With `fork` one process for each daemon (10.x).

        With `daemon` that one alone hears of it.
        """
        kept = () if fork or not self._knows(confdir, self.vtysh, "--no-fork") else ("--no-fork",)
        only = ("-d", daemon) if daemon else ()
        return self._change(confdir, [*self._vtysh(confdir), *only, *kept, "-f", file], stop)

    def listens(self, daemon: str) -> bool:
        """Whether this FRR has such a daemon, by its socket."""
        return (self.lines.directory / f"{daemon}.vty").exists()

    def drop_candidate(self, confdir: Confdir) -> bool:
        """Has mgmtd forget changes that it refused and did not commit; changes nothing in the running configuration.

        10.7.1 keeps them, and then refuses every later change of what mgmtd owns, for the old one's reason. Versions
        without mgmtd, or without this command, say so and do nothing. False when another session has locked the
        configuration, so that nobody else can change it now.
        """
        if not self.listens("mgmtd"):
            return True
        commands = ("-c", "configure terminal file-lock", "-c", "mgmt commit abort")
        said = self._look(confdir, [*self._vtysh(confdir), *commands], merge=True)
        return "locked by another session" not in said.output

    def _look(
        self, confdir: Confdir, argv: list[str | Path], *, merge: bool = False, bounds: Bounds = USUAL
    ) -> Finished:
        return process.run(
            argv, scratch=confdir.path, timeout=self.step_timeout, stop=self.stop, merge=merge, bounds=bounds
        )

    def _change(self, confdir: Confdir, argv: list[str | Path], stop: Callable[[], bool]) -> Finished:
        """Runs what changes FRR, noted on disk while it runs."""
        try:
            return process.run(
                argv,
                scratch=confdir.path,
                timeout=self.step_timeout,
                stop=stop,
                merge=True,
                started=self._note,
            )
        finally:
            orphan.forget(self.state)

    def _note(self, pid: int) -> None:
        if trouble := orphan.note(self.state, pid):
            self.warn(trouble)

    def _vtysh(self, confdir: Confdir) -> list[str | Path]:
        space = ("-N", self.pathspace) if self.pathspace else ()
        return [self.vtysh, "--config_dir", confdir.path, "--vty_socket", self.vty_socket, *space]

    def _reload(self, confdir: Confdir, file: Path, *mode: str) -> list[str | Path]:
        space = ("--pathspace", self.pathspace) if self.pathspace else ()
        return [
            *(self.frr_reload, *mode, "--log-level", "error", *self._logfile(confdir), *space),
            *("--bindir", self.vtysh.parent, "--vty_socket", self.vty_socket),
            # Its temporary files have FRR's passwords in them, so they are written in our private directory. Its file
            # being CONFDIR/frr.conf is what keeps it from running `vtysh write`, which would overwrite the boot file.
            *("--confdir", confdir.path, "--rundir", confdir.path, file),
        ]

    def _logfile(self, confdir: Confdir) -> tuple[str | Path, ...]:
        """FRR 10.7 opens its log file even with --stdout, by default one that only user frr may write."""
        known = self._knows(confdir, self.frr_reload, "--logfile")
        return ("--logfile", confdir.path / "frr-reload.log") if known else ()

    def learn(self, confdir: Confdir) -> None:
        """Asks the two programs for their options now, so that no reload has to wait for that."""
        for program in (self.vtysh, self.frr_reload):
            self._knows(confdir, program, "")

    def _knows(self, confdir: Confdir, program: Path, option: str) -> bool:
        """Whether the program has an option: they differ by version."""
        key = (program, program.stat().st_mtime_ns)
        if key not in _HELP:
            asked = process.run([program, "--help"], scratch=confdir.path, timeout=self.step_timeout, stop=self.stop)
            if asked.ending is not Ending.EXITED:
                return False
            for other in [other for other in _HELP if other[0] == program]:
                del _HELP[other]
            _HELP[key] = asked.output
        return option in _HELP[key]
