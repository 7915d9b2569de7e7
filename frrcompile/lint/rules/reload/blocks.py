"""Blocks that FRR shows under another header, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Edit, Severity, Span
from frrcompile.facts.boundaries import IMPORTED_INSTANCE_HIDDEN, RELOAD_KNOWS_INTERFACE_VRF, RELOAD_LEAVES_CONTEXTS
from frrcompile.facts.families import IPV4, IPV6, NODES
from frrcompile.facts.forms import routes
from frrcompile.facts.forms.headers import FAMILY, without_default_vrf, without_vrf
from frrcompile.lint.bgp import instances
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.shown import instead, otherwise
from frrcompile.syntax.lines import Statement
from frrcompile.syntax.tree import Block


@rule("FRR620", "empty-block", Severity.WARNING)
def empty_block(config: Configuration) -> Iterator[Problem]:
    """A block with nothing in it that FRR does not show, so that each reload adds it again.

    What: an empty `address-family`, `interface`, `line vty` or `segment-routing`. Others have a meaning of their own, or are
        shown: `router bgp`, `route-map`, `vrf`, `bfd`.
    Why: FRR writes these headers together with their first line (bgpd/bgp_vty.c: bgp_config_write_family, zebra/interface.c:
        if_config_write).
    Bad:
        router bgp 64512
         address-family ipv6 multicast
         exit-address-family
        exit
    Good:
        router bgp 64512
         address-family ipv6 multicast
          network 2001:db8::/32
         exit-address-family
        exit
    """
    for node in (*NODES, "interface", "line-vty", "segment-routing"):
        for header in config.opened(node):
            block = header.opens
            if (
                block is None
                or config.within(block)
                or any(isinstance(item, Statement | Block) for item in block.children)
            ):
                continue
            if node == "interface" and header.words in config.derive(_filled):
                continue
            last = block.last.number
            edit = Edit(Span(header.span.path, header.span.line, 1, last + 1, 1), "") if block.closer else None
            what = "FRR does not show a block with nothing in it: frr-reload.py adds it at each reload"
            yield Problem(header, what, help="leave it out", edit=edit)


def _filled(config: Configuration) -> frozenset[tuple[str, ...]]:
    """The headers of the interfaces that have content, here or there."""
    headers = config.opened("interface")
    return frozenset(one.words for one in headers if one.opens and config.within(one.opens))


@rule("FRR621", "address-family-without-unicast", Severity.WARNING)
def address_family_without_unicast(config: Configuration) -> Iterator[Problem]:
    """`address-family ipv4` is shown as `address-family ipv4 unicast`: each reload removes the family's lines.

    What: the header of IPv4 or IPv6 unicast without its last word, in `router bgp`.
    Why: frr-reload.py compares headers as texts (tools/frr-reload.py), and FRR writes both words (bgpd/bgp_vty.c:
        bgp_config_write_family): it takes every line of the family back, and adds it again.
    Bad:
        router bgp 64512
         address-family ipv4
          network 198.51.100.0/25
         exit-address-family
        exit
    Good:
        router bgp 64512
         address-family ipv4 unicast
          network 198.51.100.0/25
         exit-address-family
        exit
    """
    for node in (IPV4, IPV6):
        for header in config.opened(node):
            shown = " ".join(FAMILY.get(header.words, header.words))
            if shown != header.text:
                what = f"FRR shows this as `{shown}`: each reload removes all lines of the family, and adds them again"
                yield instead(header, shown, what=what)


@rule("FRR622", "default-vrf-by-name", Severity.WARNING)
def default_vrf_by_name(config: Configuration) -> Iterator[Problem]:
    """`router bgp N vrf default` and the like: each reload removes what stands in the block.

    What: the default VRF by its name, in the header of `router bgp`, `bfd`'s `peer` or `vrf default`, and `nexthop-vrf default` of a
        static route.
    Why: FRR leaves the name out when it shows them (bgpd/bgp_vty.c: bgp_config_write), and frr-reload.py compares texts: it
        sends `no router bgp N` at each reload.
    Bad:
        router bgp 64512 vrf default
         bgp router-id 192.0.2.1
        exit
    Good:
        router bgp 64512
         bgp router-id 192.0.2.1
        exit
    """
    for header in (*config.opened("bgp"), *config.opened("bfd-peer")):
        words = without_default_vrf(header.words)
        if words != header.words:
            shown = " ".join(words)
            what = f"FRR shows this as `{shown}`: each reload removes the block, and adds it again"
            yield instead(header, shown, what=what)
    for header in config.opened("vrf"):
        if header.words[1:] in (["default"], ("default",)) and header.opens and config.within(header.opens):
            what = "FRR shows these lines at the top: each reload removes them, and adds them again"
            yield Problem(header, what, help="write the lines at the top, without `vrf default`")
    yield from otherwise(config, routes.DEFAULT_VRF)


@rule("FRR623", "interface-with-its-vrf", Severity.WARNING, until=RELOAD_KNOWS_INTERFACE_VRF)
def interface_with_its_vrf(config: Configuration) -> Iterator[Problem]:
    """`interface X vrf V` is shown as `interface X`: until FRR 9.1, each reload removes the block's lines.

    What: the VRF in an interface's header.
    Why: an interface is in the VRF that the kernel has it in, and FRR shows its name alone (zebra/interface.c:
        if_config_write). The frr-reload.py of 10.1 and newer takes both headers for the same, an older one does not.
    Bad:
        interface eth7 vrf red
         description uplink
        exit
    Good:
        interface eth7
         description uplink
        exit
    """
    for header in config.opened("interface"):
        if (words := without_vrf(header.words)) != header.words:
            shown = " ".join(words)
            yield instead(header, shown, what=f"FRR shows this as `{shown}`: each reload removes the block's lines")


@rule("FRR624", "vrf-behind-bgp", Severity.WARNING, until=RELOAD_LEAVES_CONTEXTS)
def vrf_behind_bgp(config: Configuration) -> Iterator[Problem]:
    """`vni` in a `vrf` block behind `router bgp`: the frr-reload.py of FRR 8.4 and 8.5 puts it into the default VRF.

    What: a VRF with a VNI that stands behind a `router bgp` block.
    Why: that frr-reload.py sends the lines to be added to one vtysh without the `exit` of `router bgp` (tools/frr-reload.py), where
        `vrf red` is `vrf-policy red` (FRR103), and `vni 100` then belongs to the top.
    Bad:
        router bgp 64512
         bgp router-id 192.0.2.1
        exit
        vrf red
         vni 100
        exit-vrf
    Good:
        vrf red
         vni 100
        exit-vrf
        router bgp 64512
         bgp router-id 192.0.2.1
        exit
    """
    first = min(config.opened("bgp"), key=lambda header: header.statement.number, default=None)
    for header in config.opened("vrf") if first else ():
        if first and header.statement.number > first.statement.number and header.opens:
            vni = next((line for line in config.within(header.opens) if line.words[0] == "vni"), None)
            if vni is not None:
                what = "behind `router bgp`: when a reload adds this, `vni` lands in the default VRF"
                yield Problem(header, what, (vni.label("this"),), help="write the VRFs before `router bgp`")


@rule("FRR625", "imported-instance-not-written", Severity.WARNING, until=IMPORTED_INSTANCE_HIDDEN)
def imported_instance_not_written(config: Configuration) -> Iterator[Problem]:
    """`import vrf X` without a `router bgp N vrf X`: until FRR 9.1, each reload removes the instance that it makes.

    What: the import from a VRF whose instance is not in the file.
    Why: bgpd makes the instance itself, with the importing one's AS, and until 9.1 shows it (bgpd/bgp_vty.c: bgp_imexport_vrf);
        frr-reload.py does not find it in the file and sends `no router bgp N vrf X`.
    Bad:
        router bgp 64512
         address-family ipv4 unicast
          import vrf blue
         exit-address-family
        exit
    Good:
        router bgp 64512 vrf blue
        exit
        router bgp 64512
         address-family ipv4 unicast
          import vrf blue
         exit-address-family
        exit
    """
    known = {instance.vrf or "default" for instance in config.derive(instances)}
    for node in ("bgp-ipv4", "bgp-ipv6"):
        for command in config.of(node, "import"):
            words = command.words
            if not command.negated and len(words) == 3 and words[1] == "vrf" and words[2] not in known:
                what = f"FRR makes an instance of VRF `{words[2]}` for this and shows it: each reload removes it"
                yield Problem(command, what, help=f"write `router bgp N vrf {words[2]}`, if without content")


@rule("FRR626", "hostname-of-the-system", Severity.INFO)
def hostname_of_the_system(config: Configuration) -> Iterator[Problem]:
    """`hostname` never converges where it is not the system's name, which this file does not tell.

    What: a `hostname` line.
    Why: frr-reload.py finds the system's name in what FRR shows, takes it back and adds the file's at each reload.
    Bad:
        hostname r1
    Good:
        log syslog
    """
    for command in config.of("config", "hostname"):
        if not command.negated:
            yield Problem(command, "where the system has another name, each reload sets it again", help="leave it out")


@rule("FRR627", "taking-back-what-is-not-there", Severity.WARNING)
def taking_back_what_is_not_there(config: Configuration) -> Iterator[Problem]:
    """A `no` line that removes a definition: FRR does not show it, and each reload says it again.

    What: `no router bgp`, `no route-map`, `no ip prefix-list`, `no ip route`, `no interface` and other removals. A file says what is to be;
        what it does not name, a reload removes.
    Why: FRR shows what there is. Some of these are errors where there is nothing to remove: `no router bgp 64512` makes
        `vtysh -f` fail (bgpd/bgp_vty.c: no_router_bgp).
    Bad:
        no ip route 198.51.100.0/24 blackhole
    Good:
        ip route 198.51.100.0/24 blackhole
    """
    for first, seconds in _REMOVALS.items():
        for command in config.of("config", first):
            if command.negated and (not seconds or (command.words[2:3] and command.words[2] in seconds)):
                what = "FRR shows no such line: frr-reload.py says it at each reload"
                yield Problem(command, what, help="leave it out, and what it removes, too")


_REMOVALS: dict[str, frozenset[str]] = {
    "router": frozenset(),
    "route-map": frozenset(),
    "interface": frozenset(),
    "access-list": frozenset(),
    "ip": frozenset({"route", "prefix-list"}),
    "ipv6": frozenset({"route", "prefix-list", "access-list"}),
    "bgp": frozenset({"community-list", "as-path", "large-community-list", "extcommunity-list"}),
}
