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
from reloader.process import MIB, Bounds, Ending, Finished

PROGRAM = "the linter"
BOUNDS = Bounds(memory=1536 * MIB)  # 500,000 lines of policies take 900 MB
RELEASE = re.compile(r"\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Fault:
    """One error in the file, and the line that it is at."""

    line: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What the linter found.

    `trouble` is why it could not look at any file, which stops none. `refused` is why this file is too much for it, and
    `failed` why it broke over this file, which may be the file's fault or not. `stopped`: it was ended, as its answer
    is not needed any more.
    """

    faults: tuple[Fault, ...] = ()
    trouble: str = ""
    refused: str = ""
    failed: str = ""
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Linter:
    """How the linter is called. `step_timeout` is in seconds, `ignore` are the codes that the operator ignores."""

    step_timeout: float
    ignore: tuple[str, ...] = ()
    program: tuple[str, ...] = (sys.executable, "-m", "frrcompile")
    bounds: Bounds = BOUNDS

    def argv(self, version: str | None) -> list[str]:
        """The command line, up to the file, for the FRR of `version`, the newest where it is not known."""
        found = RELEASE.match(version or "")
        return [
            # A landed file cannot excuse itself, nor can a file of settings above the state directory.
            *(*self.program, "lint", "--isolated", "--errors", "--format", "json"),
            *(word for codes in self.ignore for word in ("--ignore", codes)),
            *(("--frr", found[0]) if found else ()),
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
        return "" if said.code in (0, 1) else masking.words(said.errors)

    def findings(self, said: Finished) -> Findings:
        """What it said, as faults. Warnings and hints are for those who write the file."""
        if said.ending is Ending.STOPPED:
            return Findings(stopped=True)
        if failure := said.failure(PROGRAM, self.step_timeout):
            return Findings(trouble=failure)
        try:
            listed = json.loads(said.output) if said.code in (0, 1) else None
            if not isinstance(listed, list):
                raise ValueError
            faults = [
                Fault(int(one["line"]), str(one["code"]), masking.message(str(one["message"])))
                for one in listed
                if one["severity"] == "error"
            ]
        except (ValueError, TypeError, KeyError, RecursionError):
            words = masking.words(said.errors) or "no message"
            return Findings(trouble=f"{PROGRAM} failed (exit code {said.code}: {words})")
        return Findings(tuple(sorted(faults, key=lambda fault: fault.line)))

    def look(self, confdir: Confdir, version: str | None, stop: Callable[[], bool]) -> Findings:
        """Runs it over the file in `confdir`. Raises OSError only where no program can be started now.

        A linter that breaks over the file, and not over a file of one comment, cannot be left out of the judgement: a
        file could be written so that it breaks.
        """
        try:
            said = self._run(confdir, confdir.file, version, stop)
            findings = self.findings(said)
            if not findings.trouble or stop():
                return findings
            harmless = confdir.path / "harmless.conf"
            harmless.write_text("!\n")
            if self.findings(self._run(confdir, harmless, version, stop)).trouble or stop():
                return findings
        except OSError as error:
            if shortage(error):
                raise
            return Findings(trouble=f"{PROGRAM} cannot be started: {error.strerror or error}")
        if said.ending in (Ending.FLOODED, Ending.GROWN):
            return Findings(refused=findings.trouble)
        return Findings(failed=findings.trouble)

    def _run(self, confdir: Confdir, file: Path, version: str | None, stop: Callable[[], bool]) -> Finished:
        return process.run(
            [*self.argv(version), file], scratch=confdir.path, timeout=self.step_timeout, stop=stop, bounds=self.bounds
        )
