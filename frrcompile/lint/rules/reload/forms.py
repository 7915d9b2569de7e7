"""Lines that FRR shows in other words or in another order: frr-reload.py takes those back and adds the file's, for ever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network
from socket import AF_INET6, inet_ntop, inet_pton

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.rules.reload.shown import instead
from frrcompile.lint.rules.values import is_mask, static_routes


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
    for node, first in (
        ("config", "debug"),
        ("config", "router-id"),
        ("config", "log"),
        ("route-map", "continue"),
        ("route-map", "match"),
    ):
        for command in config.of(node, first):
            if not command.negated and (shown := _form(command.words)):
                yield instead(command, *shown)
    for command, _, hop in config.derive(static_routes):
        if command.words[hop + 1 :] == ("1",):
            yield instead(command, " ".join(command.words[:-1]))


_EVPN_TYPES = {"1": "ead", "2": "macip", "3": "multicast", "4": "es", "5": "prefix"}


def _form(words: tuple[str, ...]) -> tuple[str, ...]:
    """What FRR shows for a line; nothing where it shows the line itself."""
    match words:
        case ("debug", "bgp", "updates"):
            return ("debug bgp updates in", "debug bgp updates out")
        case ("router-id", address):
            return (f"ip router-id {address}",)
        case ("log", "syslog" | "stdout", "debugging") | ("log", "file", _, "debugging"):
            return (" ".join(words[:-1]),)
        case ("continue", number):
            return (f"on-match goto {number}",)
        case ("match", "evpn", "route-type", number) if number in _EVPN_TYPES:
            return (f"match evpn route-type {_EVPN_TYPES[number]}",)
    return ()


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
    for command, at, hop in config.derive(static_routes):
        if hop == 4 and (network := _network(command.words[at], command.words[3])):
            yield instead(command, " ".join((*command.words[:at], network, *command.words[4:])))
    for node in ("bgp-ipv4", "bgp-ipv4-multicast", "bgp"):
        for command in (*config.of(node, "network"), *config.of(node, "aggregate-address")):
            words = command.words
            mask = 3 if words[2:3] in (["mask"], ("mask",)) else 2
            if command.negated or len(words) <= mask or "/" in words[1]:
                continue
            if network := _network(words[1], words[mask]):
                yield instead(command, " ".join((words[0], network, *words[mask + 1 :])))


def _network(address: str, mask: str) -> str:
    """The network with its length; nothing where there is no such network."""
    if not is_mask(mask):
        return ""
    try:
        return str(IPv4Network((address, mask), strict=False))
    except ValueError:
        return ""


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
    for command, _, hop in config.derive(static_routes):
        words = command.words
        start = hop + 1
        if (
            start < len(words)
            and not words[start].isdigit()
            and words[start] not in _VALUED
            and words[start] != "onlink"
        ):
            start += 1  # the interface behind the address
        options = _options(words[start:])
        if options and options != sorted(options, key=lambda option: option[0]):
            ordered = [word for _, option in sorted(options, key=lambda option: option[0]) for word in option]
            yield instead(command, " ".join((*words[:start], *ordered)))


_VALUED = {"tag": 0, "nexthop-vrf": 2, "table": 3}


def _options(words: Sequence[str]) -> list[tuple[int, tuple[str, ...]]]:
    """A static route's options with their place in FRR's order; none where one of them is not known here."""
    found: list[tuple[int, tuple[str, ...]]] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word.isdigit():
            found.append((1, (word,)))
        elif word == "onlink":
            found.append((4, (word,)))
        elif word in _VALUED and at + 1 < len(words):
            found.append((_VALUED[word], (word, words[at + 1])))
            at += 1
        else:
            return []
        at += 1
    return found


@rule("FRR633", "order-of-an-aggregate", Severity.WARNING, until=(10, 7))
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
    order = ("as-set", "summary-only", "route-map", "origin", "matching-MED-only", "suppress-map")
    for node in ("bgp-ipv4", "bgp-ipv6", "bgp"):
        for command in config.of(node, "aggregate-address"):
            if not command.negated and "/" in command.words[1] and (rest := _ordered(command.words[2:], order)):
                yield instead(command, " ".join((*command.words[:2], *rest)))


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
    for node in ("bgp-ipv4", "bgp-ipv6", "bgp", "ospf"):
        for command in config.of(node, "redistribute"):
            words = command.words
            start = 3 if len(words) > 2 and words[2].isdigit() else 2
            if not command.negated and (rest := _ordered(words[start:], ("metric", "route-map"))):
                yield instead(command, " ".join((*words[:start], *rest)))


_ALONE = frozenset({"as-set", "summary-only", "matching-MED-only"})


def _ordered(words: Sequence[str], order: Sequence[str]) -> tuple[str, ...]:
    """Options in an order; nothing where they are in it already, or are others than these."""
    pairs: list[tuple[str, ...]] = []
    at = 0
    while at < len(words):
        size = 1 if words[at] in _ALONE else 2
        if words[at] not in order or at + size > len(words):
            return ()
        pairs.append(tuple(words[at : at + size]))
        at += size
    ordered = sorted(pairs, key=lambda pair: order.index(pair[0]))
    return tuple(word for pair in ordered for word in pair) if ordered != pairs else ()


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
        if command.negated or len(words) < 3 or words[1] != "address":
            continue
        address, slash, length = words[2].partition("/")
        try:
            shown = inet_ntop(AF_INET6, inet_pton(AF_INET6, address)) + slash + length
        except (OSError, ValueError):
            continue
        if shown != words[2]:
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
    for command in _with_zeros(config):
        words = list(command.words)
        for at in range(1, len(words)):
            if _padded(words[at]) and (words[at - 1] in _NUMBERED or (words[0] == "route-map" and at == 3)):
                words[at] = words[at].lstrip("0") or "0"
        if words != list(command.words):
            yield instead(command, " ".join(words))


_NUMBERED = frozenset({"seq", "metric", "vni", "bandwidth", "cost", "distance", "detect-multiplier"})


def _padded(word: str) -> bool:
    return len(word) > 1 and word[0] == "0" and word.isdigit()


def _with_zeros(config: Configuration) -> Iterator[Command]:
    """The commands in which such a number may stand."""
    yield from config.of("config", "route-map")
    for first in ("ip", "ipv6"):
        yield from (c for c in config.of("config", first) if c.words[1] in ("prefix-list", "access-list"))
        yield from (c for c in config.of("interface", first) if c.words[1] == "ospf")
    for node, first in (
        *(("route-map", "set"), ("route-map", "match"), ("vrf", "vni"), ("interface", "bandwidth")),
        *(("bgp-ipv4", "redistribute"), ("bgp-ipv6", "redistribute"), ("bfd-profile", "detect-multiplier")),
        *(("bfd-peer", "detect-multiplier"), ("config", "access-list")),
    ):
        yield from config.of(node, first)
