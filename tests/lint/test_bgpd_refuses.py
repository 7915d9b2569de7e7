"""The errors of the families sessions and evpn against real FRR: what the rules mark is not what FRR then runs.

Each rule's own examples are loaded: of Bad, the line that is marked is missing in the running configuration or FRR
objects to it by its number; of Good, FRR objects to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from frrcompile.diagnostics import Severity
from frrcompile.lint.engine import lint
from frrcompile.lint.registry import Rule
from frrcompile.lint.rules import rules
from tests.frr.installation import Installation, installations
from tests.frr.router import Router

# bgpd takes these: FRR402 and FRR403 are sessions that stay idle; a distinguisher is shown as it was written, and used
# without its higher bits (`show bgp vrf red vni`); of two VNIs of a VRF, FRR 10 forgets the first.
TAKEN = {"FRR402", "FRR403"}
TAKEN_SINCE_10 = {"FRR502", "FRR522"}

CLEARING = """
no router bgp 65000 vrf red
no router bgp 65000 vrf blue
no router bgp 65000
vrf red
 no vni 100
exit-vrf
vrf blue
 no vni 100
exit-vrf
interface lo
 no ip address 192.0.2.1/32
exit
"""


def release(installation: Installation) -> tuple[int, int]:
    major, minor = installation.version.split(".")[:2]
    return int(major), int(minor)


def errors(version: tuple[int, int]) -> Iterator[Rule]:
    for one in rules().values():
        if one.family in ("sessions", "evpn") and one.severity is Severity.ERROR and one.applies(version):
            yield one


@pytest.mark.long
@pytest.mark.frr
@pytest.mark.parametrize("installation", installations(), ids=lambda one: one.version)
def test_what_is_marked_is_not_what_runs(installation: Installation) -> None:
    version = release(installation)
    taken = TAKEN | (TAKEN_SINCE_10 if version >= (10, 0) else set())
    wrong = []
    for one in errors(version):
        with Router(installation, daemons=("mgmtd", "zebra", "bgpd")) as router:
            loaded = router.load(one.page.bad, check=False)
            said = loaded.stdout + loaded.stderr
            running = [line.strip() for line in router.running().splitlines()]
            written = [line.strip() for line in one.page.bad.splitlines()]
            found = lint(one.page.bad, "bad", version, {one.code})
            assert found, one.code
            for finding in found:
                line = written[finding.span.line - 1]
                refused = running.count(line) < written.count(line) or f"line {finding.span.line}: " in said
                if refused == (one.code in taken):
                    wrong.append(f"{one.code}: {line!r} is {'refused' if refused else 'taken'}: {said}")
            router.load(CLEARING, check=False)
            said = router.load(one.page.good, check=False).stdout
            wrong += [f"{one.code}: Good is refused: {said}"] * ("%" in said or "only supported" in said)
    assert wrong == []
