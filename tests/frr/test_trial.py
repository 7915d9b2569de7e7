"""How a trial reads what frr-reload.py and FRR said: no FRR is needed for that."""

from __future__ import annotations

from tests.frr.known_limits import KNOWN_LIMITS, met, unknown
from tests.frr.soak import Tally, kind
from tests.frr.trial import Outcome, difference, refusals, vrfs

LOG = """\
There is already same aggregate network.
2026-11-22 07:13:42,956  INFO: Executed "no hostname router"
2026-11-22 07:13:42,957  INFO: Failed to execute router bgp 1  no neighbor eth1 bfd
2026-11-22 07:13:43,014  INFO: Failed to execute router bgp 1  no neighbor eth1
2026-11-22 07:13:43,137 \x1b[91m  ERROR\x1b[0m: "router bgp 1 --  no" we failed to remove this command
2026-11-22 07:13:43,137 \x1b[91m  ERROR\x1b[0m: Reserved AS used (65535|4294967295); AS is 65535
% Specify remote-as or peer-group commands first

2026-11-22 07:13:43,536  INFO: Failed to execute router bgp 1  no neighbor eth2 timers 1 3
2026-11-22 07:13:43,599  INFO: Executed "router bgp 1  no neighbor eth2 timers"
2026-11-22 07:13:44,400  INFO: /run/reload-9KNAY7.txt content
['router bgp 1\\n neighbor eth3 graceful-restart\\n']
line 3: Failure to communicate[13] to bgpd, line:  neighbor eth3 graceful-restart
2026-11-22 07:13:44,471 \x1b[91mWARNING\x1b[0m: frr-reload.py failed due to
vtysh (exec file) exited with status 13
"""

RD = "judge: add: router bgp 1 vrf red | address-family l2vpn evpn | rd 1:1"


def test_refusals_have_their_reasons() -> None:
    assert list(refusals(LOG)) == [
        "kept: router bgp 1  no neighbor eth1 bfd: % Specify remote-as or peer-group commands first",
        "refused: Failure to communicate[13] to bgpd, line:  neighbor eth3 graceful-restart",
    ]


def test_a_refusal_at_the_end_is_not_lost() -> None:
    assert list(refusals(LOG[: LOG.index("2026-11-22 07:13:43,536")]))
    assert list(refusals("Traceback (most recent call last):\n  File x\nUnboundLocalError: rm_match")) == [
        "UnboundLocalError: rm_match"
    ]


def test_a_limit_that_another_leads_to_is_forgiven_beside_it_alone() -> None:
    stays = "back: running has: vrf blue | ip route 0.0.0.0/0 blackhole"
    assert unknown([stays], "8.4.4") == [stays]
    assert unknown([stays, RD], "8.4.4") == []
    assert unknown([RD], "10.7.1") == [RD]
    assert unknown(["dead: bgpd in ?"], "8.4.4") == ["dead: bgpd in ?"]
    assert unknown(["dead: bgpd in ?"], "8.4.4", "limit-calls-turned-around") == []
    assert met([RD, RD], "10.3") == {"RD that comes back": 1}


def test_every_known_limit_has_a_name_of_its_own_and_a_case() -> None:
    assert len({limit.name for limit in KNOWN_LIMITS}) == len(KNOWN_LIMITS)
    assert all(limit.case.startswith("limit-") for limit in KNOWN_LIMITS)


def test_the_order_of_lines_is_no_difference() -> None:
    assert difference("router bgp 1\n a\n b\nexit\n", "router bgp 1\n b\n a\nexit\n") == []
    assert difference("router bgp 1\n a\nexit\n", "router bgp 1\n b\nexit\nvrf red\nexit-vrf\n") == [
        "has: router bgp 1 | b",
        "lacks: router bgp 1 | a",
    ]


def test_a_soak_counts_what_was_done_twice() -> None:
    tally = Tally()
    conf = "router bgp 1\nexit\nrouter bgp 1 vrf red\nexit\nrouter bgp 1 vrf red\n x\nexit\nvrf blue\nexit-vrf\n"
    assert vrfs(conf) == 2
    tally.add([conf, conf], Outcome([RD, "log: 1"], repeated_loads=1, left=[["delete: no vni 1"]]), "10.3")
    tally.add([conf], Outcome(), "10.3")
    assert tally.lines() == [
        "3 models tried, 0 skipped: the compiler refuses them",
        "1 singles, 1 pairs; the largest model had 2 VRFs",
        "1 repeated loads, 1 second runs of 2 reloads",
        "  left by a first run, 1 times: delete: no vni N",
        "known limit, in 1 trials: RD that comes back",
        "1 failures",
    ]
    assert kind("judge: vni 100 at 2001:db8::1") == kind("judge: vni 7 at 2001:db8::2")
