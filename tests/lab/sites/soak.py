"""Every scenario on every FRR, for a number of minutes: `python -m tests.lab.sites.soak --minutes N [--frr VERSION]`.

It begins with the scenario after the last one that was tried, whose name is in the cache directory.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.frr.installation import Installation, cache, installations
from tests.lab import machine
from tests.lab.sites.scenarios import SCENARIOS
from tests.lab.sites.seen import problems
from tests.lab.sites.site import site
from tests.lab.sites.steps import steps

PROGRESS = cache().parent / "lab-sites"


def tried(name: str, installation: Installation) -> list[str]:
    """What goes wrong in one scenario on one FRR."""
    with tempfile.TemporaryDirectory() as files:
        try:
            made = site(SCENARIOS[name], installation.version)
            return problems(made, machine.run(steps(made), Path(files), [installation]))
        except (machine.LabError, AssertionError) as error:
            return [str(error)]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.lab.sites.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--frr", default="", help="only the version that begins so")
    parser.add_argument("--scenario", help="only this one, in place of the one after the last")
    options = parser.parse_args(arguments)
    if not machine.available():
        print(machine.NO_MACHINE, file=sys.stderr)
        return 2
    todo = [
        (name, one)
        for one in installations()
        for name, scenario in SCENARIOS.items()
        if one.version.startswith(options.frr) and scenario.is_for(one.version) and options.scenario in (None, name)
    ]
    done = PROGRESS.read_text() if PROGRESS.exists() else ""
    names = [f"{name}, FRR {one.version}" for name, one in todo]
    first = (names.index(done) + 1) % len(todo) if done in names else 0
    deadline, failed = time.monotonic() + 60 * options.minutes, 0
    for number, (name, installation) in enumerate([*todo[first:], *todo[:first]], first):
        if time.monotonic() > deadline:
            break
        began = time.monotonic()
        wrong = tried(name, installation)
        failed += bool(wrong)
        label = names[number % len(todo)]
        print(
            f"{'BAD ' if wrong else 'good'} {time.monotonic() - began:5.1f} s  {label}", *wrong, sep="\n  ", flush=True
        )
        PROGRESS.write_text(label)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
