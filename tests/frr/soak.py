"""Random models on real FRRs for as long as told: `python -m tests.frr.soak --minutes N [--frr VERSION]`.

A counterexample is made smaller, for at most two minutes, and written to tests/regressions, where every test run
tries it again.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import warnings
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import yaml
from hypothesis.errors import NonInteractiveExampleWarning

from tests.frr.installation import Installation, installations
from tests.frr.known_limits import met, unknown
from tests.frr.trial import Outcome, compiled, trial, vrfs
from tests.models.pairs import examples, pairs
from tests.models.scalars import Data
from tests.models.shrinking import shrink

REGRESSIONS = Path(__file__).parents[1] / "regressions"


@dataclass
class Tally:
    """What a soak did with one version, so that nothing that was skipped or done twice is hidden."""

    pairs: int = 0
    singles: int = 0
    skipped: int = 0
    most_vrfs: int = 0
    repeated_loads: int = 0
    second_runs: int = 0
    failures: int = 0
    limits: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)

    def add(self, confs: list[str], outcome: Outcome, version: str) -> None:
        """One trial, of one model or of two."""
        self.pairs += len(confs) == 2
        self.singles += len(confs) == 1
        self.most_vrfs = max(self.most_vrfs, *map(vrfs, confs))
        self.repeated_loads += outcome.repeated_loads
        self.second_runs += len(outcome.left)
        self.failures += bool(unknown(outcome.symptoms, version))
        self.limits += met(outcome.symptoms, version)
        self.left += Counter({kind(line) for left in outcome.left for line in left})

    def lines(self) -> list[str]:
        """The summary."""
        return [
            f"{2 * self.pairs + self.singles} models tried, {self.skipped} skipped: the compiler refuses them",
            f"{self.singles} singles, {self.pairs} pairs; the largest model had {self.most_vrfs} VRFs",
            f"{self.repeated_loads} repeated loads, {self.second_runs} second runs of {2 * self.pairs} reloads",
            *(f"  left by a first run, {count} times: {line}" for line, count in self.left.most_common(8)),
            *(f"known limit, in {count} trials: {name}" for name, count in self.limits.most_common()),
            f"{self.failures} failures",
        ]


def kind(symptom: str) -> str:
    """A symptom without its numbers and addresses: what tells one counterexample from another."""
    symptom = re.sub(r"\d{4}/\d\d/\d\d \S+|\[[A-Z0-9-]{5,}\]", "", symptom)
    return re.sub(r"[0-9a-f]*:[0-9a-f:.]+|\d+(?:\.\d+)*", "N", symptom)[:160]


def smaller(installation: Installation, documents: list[Data], wanted: str, seconds: float) -> list[Data]:
    """The pair with one document left, if it alone shows the symptom, and without what is not needed for it."""

    def still(data: Data) -> bool:
        try:
            confs = [compiled(document, installation.version) for document in data.values()]
            if not confs or None in confs:
                return False
            symptoms = trial(installation, *[conf for conf in confs if conf]).symptoms
        except Exception:  # a smaller one that is another problem is not this one
            return False
        return any(kind(symptom) == wanted for symptom in symptoms)

    start: Data = {str(number): document for number, document in enumerate(documents)}
    return list(shrink(start, still, seconds).values())


def keep(documents: list[Data], version: str, symptom: str) -> Path:
    """The counterexample as a file of tests/regressions, with a name to be made better by whoever understands it."""
    REGRESSIONS.mkdir(exist_ok=True)
    number = 1 + sum(1 for _ in REGRESSIONS.glob("found-*.yaml"))
    path = REGRESSIONS / f"found-{number}.yaml"
    path.write_text(f"# FRR {version}: {symptom}\n" + yaml.safe_dump_all(documents, sort_keys=False))
    return path


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.frr.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--frr", help="only the version that begins so")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--shrink", type=float, default=120, help="seconds for each counterexample")
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore", NonInteractiveExampleWarning)
    versions = [one for one in installations() if one.version.startswith(options.frr or "")]
    if not versions:
        print("no FRR here", file=sys.stderr)
        return 2
    seed = random.SystemRandom().randrange(2**32) if options.seed is None else options.seed
    print(f"seed {seed}", flush=True)
    deadline = time.monotonic() + options.minutes * 60
    tallies = {one.version: Tally() for one in versions}
    seen: set[str] = set()
    drawn = [examples(seed, pairs(version=one.version)) for one in versions]
    for number, installation in enumerate(cycle(versions)):
        documents = next(drawn[number % len(versions)])
        if time.monotonic() > deadline:
            break
        version = installation.version
        tally = tallies[version]
        confs = [conf for document in documents if (conf := compiled(document, version)) is not None]
        tally.skipped += len(documents) - len(confs)
        if not confs:
            continue
        try:
            outcome = trial(installation, *confs)
        except Exception as error:  # FRR hung or died under it: a counterexample too, and the soak goes on
            outcome = Outcome([f"{type(error).__name__}: {error}"])
        tally.add(confs, outcome, version)
        if number % 25 == 24:
            print(f"{number + 1} trials, {len(seen)} kinds of symptoms", flush=True)
        new = [symptom for symptom in unknown(outcome.symptoms, version) if kind(symptom) not in seen]
        if new:
            print(f"FRR {version}, pair {number}:", *new[:12], sep="\n  ", flush=True)
            path = keep(smaller(installation, documents, kind(new[0]), options.shrink), version, new[0])
            seen |= set(map(kind, new))
            print(path.read_text(), flush=True)
    for version, tally in tallies.items():
        print(f"FRR {version}:", *tally.lines(), sep="\n  ", flush=True)
    return 1 if seen else 0


if __name__ == "__main__":
    sys.exit(main())
