"""What context and values call an error, held against live FRR: it does something else than is written, or refuses it."""

from __future__ import annotations

import pytest

from frrcompile.lint.rules import rules
from tests.frr.installation import VTYSH
from tests.frr.router import Router

# By rule: what FRR has after loading its Bad, as lines that must be there, and as texts that must not be.
SHOWN = {
    "FRR101": ((" vni 100",), "ip route"),
    "FRR103": (("vni 100",), "vrf red\n vni 100"),
    "FRR104": ((" ip route 192.0.2.0/24 198.51.100.1",), "\nip route"),
    "FRR151": (("ip route 192.0.2.0/24 300.1.1.1",), ""),
    "FRR152": (("router bgp 64512",), "192.0.2.256"),
    "FRR154": ((), "interface very-long-uplink0"),
    "FRR155": (("ip route 0.0.0.0/0 192.0.2.1",), "10.0.0.0"),
    "FRR157": ((" match ip address 10.244.0.0/16",), ""),
    "FRR158": (("route-map pods permit 10",), "set community"),
    "FRR161": ((), " set ipv6 next-hop"),
    "FRR162": ((), " on-match"),
}


@pytest.mark.parametrize("code", SHOWN)
def test_frr_has_something_else(router: Router, code: str) -> None:
    there, missing = SHOWN[code]
    router.load(rules()[code].page.bad, check=False)
    shown = "\n" + router.running()
    assert [line for line in there if f"\n{line}\n" not in shown] == []
    assert not missing or missing not in shown


def test_a_route_to_no_address_waits_for_an_interface(router: Router) -> None:
    """Nothing in what FRR says of the route, or of the file, tells that it is none."""
    text = rules()["FRR151"].page.bad
    assert router.check(text).returncode == 0
    router.load(text)
    assert "300.1.1.1" not in router.cmd("show ip route")


def test_a_look_at_a_route_distinguisher_kills_bgpd(router: Router) -> None:
    """In FRR 8.4 alone, as FRR164 says; where it were mended, the rule would have to know."""
    one = rules()["FRR164"]
    router.load(one.page.bad, check=False)
    router.inside(VTYSH, "-N", router.pathspace, "-d", "bgpd", "-c", "show running-config")
    major, minor = map(int, router.installation.version.split(".")[:2])
    assert ("Received signal" in router.logs()) == one.applies((major, minor))
