"""The kinds of change whose impact is measured between two real routers: each on a session, or an instance, of its own."""

from __future__ import annotations

from dataclasses import dataclass

IPV4, IPV6, EVPN = "ipv4 unicast", "ipv6 unicast", "l2vpn evpn"


@dataclass(frozen=True, slots=True)
class Kind:
    """One change: lines that the old and the new side have, each with its family (empty: the session's own).

    `N` stands for the neighbour. `internal` sessions are inside the AS. `wide` ones are settings of an instance.
    """

    name: str
    old: tuple[tuple[str, str], ...] = ()
    new: tuple[tuple[str, str], ...] = ()
    internal: bool = False
    wide: bool = False
    since: tuple[int, int] = (8, 4)
    sample: bool = False


def session(name: str, line: str, old: str = "", **more: bool | tuple[int, int]) -> Kind:
    """A setting of a session: said, or said in place of another one."""
    before = (("", f"neighbor N {old}"),) if old else ()
    return Kind(name, before, (("", f"neighbor N {line}"),) if line else (), **more)  # type: ignore[arg-type]


def family(name: str, line: str, old: str = "", where: str = IPV4, **more: bool | tuple[int, int]) -> Kind:
    """A setting of a neighbour in a family."""
    before = ((where, f"neighbor N {old}"),) if old else ()
    return Kind(name, before, ((where, f"neighbor N {line}"),) if line else (), **more)  # type: ignore[arg-type]


def wide(name: str, line: str, old: str = "", where: str = "", **more: bool | tuple[int, int]) -> Kind:
    """A setting of an instance, which has one session."""
    return Kind(name, ((where, old),) if old else (), ((where, line),) if line else (), wide=True, **more)  # type: ignore[arg-type]


# Of `path-attribute` and `soo`, one at least corrupts 10.3's memory when it is taken back (bgpd aborts in malloc).
KINDS: tuple[Kind, ...] = (
    Kind("nothing, to compare with", sample=True),
    session("description", "description a text", sample=True),
    session("remote-as", "remote-as 65009", sample=True),
    session("local-as", "local-as 65003"),
    session("password", "password secret", sample=True),
    session("timers", "timers 5 20", sample=True),
    session("timers connect", "timers connect 7", old="timers connect 1"),
    session("timers delayopen", "timers delayopen 5"),
    session("advertisement-interval", "advertisement-interval 3"),
    session("ebgp-multihop", "ebgp-multihop 5"),
    session("ebgp-multihop, another number", "ebgp-multihop 7", old="ebgp-multihop 5"),
    session("ttl-security", "ttl-security hops 1"),
    session("update-source", "update-source veth0", sample=True),
    session("disable-connected-check", "disable-connected-check"),
    session("bfd", "bfd", sample=True),
    session("bfd profile", "bfd profile fast", old="bfd"),
    session("shutdown", "shutdown", sample=True),
    session("passive", "passive"),
    session("port", "port 179"),
    session("graceful-restart", "graceful-restart"),
    session("graceful-restart-helper", "graceful-restart-helper"),
    session("graceful-restart-disable", "graceful-restart-disable"),
    session("capability dynamic", "capability dynamic"),
    session("capability extended-nexthop", "capability extended-nexthop"),
    session("capability software-version", "capability software-version", since=(10, 0)),
    session("dont-capability-negotiate", "dont-capability-negotiate"),
    session("override-capability", "override-capability"),
    session("strict-capability-match", "strict-capability-match"),
    session("enforce-first-as", "enforce-first-as"),
    session("extended-optional-parameters", "extended-optional-parameters"),
    session("solo", "solo"),
    session("tcp-mss", "tcp-mss 1000"),
    session("sender-as-path-loop-detection", "sender-as-path-loop-detection"),
    session("local-role", "local-role customer"),
    session("aigp", "aigp", since=(10, 0)),
    session("path-attribute discard", "path-attribute discard 100", since=(10, 4)),
    session("path-attribute treat-as-withdraw", "path-attribute treat-as-withdraw 100", since=(10, 4)),
    session("graceful-shutdown", "graceful-shutdown", since=(10, 0)),
    family("activate, another family", "activate", where=IPV6, sample=True),
    family("activate, l2vpn evpn", "activate", where=EVPN),
    family("allowas-in", "allowas-in 3"),
    family("allowas-in origin", "allowas-in origin"),
    family("as-override", "as-override"),
    family("next-hop-self", "next-hop-self"),
    family("next-hop-self force", "next-hop-self force"),
    family("route-reflector-client", "route-reflector-client", internal=True, sample=True),
    family("route-server-client", "route-server-client"),
    family("send-community, none", "", old="send-community all"),
    family("soft-reconfiguration", "soft-reconfiguration inbound"),
    family("attribute-unchanged", "attribute-unchanged med"),
    family("remove-private-AS", "remove-private-AS"),
    family("maximum-prefix", "maximum-prefix 100"),
    family("maximum-prefix warning-only", "maximum-prefix 100 warning-only"),
    family("maximum-prefix-out", "maximum-prefix-out 50"),
    family("default-originate", "default-originate"),
    family("weight", "weight 70"),
    family("route-map in", "route-map all in", sample=True),
    family("route-map out", "route-map all out"),
    family("route-map in, another", "route-map other in", old="route-map all in"),
    family("route-map in, that denies", "route-map none in", sample=True),
    family("route-map out, that denies", "route-map none out", sample=True),
    family("prefix-list in", "prefix-list some in"),
    family("prefix-list out", "prefix-list some out"),
    family("filter-list in", "filter-list any in"),
    family("unsuppress-map", "unsuppress-map all"),
    family("addpath-tx-all-paths", "addpath-tx-all-paths"),
    family("addpath-tx-bestpath-per-AS", "addpath-tx-bestpath-per-AS"),
    family("disable-addpath-rx", "disable-addpath-rx"),
    family("capability orf", "capability orf prefix-list both"),
    family("soo", "soo 65001:1", since=(10, 4)),
    wide("router-id", "bgp router-id 192.0.2.77", old="bgp router-id 192.0.2.76", sample=True),
    wide("cluster-id", "bgp cluster-id 192.0.2.78", internal=True),
    wide("confederation identifier", "bgp confederation identifier 65100"),
    wide("confederation peers", "bgp confederation peers 65008"),
    wide("graceful-restart of an instance", "bgp graceful-restart"),
    wide("default local-preference", "bgp default local-preference 200"),
    wide("default ipv4-unicast", "no bgp default ipv4-unicast"),
    wide("ebgp-requires-policy", "bgp ebgp-requires-policy", old="no bgp ebgp-requires-policy"),
    wide("network import-check", "bgp network import-check", old="no bgp network import-check"),
    wide("bestpath as-path multipath-relax", "bgp bestpath as-path multipath-relax"),
    wide("always-compare-med", "bgp always-compare-med"),
    wide("deterministic-med", "bgp deterministic-med"),
    wide("client-to-client reflection", "no bgp client-to-client reflection"),
    wide("reject-as-sets", "bgp reject-as-sets", old="no bgp reject-as-sets"),
    wide("enforce-first-as of an instance", "bgp enforce-first-as", old="no bgp enforce-first-as", since=(10, 0)),
    wide("graceful-shutdown of an instance", "bgp graceful-shutdown"),
    wide("log-neighbor-changes", "bgp log-neighbor-changes"),
    wide("fast-external-failover", "no bgp fast-external-failover"),
    wide("suppress-fib-pending", "bgp suppress-fib-pending"),
    wide("suppress-duplicates", "no bgp suppress-duplicates"),
    wide("disable-ebgp-connected-route-check", "bgp disable-ebgp-connected-route-check"),
    wide("minimum-holdtime", "bgp minimum-holdtime 5"),
    wide("timers bgp", "timers bgp 4 12", old="timers bgp 3 9"),
    wide("coalesce-time", "coalesce-time 500"),
    wide("max-med", "bgp max-med administrative 50"),
    wide("network", "network 172.18.0.0/16", where=IPV4),
    wide("aggregate-address", "aggregate-address 172.16.0.0/12", where=IPV4),
    wide("redistribute", "redistribute static", where=IPV4),
    wide("maximum-paths", "maximum-paths 4", old="maximum-paths 2", where=IPV4),
    wide("distance", "distance bgp 30 40 50", where=IPV4),
    wide("table-map", "table-map all", where=IPV4),
)
