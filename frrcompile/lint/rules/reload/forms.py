"""Lines that FRR shows in other words or in another order: frr-reload.py takes those back and adds the file's, for ever."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from frrcompile.diagnostics import Severity
from frrcompile.facts.addresses import shortest
from frrcompile.facts.boundaries import RELOAD_SORTS_AGGREGATES
from frrcompile.facts.forms import lines, orders, routes
from frrcompile.facts.forms.numbers import without_zeros
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.shown import instead, otherwise


@rule("FRR630", "line-in-another-form", Severity.WARNING)
def line_in_another_form(config: Configuration) -> Iterator[Problem]:
    """A line that FRR shows in other words.

    What: `debug bgp updates` (two lines, `in` and `out`), `router-id` at the top (`ip router-id`), `log syslog debugging` (`log syslog`),
        `continue N` in a route-map (`on-match goto N`), `match evpn route-type 2` (`macip`), a static route's distance 1.
    Why: FRR writes its own form; frr-reload.py compares texts, takes it back, and adds the file's at each reload.
    Bad:
        debug bgp updates
        router-id 192.0.2.1
        route-map pods permit 10
         continue 20
        exit
    Good:
        debug bgp updates in
        debug bgp updates out
        ip router-id 192.0.2.1
        route-map pods permit 10
         on-match goto 20
        exit
    """
    yield from otherwise(config, (*lines.ELSEWHERE, *routes.DISTANCE))


@rule("FRR631", "mask-form", Severity.WARNING)
def mask_form(config: Configuration) -> Iterator[Problem]:
    """A network with a mask is shown with a length.

    What: `ip route A M`, `network A mask M`, `aggregate-address A M`.
    Why: FRR writes ADDRESS/LENGTH (lib/prefix.c: prefix2str); frr-reload.py takes that route back and adds the file's line at each
        reload, and traffic is lost in between.
    Bad:
        ip route 203.0.113.0 255.255.255.0 192.0.2.1
    Good:
        ip route 203.0.113.0/24 192.0.2.1
    """
    yield from otherwise(config, (*routes.PREFIX_LENGTH, *orders.PREFIX_LENGTH))


@rule("FRR632", "order-of-a-static-route", Severity.WARNING)
def order_of_a_static_route(config: Configuration) -> Iterator[Problem]:
    """A static route whose options stand in another order than FRR writes them.

    What: any order but `tag`, distance, `nexthop-vrf`, `table`, `onlink`.
    Why: staticd writes them in this one (staticd/static_vty.c: nexthop_cli_show); frr-reload.py takes the route back and adds
        it again at each reload, and traffic is lost in between.
    Bad:
        ip route 203.0.113.0/25 192.0.2.1 200 tag 5
    Good:
        ip route 203.0.113.0/25 192.0.2.1 tag 5 200
    """
    yield from otherwise(config, routes.ORDER)


@rule("FRR633", "order-of-an-aggregate", Severity.WARNING, until=RELOAD_SORTS_AGGREGATES)
def order_of_an_aggregate(config: Configuration) -> Iterator[Problem]:
    """An aggregate whose options stand in another order than FRR writes them.

    What: any order but `as-set`, `summary-only`, `route-map`, `origin`, `matching-MED-only`, `suppress-map`.
    Why: bgpd writes them in this one (bgpd/bgp_route.c: bgp_config_write_network); frr-reload.py before 10.7 takes the aggregate
        back and adds it again at each reload, and the route is withdrawn in between.
    Bad:
        router bgp 64512
         address-family ipv4 unicast
          aggregate-address 198.18.0.0/15 summary-only as-set
         exit-address-family
        exit
    Good:
        router bgp 64512
         address-family ipv4 unicast
          aggregate-address 198.18.0.0/15 as-set summary-only
         exit-address-family
        exit
    """
    yield from otherwise(config, orders.AGGREGATE)


@rule("FRR634", "order-of-a-redistribution", Severity.WARNING)
def order_of_a_redistribution(config: Configuration) -> Iterator[Problem]:
    """`redistribute` with its route-map before its metric: FRR writes them the other way round.

    What: `redistribute P route-map R metric M`, in BGP and OSPF.
    Why: FRR writes the metric first (bgpd/bgp_vty.c: bgp_config_write_redistribute); frr-reload.py takes the redistribution back and
        adds it again at each reload, and its routes are withdrawn in between.
    Bad:
        route-map local permit 10
        exit
        router bgp 64512
         address-family ipv4 unicast
          redistribute connected route-map local metric 5
         exit-address-family
        exit
    Good:
        route-map local permit 10
        exit
        router bgp 64512
         address-family ipv4 unicast
          redistribute connected metric 5 route-map local
         exit-address-family
        exit
    """
    yield from otherwise(config, orders.REDISTRIBUTE)


@rule("FRR635", "address-form", Severity.WARNING)
def address_form(config: Configuration) -> Iterator[Problem]:
    """An interface's IPv6 address in capitals or not shortened is shown otherwise.

    What: `ipv6 address 2001:DB8::1/64`, `2001:db8:0:0::1/64`. Elsewhere frr-reload.py knows the forms of one address.
    Why: FRR writes the short form in small letters (RFC 5952); frr-reload.py takes the address off the interface and adds it again at
        each reload.
    Bad:
        interface eth6
         ipv6 address 2001:DB8::1/64
        exit
    Good:
        interface eth6
         ipv6 address 2001:db8::1/64
        exit
    """
    for command in config.of("interface", "ipv6"):
        words = command.words
        if (
            not command.negated
            and len(words) > 2
            and words[1] == "address"
            and (shown := shortest(words[2])) != words[2]
        ):
            yield instead(command, " ".join((*words[:2], shown, *words[3:])))


@rule("FRR636", "number-with-zeros", Severity.WARNING)
def number_with_zeros(config: Configuration) -> Iterator[Problem]:
    """A number that begins with 0 is shown without it.

    What: the number of a route-map's or a prefix list's entry, a metric, a VNI, a distance, a multiplier.
    Why: FRR keeps the number and not its text; frr-reload.py takes the line back and adds it again at each reload.
    Bad:
        route-map pods permit 010
         set metric 010
        exit
    Good:
        route-map pods permit 10
         set metric 10
        exit
    """
    shown_for = cache(without_zeros)  # a line often stands in many blocks
    for command in _with_zeros(config):
        shown = shown_for(command.words)
        if shown != command.words:
            yield instead(command, " ".join(shown))


def _with_zeros(config: Configuration) -> Iterator[Command]:
    """The commands in which such a number may stand."""
    yield from config.of("config", "route-map")
    for first in ("ip", "ipv6"):
        yield from (c for c in config.of("config", first) if c.words[1] in ("prefix-list", "access-list"))
        yield from (c for c in config.of("interface", first) if c.words[1] == "ospf")
    for node, first in (
        *(("route-map", "set"), ("route-map", "match"), ("route-map", "on-match"), ("vrf", "vni")),
        *(("interface", "bandwidth"), ("bgp-ipv4", "redistribute"), ("bgp-ipv6", "redistribute")),
        *(("bfd-profile", "detect-multiplier"), ("bfd-peer", "detect-multiplier"), ("config", "access-list")),
    ):
        yield from config.of(node, first)
