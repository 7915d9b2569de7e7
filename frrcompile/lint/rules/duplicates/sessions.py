"""What a session can have once: its peer-group, and one kind of list for a direction."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.symbols import Effect, Kind, Use, contexts_of, symbols_of


@rule("FRR316", "second-peer-group", Severity.ERROR)
def second_peer_group(config: Configuration) -> Iterator[Problem]:
    """A neighbour, or a listen range, belongs to one peer-group.

    What: `neighbor X peer-group A` and `neighbor X peer-group B`, or one `bgp listen range` with two groups.
    Why: bgpd refuses the second, "Cannot change the peer-group" or "Same listen range is attached to peer-group"
        (bgpd/bgpd.c, `peer_group_bind`; seen in FRR 8.4, 10.3 and 10.7); `vtysh -C` lets it pass.
    Bad:
        router bgp 65000
         neighbor leaves peer-group
         neighbor hosts peer-group
         neighbor leaves remote-as external
         neighbor hosts remote-as external
         neighbor 192.0.2.1 peer-group leaves
         neighbor 192.0.2.1 peer-group hosts
        exit
    Good:
        router bgp 65000
         neighbor leaves peer-group
         neighbor hosts peer-group
         neighbor leaves remote-as external
         neighbor hosts remote-as external
         neighbor 192.0.2.1 peer-group leaves
        exit
    """
    symbols = symbols_of(config)
    groups: dict[tuple[object, ...], Use] = {}
    for use in sorted(symbols.uses(Kind.PEER_GROUP), key=lambda one: one.command.statement.number):
        if use.name not in symbols.names(Kind.PEER_GROUP, use.scope):
            continue  # FRR refuses that line: it puts nobody into a group
        words = use.command.words
        member = words[3] if words[0] == "bgp" else words[1]
        first = groups.setdefault((use.scope, words[0], member), use)
        if first.name != use.name:
            yield Problem(
                use.command,
                f"`{member}` is in peer-group `{first.name}` already; FRR refuses the line",
                labels=(first.command.label("its peer-group"),),
                help="take one of the lines out",
            )


@rule("FRR317", "prefix-list-and-distribute-list", Severity.ERROR)
def prefix_list_and_distribute_list(config: Configuration) -> Iterator[Problem]:
    """A session filters a direction by a prefix-list or by a distribute-list, not by both.

    What: `neighbor X prefix-list A in` and `neighbor X distribute-list B in` in one address family.
    Why: bgpd refuses the second, "Prefix/distribute list can not co-exist" (bgpd/bgpd.c, `peer_prefix_list_set`; seen in
        FRR 8.4, 10.3 and 10.7); `vtysh -C` lets it pass.
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         address-family ipv4 unicast
          neighbor 192.0.2.1 prefix-list pods in
          neighbor 192.0.2.1 distribute-list pods in
         exit-address-family
        exit
    Good:
        ip prefix-list pods seq 5 permit 10.244.0.0/16 le 24
        access-list pods seq 5 permit 10.244.0.0/16
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         address-family ipv4 unicast
          neighbor 192.0.2.1 prefix-list pods in
          neighbor 192.0.2.1 distribute-list pods out
         exit-address-family
        exit
    """
    contexts = contexts_of(config)
    lists: dict[tuple[object, ...], Command] = {}
    kinds = (Kind.PREFIX_LIST4, Kind.PREFIX_LIST6, Kind.ACCESS_LIST4, Kind.ACCESS_LIST6)
    uses = [use for use in symbols_of(config).uses(*kinds) if use.effect is Effect.DENIES]
    for use in sorted(uses, key=lambda one: one.command.statement.number):
        words = use.command.words
        first = lists.setdefault((contexts.of(use.command), words[1], words[4]), use.command)
        if first.words[2] != words[2]:
            yield Problem(
                use.command,
                f"a {words[2]} beside a {first.words[2]} for direction `{words[4]}`; FRR refuses the line",
                labels=(first.label(f"the {first.words[2]}"),),
                help="filter by one of them; a route-map can match both",
            )
