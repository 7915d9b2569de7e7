"""The sidecar's speed beside FRR's own tools: 1,000 VRFs with L3VNIs, each FRR version by itself, in one run."""

from __future__ import annotations

import os
import re
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from frrcompile.pipeline.site import build, load_site
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
TURNS = 3
IDLE_SECONDS = 60.0
LOOK_SECONDS = 0.005
Show = Callable[..., None]


def measure(show: Show) -> None:
    """All figures, for every FRR there is. What takes frr-reload.py minutes, with BENCH_SLOW only."""
    for installation in installations():
        _measure(installation, show)


def _conf(vrfs: int, version: str) -> str:
    loaded = load_site({"tenants.yaml": "\n".join([*tenants(vrfs), ""]).encode()}, frr=version)
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
    # One load takes FRR 4 s or 6 s, by chance: what FRR does and what we do takes turns, and medians are compared.
    slow = installation.version.startswith("10.3") and os.environ.get("BENCH_SLOW")
    raw, ours, reloads = [], [], []
    for _ in range(TURNS):
        raw.append(_raw(installation, many, few))
        ours.append(_ours(installation, many, few))
        if slow:
            reloads.append(_reload(installation, many, few))
    raw_loads, raw_removals = zip(*raw, strict=True)
    loads, removals = zip(*ours, strict=True)
    _compare(show, f"{version} first load / raw vtysh -f", loads, raw_loads, "1.8")
    _compare(show, f"{version} removing {MANY - FEW} VRFs / the deletes in one vtysh -f", removals, raw_removals, "2")
    if slow:
        _compare(
            show, f"{version} frr-reload.py --reload / ours, removing {MANY - FEW} VRFs", reloads, removals, "> 15"
        )
    with Router(installation) as router, _sidecar(router) as sidecar:
        _bring(sidecar, many)
        looks, changes = [], []
        for content in (changed, many) * TURNS:
            looks.append(_timed(partial(router.judge, content)))
            changes.append(_timed(partial(_bring, sidecar, content)))
        _compare(show, f"{version} one changed line / one --test", changes, looks, "3.5")
        first = _first_step(sidecar, changed)
        show(f"{version} from the rename to the first program, ms", first * 1000, "150")
        sidecar.verdict(digest(changed))
        cpu = _cpu(sidecar.process.pid)
        time.sleep(IDLE_SECONDS)
        idle = (_cpu(sidecar.process.pid) - cpu) / IDLE_SECONDS
        show(f"{version} idle, % of a core", idle * 100, "0.2")
        text = Path(f"/proc/{sidecar.process.pid}/status").read_text()
        peak = re.search(r"VmHWM:\s+(\d+) kB", text)
        assert peak is not None
        show(f"{version} peak memory, MB", int(peak[1]) / 1024, "50")


def _compare(show: Show, what: str, ours: Sequence[float], theirs: Sequence[float], target: str) -> None:
    detail = " and ".join(", ".join(f"{one:.1f}" for one in times) + " s" for times in (ours, theirs))
    show(what, statistics.median(ours) / statistics.median(theirs), target, detail)


def _sidecar(router: Router) -> Sidecar:
    made = Sidecar(router, "--poll", "3", lint=True)
    made.environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as where it is installed
    return made


def _bring(sidecar: Sidecar, content: str) -> None:
    last = sidecar.verdict(sidecar.put(content))
    assert last.verdict is Verdict.GOOD, last


def _raw(installation: Installation, many: str, few: str) -> tuple[float, float]:
    """Seconds for one `vtysh -f` of `many`, and for one with the deletes that lead to `few`."""
    with Router(installation) as router:
        load = _vtysh(router, many)
        listed = differences(router._frr_reload("--test", few).stdout)
        return load, _vtysh(router, script(one for one in listed if "hostname" not in one.path[0]))


def _vtysh(router: Router, conf: str) -> float:
    file = router.file(conf)
    return _timed(lambda: router.inside(VTYSH, "-N", router.pathspace, "-f", file, timeout=1200))


def _reload(installation: Installation, many: str, few: str) -> float:
    """Seconds for `frr-reload.py --reload` from `many` to `few`."""
    with Router(installation) as router:
        router.load(many, check=False)
        return _timed(lambda: router.reload(few))


def _ours(installation: Installation, many: str, few: str) -> tuple[float, float]:
    """Seconds until `many` is verified in an empty FRR, and then until `few` is."""
    with Router(installation) as router, _sidecar(router) as sidecar:
        return _timed(lambda: _bring(sidecar, many)), _timed(lambda: _bring(sidecar, few))


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
