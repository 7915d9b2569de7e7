"""Values: what FRR takes for something else than it was meant to be, or for nothing at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address, ip_network
from socket import AF_INET, AF_INET6, inet_pton

from frrcompile.diagnostics import Edit, Severity, Span
from frrcompile.facts.boundaries import EVPN_RD_SHOWN, LOOPBACK_NEXT_HOP_REFUSED
from frrcompile.facts.families import WITH_NETWORKS
from frrcompile.facts.forms.sets import STANDARD
from frrcompile.facts.number import number
from frrcompile.lint.bgp import is_address
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule

_LIKE_AN_ADDRESS = re.compile(r"(?:\d+\.){2,}\d*(?:/\d+)?|[0-9a-z.]*:[0-9a-z.]*:[0-9a-z:.]*(?:/\d+)?", re.IGNORECASE)
IFNAMSIZ = 16
"""The kernel's limit of a device's name, its final NUL included (linux/if.h)."""


def is_mask(word: str) -> bool:
    """Whether a word is an IPv4 network mask: ones, then zeros."""
    try:
        zeros = 0xFFFFFFFF ^ int(IPv4Address(word))
    except AddressValueError:
        return False
    return zeros & (zeros + 1) == 0


def static_routes(config: Configuration) -> list[tuple[Command, int, int]]:
    """Every `ip route` and `ipv6 route` that adds one, with the indexes of its prefix and its next hop. For `derive`."""
    found = []
    for node in ("config", "vrf"):
        for family in ("ip", "ipv6"):
            for command in config.of(node, family):
                words = command.words
                if command.negated or len(words) < 4 or words[1] != "route":
                    continue
                at = 3 if "/" in words[2] or family == "ipv6" else 4
                at += 2 if words[at : at + 1] == ("from",) else 0
                if at < len(words):
                    found.append((command, 2, at))
    return found


@rule("FRR151", "next-hop-is-no-address", Severity.ERROR)
def next_hop_is_no_address(config: Configuration) -> Iterator[Problem]:
    """A next hop that is no address is taken for the name of an interface, without a word.

    What: a static route's next hop that looks like an address and is none, is of the other family, or has a length.
    Why: what is no address is an interface's name (staticd/static_vty.c); the route waits for that interface for ever.
    Bad:
        ip route 192.0.2.0/24 300.1.1.1
    Good:
        ip route 192.0.2.0/24 198.51.100.1
    """
    for command, _, at in config.derive(static_routes):
        hop, family = command.words[at], command.words[0]
        if not is_address(hop):
            wrong = "no address" if _LIKE_AN_ADDRESS.fullmatch(hop) else ""
        else:
            wrong = "no IPv4 address" if family == "ip" and ":" in hop else ""
            wrong = "no IPv6 address" if family == "ipv6" and ":" not in hop else wrong
        if wrong:
            what = f"`{hop}` is {wrong}: FRR takes it for the name of an interface"
            yield Problem(command.word(at), what, help="write the address of the next hop")


@rule("FRR152", "neighbor-is-no-address", Severity.ERROR)
def neighbor_is_no_address(config: Configuration) -> Iterator[Problem]:
    """A neighbor that is no address is taken for a peer group or an interface, and the line is lost.

    What: a `neighbor` that looks like an address and is none. Reported once for each instance and neighbor.
    Why: what is no address is looked up among peer groups and interfaces (bgpd/bgp_vty.c: peer_and_group_lookup_vty), which
        fails when the file is loaded and not before: `vtysh -C` accepts it.
    Bad:
        router bgp 64512
         neighbor 192.0.2.256 remote-as 64513
        exit
    Good:
        router bgp 64512
         neighbor 192.0.2.254 remote-as 64513
        exit
    """
    seen: set[tuple[int, str]] = set()
    for command in config.of("bgp", "neighbor"):
        words = command.words
        if command.negated or len(words) < 3 or (id(command.block), words[1]) in seen or is_address(words[1]):
            continue
        seen.add((id(command.block), words[1]))
        if _LIKE_AN_ADDRESS.fullmatch(words[1]) and "interface" not in words and words[2:] != ("peer-group",):
            what = f"`{words[1]}` is no address: FRR looks for a peer group or an interface of this name, and refuses the line"
            yield Problem(command.word(1), what, help="write the neighbor's address")


def _networks(config: Configuration) -> Iterator[tuple[Command, int]]:
    """Where networks stand: `network`, `aggregate-address`, static routes, prefix and access lists, listen ranges."""
    yield from ((command, at) for command, at, _ in config.derive(static_routes))
    for node in WITH_NETWORKS:
        for first in ("network", "aggregate-address"):
            yield from ((command, 1) for command in config.of(node, first) if not command.negated)
    yield from ((command, 3) for command in config.of("bgp", "bgp") if command.words[1:3] == ("listen", "range"))
    for first, at in (("ip", 3), ("ipv6", 3), ("access-list", 2)):
        for command in config.of("config", first):
            words = command.words
            if not command.negated and (at == 2 or words[1:2] in {("prefix-list",), ("access-list",)}):
                action = at + 2 if words[at : at + 1] == ("seq",) else at
                if words[action : action + 1] in {("permit",), ("deny",)}:
                    yield command, action + 1


@rule("FRR153", "host-bits", Severity.WARNING)
def host_bits(config: Configuration) -> Iterator[Problem]:
    """A prefix with bits set behind its length: FRR clears them.

    What: `10.1.2.3/16` where a network is meant.
    Why: FRR applies the mask (lib/prefix.c: apply_mask) and shows `10.1.0.0/16`. Often the length is what is wrong.
    Bad:
        ip prefix-list pods seq 5 permit 10.244.0.1/16
    Good:
        ip prefix-list pods seq 5 permit 10.244.0.0/16
    """
    for command, at in _networks(config):
        word = command.words[at] if at < len(command.words) else ""
        address, slash, length = word.partition("/")
        if slash and _has_host_bits(address, length):
            span = command.word(at)
            network = ip_network(word, strict=False)
            what = f"`{word}` has bits behind its length: FRR makes `{network}` of it"
            yield Problem(span, what, help="correct the length, or write the network", edit=Edit(span, str(network)))


def _has_host_bits(address: str, length: str) -> bool:
    """Whether bits are set behind the length; not where either cannot be read. (A file may have thousands of them.)"""
    family, bits = (AF_INET6, 128) if ":" in address else (AF_INET, 32)
    if not (length.isascii() and length.isdecimal()) or int(length) > bits:
        return False
    try:
        number = int.from_bytes(inet_pton(family, address), "big")
    except (OSError, ValueError):
        return False
    return number & ((1 << (bits - int(length))) - 1) != 0


@rule("FRR154", "interface-name-too-long", Severity.ERROR)
def interface_name_too_long(config: Configuration) -> Iterator[Problem]:
    """An interface that the kernel cannot have, since its name is longer than 15 bytes.

    What: an `interface` block with a name of more than 15 bytes.
    Why: the kernel's names have 15 bytes (linux/if.h: IFNAMSIZ). FRR refuses more than 16 (lib/if.c: lib_interface_create),
        and 8.4 cuts the last of 16 off: the block is then another interface's.
    Bad:
        interface very-long-uplink0
         description uplink
        exit
    Good:
        interface uplink0
         description uplink
        exit
    """
    for command in config.opened("interface"):
        name = command.words[1]
        size = len(name.encode(errors="surrogateescape"))
        if size >= IFNAMSIZ:
            what = f"`{name}` has {size} bytes; an interface's name has {IFNAMSIZ - 1} at most"
            yield Problem(command.word(1), what, help="shorten it")


@rule("FRR155", "mask-is-no-mask", Severity.ERROR)
def mask_is_no_mask(config: Configuration) -> Iterator[Problem]:
    """A mask that is not ones and then zeros makes a network of another size than it was meant to be.

    What: the mask of a static route, of `network ... mask` or of `aggregate-address`, such as the wildcard 0.255.255.255.
    Why: FRR counts its leading ones (lib/prefix.c: ip_masklen): a wildcard makes `0.0.0.0/0` of the network.
    Bad:
        ip route 10.0.0.0 0.255.255.255 192.0.2.1
    Good:
        ip route 10.0.0.0/8 192.0.2.1
    """
    for command, at in _masks(config):
        mask = command.words[at]
        if is_address(mask) and ":" not in mask and not is_mask(mask):
            yield Problem(
                command.word(at), f"`{mask}` is no mask: it must be ones and then zeros", help="write ADDRESS/LENGTH"
            )


def _masks(config: Configuration) -> Iterator[tuple[Command, int]]:
    yield from ((command, 3) for command, _, hop in config.derive(static_routes) if hop == 4)
    for node in ("bgp-ipv4", "bgp-ipv4-multicast", "bgp"):
        for command in config.of(node, "network"):
            if command.words[2:3] == ("mask",) and len(command.words) > 3:
                yield command, 3
        for command in config.of(node, "aggregate-address"):
            if not command.negated and len(command.words) > 2 and "/" not in command.words[1]:
                yield command, 2


@rule("FRR156", "mask-for-a-wildcard", Severity.WARNING)
def mask_for_a_wildcard(config: Configuration) -> Iterator[Problem]:
    """A network mask in an access list, where FRR wants a wildcard, matches quite other addresses.

    What: `access-list 1 permit 192.0.2.0 255.255.255.0`.
    Why: the bits that are one in a wildcard do not count (lib/filter.c: filter_match_cisco): this entry matches every address
        that ends in .0.
    Bad:
        access-list 1 seq 5 permit 192.0.2.0 255.255.255.0
    Good:
        access-list 1 seq 5 permit 192.0.2.0 0.0.0.255
    """
    for command in config.of("config", "access-list"):
        for at in range(3, len(command.words)):
            mask = command.words[at]
            if (
                mask.startswith("255.")
                and is_mask(mask)
                and command.words[at - 1] != "0.0.0.0"
                and is_address(command.words[at - 1])
                and not command.negated
            ):
                wildcard = str(IPv4Address(0xFFFFFFFF ^ int(IPv4Address(mask))))
                what = f"`{mask}` is a mask, and FRR wants a wildcard here: its ones are the bits that do not count"
                yield Problem(command.word(at), what, help=f"write `{wildcard}`")


_REGULAR_EXPRESSION = re.compile(r".*[\^$*()\[\]].*")
_COMMUNITY = re.compile(r"\d+:\d+")


@rule("FRR157", "value-for-a-name", Severity.ERROR)
def value_for_a_name(config: Configuration) -> Iterator[Problem]:
    """A prefix, a community or an expression where FRR wants the name of a list that has it.

    What: `match ip address 10.0.0.0/8`, `match community 64512:1`, `match as-path ^64512$`, `neighbor X prefix-list 10.0.0.0/8 in`,
        with no list of that name.
    Why: the word is the name of a list (lib/routemap_cli.c, bgpd/bgp_routemap.c), and what is not defined matches nothing.
    Bad:
        route-map pods permit 10
         match ip address 10.244.0.0/16
        exit
    Good:
        ip prefix-list pods seq 5 permit 10.244.0.0/16
        route-map pods permit 10
         match ip address prefix-list pods
        exit
    """
    names: set[str] | None = None
    for command, at, kind in _named(config):
        word = command.words[at]
        wrong = {
            "prefix": "/" in word and _is_network(word),
            "community": bool(_COMMUNITY.fullmatch(word)),
            "expression": bool(_REGULAR_EXPRESSION.fullmatch(word)),
        }[kind]
        if not wrong:
            continue
        names = _names(config) if names is None else names
        if word not in names:
            yield Problem(
                command.word(at),
                f"FRR takes `{word}` for the name of a list, and there is none of this name: nothing matches",
                help="define a list with it, and write the list's name here",
            )


def _named(config: Configuration) -> Iterator[tuple[Command, int, str]]:
    """Where the names of lists stand, with what may be there by mistake."""
    for command in config.of("route-map", "match"):
        words = command.words
        match words[1:4]:
            case ("ip" | "ipv6", "address" | "next-hop" | "route-source", "prefix-list") if len(words) > 4:
                yield command, 4, "prefix"
            case ("ip" | "ipv6", "address", _):
                yield command, 3, "prefix"
            case ("community" | "large-community", *_) if len(words) > 2:
                yield command, 2, "community"
            case ("as-path", _):
                yield command, 2, "expression"
    for node in WITH_NETWORKS:
        for command in config.of(node, "neighbor"):
            if len(command.words) == 5 and not command.negated:
                if command.words[2] in {"prefix-list", "distribute-list"}:
                    yield command, 3, "prefix"
                elif command.words[2] == "filter-list":
                    yield command, 3, "expression"


def _is_network(word: str) -> bool:
    try:
        ip_network(word, strict=False)
    except ValueError:
        return False
    return True


def _names(config: Configuration) -> set[str]:
    """Every word of the lines that define lists: more than their names, which does no harm here."""
    found: set[str] = set()
    for first in ("ip", "ipv6", "access-list", "bgp"):
        for command in config.of("config", first):
            if not command.negated and first == "access-list":
                found.add(command.words[1])
            elif not command.negated and command.words[1] in {"prefix-list", "access-list"}:
                found.add(command.words[2])
            elif not command.negated and first == "bgp":
                found.update(command.words[2:4])
    return found


@rule("FRR158", "malformed-community", Severity.ERROR)
def malformed_community(config: Configuration) -> Iterator[Problem]:
    """A community that is none: `vtysh -C` accepts it, and bgpd refuses the line.

    What: a community that is not two numbers up to 65535, or a large one that is not three numbers up to 4294967295, in a
        route-map's `set` line or a standard list.
    Why: vtysh takes any word (AA:NN); bgpd reads it when the file is loaded (bgpd/bgp_community.c: community_gettoken,
        bgpd/bgp_lcommunity.c), and the line is lost. An AS number above 65535 needs a large community.
    Bad:
        route-map pods permit 10
         set community 4200000000:1
        exit
    Good:
        route-map pods permit 10
         set large-community 4200000000:0:1
        exit
    """
    for command, start, parts in _communities(config):
        most = 65535 if parts == 2 else 4294967295
        for at in range(start, len(command.words)):
            word = command.words[at]
            numbers = word.split(":")
            if len(numbers) == 1 or not all(part.isascii() and part.isdecimal() for part in numbers):
                continue
            if len(numbers) != parts or any((value := number(part)) is None or value > most for part in numbers):
                allowed = " and a colon between them" if parts == 2 else " and colons between them"
                yield Problem(
                    command.word(at),
                    f"`{word}` is no {'community' if parts == 2 else 'large community'}; "
                    f"allowed: {parts} numbers from 0 to {most}{allowed}",
                    help="FRR refuses the line; a large community has room for long AS numbers" if parts == 2 else "",
                )


def _communities(config: Configuration) -> Iterator[tuple[Command, int, int]]:
    """Where communities stand: the command, the index of the first, and how many numbers each has."""
    sizes = {"community": 2, "large-community": 3, "community-list": 2, "large-community-list": 3}
    for command in config.of("route-map", "set"):
        if not command.negated and command.words[1] in {"community", "large-community"}:
            yield command, 2, sizes[command.words[1]]
    for command in config.of("config", "bgp"):
        words = command.words
        if command.negated or words[1] not in {"community-list", "large-community-list"} or "expanded" in words[:3]:
            continue
        if words[2] != "standard" and number(words[2]) not in STANDARD:
            continue
        action = next((i for i, word in enumerate(words) if i > 2 and word in {"permit", "deny"}), len(words))
        yield command, action + 1, sizes[words[1]]


@rule("FRR159", "quoted-description", Severity.INFO)
def quoted_description(config: Configuration) -> Iterator[Problem]:
    """Quotes around a description are part of it.

    What: a description that begins and ends with a quote.
    Why: FRR has no quoting; the text is what stands on the line (lib/command.c: argv_concat).
    Bad:
        interface eth0
         description "uplink to leaf1"
        exit
    Good:
        interface eth0
         description uplink to leaf1
        exit
    """
    for node, first, at in (("interface", "description", 1), ("route-map", "description", 1), ("bgp", "neighbor", 3)):
        for command in config.of(node, first):
            words = command.statement.words
            if command.negated or len(words) <= at or (at == 3 and command.words[2] != "description"):
                continue
            if words[at][0] in "\"'" and words[-1][-1] == words[at][0] and len("".join(words[at:])) > 1:
                begin, end = command.word(at), command.word(-1)
                span = Span(begin.path, begin.line, begin.column, end.line, end.end_column)
                text = command.statement.text[begin.column - command.span.column :]
                yield Problem(
                    span, "the quotes are part of the text", help="leave them out", edit=Edit(span, text[1:-1].strip())
                )


@rule("FRR160", "mask-for-a-length", Severity.ERROR)
def mask_for_a_length(config: Configuration) -> Iterator[Problem]:
    """An address and a mask where FRR wants ADDRESS/LENGTH.

    What: `ip address 192.0.2.1 255.255.255.0` and the like, as other routers write it.
    Why: FRR refuses the line as an unknown command (zebra/interface.c: ip_address_cmd takes a prefix).
    Bad:
        interface eth0
         ip address 192.0.2.1 255.255.255.0
        exit
    Good:
        interface eth0
         ip address 192.0.2.1/24
        exit
    """
    for command in (*config.of("interface", "ip"), *config.unknown):
        words = command.words
        if "description" in words:
            continue
        for at in range(1, len(words) - 1):
            if (
                words[at + 1].startswith("255.")
                and is_mask(words[at + 1])
                and is_address(words[at])
                and ":" not in words[at]
            ):
                length = (0xFFFFFFFF ^ int(IPv4Address(words[at + 1]))).bit_length()
                begin, end = command.word(at), command.word(at + 1)
                span = Span(begin.path, begin.line, begin.column, end.line, end.end_column)
                written = f"{words[at]}/{32 - length}"
                what = f"FRR has no masks here, and refuses the line; allowed: `{written}`"
                yield Problem(span, what, edit=Edit(span, written))
                break


def _next_hops(config: Configuration) -> list[tuple[Command, int, IPv4Address | IPv6Address, bool]]:
    """The addresses in `set ip next-hop` and `set ipv6 next-hop`: the command, where, which, and whether it is `local`."""
    found = []
    for command in config.of("route-map", "set"):
        words = command.words
        if command.negated or words[2:3] != ("next-hop",):
            continue
        at = 4 if words[1] == "ipv6" else 3
        if at < len(words) and is_address(words[at]):
            found.append((command, at, ip_address(words[at]), words[3] == "local"))
    return found


_LOST = "FRR refuses the line, and from version 9 on bgpd loses all route-maps and lists of the load"


@rule("FRR161", "next-hop-of-nobody", Severity.ERROR)
def next_hop_of_nobody(config: Configuration) -> Iterator[Problem]:
    """A next hop that is no router's address costs bgpd every route-map and list that is loaded with it.

    What: `set ip next-hop` of 0.0.0.0 or a multicast address; `set ipv6 next-hop global` of a link-local, loopback, multicast
        or unspecified address; `set ipv6 next-hop local` of any that is not link-local.
    Why: bgpd refuses such an address when it commits (bgpd/bgp_routemap.c, lib/routemap_northbound.c), which `vtysh -C` does
        not see. FRR 8.4 loses the entry. From 9.0 on one load is one transaction: bgpd loses all of it, mgmtd has it and shows
        it, so that frr-reload.py finds nothing missing, and bgpd denies every route (seen in 10.3 and 10.7).
    Bad:
        route-map pods permit 10
         set ipv6 next-hop global fe80::1
        exit
    Good:
        route-map pods permit 10
         set ipv6 next-hop global 2001:db8::1
        exit
    """
    for command, at, address, local in config.derive(_next_hops):
        if local:
            wrong = "" if address.is_link_local else "not link-local"
        else:
            kinds = ("unspecified", "multicast", *(("loopback", "link_local") if address.version == 6 else ()))
            wrong = next(
                (f"a {kind.replace('_', '-')} address" for kind in kinds if getattr(address, f"is_{kind}")), ""
            )
            wrong = wrong.replace("a unspecified", "the unspecified")
        if wrong:
            yield Problem(command.word(at), f"`{address}` is {wrong}: {_LOST}", help="write a router's address")


@rule("FRR162", "on-match-that-leads-nowhere", Severity.ERROR)
def on_match_that_leads_nowhere(config: Configuration) -> Iterator[Problem]:
    """An entry that denies, or that would go on to itself or back, takes every route-map of the load with it.

    What: `on-match` or `continue` in an entry that denies, or with the entry's own number or a lower one.
    Why: a route that is denied does not go on, and a loop would never end, so FRR refuses the line
        (lib/routemap_northbound.c). From 9.0 on it refuses all route-maps and lists of the load, and mgmtd of 10.3 may end on
        it (seen in 10.3 and 10.7); `vtysh -C` says nothing.
    Bad:
        route-map pods deny 10
         match tag 6
         on-match next
        exit
    Good:
        route-map pods permit 10
         match tag 6
         on-match next
        exit
    """
    for first in ("on-match", "continue"):
        for command in config.of("route-map", first):
            header = command.block.header if command.block else None
            if command.negated or header is None or len(header.words) != 4:
                continue
            action, entry, to = header.words[2], header.words[3], command.words[-1]
            if action == "deny":
                what = "this entry denies, and what is denied does not go on"
            elif (here := number(entry)) is not None and (there := number(to)) is not None and there <= here:
                what = f"entry {entry} would go on to {'itself' if there == here else f'{to}, which is before it'}"
            else:
                continue
            yield Problem(command, f"{what}: {_LOST}", help="let it permit, or go on to a higher number")


@rule("FRR163", "loopback-for-a-next-hop", Severity.ERROR, since=LOOPBACK_NEXT_HOP_REFUSED)
def loopback_for_a_next_hop(config: Configuration) -> Iterator[Problem]:
    """A next hop in 127.0.0.0/8 or 0.0.0.0/8 costs bgpd every route-map and list that is loaded with it.

    What: `set ip next-hop` of such an address.
    Why: FRR refuses it from 9.0 on (FRRouting/frr issue 14235; seen in 10.3 and 10.7, while 8.4 takes it), with all route-maps
        and lists of the load; `vtysh -C` says nothing.
    Bad:
        route-map pods permit 10
         set ip next-hop 127.0.0.1
        exit
    Good:
        route-map pods permit 10
         set ip next-hop 192.0.2.1
        exit
    """
    for command, at, address, _ in config.derive(_next_hops):
        if address.version == 4 and int(address) >> 24 in (0, 127) and not address.is_unspecified:
            yield Problem(command.word(at), f"`{address}` is this host's own: {_LOST}", help="write a router's address")


@rule("FRR164", "bgpd-dies-when-shown", Severity.ERROR, until=EVPN_RD_SHOWN)
def bgpd_dies_when_shown(config: Configuration) -> Iterator[Problem]:
    """bgpd takes the line, and aborts as soon as somebody asks for its configuration.

    What: `match evpn rd` in a route-map, for FRR 8.4.
    Why: tried with FRR 8.4.4: `show running-config`, and with it each reload, ends bgpd and all sessions (signal 6). FRR 10.3 and
        10.7.1 show the line; releases between 8.4 and 10.3 were not tried.
    Bad:
        route-map ours permit 10
         match evpn rd 65000:1
        exit
    Good:
        route-map ours permit 10
         match evpn vni 100
        exit
    """
    for command in config.of("route-map", "match"):
        if not command.negated and command.words[1:3] == ("evpn", "rd"):
            message = "bgpd takes this line, and dies when its configuration is shown: each reload does so"
            yield Problem(command, message, help="match something else, such as `match evpn vni`, or use FRR 10")
