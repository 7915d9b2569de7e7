"""What each setting of BGP does when it changes: data, held against live sessions by tests/frr/impact.

The sources are bgpd/bgpd.c (peer_flag_action_list, peer_af_flag_action_list, and the function of each setting) and
bgpd/bgp_vty.c; where these and a running FRR disagreed, the running one is right. docs/impact.md has the table.
"""

from __future__ import annotations

from dataclasses import dataclass

from frrcompile.diff.impact.level import Level
from frrcompile.facts.boundaries import (
    DYNAMIC_CAPABILITY_KEEPS_SESSION,
    LOOP_DETECTION_RESETS,
    RESTART_RESETS,
    ROLE_KEEPS_SESSION,
)
from frrcompile.facts.releases import AFTER_ALL, Release


@dataclass(frozen=True, slots=True)
class Rule:
    """What happens when a setting is set or changed, and when it is taken away (the same, if that is None)."""

    level: Level
    reason: str
    removed: Level | None = None

    def of(self, kind: str) -> Level:
        """The level for a kind of change."""
        return self.removed if kind == "removed" and self.removed is not None else self.level


NONE, POLICY, REFRESH, RESET, WITHDRAW = Level.NONE, Level.POLICY, Level.REFRESH, Level.RESET, Level.WITHDRAW

NEIGHBOR: dict[str, Rule] = {
    "remote-as": Rule(RESET, "another AS: bgpd closes the session"),
    "local-as": Rule(RESET, "the AS of the own OPEN changes: bgpd closes the session"),
    "local-role": Rule(RESET, "the role is told in the OPEN: bgpd closes the session"),
    "peer-group": Rule(RESET, "membership of a group: bgpd closes the session"),
    "interface": Rule(RESET, "the session's interface: bgpd closes the session"),
    "description": Rule(NONE, "a text"),
    "password": Rule(RESET, "TCP MD5 changes: bgpd closes the session"),
    "port": Rule(RESET, "another port: bgpd closes the session", NONE),
    "timers": Rule(NONE, "used when the session is opened the next time"),
    "timers connect": Rule(NONE, "used when the session is opened the next time"),
    "timers delayopen": Rule(NONE, "used when the session is opened the next time"),
    "advertisement-interval": Rule(NONE, "the pace of updates"),
    "ebgp-multihop": Rule(RESET, "the TTL changes: bgpd closes the session"),
    "ttl-security": Rule(RESET, "the TTL that is asked for changes: bgpd closes the session"),
    "update-source": Rule(RESET, "another source address: bgpd closes the session"),
    "bfd": Rule(NONE, "BFD begins or ends beside the session; bgpd closes it only when BFD sees it fail"),
    "bfd profile": Rule(NONE, "BFD's timers are agreed upon again"),
    "bfd check-control-plane-failure": Rule(NONE, "a bit in BFD's packets"),
    "shutdown": Rule(RESET, "shutdown closes the session; without it the session comes up"),
    "passive": Rule(RESET, "who opens the session: bgpd closes it"),
    "graceful-restart": Rule(NONE, "told in the next OPEN: used after the next reset"),
    "graceful-restart helper": Rule(NONE, "the mode that bgpd is in by itself"),
    "capability dynamic": Rule(RESET, "told in the OPEN: bgpd closes the session"),
    "capability extended-nexthop": Rule(RESET, "told in the OPEN: bgpd closes the session"),
    "capability software-version": Rule(NONE, "told in the next OPEN"),
    "capability fqdn": Rule(NONE, "told in the next OPEN"),
    "capability orf": Rule(RESET, "told in the OPEN: bgpd closes the session"),
    "dont-capability-negotiate": Rule(NONE, "used when the session is opened the next time"),
    "override-capability": Rule(NONE, "used when the session is opened the next time"),
    "strict-capability-match": Rule(NONE, "used when the session is opened the next time"),
    "disable-connected-check": Rule(RESET, "bgpd closes the session"),
    "enforce-first-as": Rule(REFRESH, "bgpd asks for the routes again"),
    "extended-optional-parameters": Rule(RESET, "the form of the OPEN: bgpd closes the session"),
    "solo": Rule(NONE, "update groups only"),
    "tcp-mss": Rule(NONE, "used when the session is opened the next time"),
    "sender-as-path-loop-detection": Rule(NONE, "used for later updates"),
    "graceful-shutdown": Rule(
        REFRESH, "the routes are sent and taken again, with the community of a graceful shutdown"
    ),
    "aigp": Rule(REFRESH, "the routes are sent again"),
    "oad": Rule(RESET, "bgpd closes the session"),
    "path-attribute": Rule(REFRESH, "bgpd asks for the routes again"),
}
"""Settings of a session, by the words behind the neighbour's name."""

FAMILY: dict[str, Rule] = {
    "activate": Rule(RESET, "the families are told in the OPEN: bgpd closes the session"),
    "allowas-in": Rule(REFRESH, "bgpd asks for the routes again"),
    "accept-own": Rule(RESET, "bgpd closes the session"),
    "as-override": Rule(REFRESH, "the routes are sent again"),
    "next-hop-self": Rule(REFRESH, "the routes are sent again"),
    "route-reflector-client": Rule(RESET, "bgpd closes the session"),
    "route-server-client": Rule(RESET, "bgpd closes the session"),
    "send-community": Rule(REFRESH, "the routes are sent again"),
    "soft-reconfiguration": Rule(REFRESH, "bgpd asks for the routes again"),
    "attribute-unchanged": Rule(REFRESH, "the routes are sent again"),
    "remove-private-AS": Rule(REFRESH, "the routes are sent again"),
    "nexthop-local": Rule(REFRESH, "the routes are sent again"),
    "maximum-prefix": Rule(NONE, "looked at with the next update; a session above the limit is closed"),
    "maximum-prefix-out": Rule(REFRESH, "the routes are sent again"),
    "default-originate": Rule(REFRESH, "the default route is sent or withdrawn"),
    "weight": Rule(REFRESH, "bgpd asks for the routes again"),
    "soo": Rule(RESET, "bgpd closes the session"),
    "addpath-tx-all-paths": Rule(RESET, "told in the OPEN: bgpd closes the session"),
    "addpath-tx-bestpath-per-AS": Rule(RESET, "told in the OPEN: bgpd closes the session"),
    "addpath-tx-best-selected": Rule(RESET, "told in the OPEN: bgpd closes the session"),
    "disable-addpath-rx": Rule(RESET, "told in the OPEN: bgpd closes the session"),
    "addpath-rx-paths-limit": Rule(RESET, "told in the OPEN: bgpd closes the session"),
    "capability orf": Rule(RESET, "told in the OPEN: bgpd closes the session"),
    "route-map": Rule(POLICY, "the session's routes are evaluated again"),
    "prefix-list": Rule(POLICY, "the session's routes are evaluated again"),
    "filter-list": Rule(POLICY, "the session's routes are evaluated again"),
    "distribute-list": Rule(POLICY, "the session's routes are evaluated again"),
    "unsuppress-map": Rule(POLICY, "the session's routes are evaluated again"),
    "advertise-map": Rule(POLICY, "the session's routes are evaluated again"),
}
"""Settings of a neighbour in a family."""

SINCE: dict[str, tuple[Release, Rule]] = {
    "graceful-restart": (RESTART_RESETS, Rule(RESET, "told in the OPEN: bgpd closes the session")),
    "capability dynamic": (DYNAMIC_CAPABILITY_KEEPS_SESSION, Rule(NONE, "told in the next OPEN")),
    "local-role": (ROLE_KEEPS_SESSION, Rule(NONE, "told in the next OPEN: used after the next reset")),
    "sender-as-path-loop-detection": (LOOP_DETECTION_RESETS, Rule(RESET, "bgpd closes the session")),
}
"""What settings of `NEIGHBOR` do from a release on."""

EVERYBODY, INTERNAL, NAMED, NOBODY = "everybody", "internal", "the ASes that it names", "nobody"


@dataclass(frozen=True, slots=True)
class Wide:
    """What a setting of an instance does, and to which of its sessions."""

    level: Level
    reason: str
    to: str = EVERYBODY
    removed: Level | None = None


INSTANCE: dict[str, Wide] = {
    "bgp router-id": Wide(RESET, "the router id is told in the OPEN: bgpd closes all sessions of the instance"),
    "bgp cluster-id": Wide(RESET, "bgpd closes the sessions inside the AS", INTERNAL),
    "bgp confederation identifier": Wide(RESET, "the AS that neighbours see: bgpd closes sessions"),
    "bgp confederation peers": Wide(RESET, "which AS is inside the confederation: bgpd closes its sessions", NAMED),
    "bgp graceful-restart": Wide(NONE, "told in the next OPEN: used after the next reset"),
    "bgp graceful-restart-disable": Wide(NONE, "told in the next OPEN: used after the next reset"),
    "bgp long-lived-graceful-restart": Wide(NONE, "told in the next OPEN: used after the next reset"),
    "bgp default": Wide(NONE, "for neighbours that are made later", NOBODY),
    "bgp default local-preference": Wide(REFRESH, "bgpd asks for the routes again"),
    "bgp ebgp-requires-policy": Wide(POLICY, "whether a session without a policy passes routes"),
    "bgp network import-check": Wide(POLICY, "which of the own networks are announced", NOBODY),
    "bgp bestpath": Wide(POLICY, "best paths are chosen again", NOBODY),
    "bgp always-compare-med": Wide(POLICY, "best paths are chosen again", NOBODY),
    "bgp deterministic-med": Wide(POLICY, "best paths are chosen again", NOBODY),
    "bgp client-to-client reflection": Wide(REFRESH, "the routes are sent again"),
    "bgp reject-as-sets": Wide(RESET, "bgpd closes all sessions of the instance"),
    "bgp enforce-first-as": Wide(REFRESH, "bgpd asks for the routes again"),
    "bgp graceful-shutdown": Wide(REFRESH, "the routes are sent and taken again"),
    "bgp suppress-fib-pending": Wide(REFRESH, "the routes are sent again"),
    "bgp max-med": Wide(REFRESH, "the routes are sent again"),
    "bgp log-neighbor-changes": Wide(NONE, "logging", NOBODY),
    "bgp fast-external-failover": Wide(NONE, "used when an interface goes down", NOBODY),
    "bgp suppress-duplicates": Wide(NONE, "used for later updates", NOBODY),
    "bgp route-map delay-timer": Wide(NONE, "how long bgpd waits before it evaluates again", NOBODY),
    "bgp listen limit": Wide(NONE, "for sessions that come later", NOBODY),
    "bgp listen range": Wide(NONE, "for sessions that come later", NOBODY, WITHDRAW),
    "bgp disable-ebgp-connected-route-check": Wide(REFRESH, "bgpd asks for the routes again"),
    "bgp minimum-holdtime": Wide(NONE, "used when a session is opened", NOBODY),
    "bgp fast-convergence": Wide(NONE, "used when an interface goes down", NOBODY),
    "bgp session-dscp": Wide(NONE, "used when a session is opened", NOBODY),
    "bgp tcp-keepalive": Wide(NONE, "used when a session is opened", NOBODY),
    "bgp ipv6-auto-ra": Wide(NONE, "router advertisements of unnumbered sessions", NOBODY),
    "bgp hard-administrative-reset": Wide(NONE, "the form of later notifications", NOBODY),
    "bgp shutdown": Wide(RESET, "bgpd closes all sessions of the instance"),
    "timers bgp": Wide(NONE, "used when a session is opened the next time", NOBODY),
    "coalesce-time": Wide(NONE, "the pace of updates", NOBODY),
    "update-delay": Wide(NONE, "used when bgpd starts", NOBODY),
    "read-quanta": Wide(NONE, "the pace of updates", NOBODY),
    "write-quanta": Wide(NONE, "the pace of updates", NOBODY),
    "table-map": Wide(POLICY, "routes are given to zebra again", NOBODY),
    "maximum-paths": Wide(POLICY, "best paths are chosen again", NOBODY),
    "distance": Wide(POLICY, "routes are given to zebra again", NOBODY),
    "network": Wide(POLICY, "a route is announced", NOBODY, WITHDRAW),
    "aggregate-address": Wide(POLICY, "an aggregate is announced", NOBODY, WITHDRAW),
    "redistribute": Wide(POLICY, "routes of another protocol are announced", NOBODY, WITHDRAW),
    "import vrf": Wide(POLICY, "routes are taken from another VRF", NOBODY, WITHDRAW),
    "import vpn": Wide(POLICY, "routes are taken from the VPN table", NOBODY, WITHDRAW),
    "export vpn": Wide(POLICY, "routes are given to the VPN table", NOBODY, WITHDRAW),
    "rt vpn": Wide(POLICY, "which routes are leaked", NOBODY),
    "rd vpn": Wide(WITHDRAW, "leaked routes are withdrawn, and announced under the new RD", NOBODY),
    "label vpn": Wide(POLICY, "leaked routes get another label", NOBODY),
    "route-map vpn": Wide(POLICY, "leaked routes are evaluated again", NOBODY),
    "nexthop vpn": Wide(POLICY, "leaked routes are evaluated again", NOBODY),
    "bgp dampening": Wide(POLICY, "routes are evaluated again", NOBODY),
    "advertise-all-vni": Wide(POLICY, "the VNIs of this node are announced", NOBODY, WITHDRAW),
    "advertise-svi-ip": Wide(POLICY, "the SVIs' addresses are announced", NOBODY, WITHDRAW),
    "advertise-default-gw": Wide(POLICY, "the gateways' addresses are announced", NOBODY, WITHDRAW),
    "advertise-pip": Wide(REFRESH, "type-5 routes are announced again, with another next hop", NOBODY),
    "advertise ipv4": Wide(POLICY, "the VRF's routes are announced as type-5 routes", NOBODY, WITHDRAW),
    "advertise ipv6": Wide(POLICY, "the VRF's routes are announced as type-5 routes", NOBODY, WITHDRAW),
    "default-originate": Wide(POLICY, "a default route is announced", NOBODY, WITHDRAW),
    "rd": Wide(WITHDRAW, "routes are withdrawn, and announced under the new RD", NOBODY),
    "route-target import": Wide(POLICY, "which routes are taken from EVPN", NOBODY),
    "route-target export": Wide(REFRESH, "routes are announced again, with other route targets", NOBODY),
    "autort": Wide(REFRESH, "routes are announced again, with other route targets", NOBODY),
    "flooding": Wide(WITHDRAW, "type-3 routes are withdrawn", NOBODY, POLICY),
    "dup-addr-detection": Wide(NONE, "how moves of addresses are looked at", NOBODY),
    "use-es-l3nhg": Wide(NONE, "nexthop groups", NOBODY),
    "enable-resolve-overlay-index": Wide(POLICY, "which type-5 routes are used", NOBODY),
}
"""Settings of an instance and of its families, by their first words; the longest that fits counts."""


WIDE_SINCE: dict[str, tuple[Release, Wide]] = {
    "bgp graceful-restart": (RESTART_RESETS, Wide(RESET, "told in the OPEN: bgpd closes all sessions of the instance")),
}
"""The same for instances."""


def rule_for(rules: dict[str, Rule], words: tuple[str, ...], release: Release) -> Rule | None:
    """The rule for what stands behind a neighbour's name."""
    for name in (" ".join(words[:2]), words[0]):
        if rule := rules.get(name):
            since, later = SINCE.get(name, (AFTER_ALL, rule))
            return later if release >= since else rule
    return None


def wide_for(words: tuple[str, ...], release: Release) -> Wide | None:
    """The rule for a setting of an instance."""
    for length in (3, 2, 1):
        name = " ".join(words[:length])
        if rule := INSTANCE.get(name):
            since, later = WIDE_SINCE.get(name, (AFTER_ALL, rule))
            return later if release >= since else rule
    return None
