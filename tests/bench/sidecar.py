"""The sidecar's speed beside FRR's own tools: 1,000 VRFs with L3VNIs, each FRR version by itself, in one run."""

from __future__ import annotations

import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from frrcompile.ir.build import build, load_site
from frrcompile.render.emit import frr_conf
from reloader.engines.script import script
from reloader.residual import differences
from reloader.status import Verdict
from tests.bench.tenants import tenants
from tests.frr.installation import VTYSH, Installation, installations
from tests.frr.router import Router
from tests.models.strategies import opened
from tests.reloader import sidecar as harness
from tests.reloader.sidecar import Sidecar, digest

MANY, FEW = 1000, 10
LOADS = 3
IDLE_SECONDS = 60.0
LOOK_SECONDS = 0.005
Show = Callable[..., None]


def measure(show: Show) -> None:
    """All figures, for every FRR there is. The ratio to frr-reload.py's removal takes minutes: `slow_removal`."""
    for installation in installations():
        _measure(installation, show)


def _conf(vrfs: int, version: str) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write("\n".join(tenants(vrfs)) + "\n")
        file.flush()
        loaded = load_site([file.name], frr=version)
    assert loaded.site is not None
    node, _ = build(loaded, next(iter(loaded.site.nodes)))
    assert node is not None
    return frr_conf(node, opened)


def _timed(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def _measure(installation: Installation, show: Show) -> None:
    harness.DEADLINE = 1200.0
    version = f"{installation.version}:"
    many, few = _conf(MANY, installation.version), _conf(FEW, installation.version)
    line = " neighbor 10.99.99.99 remote-as 65001\n"
    changed = many.replace("\n bgp router-id ", f"\n{line} bgp router-id ", 1)
    assert changed != many
    # One file takes FRR 4 s or 6 s, by chance: loads are compared by the median of several, taken in turn.
    raws, loads = zip(
        *[(_raw_load(installation, many), _first_load(installation, many)) for _ in range(LOADS)], strict=True
    )
    raw, load = statistics.median(raws), statistics.median(loads)
    detail = f"{_seconds(loads)} and {_seconds(raws)}"
    show(f"{version} first load / raw vtysh -f", load / raw, "1.8", detail)
    with Router(installation) as router:
        router.load(many, check=False)
        look = _timed(lambda: router.judge(changed))
        plan = router.file(
            script(
                one for one in differences(router._frr_reload("--test", few).stdout) if "hostname" not in one.path[0]
            )
        )
        raw_removal = _timed(lambda: router.inside(VTYSH, "-N", router.pathspace, "-f", plan, timeout=1200))
    with Router(installation) as router, _sidecar(router) as sidecar:
        _bring(sidecar, many)
        looks = [look, _timed(lambda: router.judge(changed))]
        one = _timed(lambda: _bring(sidecar, changed))
        detail = f"{one:.1f} s and {min(looks):.1f} to {max(looks):.1f} s"
        show(f"{version} one changed line / one --test", one / (sum(looks) / 2), "3.5", detail)
        first = _first_step(sidecar, many)
        show(f"{version} from the rename to the first program, ms", first * 1000, "150")
        sidecar.verdict(digest(many))
        removal = _timed(lambda: _bring(sidecar, few))
        detail = f"{removal:.1f} s and {raw_removal:.1f} s"
        show(f"{version} removing {MANY - FEW} VRFs / the deletes in one vtysh -f", removal / raw_removal, "2", detail)
        cpu = _cpu(sidecar.process.pid)
        time.sleep(IDLE_SECONDS)
        idle = (_cpu(sidecar.process.pid) - cpu) / IDLE_SECONDS
        show(f"{version} idle, % of a core", idle * 100, "0.2")
        text = Path(f"/proc/{sidecar.process.pid}/status").read_text()
        peak = re.search(r"VmHWM:\s+(\d+) kB", text)
        assert peak is not None
        show(f"{version} peak memory, MB", int(peak[1]) / 1024, "50")
    if installation.version.startswith("10.3") and os.environ.get("BENCH_SLOW"):
        with Router(installation) as router:
            router.load(many, check=False)
            theirs = _timed(lambda: router.reload(few))
            show(
                f"{version} frr-reload.py --reload / ours, removing {MANY - FEW}",
                theirs / removal,
                "> 15",
                f"{theirs:.0f} s",
            )


def _sidecar(router: Router) -> Sidecar:
    made = Sidecar(router, "--poll", "3", lint=True)
    made.environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as where it is installed
    return made


def _bring(sidecar: Sidecar, content: str) -> None:
    last = sidecar.verdict(sidecar.put(content))
    assert last.verdict is Verdict.GOOD, last


def _raw_load(installation: Installation, conf: str) -> float:
    with Router(installation) as router:
        file = router.file(conf)
        return _timed(lambda: router.inside(VTYSH, "-N", router.pathspace, "-f", file, timeout=1200))


def _first_load(installation: Installation, conf: str) -> float:
    with Router(installation) as router, _sidecar(router) as sidecar:
        return _timed(lambda: _bring(sidecar, conf))


def _seconds(times: Sequence[float]) -> str:
    return ", ".join(f"{one:.1f}" for one in times) + " s"


def _first_step(sidecar: Sidecar, content: str) -> float:
    """Seconds from the rename to the moment when the first of FRR's programs runs."""
    before = sidecar.runs
    began = time.monotonic()
    sidecar.put(content)
    while sidecar.runs == before:
        time.sleep(LOOK_SECONDS)
    return time.monotonic() - began


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
