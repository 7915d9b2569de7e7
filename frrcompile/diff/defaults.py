"""What FRR does by itself: switches that are on without a line, and what a `no` line means therefore.

Learnt from the running configurations of fresh 8.4.4, 10.3 and 10.7.1 of both profiles, after each switch was typed with
and without `no`. Those that differ by release were tried on the last patch release of each one from 8.4 to 10.7; no build of 10.0 was
available. 9.1.3 has none of what stands under (10, 0), 10.1.4 has all of it. The release notes of 10.0 announce `enforce-first-as`; for the
others, 10.0 is inferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from frrcompile.facts.releases import BEFORE_ALL, Release
from frrcompile.syntax.settings import Settings

ON: dict[Release, str] = {
    BEFORE_ALL: """
        ip|ipv6 forwarding
        log error-category|unique-id
        zebra nexthop kernel enable
        zebra nexthop resolve-via-backup
        link-detect
        ipv6 nd suppress-ra|ra-fast-retrans
        ip rip split-horizon
        ipv6 ripng split-horizon
        bgp ebgp-requires-policy
        bgp default ipv4-unicast
        bgp network import-check
        bgp client-to-client reflection
        bgp fast-external-failover
        bgp suppress-duplicates
        bgp graceful-restart notification
        bgp hard-administrative-reset
        neighbor _ send-community standard|extended|large
        advertise-pip
        use-es-l3nhg
        dup-addr-detection
    """,
    (9, 1): """
        bgp ipv6-auto-ra
    """,
    (10, 0): """
        bgp enforce-first-as
        neighbor _ enforce-first-as
        neighbor _ capability fqdn
    """,
    (10, 5): """
        bgp reject-as-sets
    """,
}
"""The switches that are on in both profiles."""

TRADITIONAL: dict[Release, str] = {
    (9, 1): """
        ip|ipv6 nht resolve-via-default
    """,
}
"""What `frr defaults traditional` switches on, and `frr defaults datacenter` leaves off in every release."""

DATACENTER: dict[Release, str] = {
    BEFORE_ALL: """
        bgp deterministic-med
        bgp default show-hostname|show-nexthop-hostname
        bgp log-neighbor-changes
    """,
    (9, 1): """
        bgp default software-version-capability
    """,
    (10, 0): """
        bgp default dynamic-capability
        neighbor _ capability dynamic|software-version
    """,
}
"""What `frr defaults datacenter` switches on (bgpd/bgp_vty.c, FRR_CFG_DEFAULT_BOOL)."""

DATACENTER_OFF = "bgp ebgp-requires-policy"
"""What it switches off."""

MEASURED = frozenset({"config", "interface", "vrf", "bgp", "bfd", "bfd-peer", "bfd-profile", "route-map"})
"""Nodes whose switches were tried, with BGP's address families: elsewhere a `no` line is believed to say something."""


class Defaults:
    """Switches that are on by themselves, such as those of one release and profile (`frr defaults`)."""

    def __init__(self, written: Sequence[str], off: str = "") -> None:
        """`written` are their lines; `off` has the lines of those that are off after all."""
        self._on = Settings("\n".join(written))
        self._off = Settings(off)
        lines = [line.split() for text in written for line in text.split("\n") if line.strip()]
        self._begun = {word for words in lines for word in words[0].split("|")} - {"neighbor"}
        self._of_neighbor = {word for words in lines if words[0] == "neighbor" for word in words[2].split("|")}

    def on(self, words: Sequence[str]) -> bool:
        """Whether a switch (its line without `no`) is on where nothing says so."""
        return self.has(words) and self._off.key(words) is None

    def has(self, words: Sequence[str]) -> bool:
        """Whether the line is one of these switches, on or off."""
        if words[0] == "neighbor":
            if len(words) < 3 or words[2] not in self._of_neighbor:
                return False
        elif words[0] not in self._begun:
            return False
        found = self._on.key(words)
        return found is not None and len(found) == len(words)


def _of(switches: dict[Release, str], release: Release) -> Iterator[str]:
    return (text for since, text in switches.items() if since <= release)


@lru_cache(maxsize=8)
def defaults(release: Release, datacenter: bool) -> Defaults:
    """The switches of a release and a profile."""
    written = [*_of(ON, release), *_of(DATACENTER if datacenter else TRADITIONAL, release)]
    return Defaults(written, DATACENTER_OFF if datacenter else "")


@lru_cache(maxsize=8)
def of_any_profile(release: Release) -> Defaults:
    """The switches of a release that are on in one of the profiles."""
    return Defaults([text for switches in (ON, TRADITIONAL, DATACENTER) for text in _of(switches, release)])


def says_nothing(node: str) -> bool:
    """Whether a `no` line of the node, for what is not there and not on by itself, says nothing."""
    return node in MEASURED or node.startswith("bgp-")
