"""The picture in the documentation is the table that the machine goes by."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reloader import states
from reloader.status import Phase, State
from tests.reloader.test_status import STATUS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "sidecar.md"


def test_the_picture_is_the_table() -> None:
    picture = PAGE.read_text().split("```mermaid\n", 1)[1].split("```", 1)[0]
    assert picture == states.mermaid()


def test_every_state_and_phase_is_in_the_table() -> None:
    assert {one for step in states.STATES for one in step} == set(State)
    assert {one for step in states.PHASES for one in step} == set(Phase)


def test_what_the_table_does_not_have_is_seen() -> None:
    idle = replace(STATUS, state=State.IDLE, phase=None)
    gate = replace(STATUS, state=State.RELOADING, phase=Phase.GATE)
    assert states.allows(idle, gate)
    assert states.allows(idle, idle)
    assert not states.allows(gate, replace(gate, phase=Phase.VERIFY))
    assert states.named(gate) == "reloading/gate"
