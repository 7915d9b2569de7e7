"""RDs that bgpd takes for nothing new."""

from __future__ import annotations

from reloader.engines import rds
from reloader.engines.script import script
from reloader.residual import Difference

RED, EVPN = "router bgp 1 vrf red", "address-family l2vpn evpn"


def test_an_rd_is_sent_after_another_one() -> None:
    left = [Difference("add", (RED, EVPN, "rd 10.0.0.1:103")), Difference("add", (RED, EVPN, "advertise ipv4 unicast"))]
    assert rds.stuck(left)
    assert script(rds.anew(left)) == (
        f"{RED}\n {EVPN}\n  rd 65535:65535\n  rd 10.0.0.1:103\n  advertise ipv4 unicast\n exit-address-family\nexit\n"
    )


def test_an_rd_that_goes_is_not_stuck() -> None:
    left = [Difference("delete", (RED, EVPN, "no rd 10.0.0.1:103")), Difference("add", ("vrf red", "vni 100"))]
    assert not rds.stuck(left)
    assert list(rds.anew(left)) == left
