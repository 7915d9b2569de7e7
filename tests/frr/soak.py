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
from contextlib import ExitStack
from pathlib import Path

import yaml
from hypothesis.errors import NonInteractiveExampleWarning

from tests.frr.installation import Installation, installations
from tests.frr.known_limits import unknown
from tests.frr.trial import compiled, pair
from tests.models.pairs import examples
from tests.models.scalars import Data
from tests.models.shrinking import shrink

REGRESSIONS = Path(__file__).parents[1] / "regressions"


def kind(symptom: str) -> str:
    """A symptom without its numbers and addresses: what tells one counterexample from another."""
    symptom = re.sub(r"\d{4}/\d\d/\d\d \S+|\[[A-Z0-9-]{5,}\]", "", symptom)
    return re.sub(r"[0-9a-f]*:[0-9a-f:.]+|\d+(?:\.\d+)*", "N", symptom)[:160]


def trial(installation: Installation, documents: list[Data]) -> list[str]:
    """The symptoms that no known limit explains; none where a model does not compile."""
    confs = [compiled(document, installation.version) for document in documents]
    if None in confs:
        return []
    with ExitStack() as stack:
        return unknown(pair(stack, installation, *[conf for conf in confs if conf]), installation.version)


def smaller(installation: Installation, documents: list[Data], wanted: str, seconds: float) -> list[Data]:
    """The pair with one document left, if it alone shows the symptom, and without what is not needed for it."""

    def still(data: Data) -> bool:
        try:
            return any(kind(symptom) == wanted for symptom in trial(installation, list(data.values())))
        except Exception:  # a smaller one that is another problem is not this one
            return False

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
    runs: Counter[str] = Counter()
    found: dict[str, Path] = {}
    for number, documents in enumerate(examples(seed)):
        installation = versions[number % len(versions)]
        if time.monotonic() > deadline:
            break
        try:
            symptoms = trial(installation, documents)
        except Exception as error:  # FRR hung or died under it: a counterexample too, and the soak goes on
            symptoms = [f"{type(error).__name__}: {error}"]
        runs[installation.version] += 1
        if runs.total() % 25 == 0:
            print(f"{runs.total()} pairs, {len(found)} counterexamples", flush=True)
        new = [symptom for symptom in symptoms if kind(symptom) not in found]
        if new:
            print(f"FRR {installation.version}, pair {number}:", *symptoms[:12], sep="\n  ", flush=True)
            path = keep(smaller(installation, documents, kind(new[0]), options.shrink), installation.version, new[0])
            found |= {kind(symptom): path for symptom in symptoms}
            print(path.read_text(), flush=True)
    print(", ".join(f"{version}: {count} pairs" for version, count in sorted(runs.items())))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
