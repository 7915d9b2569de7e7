"""Peer-groups, which must be there when their first member is configured."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.rules.references.families import has_definition
from frrcompile.lint.shown import settings
from frrcompile.lint.symbols import Kind, contexts_of, symbols_of


@rule("FRR210", "undefined-peer-group", Severity.ERROR)
def undefined_peer_group(config: Configuration) -> Iterator[Problem]:
    """A peer-group that is not there gets no members.

    What: `neighbor X peer-group NAME`, `neighbor X interface peer-group NAME` or `bgp listen range ... peer-group NAME`
        where this BGP instance has no `neighbor NAME peer-group`.
    Why: bgpd refuses the line with "Configure the peer-group first" while it loads the rest; `vtysh -C` lets it pass
        (bgpd/bgp_vty.c). Peer-groups of other instances do not count.
    Bad:
        router bgp 65000
         neighbor leaves peer-group
         neighbor leaves remote-as external
         neighbor 192.0.2.1 peer-group leafs
        exit
    Good:
        router bgp 65000
         neighbor leaves peer-group
         neighbor leaves remote-as external
         neighbor 192.0.2.1 peer-group leaves
        exit
    """
    symbols = symbols_of(config)
    for use in symbols.undefined(Kind.PEER_GROUP):
        meant = symbols.suggestion(use)
        advice = f"did you mean `{meant}`{has_definition(symbols, use, meant)}?" if meant else ""
        yield Problem(
            use.span,
            f"this BGP instance has no peer-group `{use.name}`; FRR refuses the line",
            help=advice or f"write `neighbor {use.name} peer-group` before it",
        )


@rule("FRR211", "peer-group-used-before-defined", Severity.ERROR)
def peer_group_used_before_defined(config: Configuration) -> Iterator[Problem]:
    """A peer-group that is defined further down is not there yet.

    What: `neighbor X peer-group NAME` or `bgp listen range` before `neighbor NAME peer-group`.
    Why: bgpd looks for the group when it reads the line, and refuses it with "Configure the peer-group first"
        (bgpd/bgp_vty.c; tried with FRR 8.4, 10.3 and 10.7).
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 peer-group leaves
         neighbor leaves peer-group
        exit
    Good:
        router bgp 65000
         neighbor leaves peer-group
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 peer-group leaves
        exit
    """
    symbols = symbols_of(config)
    for use in symbols.uses(Kind.PEER_GROUP):
        found = symbols.definitions(use.kind, use.name, use.scope)
        if found and found[0].command.statement.number > use.command.statement.number:
            yield Problem(
                use.span,
                f"peer-group `{use.name}` is defined further down; FRR refuses the line",
                labels=(found[0].command.label("defined here"),),
                help="move the definition before its first use",
            )


@rule("FRR226", "neighbor-is-no-address-group-or-interface", Severity.ERROR)
def neighbor_is_no_address_group_or_interface(config: Configuration) -> Iterator[Problem]:
    """A neighbour's name is a peer-group or an interface that was made one before.

    What: `neighbor NAME remote-as` and the like, where NAME is no address and this BGP instance has neither
        `neighbor NAME peer-group` nor `neighbor NAME interface`.
    Why: bgpd refuses each such line, "Create the peer-group or interface first" (bgpd/bgp_vty.c); `vtysh -C` lets them pass.
    Bad:
        router bgp 65000
         neighbor leaves remote-as external
        exit
    Good:
        router bgp 65000
         neighbor leaves peer-group
         neighbor leaves remote-as external
        exit
    """
    contexts = contexts_of(config)
    symbols = symbols_of(config)
    made = {
        (contexts.instance_of(command), command.words[1])
        for command in settings(config, "interface")
        if command.node == "bgp" and not command.negated
    }
    for command in config.of("bgp", "neighbor"):
        words = command.words
        if command.negated or len(words) < 3 or words[2] in ("peer-group", "interface") or _is_address(words[1]):
            continue
        instance = contexts.instance_of(command)
        if (instance, words[1]) not in made and words[1] not in symbols.names(Kind.PEER_GROUP, instance):
            made.add((instance, words[1]))  # told once is enough
            yield Problem(
                command.word(1),
                f"`{words[1]}` is no address, no peer-group and no interface of this BGP instance; FRR refuses the line",
                help=f"write `neighbor {words[1]} peer-group` or `neighbor {words[1]} interface` before it",
            )


def _is_address(word: str) -> bool:
    return ":" in word or (word[:1].isdigit() and word.count(".") == 3)
