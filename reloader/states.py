"""The sidecar's states in one table: what the machine may do, and the picture in docs/sidecar.md."""

from __future__ import annotations

from reloader.status import Phase, State, Status

UNEXPECTED = "a step that the table of states does not have"

W, I, R, D = State.WAITING, State.IDLE, State.RELOADING, State.DEGRADED  # noqa: E741
STATES: dict[tuple[State, State], str] = {
    (W, R): "FRR answers, or a file lands",
    (R, W): "a daemon that the file needs does not answer",
    (W, I): "a daemon goes on after a pause",
    (W, D): "FRR answers, and may run something else",
    (I, R): "a file lands, somebody asks, FRR drifted",
    (R, I): "good, unchanged, refused, or rolled back",
    (I, W): "FRR or a daemon is gone or started anew",
    (I, D): "FRR was started anew under a refused file",
    (R, D): "FRR has a part of a file, and cannot go back",
    (D, R): "a file lands, somebody asks, FRR changed, or after a while",
    (D, W): "FRR is gone",
    (D, I): "it is compared, and is the last good file",
}
PHASES: dict[tuple[Phase, Phase], str] = {
    (Phase.GATE, Phase.PLAN): "the file may be taken",
    (Phase.PLAN, Phase.APPLY): "it is noted on disk",
    (Phase.PLAN, Phase.ROLLBACK): "it ended the sidecar three times",
    (Phase.APPLY, Phase.VERIFY): "the engine has ended",
    (Phase.VERIFY, Phase.APPLY): "something is left, and another engine may know more",
    (Phase.VERIFY, Phase.HEALTH): "FRR has the file",
    (Phase.VERIFY, Phase.ROLLBACK): "FRR has a part of it",
    (Phase.HEALTH, Phase.ROLLBACK): "a session did not come back",
    (Phase.GATE, Phase.HEALTH): "an earlier sidecar applied it",
    (Phase.GATE, Phase.ROLLBACK): "FRR goes back to the last good file",
}
ENDS: dict[Phase, str] = {
    Phase.GATE: "refused, or FRR has it already",
    Phase.VERIFY: "good, or a daemon is gone",
    Phase.HEALTH: "good",
    Phase.ROLLBACK: "rolled back, or failed",
}


def allows(before: Status, after: Status) -> bool:
    """Whether the table has the step; staying where one is needs none."""
    if before.state is not after.state and (before.state, after.state) not in STATES:
        return False
    if before.phase is None or after.phase is None or before.phase is after.phase:
        return True
    return (before.phase, after.phase) in PHASES


def named(status: Status) -> str:
    """A state with its phase."""
    return f"{status.state}/{status.phase}" if status.phase else str(status.state)


def mermaid() -> str:
    """The picture."""
    lines = ["stateDiagram-v2", "    direction TB", f"    [*] --> {_id(W)}: it starts"]
    for one in State:
        if one is not R:
            lines.append(f'    state "{one}" as {_id(one)}')
    lines.append(f"    state {_id(R)} {{")
    lines.append(f"        [*] --> {_id(Phase.GATE)}")
    lines += [f"        {_id(a)} --> {_id(b)}: {why}" for (a, b), why in PHASES.items()]
    lines += [f"        {_id(a)} --> [*]: {why}" for a, why in ENDS.items()]
    lines.append("    }")
    lines += [f"    {_id(a)} --> {_id(b)}: {why}" for (a, b), why in STATES.items()]
    return "".join(f"{line}\n" for line in lines)


def _id(one: State | Phase) -> str:
    return str(one).replace("-", "_")
