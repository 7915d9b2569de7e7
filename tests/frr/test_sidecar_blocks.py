"""Blocks of interfaces, which the kernel has or not: what a file had in them goes with the next file."""

from __future__ import annotations

import pytest

from reloader.status import State, Verdict
from tests.frr.router import Router
from tests.frr.sidecar_faults import FIRST, settled
from tests.reloader.sidecar import Sidecar

pytestmark = pytest.mark.frr

ADVERTISEMENTS = "router advertisements"
INTERFACE_LINES = {
    "address": ("ip address 100.65.0.2/32", "ipv6 address 2001:db8::2/128"),
    "bandwidth": ("bandwidth 100",),
    "description": ("description to the east",),
    "mpls": ("mpls enable",),
    "all": ("bandwidth 100", "description x", "ip address 100.65.0.2/32", "mpls enable"),
    ADVERTISEMENTS: ("no ipv6 nd suppress-ra", "ipv6 nd ra-interval 10"),
}
LINK_PARAMS = ("link-params", " enable", " metric 5", " admin-grp 0x1", "exit-link-params")


def with_block(header: str, *lines: str) -> str:
    """The first file and one more block."""
    block = "\n".join((header, *(f" {line}" for line in lines), "exit"))
    return FIRST.replace("! frrcompile: end", f"{block}\n! frrcompile: end")


def goes(sidecar: Sidecar, router: Router, content: str, header: str) -> None:
    """The file lands, and then the first one again: the block is gone, and all daemons live."""
    lives = router.pids
    for file in (content, FIRST):
        last = sidecar.verdict(sidecar.put(file))
        assert last.verdict is Verdict.GOOD, last.message
        assert (header in router.running().splitlines()) == (file != FIRST), router.running()
    assert sidecar.status.state is State.IDLE
    assert router.pids == lives


@pytest.mark.parametrize("name", ["lo", "eth7", "absent0"])
def test_the_lines_of_an_interface_go(router: Router, name: str) -> None:
    router.inside("ip", "link", "add", "eth7", "type", "veth", "peer", "name", "eth8")
    with settled(router) as sidecar:
        for kind, lines in INTERFACE_LINES.items():
            if name == "lo" and kind == ADVERTISEMENTS:  # 8.4.4 takes none on a loopback
                continue
            goes(sidecar, router, with_block(f"interface {name}", *lines), f"interface {name}")


def test_the_lines_of_an_interface_go_by_frr_reload(router: Router) -> None:
    with settled(router, "--engine", "frr-reload") as sidecar:
        goes(sidecar, router, with_block("interface lo", *INTERFACE_LINES["all"]), "interface lo")


@pytest.mark.parametrize("engine", ["batch", "frr-reload"])
def test_link_params_go(router: Router, engine: str) -> None:
    with settled(router, "--engine", engine) as sidecar:
        goes(sidecar, router, with_block("interface lo", *LINK_PARAMS), "interface lo")


def test_link_params_lose_a_line(router: Router) -> None:
    fewer = tuple(line for line in LINK_PARAMS if "metric" not in line)
    with settled(router) as sidecar:
        for lines in (LINK_PARAMS, fewer):
            last = sidecar.verdict(sidecar.put(with_block("interface lo", *lines)))
            assert last.verdict is Verdict.GOOD, last.message
            assert ("metric 5" in router.running()) == ("metric" in "".join(lines))
            assert "admin-grp 0x1" in router.running().lower()
