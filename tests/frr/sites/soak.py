"""Random sites on live FRRs for as long as told: `python -m tests.frr.sites.soak --minutes N [--frr VERSION]`.

It goes on with the site after the last one that was tried; the cache directory has how far each version is. A site that is not
as predicted is printed with its number: `--start` tries it again.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count

from tests.frr.installation import Installation, cache, installations
from tests.frr.sites.drawing import site
from tests.frr.sites.expected import loaded, predicted
from tests.frr.sites.trial import mismatches
from tests.models.scalars import Data

PROGRESS = cache().parent / "sites.json"


@dataclass
class Tried:
    """One site: how many of its routes are lost, not known and in all, and what is not as predicted."""

    number: int
    lost: int
    unknown: int
    routes: int
    wrong: list[str]


@dataclass
class Tally:
    """What a run did with one version."""

    sites: int = 0
    losing: int = 0
    refused: int = 0
    unknown: int = 0
    routes: int = 0
    wrong: dict[int, list[str]] = field(default_factory=dict)

    def add(self, tried: Tried | None) -> None:
        """Counts a site; None is one that the compiler refuses."""
        if tried is None:
            self.refused += 1
            return
        self.sites += 1
        self.losing += bool(tried.lost)
        self.unknown += tried.unknown
        self.routes += tried.routes
        if tried.wrong:
            self.wrong[tried.number] = tried.wrong

    def __str__(self) -> str:
        share = 100 * self.losing / self.sites if self.sites else 0
        unknown = 100 * self.unknown / self.routes if self.routes else 0
        return (
            f"{self.sites} sites, {self.refused} refused; {share:.0f} % lose something; {self.routes} routes, "
            f"{unknown:.1f} % not known; {len(self.wrong)} sites not as predicted"
        )


def tried(installation: Installation, number: int) -> Tried | None:
    """One random site on live FRR; None where the compiler refuses it."""
    return judged(installation, number, site(number))


def judged(installation: Installation, number: int, data: Data) -> Tried | None:
    """A site on live FRR; None where the compiler refuses it."""
    try:
        prediction = predicted(loaded(data, installation.version))
    except AssertionError:
        return None
    states = Counter(one.arrives for one in prediction.wanted)
    try:
        wrong = mismatches(installation, prediction)
    except Exception as error:  # FRR hung or died under it: a counterexample too
        wrong = [f"{type(error).__name__}: {error}"]
    return Tried(number, states[False], states[None], len(prediction.wanted), wrong)


def soak(installation: Installation, start: int, minutes: float, jobs: int) -> tuple[Tally, int]:
    """Tries sites until the time is over: what came of them, and the number of the next one."""
    tally, deadline, numbers = Tally(), time.monotonic() + 60 * minutes, count(start)
    following = start

    def worker() -> None:
        nonlocal following
        while time.monotonic() < deadline:
            number = next(numbers)
            found = tried(installation, number)
            tally.add(found)
            following = max(following, number + 1)
            if found and found.wrong:
                print(f"FRR {installation.version}, site {number}:", *found.wrong[:6], sep="\n  ", flush=True)

    with ThreadPoolExecutor(jobs) as pool:
        for future in [pool.submit(worker) for _ in range(jobs)]:
            future.result()
    return tally, following


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.frr.sites.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--frr", default="", help="only the version that begins so")
    parser.add_argument("--start", type=int, help="the first site, in place of the one after the last")
    parser.add_argument("--jobs", type=int, default=4, help="sites at a time")
    options = parser.parse_args(arguments)
    versions = [one for one in installations() if one.version.startswith(options.frr)]
    if not versions:
        print("no FRR here", file=sys.stderr)
        return 2
    progress: dict[str, int] = json.loads(PROGRESS.read_text()) if PROGRESS.exists() else {}
    failed = False
    for installation in versions:
        start = progress.get(installation.version, 1000) if options.start is None else options.start
        tally, progress[installation.version] = soak(installation, start, options.minutes / len(versions), options.jobs)
        PROGRESS.write_text(json.dumps(progress))
        print(f"FRR {installation.version}, from site {start}: {tally}", flush=True)
        failed = failed or bool(tally.wrong)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
