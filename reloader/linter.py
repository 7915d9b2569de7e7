"""The linter, as a program of its own: it needs more memory than the sidecar may have, and gives it back."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reloader import masking, process
from reloader.confdir import Confdir
from reloader.limits import shortage
from reloader.process import Ending, Finished

RELEASE = re.compile(r"\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Fault:
    """One error in the file, and the line that it is at."""

    line: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What the linter found. `trouble` is why it could not look, empty when it could: that stops no file."""

    faults: tuple[Fault, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Linter:
    """How the linter is called. `step_timeout` is in seconds, `ignore` are the codes that the operator ignores."""

    step_timeout: float
    ignore: tuple[str, ...] = ()
    program: tuple[str, ...] = (sys.executable, "-m", "frrcompile")

    def argv(self, confdir: Confdir, version: str | None) -> list[str | Path]:
        """The command line for the file in `confdir` and the FRR of `version`, the newest where it is not known."""
        found = RELEASE.match(version or "")
        return [
            # A landed file cannot excuse itself, nor can a file of settings above the state directory.
            *(*self.program, "lint", "--isolated", "--format", "json"),
            *(word for codes in self.ignore for word in ("--ignore", codes)),
            *(("--frr", found[0]) if found else ()),
            confdir.file,
        ]

    def wrong_use(self, scratch: Path) -> str:
        """What the linter says of the ignored codes, empty where it takes them. Raises OSError."""
        argv = [
            *self.program,
            "lint",
            "--isolated",
            *(word for codes in self.ignore for word in ("--ignore", codes)),
            "-",
        ]
        said = process.run(argv, scratch=scratch, timeout=self.step_timeout)
        return "" if said.code in (0, 1) else " ".join(said.errors.split())[-300:]

    def findings(self, said: Finished) -> Findings:
        """What it said, as faults. Warnings and hints are for those who write the file."""
        if said.ending is Ending.TIMEOUT:
            return Findings(trouble=f"the linter did not finish within {self.step_timeout:g} s and was ended")
        if said.ending is Ending.STOPPED:
            return Findings(trouble="the linter was ended because the sidecar was told to end")
        try:
            listed = json.loads(said.output) if said.code in (0, 1) else None
            if not isinstance(listed, list):
                raise ValueError
            faults = [
                Fault(int(one["line"]), str(one["code"]), masking.message(str(one["message"])))
                for one in listed
                if one["severity"] == "error"
            ]
        except (ValueError, TypeError, KeyError):
            words = " ".join(masking.each_line(said.errors).split())[-300:] or "it said nothing that can be read"
            return Findings(trouble=f"the linter could not look (exit code {said.code}): {words}")
        return Findings(tuple(sorted(faults, key=lambda fault: fault.line)))

    def look(self, confdir: Confdir, version: str | None, stop: Callable[[], bool]) -> Findings:
        """Runs it. A linter that is not there is trouble; raises OSError only where no program can be started now."""
        try:
            said = process.run(self.argv(confdir, version), scratch=confdir.path, timeout=self.step_timeout, stop=stop)
        except OSError as error:
            if shortage(error):
                raise
            return Findings(trouble=f"the linter cannot be started: {error}")
        return self.findings(said)
