"""docs/impact.md: what was measured of sessions (impact.py) and of VNIs and VRFs (tests/lab/evpn_impact.py)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

DOCS = Path(__file__).parents[2] / "docs"
SESSIONS, EVPN = DOCS / "impact.json", DOCS / "impact-evpn.json"

HEAD = """\
# What changes do to live sessions

Measured, not read: `python -m tests.frr.impact --write` makes each change between two real routers, takes it back, and
looks whose session went down (`reset`), whether the neighbour was asked for its routes again, and whether one of the two
has lost the other's prefix then (`fewer prefixes`). The level is what `frrcompile diff` says. This page is made by that command.
"""

HEAD_EVPN = """\
## VNIs and VRFs

The same by `python -m tests.lab.evpn_impact --write`, between two routers with VRFs, bridges and VXLAN devices: the routes of one
that the other has lost, was sent again, or has for the first time. VRFs' routes count beside EVPN's.
"""

Row = dict[str, Any]


class Measured(Protocol):
    """What was measured of VNIs and VRFs."""

    @property
    def reset(self) -> bool: ...
    @property
    def gone(self) -> int: ...
    @property
    def again(self) -> int: ...
    @property
    def new(self) -> int: ...


def keep_sessions(results: Sequence[Row]) -> None:
    """Puts results in the place of those of the same versions, and makes the page."""
    _keep(SESSIONS, results)


def keep_evpn(results: Sequence[Row]) -> None:
    """The same for VNIs and VRFs."""
    _keep(EVPN, results)


def _keep(file: Path, results: Sequence[Row]) -> None:
    versions = {one["version"] for one in results}
    whole = [one for one in _kept(file) if one["version"] not in versions] + list(results)
    file.write_text(json.dumps(whole, indent=0) + "\n")
    (DOCS / "impact.md").write_text(page(_kept(SESSIONS), _kept(EVPN)))


def _kept(file: Path) -> list[Row]:
    found = json.loads(file.read_text()) if file.exists() else []
    assert isinstance(found, list)
    return found


def page(sessions: Sequence[Row], evpn: Sequence[Row]) -> str:
    """The page's text."""
    return "\n".join([HEAD, *_table(sessions, _of_session), "", HEAD_EVPN, *_table(evpn, _of_evpn), ""])


def _table(results: Sequence[Row], cell: Callable[[Row], str]) -> list[str]:
    versions = sorted(
        {one["version"] for one in results}, key=lambda version: [int(part) for part in version.split(".")]
    )
    lines = [
        f"| change | | level | {' | '.join(f'FRR {version}' for version in versions)} |",
        f"| --- | --- | --- | {' | '.join('---' for _ in versions)} |",
    ]
    order = {kind: at for at, kind in enumerate(dict.fromkeys(one["kind"] for one in results))}
    keys = sorted({(one["kind"], one["way"]) for one in results}, key=lambda key: (order[key[0]], key[1]))
    by_key = {(one["kind"], one["way"], one["version"]): one for one in results}
    for kind, way in keys:
        found = [by_key.get((kind, way, version)) for version in versions]
        levels = dict.fromkeys(one["said"] for one in found if one)
        lines.append(
            f"| {kind} | {way} | {', '.join(levels)} | {' | '.join(cell(one) if one else '' for one in found)} |"
        )
    return lines


def _of_session(row: Row) -> str:
    parts = [
        "up",
        *(["routes asked for again"] if row["asked"] else []),
        *(["fewer prefixes"] if row.get("fewer") else []),
    ]
    text = "reset" if row["reset"] else ", ".join(parts)
    true = row["predicted"] == row["reset"] and not (row.get("fewer") and row["said"] == "none")
    return text if true else f"**{text}**, not as said"


def _of_evpn(row: Row) -> str:
    return _happened(row["reset"], row["gone"], row["again"], row["new"])


def happened(one: Measured) -> str:
    """What was seen, in words."""
    return _happened(one.reset, one.gone, one.again, one.new)


def _happened(reset: bool, gone: int, again: int, new: int) -> str:
    parts = [f"{number} {what}" for number, what in ((gone, "lost"), (again, "sent again"), (new, "new")) if number]
    return ", ".join([*(["reset"] if reset else []), *parts]) or "nothing"
