"""Blocks of interfaces, which the kernel has or not, and of segment routing: what a file had in them goes with the next file."""

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
    if router.installation.version.startswith("10.3"):
        pytest.skip("frr-reload.py sends `no interface lo`, which mgmtd 10.3 does not always survive (docs/sidecar.md)")
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


SEGMENT_ROUTING = {
    "encapsulation": (
        "segment-routing",
        " srv6",
        "  encapsulation",
        "   source-address fd00::1",
        "  exit",
        " exit",
        "exit",
    ),
    "locator of bgpd": ("router bgp 64514", " segment-routing srv6", "  locator foo", " exit", "exit"),
}


@pytest.mark.parametrize("engine", ["batch", "frr-reload"])
@pytest.mark.parametrize("name", SEGMENT_ROUTING)
def test_the_lines_of_segment_routing_go(router: Router, name: str, engine: str) -> None:
    """FRR has no `no` for such a header, or one that leaves a line: all later files would be rolled back."""
    if name == "encapsulation" and router.installation.version.startswith("8."):
        pytest.skip("FRR 8.4 has no such block")
    content = FIRST.replace("! frrcompile: end", "\n".join((*SEGMENT_ROUTING[name], "!", "! frrcompile: end")))
    with settled(router, "--engine", engine) as sidecar:
        header = next(line for line in SEGMENT_ROUTING[name] if line.strip().startswith("segment-routing"))
        goes(sidecar, router, content, header)


def test_a_view_lands_where_it_can_be_taken_back(router: Router) -> None:
    content = FIRST.replace("! frrcompile: end", "router bgp 65002 view V\nexit\n!\n! frrcompile: end")
    with settled(router) as sidecar:
        if router.installation.version.startswith("10.3"):
            assert sidecar.verdict(sidecar.put(content)).verdict is Verdict.REFUSED
        else:
            goes(sidecar, router, content, "router bgp 65002 view V")
