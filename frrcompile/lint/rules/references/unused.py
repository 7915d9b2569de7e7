"""Names that are defined and not used: left over, or meant for a line that is missing."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.rules.references.undefined import LISTS
from frrcompile.lint.symbols import Kind, symbols_of


@rule("FRR220", "unused-route-map", Severity.INFO)
def unused_route_map(config: Configuration) -> Iterator[Problem]:
    """A route-map that nothing in the file uses.

    What: a route-map that no session, redistribution, `call` or other command of the file names.
    Why: FRR keeps it and does nothing with it (`show route-map-unused`); it may be left over, or the line that should use it
        is missing. A file may also be a part of a configuration, which is why this is no warning.
    Bad:
        route-map old permit 10
        exit
    Good:
        route-map leaf permit 10
        exit
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 route-map leaf in
        exit
    """
    yield from _unused(config, Kind.ROUTE_MAP)


@rule("FRR221", "unused-list", Severity.INFO)
def unused_list(config: Configuration) -> Iterator[Problem]:
    """A list that nothing in the file uses.

    What: a prefix-list, access-list, community-list or as-path list that no command of the file names.
    Why: it filters nothing; each has to be named by a session, a route-map or a daemon (lib/plist.c, lib/filter.c).
    Bad:
        ip prefix-list old seq 5 permit 10.0.0.0/8
    Good:
        ip prefix-list pods seq 5 permit 10.0.0.0/8
        route-map leaf permit 10
         match ip address prefix-list pods
        exit
    """
    yield from _unused(config, *LISTS)


@rule("FRR222", "unused-peer-group", Severity.INFO)
def unused_peer_group(config: Configuration) -> Iterator[Problem]:
    """A peer-group without members.

    What: `neighbor NAME peer-group` where no neighbour and no listen range of the instance joins it.
    Why: a peer-group is a template (bgpd/bgpd.c, `peer_group_get`); what is set on it reaches nobody.
    Bad:
        router bgp 65000
         neighbor leaves peer-group
        exit
    Good:
        router bgp 65000
         neighbor leaves peer-group
         neighbor 192.0.2.1 peer-group leaves
        exit
    """
    yield from _unused(config, Kind.PEER_GROUP)


@rule("FRR223", "unused-profile", Severity.INFO)
def unused_profile(config: Configuration) -> Iterator[Problem]:
    """A BFD profile, key chain, pbr-map or nexthop-group that nothing in the file uses.

    What: a profile, chain, map or group that no command of the file names.
    Why: none of them has an effect of its own (bfdd/bfd.c, lib/keychain.c, pbrd/pbr_map.c, lib/nexthop_group.c).
    Bad:
        bfd
         profile slow
          transmit-interval 1000
         exit
        exit
    Good:
        bfd
         profile slow
          transmit-interval 1000
         exit
         peer 192.0.2.1
          profile slow
         exit
        exit
    """
    yield from _unused(config, Kind.BFD_PROFILE, Kind.KEY_CHAIN, Kind.PBR_MAP, Kind.NEXTHOP_GROUP)


def _unused(config: Configuration, *kinds: Kind) -> Iterator[Problem]:
    symbols = symbols_of(config)
    for kind in kinds:
        for definition in symbols.unused(kind):
            yield Problem(
                definition.command,
                f"nothing in this file uses {kind} `{definition.name}`",
                help="use it, or take it out",
            )
