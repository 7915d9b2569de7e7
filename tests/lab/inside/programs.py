"""Programs started in a namespace and below a root."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.lab.inside.kernel import enter

ENVIRONMENT = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/tmp",
    "LC_ALL": "C.UTF-8",
    "PYTHONPATH": "/lab/code",
    "PYTHONPYCACHEPREFIX": "/tmp/pycache",
}
OUTPUT = Path("/tmp/output")


class StepError(Exception):
    """A step did not succeed; the message is what there is to say about it."""


def run(
    argv: Sequence[str],
    namespace: str | None = None,
    root: Path | None = None,
    stdin: str = "",
    environment: Mapping[str, str] | None = None,
) -> str:
    """Runs a program to its end and returns its output and errors; StepError with them when its exit code is not 0.

    `environment` is added to what every program has.
    Not through `ip netns exec` and `chroot`, each of which would be one more program to start.
    """

    def prepare() -> None:
        enter(namespace)
        if root is not None:
            os.chroot(root)
            os.chdir("/")

    # A file, as an FRR daemon in the background keeps its output open: a pipe would not end.
    with OUTPUT.open("w+b") as output:
        process = subprocess.Popen(
            list(argv),
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            env=ENVIRONMENT | dict(environment or {}),
            preexec_fn=prepare,
        )
        try:
            process.communicate(stdin.encode())
        finally:  # a step's deadline interrupts us
            process.kill()
            process.wait()
        output.seek(0)
        text = output.read().decode(errors="replace")
    if process.returncode != 0:
        raise StepError(f"{' '.join(argv)} exited {process.returncode}\n{text}")
    return text
