"""Who may be a BGP neighbour, and what is taken from it."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity
from frrcompile.facts.families import IPV4, IPV6
from frrcompile.lint.bgp import Link, Neighbor, instances
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.rules.sessions.listening import ranges
from frrcompile.lint.rules.sessions.policy import is_required, sessions, unfiltered


@rule("FRR721", "listening-to-everybody", Severity.WARNING, keywords=("listen",))
def listening_to_everybody(config: Configuration) -> Iterator[Problem]:
    """Everybody may open a session, without a password.

    What: `bgp listen range 0.0.0.0/0` or `::/0`, and its group has no `password`.
    Why: bgpd then takes every host that says the right AS (any, with `remote-as external`) for a neighbour, up to the
    listen limit (bgpd/bgpd.c, peer_group_lookup_dynamic_neighbor).
    Bad:
        router bgp 65000
         neighbor hosts peer-group
         neighbor hosts remote-as external
         bgp listen range 0.0.0.0/0 peer-group hosts
        exit
    Good:
        router bgp 65000
         neighbor hosts peer-group
         neighbor hosts remote-as external
         bgp listen range 192.0.2.0/24 peer-group hosts
        exit
    """
    for instance in config.derive(instances):
        for one in ranges(instance):
            group = instance.neighbors.get(one.group)
            if one.network.prefixlen == 0 and group is not None and "password" not in group.session:
                message = f"every address may open a session of the group {group.name}, without a password"
                labels = (group.made.label("the group"),)
                yield Problem(one.command, message, labels, "name the network that the neighbours are in")


@rule("FRR722", "multihop-without-password", Severity.INFO, keywords=("ebgp-multihop",))
def multihop_without_password(config: Configuration) -> Iterator[Problem]:
    """A session over several hops has no password.

    What: a neighbour of another AS has `ebgp-multihop`, and neither it nor its group has a `password`.
    Why: with packets from several hops away allowed, hosts further off can try to break or take over the session
    (RFC 7454, 5); `ttl-security` excludes `ebgp-multihop`, which leaves the password.
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 ebgp-multihop 3
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 ttl-security hops 3
        exit
    """
    for neighbor in config.derive(_external):
        multihop = neighbor.said("ebgp-multihop")
        if multihop is not None and multihop.words[-1] != "1" and neighbor.said("password") is None:
            message = f"the session with {neighbor.name} goes over several hops without a password"
            yield Problem(multihop, message, help="use `ttl-security hops N` instead, or add a `password`")


@rule("FRR723", "ebgp-without-maximum-prefix", Severity.INFO)
def ebgp_without_maximum_prefix(config: Configuration) -> Iterator[Problem]:
    """A neighbour of another AS may send any number of routes.

    What: it is active in a unicast family without `maximum-prefix`.
    Why: a mistake there fills the tables here (RFC 7454, 8).
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         address-family ipv4 unicast
          neighbor 192.0.2.1 maximum-prefix 1000
         exit-address-family
        exit
    """
    for neighbor in config.derive(_external):
        families = neighbor.active & {IPV4, IPV6}
        if any("maximum-prefix" not in neighbor.said_in(family) for family in families):
            message = f"{neighbor.name} may send any number of routes"
            yield Problem(
                neighbor.made, message, help=f"add `neighbor {neighbor.name} maximum-prefix N` to its families"
            )


@rule("FRR724", "ebgp-takes-everything", Severity.INFO)
def ebgp_takes_everything(config: Configuration) -> Iterator[Problem]:
    """Everything that a neighbour of another AS sends is taken.

    What: the instance does not require policies (`no bgp ebgp-requires-policy`, or `frr defaults datacenter`), and a
    neighbour of another AS has none for what comes in.
    Why: RFC 8212 has it the other way, as one such session is enough to draw traffic to the wrong place.
    Bad:
        router bgp 65000
         no bgp ebgp-requires-policy
         neighbor 192.0.2.1 remote-as 65001
        exit
    Good:
        ip prefix-list theirs seq 5 permit 198.51.100.0/24
        router bgp 65000
         no bgp ebgp-requires-policy
         neighbor 192.0.2.1 remote-as 65001
         address-family ipv4 unicast
          neighbor 192.0.2.1 prefix-list theirs in
         exit-address-family
        exit
    """
    required = {id(one) for one in config.derive(instances) if is_required(config, one)}
    for neighbor in config.derive(_external):
        if id(neighbor.instance) not in required and unfiltered(neighbor, "in"):
            message = f"everything that {neighbor.name} sends is taken"
            yield Problem(neighbor.made, message, help="add a `route-map` or `prefix-list` for what comes `in`")


def _external(config: Configuration) -> list[Neighbor]:
    """The sessions with other ASes."""
    every = (one for instance in config.derive(instances) for one in sessions(instance))
    return [one for one in every if one.link is Link.EXTERNAL]
