"""`frrcompile plumb` beside `ip -batch`: 1,000 tenants with VRF, bridge, VXLAN and veth pair, in user-mode Linux."""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.tenants import tenants
from tests.lab import machine, plan

TENANTS = 1000
TURNS = 3
Show = Callable[..., None]


def measure(show: Show) -> None:
    """All figures, where a lab can be had. Each turn is a machine of its own."""
    if not machine.available():
        return
    turns = [_turn() for _ in range(TURNS)]

    def ratio(one: str, other: str) -> float:
        return statistics.median(turn[one] / turn[other] for turn in turns)

    def detail(one: str, other: str) -> str:
        first, second = (statistics.median(turn[key] for turn in turns) for key in (one, other))
        return f"{first:.1f} s and {second:.1f} s"

    memory = statistics.median(turn["memory"] for turn in turns)
    show("plumb apply of 1,000 tenants / ip -batch", ratio("apply", "ip"), "0.3, dream 0.15", detail("apply", "ip"))
    show("plumb apply again / the first ip -batch", ratio("again", "ip"), "0.1, dream 0.025", detail("again", "ip"))
    show("plumb verify / the first ip -batch", ratio("verify", "ip"), "", detail("verify", "ip"))
    show("plumb plan --offline / compile", ratio("offline", "compile"), "1.0", detail("offline", "compile"))
    show("memory of plumb apply of 1,000 tenants, MB", memory, "120")


def _turn() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as directory:
        files = Path(directory)
        model = files / "model.yaml"
        model.write_text("\n".join([*tenants(TENANTS), ""]))
        argv = ("python3", "-m", "tests.lab.inside.plumb_bench", str(plan.WORK / model.name))
        step = plan.Run(name="bench", namespace=None, argv=argv, seconds=900)
        found: dict[str, float] = json.loads(machine.run([step], files, seconds=960, memory="3G")["bench"].text)
        return found
