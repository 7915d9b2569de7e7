"""A random walk: one random model after another through one FRR and its sidecar, each compared with a fresh start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import strategies as st

from reloader import policies
from reloader.status import GOOD, Last, State, Status, Verdict
from reloader.vty import Lines
from tests.frr.installation import Installation
from tests.frr.router import Router
from tests.frr.trial import compiled, dead, difference
from tests.models.pairs import examples
from tests.models.scalars import OWN_AS, Data
from tests.models.strategies import sites
from tests.reloader.sidecar import Sidecar

ANSWER_SECONDS = 20.0  # of a daemon that is asked for its configuration


@dataclass
class Walk:
    """What a walk met. `not_good` are files that the sidecar refused or rolled back, with why."""

    steps: int = 0
    symptoms: list[str] = field(default_factory=list)
    not_good: list[str] = field(default_factory=list)


def walk(installation: Installation, seed: int, steps: int) -> Iterator[Walk]:
    """Goes `steps` steps and yields after each. Models that the compiler refuses are left out.

    All have the same AS: FRR does not change an instance's by a reload (docs/lessons.md).
    """
    found = Walk()
    own_as = OWN_AS[seed % len(OWN_AS)]
    drawn: st.SearchStrategy[Data] = sites(st.integers(0, 6), own_as, installation.version)
    documents = examples(seed, drawn)
    with Router(installation) as router, Sidecar(router) as sidecar:
        good = ""
        while found.steps < steps:
            conf = compiled(next(documents), installation.version)
            if conf is None or conf == good:
                continue
            found.steps += 1
            gone, last = brought(router, sidecar, conf)
            found.symptoms += [f"step {found.steps}: {line}" for line in gone]
            if last.verdict in GOOD:
                good = conf
            else:
                found.not_good.append(f"step {found.steps}: {last.verdict} ({last.phase}): {last.message}")
                if last.verdict not in (Verdict.ROLLED_BACK, Verdict.REFUSED):
                    found.symptoms.append(found.not_good[-1])
            lacking, trouble = policies.differ(Lines(router.vty_socket_dir / router.pathspace), ANSWER_SECONDS)
            found.symptoms += [f"step {found.steps}: {line}" for line in (*map(str, lacking), trouble) if line]
            if good:
                with Router(installation) as fresh:
                    fresh.load(good, check=False)
                    if fresh.judge(good):
                        fresh.load(good, check=False)  # lines lost at mgmtd's lock (docs/lessons.md)
                    left = difference(fresh.running(), router.running())
                found.symptoms += [f"step {found.steps}: {line}" for line in left]
            yield found


def brought(router: Router, sidecar: Sidecar, conf: str) -> tuple[list[str], Last]:
    """Offers a file, and starts daemons that die of it anew, as watchfrr would; which did, and the last verdict."""
    wanted = sidecar.put(conf)
    gone: list[str] = []

    def settled(now: Status) -> bool:
        for daemon in (died := dead(router)):
            router.start(daemon.split()[1])
        gone.extend(died)
        about = now.last is not None and now.last.hash == wanted
        return about and not died and now.state in (State.IDLE, State.DEGRADED)

    last = sidecar.until(settled, "a verdict").last
    assert last is not None
    return gone, last
