"""Every fault on every FRR, and a long random walk on each: `python -m tests.frr.sidecar_soak [--steps 300]`."""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
import warnings
from collections import Counter

from hypothesis.errors import NonInteractiveExampleWarning

from tests.frr.installation import Installation, installations
from tests.frr.known_limits import met, unknown
from tests.frr.router import Router
from tests.frr.sidecar_faults import NEEDS, SCENES
from tests.frr.sidecar_walk import Walk, walk

TOLD_STEPS = 50  # of a walk, between two lines that say how far it is


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.frr.sidecar_soak", description=__doc__)
    parser.add_argument("--frr", default="", help="only versions that begin so")
    parser.add_argument("--scene", default="", help="only scenes whose name has this in it")
    parser.add_argument("--steps", type=int, default=300, help="of the random walk on each version; 0: none")
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore", NonInteractiveExampleWarning)
    versions = [one for one in installations() if one.version.startswith(options.frr)]
    seed = random.SystemRandom().randrange(2**32) if options.seed is None else options.seed
    print(f"seed {seed}", flush=True)
    failures = 0
    for installation in versions:
        for name, scene in SCENES.items():
            if options.scene not in name:
                continue
            if not NEEDS.get(name, True):
                print(f"{installation.version}: {name}: not tried, its tool is not here", flush=True)
                continue
            began = time.monotonic()
            try:
                with Router(installation) as router:
                    scene(router)
                said = "as it must be"
            except Exception:
                failures += 1
                said = f"FAILED\n{traceback.format_exc()}"
            print(f"{installation.version}: {name}: {said} ({time.monotonic() - began:.0f} s)", flush=True)
        failures += _walk(installation, seed, options.steps) if options.steps else 0
    print(f"{failures} failures", flush=True)
    return 1 if failures or not versions else 0


def _walk(installation: Installation, seed: int, steps: int) -> int:
    """Goes and tells; returns how many symptoms no known limit explains."""
    version = installation.version
    failures = 0
    found = Walk()
    seen = 0
    limits: Counter[str] = Counter()
    try:
        for found in walk(installation, seed, steps):
            new = [symptom.partition(": ")[2] for symptom in found.symptoms[seen:]]
            seen = len(found.symptoms)
            limits += met(new, version)
            if found.steps % TOLD_STEPS == 0:
                print(f"{version}: {found.steps} steps", flush=True)
            for line in unknown(new, version):
                failures += 1
                print(f"{version}: step {found.steps}: {line}", flush=True)
    except Exception:
        failures += 1
        print(f"{version}: the walk FAILED\n{traceback.format_exc()}", flush=True)
    print(f"{version}: {found.steps} steps, {len(found.not_good)} not taken", flush=True)
    for line in found.not_good:
        print(f"  {line[:400]}", flush=True)
    for name, count in sorted(limits.items()):
        print(f"  known limit, {count} times: {name}", flush=True)
    return failures


if __name__ == "__main__":
    sys.exit(main())
