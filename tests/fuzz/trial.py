"""One input through one target, within bounds, and what becomes of an input that shows a finding."""

from __future__ import annotations

import re
import signal
import time
import traceback
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from tests.fuzz.oracle import BrokenError
from tests.fuzz.target import Target

FINDINGS = Path(__file__).parent / "findings"
PROJECT = Path(__file__).parents[2]
CPU_SECONDS = 10.0  # of one input; measured as the process's own time, so that a busy machine does not count
WALL_SECONDS = 120.0  # of an input that waits for something
SHRINK_SECONDS = 20.0
STRETCHED_BYTES = 200_000
STRETCHED_ONE_IN = 500  # inputs


class TooLongError(BaseException):
    """An input took too much time. No `except Exception` of the code holds it up."""


class Finding(NamedTuple):
    """`kind` is the same for all inputs that show one fault; `detail` is for people."""

    kind: str
    detail: str


def attempt(target: Target, data: bytes) -> Finding | None:
    """Runs the target once; None where it keeps its word."""
    try:
        with _bounded():
            target.run(data)
    except BrokenError as error:
        return Finding(error.kind, str(error))
    except (Exception, TooLongError) as error:
        trace = traceback.format_exc()
        return Finding(f"{type(error).__name__} in {_place(error)}", trace[-4000:])
    return None


class Trials:
    """Inputs through one target: how many, and how often each kind of finding was met."""

    def __init__(self, name: str, target: Target) -> None:
        self.runs = 0
        self.kinds: Counter[str] = Counter()
        self._name = name
        self._target = target

    def one(self, data: bytes) -> None:
        """Tries an input, and now and then a stretched one. The first of each kind of finding is told and kept."""
        for tried in (data, *_stretched(data)):
            self.runs += 1
            found = attempt(self._target, tried)
            if found is None:
                continue
            self.kinds[found.kind] += 1
            if self.kinds[found.kind] == 1:
                path = keep(self._name, self._target, tried, found)
                print(f"FINDING {found.kind}\n{found.detail}\n{path or 'known'}", flush=True)


def _stretched(data: bytes) -> Iterator[bytes]:
    """The input with one piece of it repeated to STRETCHED_BYTES: work must not grow faster than inputs do."""
    drawn = zlib.crc32(data)
    if data and drawn % STRETCHED_ONE_IN == 0:
        at = drawn // STRETCHED_ONE_IN % len(data)
        piece = data[at : at + 1 + drawn // 7 % 32]
        yield data[:at] + piece * (STRETCHED_BYTES // len(piece)) + data[at:]


def keep(name: str, target: Target, data: bytes, finding: Finding) -> Path | None:
    """Writes the input, made smaller, below FINDINGS; None where one of this kind is there already."""
    slug = re.sub(r"[^a-z0-9]+", "-", finding.kind.lower()).strip("-")[:100]
    path = FINDINGS / name / slug
    if path.exists():
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)  # first, in case making it smaller ends the process
    path.write_bytes(_smaller(target, data, finding.kind))
    return path


def _smaller(target: Target, data: bytes, kind: str) -> bytes:
    """The input without the pieces that the finding does not need."""
    deadline = time.monotonic() + SHRINK_SECONDS
    size = len(data) // 2
    while size and time.monotonic() < deadline:
        at = 0
        while at < len(data) and time.monotonic() < deadline:
            shorter = data[:at] + data[at + size :]
            found = attempt(target, shorter)
            if found and found.kind == kind:
                data = shorter
            else:
                at += size
        size //= 2
    return data


@contextmanager
def _bounded() -> Iterator[None]:
    def late(number: int, _: FrameType | None) -> None:
        raise TooLongError(f"{CPU_SECONDS:g} s of computing" if number == signal.SIGPROF else f"{WALL_SECONDS:g} s")

    before = [(number, signal.signal(number, late)) for number in (signal.SIGPROF, signal.SIGALRM)]
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    signal.setitimer(signal.ITIMER_REAL, WALL_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before:
            signal.signal(number, handler)


def _place(error: BaseException) -> str:
    """The innermost function of the project's that the error came through."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(PROJECT) and path != Path(__file__):
            return f"{path.relative_to(PROJECT).with_suffix('')}:{frame.name}"
    return "the target"
