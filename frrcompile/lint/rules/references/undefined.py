"""Route-maps, lists, profiles and the like that are used and not defined."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.rules.references.families import exists_in_the_other, has_definition
from frrcompile.lint.symbols import Effect, Kind, Symbols, Use, symbols_of

LISTS = (
    Kind.PREFIX_LIST4,
    Kind.PREFIX_LIST6,
    Kind.ACCESS_LIST4,
    Kind.ACCESS_LIST6,
    Kind.ACCESS_LIST_MAC,
    Kind.COMMUNITY_LIST,
    Kind.LARGE_COMMUNITY_LIST,
    Kind.EXTCOMMUNITY_LIST,
    Kind.AS_PATH_LIST,
)
"""The kinds of lists."""


@rule("FRR201", "undefined-route-map-denies", Severity.ERROR)
def undefined_route_map_denies(config: Configuration) -> Iterator[Problem]:
    """A route-map that is not there denies everything.

    What: a session, `network`, `redistribute`, `aggregate-address`, `table-map`, `import vrf` or `ip protocol` names a
        route-map that the file does not define.
    Why: vtysh takes the line, and FRR finds no map when a route comes: `route_map_apply_ext` denies for a map that is not
        there (lib/routemap.c), and bgpd does so for both directions of a session (bgpd/bgp_route.c, `bgp_input_modifier`
        and `subgroup_announce_check`). Nothing is said but a note while the line is read.
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         address-family ipv4 unicast
          neighbor 192.0.2.1 route-map form-spine in
         exit-address-family
        exit
        route-map from-spine permit 10
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         address-family ipv4 unicast
          neighbor 192.0.2.1 route-map from-spine in
         exit-address-family
        exit
        route-map from-spine permit 10
        exit
    """
    yield from _undefined(config, (Kind.ROUTE_MAP,), (Effect.DENIES,))


@rule("FRR202", "undefined-route-map", Severity.WARNING)
def undefined_route_map(config: Configuration) -> Iterator[Problem]:
    """A route-map that is not there does not do what the line says.

    What: a route-map that the file does not define, where FRR does not simply deny: `advertise ipv4 unicast route-map`
        lets everything pass, `unsuppress-map`, `suppress-map` and `advertise-map` do nothing, other daemons differ.
    Why: bgpd keeps the name and asks whether the map is there before it applies it (bgpd/bgp_evpn_vty.c, `adv_cmd_rmap`;
        bgpd/bgp_conditional_adv.c); tried for `suppress-map` with FRR 8.4, 10.3 and 10.7.
    Bad:
        router bgp 65000
         address-family ipv4 unicast
          aggregate-address 10.0.0.0/8 suppress-map specifics
         exit-address-family
        exit
    Good:
        router bgp 65000
         address-family ipv4 unicast
          aggregate-address 10.0.0.0/8 suppress-map specifics
         exit-address-family
        exit
        route-map specifics permit 10
        exit
    """
    for problem, use in _found(config, (Kind.ROUTE_MAP,), (Effect.PASSES, Effect.IDLE, Effect.UNSURE)):
        if use.command.words[0] != "call":
            yield problem


@rule("FRR203", "undefined-route-map-called", Severity.ERROR)
def undefined_route_map_called(config: Configuration) -> Iterator[Problem]:
    """A `call` of a route-map that is not there is left out.

    What: `call NAME` where the file defines no route-map NAME.
    Why: FRR goes on as if the line were not there, so an entry that matches permits without what the called map would
        deny or set (lib/routemap.c, `route_map_apply_ext`; tried with FRR 8.4, 10.3 and 10.7).
    Bad:
        route-map from-spine permit 10
         call no-bogons
        exit
    Good:
        route-map from-spine permit 10
         call no-bogons
        exit
        route-map no-bogons permit 10
        exit
    """
    for problem, use in _found(config, (Kind.ROUTE_MAP,), (Effect.IDLE,)):
        if use.command.words[0] == "call":
            text = f"there is no route-map `{use.name}`; FRR permits here as if nothing was called"
            yield Problem(problem.at, text, help=problem.help)


@rule("FRR205", "undefined-session-list", Severity.ERROR)
def undefined_session_list(config: Configuration) -> Iterator[Problem]:
    """A list that a session filters by and that is not there denies everything.

    What: `neighbor X prefix-list`, `distribute-list` or `filter-list` with a list that the file does not define.
    Why: a list that is not there denies (lib/plist.c, `prefix_list_apply_which_prefix`; lib/filter.c,
        `access_list_apply`; bgpd/bgp_filter.c, `as_list_apply`); one that is there and empty permits.
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         address-family ipv4 unicast
          neighbor 192.0.2.1 prefix-list pods in
         exit-address-family
        exit
    Good:
        ip prefix-list pods seq 5 permit 10.244.0.0/16 le 24
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         address-family ipv4 unicast
          neighbor 192.0.2.1 prefix-list pods in
         exit-address-family
        exit
    """
    yield from _undefined(config, LISTS, (Effect.DENIES,))


@rule("FRR206", "undefined-list-in-match", Severity.ERROR)
def undefined_list_in_match(config: Configuration) -> Iterator[Problem]:
    """A `match` by a list that is not there never matches.

    What: `match ip address prefix-list`, `match community`, `match as-path` and the like with a list that the file does
        not define: a permitting entry permits nothing, a denying one denies nothing.
    Why: each of bgpd's matches finds the list by its name when a route comes, and says no match where there is none
        (bgpd/bgp_routemap.c); tried for every kind of list with FRR 8.4, 10.3 and 10.7.
    Bad:
        route-map from-pods permit 10
         match ip address prefix-list pods
        exit
    Good:
        ip prefix-list pods seq 5 permit 10.244.0.0/16 le 24
        route-map from-pods permit 10
         match ip address prefix-list pods
        exit
    """
    yield from _undefined(config, LISTS, (Effect.NEVER_MATCHES,))


@rule("FRR207", "undefined-list", Severity.WARNING)
def undefined_list(config: Configuration) -> Iterator[Problem]:
    """A list that is not there filters other than written.

    What: a list that the file does not define, used by a daemon other than bgpd, or by a `set` that takes something away.
    Why: `set comm-list X delete` takes nothing away (bgpd/bgp_routemap.c); ripd's and ripngd's `distribute-list` let
        everything pass where the list is not there (lib/distribute.c), pimd's refuse or accept by command.
    Bad:
        route-map clean permit 10
         set comm-list internal delete
        exit
    Good:
        bgp community-list standard internal seq 5 permit 65000:1
        route-map clean permit 10
         set comm-list internal delete
        exit
    """
    yield from _undefined(config, LISTS, (Effect.IDLE, Effect.UNSURE, Effect.PASSES))


@rule("FRR212", "undefined-bfd-profile", Severity.WARNING)
def undefined_bfd_profile(config: Configuration) -> Iterator[Problem]:
    """A session with a BFD profile that is not there runs with BFD's defaults.

    What: `bfd profile NAME` or a BFD peer's `profile NAME` where the file defines no such profile.
    Why: bfdd makes the session with its default timers, 3 times 300 ms, and says nothing (bfdd/bfd.c,
        `bfd_profile_apply`; seen in FRR 8.4, 10.3 and 10.7).
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 bfd profile fast
        exit
    Good:
        bfd
         profile fast
          transmit-interval 100
         exit
        exit
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 bfd profile fast
        exit
    """
    for use in symbols_of(config).undefined(Kind.BFD_PROFILE):
        text = f"there is no BFD profile `{use.name}`; the session runs with BFD's defaults"
        yield Problem(use.span, text, help=_advice(symbols_of(config), use))


@rule("FRR213", "undefined-key-chain", Severity.WARNING)
def undefined_key_chain(config: Configuration) -> Iterator[Problem]:
    """Authentication with a key chain that is not there has no key.

    What: `key-chain NAME` of OSPF, RIP, EIGRP or BFD where the file defines no `key chain NAME`.
    Why: the daemons find the chain by its name for every packet (lib/keychain.c, `keychain_lookup`), so no neighbour that
        authenticates is accepted.
    Bad:
        interface eth1
         ip ospf authentication key-chain fabric
        exit
    Good:
        key chain fabric
         key 1
          key-string secret
         exit
        exit
        interface eth1
         ip ospf authentication key-chain fabric
        exit
    """
    yield from _undefined(config, (Kind.KEY_CHAIN,), (Effect.IDLE,))


@rule("FRR214", "undefined-policy-routing-name", Severity.WARNING)
def undefined_policy_routing_name(config: Configuration) -> Iterator[Problem]:
    """Policy routing by a pbr-map or nexthop-group that is not there routes nothing.

    What: `pbr-policy NAME` without a pbr-map of that name, or `set nexthop-group NAME` without that group.
    Why: pbrd keeps the name and installs the rules when the map or group comes (pbrd/pbr_map.c, pbrd/pbr_nht.c).
    Bad:
        interface eth1
         pbr-policy to-firewall
        exit
    Good:
        pbr-map to-firewall seq 10
         match dst-ip 10.0.0.0/8
         set nexthop 192.0.2.1
        exit
        interface eth1
         pbr-policy to-firewall
        exit
    """
    yield from _undefined(config, (Kind.PBR_MAP, Kind.NEXTHOP_GROUP), (Effect.IDLE,))


@rule("FRR215", "undefined-segment-routing-name", Severity.WARNING)
def undefined_segment_routing_name(config: Configuration) -> Iterator[Problem]:
    """Segment routing by a locator or segment-list that is not there has no SIDs.

    What: `locator NAME` of BGP, IS-IS or a static SID, or `explicit segment-list NAME`, where the file defines no such.
    Why: bgpd and isisd ask zebra for the locator's SIDs and wait (zebra/zebra_srv6.c); pathd brings no policy up without
        its list (pathd/pathd.c).
    Bad:
        router bgp 65000
         segment-routing srv6
          locator main
         exit
        exit
    Good:
        segment-routing
         srv6
          locators
           locator main
            prefix 2001:db8:1::/48
           exit
          exit
         exit
        exit
        router bgp 65000
         segment-routing srv6
          locator main
         exit
        exit
    """
    yield from _undefined(config, (Kind.LOCATOR, Kind.SEGMENT_LIST), (Effect.IDLE,))


def _undefined(config: Configuration, kinds: Collection[Kind], effects: Collection[Effect]) -> Iterator[Problem]:
    return (problem for problem, _ in _found(config, kinds, effects))


def _found(
    config: Configuration, kinds: Collection[Kind], effects: Collection[Effect]
) -> Iterator[tuple[Problem, Use]]:
    symbols = symbols_of(config)
    for use in symbols.undefined(*kinds):
        if use.effect in effects and not exists_in_the_other(symbols, use):
            text = f"there is no {use.kind} `{use.name}`; {use.effect}"
            yield Problem(use.span, text, help=_advice(symbols, use)), use


def _advice(symbols: Symbols, use: Use) -> str:
    meant = symbols.suggestion(use)
    if meant:
        label = has_definition(symbols, use, meant)
        return f"did you mean `{meant}`{label}?"
    return f"define {use.kind} `{use.name}`, or leave the line out"
