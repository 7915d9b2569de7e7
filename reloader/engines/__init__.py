"""The engines: each has its own way to bring FRR to a file. The judge of all of them is reloader.verify."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from reloader.confdir import Confdir
from reloader.residual import Difference


@dataclass(frozen=True, slots=True)
class Applied:
    """How applying ended. `trouble` is why it did not run to its end, empty when it did: that is no verdict.

    `said` are FRR's own words about lines that it refused. `locked`: nothing was done, because another session
    configures FRR. `stopped`: it was ended because the sidecar is to end.
    """

    said: tuple[str, ...] = ()
    trouble: str = ""
    locked: bool = False
    stopped: bool = False


class Engine(Protocol):
    """One way to apply a file."""

    name: str

    def apply(self, confdir: Confdir, stop: Callable[[], bool]) -> Applied:
        """Applies the file in `confdir`; ended when `stop()` says so. Raises OSError when it cannot be started."""
        ...

    def worth_repeating(self, differences: Sequence[Difference]) -> bool:
        """Whether applying the same file once more may take away what still differs."""
        ...
