"""What changes of VNIs and VRFs do to a neighbour: `python -m tests.lab.evpn_impact [--frr VERSION] [--write]`.

Each change of evpn.KINDS is made on one of two routers and taken back, and held against what the diff said. `--write` keeps
the result in docs/impact-evpn.json and docs/impact.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from frrcompile.diff import difference
from frrcompile.diff.impact import Level, assess
from tests.frr import impact_page
from tests.frr.changing import release_of
from tests.frr.installation import Installation, installations
from tests.lab import evpn, machine
from tests.lab.evpn import KINDS, Kind
from tests.lab.machine import Report

NOTHING_TO_LOSE = {
    "the L3VNI moved to another VRF, unset": "the VNI had no bridge in the VRF that it was moved to",
    "another L3VNI, unset": "the other VNI has no device",
    "advertise-default-gw, unset": "no VNI has a gateway's address",
}
"""Changes that take away what did nothing in this lab."""

WAS_AN_L2VNI = "a VRF ends, and its instance, unset"
"""A new VRF takes a VNI whose device was there: as an L2VNI it is withdrawn."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one change did in one version: if the session went down, and how many routes went, came again, and are new."""

    kind: str
    version: str
    way: str
    said: str
    predicted: bool
    reset: bool
    gone: int
    again: int
    new: int

    @property
    def true(self) -> bool:
        """Whether a reset was said where there is one and only there, a loss where routes went, none where they stayed."""
        level = Level[self.said.upper()]
        if self.predicted != self.reset:
            return False
        change = f"{self.kind}, {self.way}"
        if self.gone and level is Level.NONE:
            return change == WAS_AN_L2VNI
        return change in NOTHING_TO_LOSE or level < Level.RECREATE or bool(self.gone or self.again)


def measure(installation: Installation, kinds: Sequence[Kind]) -> list[Result]:
    """Runs the lab. Raises LabError where it did not go as planned."""
    with tempfile.TemporaryDirectory() as folder:
        steps = evpn.steps(installation.version, kinds)
        report = machine.run(steps, Path(folder), [installation], seconds=120 + 30 * len(kinds))
        return list(_results(report, installation.version, kinds))


def _results(report: Report, version: str, kinds: Sequence[Kind]) -> Iterator[Result]:
    base, before = evpn.conf(1, 2), "begin"
    for kind in kinds:
        changed = kind.after(base)
        for way, old, new in (("set", base, changed), ("unset", changed, base)):
            found = assess(difference(old, new, release_of(version)))
            seen = evpn.seen(report, before, before := f"{kind.name}, {way}")
            yield Result(
                kind.name,
                version,
                way,
                found.level.word,
                bool(found.closed),
                seen.reset,
                *map(len, (seen.gone, seen.again, seen.new)),
            )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.lab.evpn_impact", description=__doc__)
    parser.add_argument("--frr", default="", help="only the version that begins so")
    parser.add_argument("--write", action="store_true", help="keep the result in docs/")
    options = parser.parse_args()
    results = [
        one for found in installations() if found.version.startswith(options.frr) for one in measure(found, KINDS)
    ]
    for one in results:
        print(
            f"{'ok ' if one.true else 'NOT'} {one.version:7} {one.way:5} {one.said:8} {one.kind}: {impact_page.happened(one)}"
        )
    if options.write:
        impact_page.keep_evpn([asdict(one) for one in results])
    print(f"{sum(one.true for one in results)} of {len(results)} as predicted")
    return int(not results or not all(one.true for one in results))


if __name__ == "__main__":
    sys.exit(main())
