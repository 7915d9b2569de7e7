"""`make bench`: speed and memory as ratios, each pair measured in turn in one run.

Whole processes, user and system time as the kernel accounts for them; the median of several runs. The commands are those
of the development environment; `FRRCOMPILE=/opt/frrcompile/bin/frrcompile` names those of another installation, such as
a virtual environment of a distribution's Python. `make bench PART="lints diffs"` measures only these parts.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from frrcompile.pipeline.reach import check_reach
from frrcompile.pipeline.site import load_site
from tests.bench import diffs, lints, openperouter, plumb, sidecar
from tests.bench.tenants import tenants
from tests.syntax import corpus

# As an installed package has its bytecode: somewhere else than in the checkout, whatever the environment says of it.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

FRRCOMPILE = os.environ.get("FRRCOMPILE") or str(Path(sys.executable).parent / "frrcompile")
PYTHON = str(Path(FRRCOMPILE).parent / "python")
"""The Python that runs the commands."""
RUNS = 5

RAW = """\
raw:
  - lines: |
      router bgp 64516 vrf tenant7
       bgp bestpath med confed
      exit
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: CPU and wall-clock seconds, and its peak memory in MB."""

    cpu: float
    wall: float
    memory: float


def run(*command: str) -> Cost:
    """Runs a command once; its output is thrown away."""
    began = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    _, _, usage = os.wait4(child.pid, 0)
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss / 1024)


def ratio(one: Sequence[str], other: Sequence[str], runs: int = RUNS) -> tuple[float, Cost, Cost]:
    """How much more CPU time `one` takes than `other`: the median over pairs, and a median run of each."""
    run(*one), run(*other)
    pairs = [(run(*one), run(*other)) for _ in range(runs)]
    middle = statistics.median(first.cpu / second.cpu for first, second in pairs)
    cost = [
        Cost(*(statistics.median(getattr(p[i], f) for p in pairs) for f in ("cpu", "wall", "memory"))) for i in (0, 1)
    ]
    return middle, cost[0], cost[1]


def show(what: str, figure: float, target: str, detail: str = "") -> None:
    """One line of the result."""
    print(f"{what:62} {figure:7.2f}   {target:14} {detail}", flush=True)


def main(wanted: Collection[str]) -> None:
    """Measures the pairs of some parts, of all where none is named."""
    home = Path(tempfile.mkdtemp(prefix="frrcompile-bench-"))
    ENVIRONMENT["PYTHONPYCACHEPREFIX"] = str(home / "bytecode")
    try:
        print(f"{'':62} {'figure':>7}   {'target':14}")
        for name, measure in PARTS.items():
            if not wanted or name in wanted:
                measure(home)
    finally:
        shutil.rmtree(home)


def _model(home: Path, vrfs: int, nodes: int = 1) -> str:
    path = home / f"{vrfs}x{nodes}.yaml"
    path.write_text("\n".join(tenants(vrfs, nodes)) + "\n")
    return str(path)


def _compile(home: Path, vrfs: int) -> list[str]:
    return [FRRCOMPILE, "compile", _model(home, vrfs), "-o", str(home / f"{vrfs}.conf")]


def _one_node(home: Path) -> None:
    thousand, four = _compile(home, 1000), _compile(home, 4000)
    run(*thousand)
    lines = (home / "1000.conf").read_text().count("\n")
    if shutil.which("vtysh"):
        figure, ours, theirs = ratio(thousand, ["vtysh", "-C", "-f", str(home / "1000.conf")])
        detail = f"{ours.cpu:.2f} s and {theirs.cpu:.2f} s CPU for {lines:,} lines"
        show("1,000 VRFs: compile / vtysh -C of the result", figure, "4.0, dream 2.0", detail)
        raw = home / "raw.yaml"
        raw.write_text((home / "1000x1.yaml").read_text() + RAW)
        checked = [FRRCOMPILE, "compile", str(raw), "-o", str(home / "raw.conf")]
        figure, ours, theirs = ratio(checked, ["vtysh", "-C", "-f", str(home / "1000.conf")])
        detail = f"{ours.cpu:.2f} s and {theirs.cpu:.2f} s CPU"
        show("the same with raw lines, which are linted / vtysh -C", figure, "4.0", detail)
    plan = [FRRCOMPILE, "plumb", "plan", _model(home, 1000), "--offline"]
    for form, target in (("text", "1.0"), ("ip", "1.0"), ("json", "1.3")):
        figure, ours, theirs = ratio([*plan, "--format", form], thousand)
        detail = f"{ours.cpu:.2f} s and {theirs.cpu:.2f} s CPU"
        show(f"1,000 VRFs: plumb plan --offline, {form} / compile", figure, target, detail)
    figure, more, less = ratio(four, thousand, runs=3)
    show("4,000 VRFs / 1,000 VRFs", figure, "4.4", f"{more.cpu:.2f} s and {less.cpu:.2f} s CPU")
    show("peak memory at 1,000 VRFs, MB", less.memory, "250")


def _starts(home: Path) -> None:
    bare = [PYTHON, "-c", "pass"]
    small = home / "small.yaml"
    small.write_text("router: {asn: 0}\n")
    for what, command, target in (
        ("frrcompile --help / bare Python", [FRRCOMPILE, "--help"], "2.5"),
        ("an error for a small file / bare Python", [FRRCOMPILE, "compile", str(small)], "16"),
    ):
        figure, ours, theirs = ratio(command, bare, runs=15)
        show(what, figure, target, f"{ours.cpu * 1000:.0f} ms and {theirs.cpu * 1000:.0f} ms CPU")


def _fleet(home: Path) -> None:
    costs = {}
    for nodes in (250, 1000):
        command = [FRRCOMPILE, "compile", _model(home, 100, nodes), "--all", "-o", str(home / f"fleet{nodes}")]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        costs[nodes] = run(*command)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        cores = len(os.sched_getaffinity(0))
        show(
            f"fleet of {nodes} nodes with 100 VRFs: cores used of {cores}",
            cpu / costs[nodes].wall,
            str(cores),
            f"{costs[nodes].wall:.1f} s",
        )
    show("1,000 nodes / 250 nodes, wall clock", costs[1000].wall / costs[250].wall, "4")
    check = _site_check(home)
    figure = cpu / (cpu - check)
    show("fleet of 1,000 nodes: with the site check / without", figure, "1.2", f"{check:.2f} s of {cpu:.1f} s CPU")


def _site_check(home: Path) -> float:
    """The CPU seconds that the site check takes for the fleet of 1,000 nodes, beside loading and compiling it."""
    loaded = load_site({"model.yaml": Path(_model(home, 100, 1000)).read_bytes()})
    began = time.process_time()
    check_reach(loaded, {})
    return time.process_time() - began


def _lints(home: Path) -> None:
    def file(name: str, text: str) -> list[str]:
        (home / name).write_text(text, errors="surrogateescape")
        return [str(home / name)]

    lint = [FRRCOMPILE, "lint", "--frr", "8.4"]
    many, twice = file("many.conf", lints.tenants(4000)), file("twice.conf", lints.tenants(8000))
    if shutil.which("vtysh"):
        vtysh = ["vtysh", "-C", "-f"]
        figure, ours, theirs = ratio([*lint, *many], [*vtysh, *many])
        detail = f"{ours.cpu:.2f} s and {theirs.cpu:.2f} s CPU"
        show("lint of 4,000 tenants, 100,000 lines / vtysh -C", figure, "1.3, dream 1.0", detail)
        show("its peak memory, MB", ours.memory, "400")
        if corpus.FOLDER.is_dir():
            mixed = file("mixed.conf", lints.mixed(100_000))
            figure, ours, theirs = ratio([*lint, *mixed], [*vtysh, *mixed], runs=3)
            detail = f"{ours.cpu:.2f} s and {theirs.cpu:.2f} s CPU"
            show("lint of 100,000 mixed lines of the corpus / vtysh -C", figure, "3", detail)
    figure, more, less = ratio([*lint, *twice], [*lint, *many], runs=3)
    show("lint of 8,000 tenants / of 4,000", figure, "2.1", f"{more.cpu:.2f} s and {less.cpu:.2f} s CPU")
    figure, ours, theirs = ratio([*lint, *file("small.conf", lints.SMALL)], [PYTHON, "-c", "pass"], runs=15)
    detail = f"{ours.cpu * 1000:.0f} ms and {theirs.cpu * 1000:.0f} ms CPU"
    show("lint of 30 lines / bare Python", figure, "8", detail)


def _diffs(home: Path) -> None:
    def file(name: str, text: str) -> str:
        (home / name).write_text(text)
        return str(home / name)

    pair = [file("old.conf", diffs.tenants(4000)), file("new.conf", diffs.tenants(4000, seed=1))]
    reload = Path("/usr/lib/frr/frr-reload.py")
    if reload.exists():
        theirs = [str(reload), "--test", "--stdout", "--input", *pair]
        figure, ours, other = ratio([FRRCOMPILE, "diff", *pair], theirs, runs=3)
        detail = f"{ours.cpu:.2f} s and {other.cpu:.2f} s CPU"
        show("diff of 100,000 lines, 1 % changed / frr-reload.py --test", figure, "0.45, dream 0.3", detail)
    lists = {
        count: [file(f"{count}-{side}.conf", diffs.entries(count, bool(side))) for side in (0, 1)]
        for count in (4000, 8000)
    }
    figure, more, less = ratio([FRRCOMPILE, "diff", *lists[8000]], [FRRCOMPILE, "diff", *lists[4000]], runs=3)
    show("diff of 8,000 replaced entries / of 4,000", figure, "2.2", f"{more.cpu:.2f} s and {less.cpu:.2f} s CPU")


def _many_tenants(home: Path) -> None:
    """An import and a picture of four times the tenants cost some four times as much."""
    imports, pictures = {}, {}
    for count in (4000, 16000):
        path, model = home / f"{count}-resources.yaml", home / f"{count}-imported.yaml"
        path.write_text(openperouter.resources(count))
        imports[count] = [FRRCOMPILE, "import", "openperouter", str(path), "-o", str(model)]
        pictures[count] = [FRRCOMPILE, "draw", str(model), "-o", str(home / f"{count}.svg")]
    for what, commands in (("import openperouter", imports), ("draw", pictures)):
        figure, more, less = ratio(commands[16000], commands[4000], runs=1)
        show(f"{what} of 16,000 tenants / of 4,000", figure, "4.8", f"{more.cpu:.2f} s and {less.cpu:.2f} s CPU")


PARTS: dict[str, Callable[[Path], None]] = {
    "node": _one_node,
    "starts": _starts,
    "fleet": _fleet,
    "lints": _lints,
    "diffs": _diffs,
    "tenants": _many_tenants,
    "plumb": lambda _home: plumb.measure(show),
    "sidecar": lambda _home: sidecar.measure(show),
}


if __name__ == "__main__":
    if unknown := set(sys.argv[1:]) - PARTS.keys():
        sys.exit(f"tests.bench has no part {', '.join(sorted(unknown))}; it has {', '.join(PARTS)}")
    main(sys.argv[1:])
