"""What FRR does by itself: lines that it does not show, as they say what is so without them.

Tried on 8.4.4, 10.3 and 10.7.1 under both profiles (`frr defaults`), by tests/frr/test_facts.py; a row whose releases begin or
end in between was tried on eleven releases from 8.4.4 to 10.7.1, of which none is a 10.0: `(10, 0)` says that 9.1.3 has it
otherwise and 10.1.4 so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from frrcompile.facts.families import BGP, EVPN, IPV4
from frrcompile.facts.releases import AFTER_ALL, BEFORE_ALL, Release
from frrcompile.facts.reload import FORWARDING
from frrcompile.facts.values import (
    BFD_ECHO_INTERVAL,
    BFD_INTERVAL,
    BFD_MINIMUM_TTL,
    BFD_MULTIPLIER,
    BGP_PORT,
    HOLD,
    KEEPALIVE,
    RESTART_TIME,
    RIB_STALE_TIME,
    SELECT_DEFER_TIME,
    STALEPATH_TIME,
    TTL,
)

Words = tuple[str, ...]

PEER = "PEER"
"""Stands for a neighbor's name in a line."""


class Profile(Enum):
    """What `frr defaults` may say; `BOTH` is no profile of FRR's, but what the two have in common."""

    BOTH = "both"
    TRADITIONAL = "traditional"
    DATACENTER = "datacenter"


class Kind(Enum):
    """What a line is that says the default."""

    ON = "a switch that is on: its `no` says something"
    VALUE = "a value: its `no` says that it is the default, too"
    OFF = "the `no` of a switch that is off, or of a value that is not there"


class Default(NamedTuple):
    """A line that says the default, in these nodes, under a profile, from one release up to another.

    FRR does not show it, so that frr-reload.py adds it at each reload, unless it forgives it (`forgiven`).
    """

    nodes: Words
    words: Words
    kind: Kind
    profile: Profile = Profile.BOTH
    since: Release = BEFORE_ALL
    until: Release = AFTER_ALL
    forgiven: bool = False

    @property
    def positive(self) -> Words:
        """The line without its `no`."""
        return self.words[1:] if self.kind is Kind.OFF else self.words

    def holds(self, release: Release, datacenter: bool) -> bool:
        """Whether it is the default of a release and a profile."""
        other = Profile.TRADITIONAL if datacenter else Profile.DATACENTER
        return self.since <= release < self.until and self.profile is not other


def _rows(
    nodes: Sequence[str] | str,
    kind: Kind,
    *lines: str,
    profile: Profile = Profile.BOTH,
    since: Release = BEFORE_ALL,
    until: Release = AFTER_ALL,
) -> Iterator[Default]:
    at = (nodes,) if isinstance(nodes, str) else tuple(nodes)
    return (Default(at, tuple(line.split()), kind, profile, since, until) for line in lines)


_ON, _VALUE, _OFF = Kind.ON, Kind.VALUE, Kind.OFF
_TRADITIONAL, _DATACENTER = Profile.TRADITIONAL, Profile.DATACENTER
_BFD = ("bfd-profile", "bfd-peer")

SENDING = tuple(
    f"bgp-{family}"
    for family in ("ipv4", "ipv4-multicast", "ipv4-labeled", "vpnv4", "ipv6", "ipv6-multicast", "ipv6-labeled", "vpnv6")
)
"""The families that have `send-community`."""

DEFAULTS: tuple[Default, ...] = (
    # zebra, and what every daemon has
    *(row._replace(forgiven=True) for row in _rows("config", _ON, *FORWARDING)),
    *_rows("config", _ON, "log error-category", "log unique-id"),
    *_rows("config", _ON, "zebra nexthop kernel enable", "zebra nexthop resolve-via-backup", "service cputime-stats"),
    *_rows("config", _OFF, "no log record-priority", "no log syslog", "no service integrated-vtysh-config"),
    *_rows("config", _VALUE, "log timestamp precision 0", "log facility daemon"),
    *_rows("config", _VALUE, "bgp input-queue-limit 10000", "bgp output-queue-limit 10000", since=(8, 5)),
    *_rows("config", _VALUE, "zebra nexthop-group keep 180", "zebra work-queue 10", "bgp route-map delay-timer 5"),
    *_rows(
        *("config", _ON, "ip nht resolve-via-default", "ipv6 nht resolve-via-default"),
        profile=_TRADITIONAL,
        since=(9, 1),
    ),
    *_rows(
        *("config", _OFF, "no ip nht resolve-via-default", "no ipv6 nht resolve-via-default"),
        profile=_TRADITIONAL,
        until=(9, 1),
    ),
    *_rows(
        *("config", _OFF, "no ip nht resolve-via-default", "no ipv6 nht resolve-via-default"),
        profile=_DATACENTER,
    ),
    *_rows("line-vty", _VALUE, "exec-timeout 10 0", "exec-timeout 10"),
    *_rows("line-vty", _ON, "login"),
    *_rows("interface", _ON, "link-detect", "ipv6 nd suppress-ra", "ipv6 nd ra-fast-retrans"),
    *_rows("interface", _ON, "ip rip split-horizon", "ipv6 ripng split-horizon"),
    *_rows("interface", _OFF, "no shutdown", "no description"),
    *_rows("interface", _VALUE, "ipv6 nd ra-interval 600", "ip ospf hello-interval 10", "ip ospf priority 1"),
    *_rows("interface", _VALUE, "ip ospf retransmit-interval 5", "ip ospf transmit-delay 1"),
    # BGP: an instance
    *_rows("bgp", _ON, "bgp default ipv4-unicast", "bgp network import-check", "bgp client-to-client reflection"),
    *_rows("bgp", _ON, "bgp fast-external-failover", "bgp suppress-duplicates", "bgp graceful-restart notification"),
    *_rows("bgp", _ON, "bgp hard-administrative-reset"),
    *_rows("bgp", _ON, "bgp ebgp-requires-policy", profile=_TRADITIONAL),
    *_rows("bgp", _OFF, "no bgp ebgp-requires-policy", profile=_DATACENTER),
    *_rows("bgp", _ON, "bgp ipv6-auto-ra", since=(9, 1)),
    *_rows("bgp", _ON, "bgp enforce-first-as", since=(10, 0)),
    *_rows("bgp", _ON, "bgp reject-as-sets", since=(10, 5)),
    *_rows("bgp", _OFF, "no bgp reject-as-sets", until=(10, 5)),
    *_rows("bgp", _OFF, "no bgp default ipv6-unicast", "no bgp always-compare-med", "no bgp router-id"),
    *_rows("bgp", _OFF, "no bgp bestpath as-path multipath-relax"),
    *_rows(
        *("bgp", _OFF, "no bgp deterministic-med", "no bgp log-neighbor-changes", "no bgp default show-hostname"),
        "no bgp default show-nexthop-hostname",
        profile=_TRADITIONAL,
    ),
    *_rows(
        *("bgp", _ON, "bgp deterministic-med", "bgp log-neighbor-changes", "bgp default show-hostname"),
        "bgp default show-nexthop-hostname",
        profile=_DATACENTER,
    ),
    *_rows("bgp", _ON, "bgp default dynamic-capability", profile=_DATACENTER, since=(10, 0)),
    *_rows("bgp", _ON, "bgp default software-version-capability", profile=_DATACENTER, since=(9, 1)),
    *_rows("bgp", _VALUE, "bgp router-id 0.0.0.0", "bgp default local-preference 100", "bgp listen limit 100"),
    *_rows("bgp", _VALUE, "bgp default subgroup-pkt-queue-max 40", "bgp conditional-advertisement timer 60"),
    *_rows(
        *("bgp", _VALUE, f"bgp graceful-restart restart-time {RESTART_TIME}"),
        f"bgp graceful-restart stalepath-time {STALEPATH_TIME}",
        f"bgp graceful-restart rib-stale-time {RIB_STALE_TIME}",
    ),
    *_rows("bgp", _VALUE, f"bgp graceful-restart select-defer-time {SELECT_DEFER_TIME}", until=(10, 5)),
    *_rows("bgp", _VALUE, f"timers bgp {KEEPALIVE} {HOLD}", profile=_TRADITIONAL),
    *_rows("bgp", _VALUE, "update-delay 0", "write-quanta 64", "read-quanta 10"),
    *_rows(("bgp", IPV4), _VALUE, "distance bgp 20 200 200"),
    # BGP: a neighbor
    *_rows("bgp", _VALUE, f"neighbor PEER port {BGP_PORT}", f"neighbor PEER ebgp-multihop {TTL}"),
    *_rows("bgp", _OFF, "no neighbor PEER shutdown", "no neighbor PEER passive"),
    *_rows("bgp", _ON, "neighbor PEER enforce-first-as", since=(10, 0)),
    *_rows("bgp", _OFF, "no neighbor PEER enforce-first-as", until=(10, 0)),
    *_rows("bgp", _ON, "neighbor PEER capability fqdn", since=(10, 0)),
    *_rows(
        *("bgp", _ON, "neighbor PEER capability dynamic", "neighbor PEER capability software-version"),
        profile=_DATACENTER,
        since=(10, 0),
    ),
    *_rows(
        *(SENDING, _ON, "neighbor PEER send-community standard", "neighbor PEER send-community extended"),
        "neighbor PEER send-community large",
    ),
    # EVPN
    *_rows(EVPN, _ON, "use-es-l3nhg", "advertise-pip", "dup-addr-detection"),
    *_rows(EVPN, _VALUE, "flooding head-end-replication"),
    # OSPF
    *_rows("ospf", _VALUE, "timers throttle spf 0 50 5000", "auto-cost reference-bandwidth 100000"),
    *_rows("ospf", _OFF, "no log-adjacency-changes", profile=_TRADITIONAL),
    # BFD
    *_rows(_BFD, _VALUE, f"detect-multiplier {BFD_MULTIPLIER}", f"minimum-ttl {BFD_MINIMUM_TTL}"),
    *_rows(_BFD, _OFF, "no shutdown"),
    *_rows("bfd-profile", _VALUE, f"receive-interval {BFD_INTERVAL}", f"transmit-interval {BFD_INTERVAL}"),
    *_rows("bfd-profile", _VALUE, f"echo-interval {BFD_ECHO_INTERVAL}"),
    *_rows(
        *("bfd-profile", _VALUE, f"echo transmit-interval {BFD_ECHO_INTERVAL}"),
        f"echo receive-interval {BFD_ECHO_INTERVAL}",
    ),
    *_rows("bfd-profile", _OFF, "no echo-mode", "no passive-mode"),
)

MEASURED = frozenset(
    {*("config", "interface", "vrf", "bfd", "bfd-peer", "bfd-profile", "route-map"), *BGP, "bgp-evpn-vni", "bgp-srv6"}
)
"""Nodes whose switches were tried: there a `no` line, for what is not there and not on by itself, says nothing."""


def default_of(node: str, words: Words) -> Words | None:
    """The line that gives a setting of one value its default, where some releases have no `no` for it: `echo-interval 50`."""
    for row in DEFAULTS:
        if row.kind is Kind.VALUE and node in row.nodes and row.words[:-1] == words[: len(row.words) - 1]:
            return row.words
    return None


class Defaults:
    """The defaults of one release and profile."""

    def __init__(self, rows: Sequence[Default]) -> None:
        self._kinds: dict[tuple[str, Words], Kind] = {
            (node, row.positive): row.kind for row in rows for node in row.nodes
        }
        self._ends = frozenset(row.words[-1] for row in rows)

    def kind(self, node: str, words: Words) -> Kind | None:
        """What a line, without its `no`, is by default: on or off, or this value; None where nothing is known of it."""
        if words[-1] not in self._ends:
            return None
        if words[0] == "neighbor" and len(words) > 2:
            words = ("neighbor", PEER, *words[2:])
        return self._kinds.get((node, words))

    def says(self, node: str, words: Words) -> bool:
        """Whether a line, without its `no`, says the default: a switch that is on, or this value."""
        if words[-1] not in self._ends:  # most lines
            return False
        kind = self.kind(node, words)
        return kind is Kind.ON or kind is Kind.VALUE

    def off(self, node: str, words: Words) -> bool:
        """Whether the `no` of a line that is not there, and not on by default, says nothing."""
        return node in MEASURED or self.kind(node, words) is Kind.OFF


@lru_cache(maxsize=8)
def defaults(release: Release, datacenter: bool) -> Defaults:
    """The defaults of a release and a profile."""
    return Defaults([row for row in DEFAULTS if row.holds(release, datacenter)])


@lru_cache(maxsize=4)
def of_any_profile(release: Release) -> Defaults:
    """The lines that say the default of a release under one profile or the other."""
    rows = (row for row in DEFAULTS if row.kind is not Kind.OFF)
    return Defaults([row for row in rows if row.holds(release, False) or row.holds(release, True)])
