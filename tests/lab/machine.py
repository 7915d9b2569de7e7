"""The machine that a lab runs in: this host's kernel where it has VRFs, user-mode Linux where it has none."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.frr.installation import Installation, cache
from tests.lab import plan

HOLD = Path(__file__).with_name("hold.sh")
CODE = Path(__file__).parents[2]
ROOT = cache().parent / "lab" / "root"
NO_MACHINE = (
    "NO LAB WAS BUILT: it takes root on Linux and the lab's root, which `tests/lab/kernel.sh` as root on Debian makes"
)


class LabError(Exception):
    """A lab did not go as its plan expects; the message has all that it left behind."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a lab left behind: how each step went, and the files that it wrote."""

    outcomes: dict[str, plan.Outcome]
    files: Path

    def __getitem__(self, step: str) -> plan.Outcome:
        return self.outcomes[step]


def available() -> bool:
    """Whether labs can run here."""
    return os.geteuid() == 0 and ROOT.is_dir()


@functools.cache
def kernel_with_vrfs() -> str:
    """Whose kernel labs run on: "host" if it makes a VRF in a namespace, else "uml"."""
    trial = ["unshare", "--net", "ip", "link", "add", "lab", "type", "vrf", "table", "10"]
    return "host" if subprocess.run(trial, capture_output=True, check=False).returncode == 0 else "uml"


def run(
    steps: Sequence[plan.Step],
    files: Path,
    installations: Iterable[Installation] = (),
    *,
    seconds: float = 240,
    kernel: str | None = None,
    memory: str = "640M",
) -> Report:
    """Carries out a plan in a machine of its own and waits for its end; LabError when it went otherwise than expected.

    `files` is a directory for what the lab writes; `kernel` is "host" or "uml", None: the one that has VRFs. `memory` is
    that of user-mode Linux.
    However this process ends, the machine ends with it.
    """
    (files / "plan.json").write_text(plan.dump(steps))
    console = files / "console.log"
    roots = [f"{installation.version}={installation.root}" for installation in installations]
    with console.open("wb") as output, tempfile.TemporaryFile("w+") as errors:
        # A session of its own: Ctrl-C goes to pytest alone. The pipe: see hold.sh.
        process = subprocess.Popen(
            [str(HOLD), kernel or kernel_with_vrfs(), str(ROOT), str(CODE), str(files), *roots],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=errors,
            start_new_session=True,
            env={**os.environ, "LAB_MEMORY": memory},
        )
        assert process.stdin is not None
        try:
            process.wait(timeout=seconds)
            late = ""
        except subprocess.TimeoutExpired:
            late = f"it was ended after {seconds} s; "
        finally:
            process.stdin.close()
            process.wait(timeout=30)
        errors.seek(0)
        said = errors.read()
    report = Report({outcome.name: outcome for outcome in _outcomes(files)}, files)
    unexpected = [outcome for outcome in report.outcomes.values() if not outcome.expected]
    if unexpected or late or not (files / "done").exists():
        raise LabError(_story(report, late + said))
    return report


def _outcomes(files: Path) -> list[plan.Outcome]:
    path = files / plan.OUTCOMES
    return [plan.Outcome(**json.loads(line)) for line in path.read_text().splitlines()] if path.exists() else []


def _story(report: Report, said: str) -> str:
    """Why a lab failed: its steps, the answer of the last one, the machine's console and the diagnosis."""
    outcomes = list(report.outcomes.values())
    steps = [f"{'good' if one.ok else 'BAD '} {one.seconds:6.1f} s  {one.name}" for one in outcomes]
    last = outcomes[-1] if outcomes else None
    parts = {
        "the steps": "\n".join(steps) or "none was begun",
        "the last step's answer": last.text if last else "",
        "hold.sh": said,
        "the machine's console": (report.files / "console.log").read_text(errors="replace"),
    }
    diagnosis = report.files / "diagnosis.txt"
    if diagnosis.exists():
        parts["diagnosis"] = diagnosis.read_text()
    what = f"step {last.name!r} " + ("succeeded" if last.ok else "failed") if last else "the lab did not begin"
    return f"{what} (files: {report.files})\n" + "\n".join(
        f"########## {title}\n{text.rstrip()}" for title, text in parts.items() if text.strip()
    )
