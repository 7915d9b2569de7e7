"""The namespaces that one private FRR lives in, and the way into them."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path
from types import TracebackType

SCRIPT = Path(__file__).with_name("holder.sh")


class Holder:
    """Private mount, network, UTS and PID namespaces over a root directory, until `close`.

    They end when this process ends, however it ends: holder.sh, their first process, waits for the end of a pipe that
    only we hold, and when the first process of a PID namespace ends, the kernel kills all others in it. (PDEATHSIG
    would not do: it fires when the *thread* that started the child ends.)
    """

    def __init__(self, root: Path, work: Path) -> None:
        """Raises RuntimeError with the script's own words when the namespaces cannot be made."""
        self.root = root
        errors = work / "log" / "holder.err"
        with errors.open("wb") as stderr:
            # A session of its own: Ctrl-C goes to pytest alone, which then ends its routers in order.
            self._process = subprocess.Popen(
                [str(SCRIPT), str(root), str(work)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                start_new_session=True,
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.strip().isdigit():
            said = errors.read_text() if errors.exists() else ""
            self.close()
            raise RuntimeError(f"cannot make the namespaces of a router over {root}: {said}")
        self.pid = int(line)

    def argv(self, *command: str | Path) -> list[str]:
        """The command line that runs `command` inside. It is killed when the process that runs the line is killed."""
        return [
            # What the caller has in its environment (PYTHONPATH, a pager) is not for another root's programs.
            *("env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/", "LC_ALL=C.UTF-8"),
            *("nsenter", "--target", str(self.pid), "--mount", "--uts", "--net", "--pid", "--"),
            *("setpriv", "--pdeathsig", "KILL", "chroot", str(self.root)),
            *map(str, command),
        ]

    def write_wrapper(self, path: Path, program: Path) -> None:
        """Makes `path` an executable that runs `program` inside, for callers that live outside."""
        path.write_text(f'#!/bin/sh\nexec {shlex.join(self.argv(program))} "$@"\n')
        path.chmod(0o755)

    def children(self) -> dict[str, int]:
        """The living processes whose parent is the first process: name -> pid as seen from outside."""
        found = {}
        for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split():
            try:
                name, _, rest = Path(f"/proc/{pid}/stat").read_text().partition("(")[2].rpartition(")")
            except OSError:  # ended while we looked
                continue
            if rest.split()[0] not in "ZX":
                found[name] = int(pid)
        return found

    def close(self) -> None:
        """Ends every process in the namespaces and removes the work directory. May be called twice."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=30)

    def __enter__(self) -> Holder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
