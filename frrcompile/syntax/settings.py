"""Which commands are settings of one value: a second one takes the first one's place.

Data, in one place, for all who must know whether two lines contradict each other. Facts of FRR's interface from 8.4 to 10.7
(its manual, and what `show running-config` has left after two of them).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

Key = tuple[str, ...]

SINGLE = """
hostname|domainname|banner|frr|password|service|username
enable password
log file|syslog|stdout|monitor|facility|record-priority|timestamp|filtered-file
ip|ipv6 router-id
router-id
vni
description
shutdown
bandwidth|mtu
ip|ipv6 nht
zebra nexthop|nexthop-group|dplane|route-map
ip|ipv6 protocol _
allow-external-route-update

bgp router-id|cluster-id
bgp listen limit
bgp listen range _
bgp confederation identifier
bgp graceful-restart restart-time|stalepath-time|select-defer-time|rib-stale-time|preserve-fw-state
bgp long-lived-graceful-restart stale-time
bgp default local-preference|subgroup-pkt-queue-max
bgp bestpath bandwidth
bgp bestpath as-path multipath-relax
bgp bestpath med
bgp dampening|update-delay|coalesce-time|max-med|minimum-holdtime|session-dscp|conditional-advertisement
bgp tcp-keepalive|input-queue-limit|output-queue-limit|route-map|dscp
bgp max-med administrative|on-startup
bgp route-map delay-timer
timers bgp
update-delay
write-quanta|read-quanta
coalesce-time
maximum-paths ibgp
maximum-paths
distance bgp
table-map
rd
import vrf route-map
import|export vpn route-map
label vpn export
rd vpn export
rt vpn import|export|both
route-map vpn import|export
nexthop vpn export
sid vpn export|per-vrf
network _
aggregate-address _
redistribute ospf|table|table-direct|ospf6|isis _
redistribute _
advertise ipv4|ipv6 unicast
advertise-pip
dup-addr-detection freeze
dup-addr-detection
default-originate ipv4|ipv6
flooding
ead-evi-tx|ead-evi-rx
bgp dampening

evpn mh es-id|es-sys-mac|es-df-pref
ipv6 nd ra-interval|ra-lifetime|ra-hop-limit|ra-retrans-interval|reachable-time|mtu|router-preference
ipv6 nd home-agent-lifetime|home-agent-preference
ipv6 nd prefix|rdnss|dnssl|nat64 _
delay

neighbor _ remote-as
neighbor _ interface
neighbor _ peer-group
neighbor _ local-as
neighbor _ local-role
neighbor _ description
neighbor _ password
neighbor _ port
neighbor _ timers connect
neighbor _ timers delayopen
neighbor _ timers
neighbor _ advertisement-interval
neighbor _ ebgp-multihop
neighbor _ ttl-security
neighbor _ update-source
neighbor _ bfd profile
neighbor _ bfd check-control-plane-failure
neighbor _ bfd
neighbor _ shutdown rtt
neighbor _ shutdown
neighbor _ graceful-restart
neighbor _ graceful-shutdown
neighbor _ path-attribute discard|treat-as-withdraw
neighbor _ tcp-mss
neighbor _ capability orf prefix-list
neighbor _ allowas-in
neighbor _ maximum-prefix
neighbor _ maximum-prefix-out
neighbor _ weight
neighbor _ soo
neighbor _ default-originate
neighbor _ route-map * in|out
neighbor _ prefix-list * in|out
neighbor _ filter-list * in|out
neighbor _ distribute-list * in|out
neighbor _ unsuppress-map
neighbor _ advertise-map
neighbor _ attribute-unchanged
neighbor _ addpath-tx-best-selected
neighbor _ addpath-rx-paths-limit
neighbor _ remove-private-AS
neighbor _ next-hop-self

ip|ipv6 prefix-list _ seq _
ip|ipv6 prefix-list _ description
access-list _ seq _
access-list _ remark
ip|ipv6|mac access-list _ seq _
ipv6|mac access-list _ remark
bgp community-list|large-community-list|extcommunity-list standard|expanded _ seq _
bgp community-list|large-community-list|extcommunity-list _ seq _
bgp as-path access-list _ seq _

match ip|ipv6 address prefix-list
match ip|ipv6 address prefix-len
match ip|ipv6 address
match ip|ipv6 next-hop address|type|prefix-list|prefix-len
match ip|ipv6 next-hop
match ip|ipv6 route-source prefix-list
match ip|ipv6 route-source
match evpn vni|route-type|default-route|rd|vni-type
match _
set ip|ipv6 next-hop
set ipv6 next-hop global|local|peer-address|prefer-global
set ip|ipv6 vpn next-hop
set evpn gateway-ip ipv4|ipv6
set as-path prepend|exclude|replace
set comm-list|large-comm-list|extended-comm-list
set extcommunity rt|soo|bandwidth|none|nt|color
set sr-te color
set aggregator as
set _
call
on-match

detect-multiplier|receive-interval|transmit-interval|minimum-ttl|profile|label
echo transmit-interval|receive-interval|detect-multiplier
echo-interval
key-string|cryptographic-algorithm
accept-lifetime|send-lifetime

ospf router-id
auto-cost|reference-bandwidth|default-metric|max-metric|log-adjacency-changes
area _ authentication|default-cost|stub|nssa|shortcut|import-list|export-list
timers throttle spf|lsa
timers lsa
distance
default-information originate
ip|ipv6 ospf|ospf6 _ area
ip ospf area|cost|dead-interval|hello-interval|priority|network|retransmit-interval|transmit-delay|authentication|bfd
ipv6 ospf6 area|cost|dead-interval|hello-interval|priority|network|retransmit-interval|transmit-delay|instance-id
net
is-type
lsp-gen-interval|lsp-mtu|max-lsp-lifetime|lsp-refresh-interval|spf-interval|metric-style|log-adjacency-changes
isis circuit-type|metric|hello-interval|hello-multiplier|password|priority|network|psnp-interval|csnp-interval
ip|ipv6 pim hello|drpriority|bfd
ip igmp version|query-interval|query-max-response-time|last-member-query-count|last-member-query-interval
ip rip send|receive
"""
"""A line for each setting, or for several of one shape: the words that say which setting it is; what follows is its value.

`_` is any word and a part of what it is, `*` is any word and a part of its value, `a|b` is one of several words.
Where a command fits several, the longest one counts.
"""


class _Place:
    """Where a reading of patterns can be: what words lead on, and whether a setting is complete."""

    __slots__ = ("any", "ends", "value", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Place] = {}
        self.any: _Place | None = None
        self.value: _Place | None = None
        self.ends = False


class Settings:
    """The patterns, read once."""

    def __init__(self, written: str = SINGLE) -> None:
        self._start = _Place()
        for line in written.split("\n"):
            if words := line.split():
                self._add(self._start, words)

    def _add(self, place: _Place, words: Sequence[str]) -> None:
        if not words:
            place.ends = True
            return
        word, rest = words[0], words[1:]
        if word == "_":
            place.any = place.any or _Place()
            self._add(place.any, rest)
        elif word == "*":
            place.value = place.value or _Place()
            self._add(place.value, rest)
        else:
            for one in word.split("|"):
                self._add(place.words.setdefault(one, _Place()), rest)

    def key(self, words: Sequence[str]) -> Key | None:
        """What of a command, without its `no`, says which setting it is; None where a context may have many of it."""
        return _longest(self._start, words, 0, ())


def _longest(place: _Place, words: Sequence[str], at: int, key: Key) -> Key | None:
    if at < len(words):
        word = words[at]
        after = place.words.get(word)
        if after is not None and (found := _longest(after, words, at + 1, (*key, word))) is not None:
            return found
        after = place.any
        if after is not None and (found := _longest(after, words, at + 1, (*key, word))) is not None:
            return found
        after = place.value
        if after is not None and (found := _longest(after, words, at + 1, key)) is not None:
            return found
    return key if place.ends else None


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of `SINGLE`."""
    return Settings()
