"""Carries out the plan.json of the lab's work directory, and writes how each step went to outcomes.jsonl beside it."""

from __future__ import annotations

import dataclasses
import json
import traceback

from tests.lab import plan
from tests.lab.inside.diagnosis import diagnosis
from tests.lab.inside.steps import Machine
from tests.lab.plan import OUTCOMES, WORK


def main() -> None:
    """Ends at the first step that goes otherwise than expected, with everything that may tell why in diagnosis.txt."""
    machine = Machine(WORK)
    with (WORK / OUTCOMES).open("w") as outcomes:
        for step in plan.load((WORK / "plan.json").read_text()):
            outcome = machine.carry_out(step)
            outcomes.write(json.dumps(dataclasses.asdict(outcome)) + "\n")
            outcomes.flush()
            if not outcome.expected:
                (WORK / "diagnosis.txt").write_text(diagnosis(machine))
                break
    machine.end()
    (WORK / "done").touch()


try:
    main()
except Exception:  # to the console, which is shown
    traceback.print_exc()
    raise
