"""`frrcompile plumb` on a real kernel: each scenario of lab.inside.plumbing, one after the other in one machine."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.lab import machine, plan
from tests.lab.inside.plumbing.scenario import LONG
from tests.lab.machine import Report

pytestmark = pytest.mark.lab

INSIDE = Path(__file__).parent / "inside" / "plumbing"


def scenarios() -> list[str]:
    """The names of all scenarios; their modules are for the machine alone."""
    return [
        one.name
        for file in sorted(INSIDE.glob("*.py"))
        for one in ast.parse(file.read_text()).body
        if isinstance(one, ast.FunctionDef)
        and any(isinstance(mark, ast.Name) and mark.id == "scenario" for mark in one.decorator_list)
    ]


@pytest.fixture(scope="module")
def report(lab_files: Path) -> Report:
    """How all scenarios went."""
    files = lab_files / "plumbing"
    files.mkdir()
    argv = ("python3", "-m", "tests.lab.inside.plumbing")
    return machine.run(
        [plan.Run(name="scenarios", namespace=None, argv=argv, seconds=500, expect=None)], files, seconds=540
    )


@pytest.mark.parametrize("name", [name for name in scenarios() if name != LONG])
def test_scenario(report: Report, name: str) -> None:
    text = report["scenarios"].text
    assert re.search(rf"^good {name} ", text, re.MULTILINE), text


@pytest.mark.long
def test_an_apply_may_end_before_each_operation(tmp_path: Path) -> None:
    argv = ("python3", "-m", "tests.lab.inside.plumbing", LONG)
    done = machine.run(
        [plan.Run(name="scenario", namespace=None, argv=argv, seconds=900, expect=None)], tmp_path, seconds=960
    )
    assert re.search(rf"^good {LONG} ", done["scenario"].text, re.MULTILINE), done["scenario"].text
