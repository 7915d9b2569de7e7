"""A real sidecar in a process of its own, beside a real FRR, for tests."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from reloader import status
from reloader.states import UNEXPECTED
from reloader.status import Last, State, Status
from tests.frr.router import Router

DEADLINE = 90.0  # seconds for anything to happen; generous, because nothing here measures time
# The linter takes longer than all the rest of a small file; the tests that are about it ask for it.
LINT = ("--no-lint",)
PROGRAM = """\
#!/bin/sh
echo "{name} $*" >>{runs}
case " $* " in
*" show running-config"*) kind=show ;;
*" -C "*) kind=check ;;
*" -m "*) kind=mark ;;
*" -f "*) kind=apply ;;
*" --test "*) kind=compare ;;
*) kind=other ;;
esac
if [ "$(cat {hold} 2>/dev/null)" = $kind ]; then
  touch {held}
  while [ "$(cat {hold} 2>/dev/null)" = $kind ]; do sleep 0.02; done
fi
[ -e {spoiled}.{name}.$kind ] && . {spoiled}.{name}.$kind
exec {program} "$@"
"""
REPOSITORY = Path(__file__).resolve().parents[2]


def digest(content: str | bytes) -> str:
    """The hash that the sidecar knows `content` by."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def until(condition: Callable[[], bool], what: str, say: Callable[[], str] = str) -> None:
    """Waits for a condition; `say` tells more when it does not come."""
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}\n{say()}"
        time.sleep(0.02)


class Sidecar:
    """frr-reloader with `options` beside a router; its directories are below the router's.

    It reaches FRR through programs that count their runs, and that wait while `hold` is set.
    """

    def __init__(self, router: Router, *options: str | Path, watch: Path | None = None, lint: bool = False) -> None:
        self.router = router
        self.home = router.work / "sidecar"
        self.home.mkdir(exist_ok=True)
        self.offered = watch or self.home / "offered"
        self.offered.mkdir(exist_ok=True)
        named = [str(one) for one in options]
        own = named[named.index("--status") + 1] if "--status" in named else self.home / "status.json"
        self.status_file = Path(own)
        self.log_file = self.home / "log"
        self._runs, self._hold, self._held = self.home / "runs", self.home / "hold", self.home / "held"
        self._spoiled = self.home / "spoiled"
        vtysh = self._program("vtysh", router.vtysh_path)
        frr_reload = self._program("frr-reload.py", router.frr_reload_path)
        self.environment = dict(os.environ)
        self.argv: list[str | Path] = [
            *(sys.executable, "-m", "reloader", "--watch", self.offered, "--state", self.home / "state"),
            *("--status", self.status_file, "--vtysh", vtysh, "--frr-reload", frr_reload),
            *(
                "--vty-socket",
                router.vty_socket_dir,
                "--pathspace",
                router.pathspace,
                "--poll",
                "0.3",
                *(() if lint else LINT),
                *options,
            ),
        ]

    def __enter__(self) -> Sidecar:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
        if error is not None and self.process.poll() is None:
            print(self.status_file.read_text() if self.status_file.exists() else "no status")
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if error is not None:
            print(self.log)
        else:
            for wrong in (UNEXPECTED, "Traceback"):
                at = self.log.find(wrong)
                assert at < 0, self.log[max(0, at - 2000) : at + 4000]

    def start(self, *, wait: bool = True, fresh: bool = True) -> None:
        """Starts it and waits for its first verdict; with `fresh` without the status that an earlier one left."""
        if fresh:
            self.status_file.unlink(missing_ok=True)
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(list(map(str, self.argv)), stderr=log, cwd=REPOSITORY, env=self.environment)
        if wait:
            until(lambda: self._judged() or self.process.poll() is not None, "a first verdict", lambda: self.log)
            assert self._judged(), f"it ended with {self.process.returncode} before its first verdict\n{self.log}"

    def _judged(self) -> bool:
        return self.status_file.exists() and self.status.last is not None

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ends it and returns its exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=DEADLINE)

    # --- what is offered

    def put(self, content: str | bytes) -> str:
        """Offers `content`, by rename; returns its hash."""
        temporary = self.offered / ".tmp"
        temporary.write_bytes(content.encode() if isinstance(content, str) else content)
        temporary.replace(self.offered / "frr.conf")
        return digest(content)

    @property
    def hash(self) -> str:
        """The hash of what is offered."""
        return digest((self.offered / "frr.conf").read_bytes())

    def hold(self, kind: str = "apply") -> None:
        """Makes the next program of a kind wait before it does anything.

        `check` is vtysh -C, `compare` frr-reload.py --test, `apply` the vtysh -f that changes FRR, of whichever engine.
        """
        self._held.unlink(missing_ok=True)
        beside = self._hold.with_suffix(".new")
        beside.write_text(kind)
        beside.replace(self._hold)

    def wait_held(self) -> None:
        """Waits until such a program has begun, and is held."""
        until(self._held.exists, "a held program", lambda: self.log)

    def release(self) -> None:
        """Lets held reloads go on."""
        self._hold.unlink(missing_ok=True)

    def spoil(self, program: str, kind: str, words: str) -> None:
        """Makes `vtysh` or `frr-reload.py` run a shell's `words` first, which may end it, each time that it is of a kind.

        Beside the kinds of `hold` there are `mark`, vtysh -m, and `show`, vtysh that shows the running configuration.
        """
        beside = self._spoiled.with_suffix(".new")
        beside.write_text(f"{words}\n")
        beside.replace(f"{self._spoiled}.{program}.{kind}")

    def mend(self) -> None:
        """Makes all programs work again."""
        for path in self.home.glob(f"{self._spoiled.name}.*"):
            path.unlink()

    # --- what it says

    @property
    def status(self) -> Status:
        """Its status file."""
        return status.read(self.status_file)

    @property
    def log(self) -> str:
        """All that it has logged."""
        return self.log_file.read_text()

    @property
    def runs(self) -> int:
        """How many programs of FRR's it has started so far."""
        return len(self.commands)

    @property
    def commands(self) -> list[str]:
        """The command lines of FRR's programs that it, or one of them, has started."""
        return self._runs.read_text().splitlines() if self._runs.exists() else []

    @property
    def changes(self) -> list[str]:
        """Those that changed FRR, or could have."""
        return [one for one in self.commands if " -f " in one and " -C " not in one and " -m " not in one]

    @property
    def checks(self) -> int:
        """How many files were looked at so far."""
        return sum(" -C " in command for command in self.commands)

    def verdict(self, wanted: str | None) -> Last:
        """Waits for a verdict on the content with hash `wanted` (None: nothing that can be read)."""

        def there() -> bool:
            if not self.status_file.exists():  # it has been started just now
                return False
            found = self.status
            return found.state is not State.RELOADING and found.last is not None and found.last.hash == wanted

        until(there, f"a verdict on {wanted}", lambda: f"{self.status_file.read_text()}\n{self.log}")
        last = self.status.last
        assert last is not None
        return last

    def next_verdict_on(self, content: str) -> Last:
        """Offers what is offered already, and waits until it was looked at again."""
        before = self.status.last
        wanted = self.put(content)
        self.until(lambda now: now.last is not None and now.last != before, "a look")
        return self.verdict(wanted)

    def until(self, condition: Callable[[Status], bool], what: str) -> Status:
        """Waits for a condition on the status."""
        until(
            lambda: self.status_file.exists() and condition(self.status),
            what,
            lambda: f"{self.status_file.read_text()}\n{self.log}",
        )
        return self.status

    def ask(self, verb: str, *options: str) -> subprocess.CompletedProcess[str]:
        """`frr-reloader status` or `wait` on its status file."""
        argv = [sys.executable, "-m", "reloader", verb, "--status", str(self.status_file), *options]
        return subprocess.run(argv, capture_output=True, text=True, cwd=REPOSITORY, timeout=DEADLINE, check=False)

    def _program(self, name: str, program: Path) -> Path:
        path = self.home / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            PROGRAM.format(
                name=name, program=program, runs=self._runs, hold=self._hold, held=self._held, spoiled=self._spoiled
            )
        )
        path.chmod(0o755)
        os.utime(path)
        return path
