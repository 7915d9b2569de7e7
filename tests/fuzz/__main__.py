"""The command line of the fuzzing: each target for as long as told, and what was found."""

from __future__ import annotations

import argparse
import importlib.util
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from tests.fuzz import target

GRACE_SECONDS = 300.0  # for the corpus to be read at the start, and the last finding to be made smaller


class Ran(NamedTuple):
    """What one target's process said. `trouble` is why it did not end as it must."""

    name: str
    runs: str
    coverage: str
    findings: list[str]
    trouble: str

    @property
    def line(self) -> str:
        """In one line."""
        covered = f", {self.coverage} edges" if self.coverage else ""
        return f"{self.name}: {self.runs} runs{covered}, {len(self.findings)} kinds of findings{self.trouble}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", nargs="*", help=f"of {', '.join(target.names())}; all where none is named")
    parser.add_argument("--minutes", type=float, default=15, help="for each target (%(default)s)")
    parser.add_argument("--jobs", type=int, default=1, help="targets at a time (%(default)s)")
    parser.add_argument("--engine", choices=("guided", "drawn"), help="Atheris, or Hypothesis (what there is)")
    options = parser.parse_args(arguments)
    if unknown := set(options.target) - set(target.names()):
        parser.error(f"no target {', '.join(sorted(unknown))}; there is: {', '.join(target.names())}")
    engine = options.engine or ("guided" if importlib.util.find_spec("atheris") else "drawn")
    print(f"{options.minutes:g} minutes for each target, {engine}", flush=True)
    with ThreadPoolExecutor(options.jobs) as together:
        rans = []
        for ran in together.map(
            lambda name: _run(name, engine, int(options.minutes * 60)), options.target or target.names()
        ):
            rans.append(ran)
            print(ran.line, *ran.findings, sep="\n  ", flush=True)
    return 1 if any(ran.findings or ran.trouble for ran in rans) else 0


def _run(name: str, engine: str, seconds: int) -> Ran:
    argv = [sys.executable, "-m", f"tests.fuzz.{engine}", name, str(seconds)]
    with tempfile.TemporaryFile("w+", errors="replace") as told:
        trouble = ""
        try:
            done = subprocess.run(
                argv, stdout=subprocess.PIPE, stderr=told, text=True, errors="replace", timeout=seconds + GRACE_SECONDS
            )
            said = done.stdout
            trouble = f", ended with {done.returncode}" if done.returncode else ""
        except subprocess.TimeoutExpired as error:
            said = (error.stdout or b"").decode(errors="replace") if isinstance(error.stdout, bytes) else ""
            trouble = ", did not end in time"
        told.seek(0)
        progress = told.read()
    if trouble:
        trouble += f"\n{progress[-2000:]}"
    runs = re.search(r"stat::number_of_executed_units: (\d+)", progress)
    coverage = re.findall(r"cov: (\d+)", progress)
    findings = [found.strip() for found in said.split("FINDING ")[1:]]
    return Ran(name, runs[1] if runs else "?", coverage[-1] if coverage else "", findings, trouble)


if __name__ == "__main__":
    sys.exit(main())
