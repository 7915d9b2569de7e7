"""Rules over addresses that no host can have: in general, in their subnet, or because another has them."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Interface, IPv4Network, IPv6Address, IPv6Interface, IPv6Network
from typing import NamedTuple

from frrcompile.diagnostics import Severity
from frrcompile.facts.addresses import no_host
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Problem, scope_rule

VTEP = "VTEP"
MULTICAST = IPv4Network("224.0.0.0/4")
RESERVED = IPv4Network("240.0.0.0/4")


class _Own(NamedTuple):
    """An address that the node has, where the model has it, and the subnet or pool that it is from."""

    address: IPv4Address | IPv6Address
    at: Origin
    whose: str
    pool: IPv4Network | IPv6Network | None = None
    subnet: IPv4Network | IPv6Network | None = None


def _vteps(scope: Scope) -> Iterator[_Own]:
    for family, pool in (("ipv4", scope.site.pools.vtep_ipv4), ("ipv6", scope.site.pools.vtep_ipv6)):
        if address := scope.vtep(family):
            given = getattr(scope.site.vtep, family)
            yield _Own(address, scope.vtep_at(family), VTEP, pool=None if given else pool)


def _links(scope: Scope) -> Iterator[_Own]:
    """The addresses of links, each with its subnet."""
    for at, vrf, session in scope.sessions():
        whose = f"host session of VRF {vrf}" if vrf else "passthrough session"
        for family, ends in (("ipv4", session.ipv4), ("ipv6", session.ipv6)):
            if ends and ends.pool:
                yield _Own(ends.pool[0], (*at, family, "pool"), whose, pool=ends.pool)
            for end in ("router", "host"):
                if ends and (written := getattr(ends, end)):
                    yield _with_subnet(written, (*at, family, end), whose)
    for at, segment in scope.l2vnis():
        for family in ("ipv4", "ipv6") if segment.gateway else ():
            if written := getattr(segment.gateway, family):
                yield _with_subnet(written, (*at, "gateway", family), f"gateway of L2VNI {segment.vni}")
    for position, nic in enumerate(scope.site.underlay.interfaces):
        for number, written in enumerate(nic.addresses):
            at = ("underlay", "interfaces", position, "addresses", number)
            yield _with_subnet(written, at, f"interface {nic.name}")


def _with_subnet(written: IPv4Interface | IPv6Interface, at: Origin, whose: str) -> _Own:
    return _Own(written.ip, at, whose, subnet=written.network)


def reserved_is_allowed(scope: Scope) -> bool:
    """Whether raw lines let FRR use 240.0.0.0/4 (FRR manual, "allow-reserved-ranges")."""
    return any("allow-reserved-ranges" in raw.lines.split() for _, raw in scope.parts(scope.site.raw, "raw"))


@scope_rule("MOD109", "address-of-no-host")
def address_of_no_host(scope: Scope) -> Iterator[Problem]:
    """An address that no host can have.

    What: a VTEP, an end of a host session, a gateway, or an address of an underlay interface, written or from a pool, that
        is multicast, loopback, reserved or unspecified; a VTEP that is link-local. The raw line `allow-reserved-ranges`
        permits 240.0.0.0/4.
    Why: bgpd takes no route with such a next hop, and no multicast prefix (bgpd/bgp_route.c, bgp_update_martian_nexthop and
        bgp_nlri_parse_ip; RFC 4271, section 6.3), so that no other VTEP has a route to the node.
    Bad:
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 239.65.0.0/24}
    Good:
        vtep: {ipv4: null}
        pools: {vtep-ipv4: 100.65.0.0/24}
    """
    for one in (*_vteps(scope), *_links(scope)):
        why = no_host(one.address)
        if not why or (one.address.is_link_local and one.whose != VTEP):
            continue
        if one.address in RESERVED and reserved_is_allowed(scope):
            continue
        found = f"taken from the pool {one.pool}" if one.pool else str(one.address)
        message = f"the address of the {one.whose} cannot be {found}: {why}"
        yield Problem(one.at, message, help="take a unicast prefix" if one.pool else "take a unicast address")


@scope_rule("MOD114", "vtep-is-of-the-underlay")
def vtep_is_of_the_underlay(scope: Scope) -> Iterator[Problem]:
    """The VTEP has the address of a neighbor, or of an interface that it is not on.

    What: `vtep`, or an address of the node from `pools`, that is the `address` of one of the node's neighbors in the underlay,
        or of an underlay interface other than `vtep.interface`.
    Why: the address is local to the node, so that no packet for that neighbor leaves it: the session stays down. An address
        that stands on two interfaces has two routes.
    Bad:
        vtep: {ipv4: 192.0.2.1}
        underlay:
          interfaces: [{name: eth1, addresses: [192.0.2.2/24]}]
          neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: 1}]
    Good:
        vtep: {ipv4: 100.65.0.2}
        underlay:
          interfaces: [{name: eth1, addresses: [192.0.2.2/24]}]
          neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: 1}]
    """
    taken: dict[IPv4Address | IPv6Address, tuple[Origin, str]] = {}
    for at, vrf, neighbor in scope.neighbors():
        if vrf is None and neighbor.address:
            taken.setdefault(neighbor.address, ((*at, "address"), "a neighbor"))
    for position, nic in enumerate(scope.site.underlay.interfaces):
        if nic.name != scope.site.vtep.interface:
            at = ("underlay", "interfaces", position, "addresses")
            taken |= {one.ip: ((*at, number), f"interface {nic.name}") for number, one in enumerate(nic.addresses)}
    for one in _vteps(scope):
        if one.address in taken:
            other, whose = taken[one.address]
            message = f"the VTEP's address {one.address} is that of {whose}"
            help_ = (
                "take a pool that no link of the underlay is in"
                if one.pool
                else "take an address of its own for the VTEP"
            )
            yield Problem(one.at, message, other=other, said=whose, help=help_)


@scope_rule("MOD110", "address-is-the-subnets")
def address_is_the_subnets(scope: Scope) -> Iterator[Problem]:
    """An address of a link is its subnet's broadcast address, or a gateway its subnet's network address.

    What: an IPv4 address of a gateway, a host session or an underlay interface that is the last one of its subnet; a gateway
        that is the first one. Subnets of /31 and /32 have neither (RFC 3021).
    Why: hosts send packets for the broadcast address to all hosts of the subnet, and open no connection to it. Many also
        take the network address for a broadcast address (RFC 1122, section 3.3.6). Linux since 5.14 does not, so that the end
        of a host session may be the network address.
    Bad:
        vrfs: {red: {table: 1100}}
        l2vnis: [{vni: 110, vrf: red, gateway: {ipv4: 10.0.0.0/24}, host-leg: {}}]
    Good:
        vrfs: {red: {table: 1100}}
        l2vnis: [{vni: 110, vrf: red, gateway: {ipv4: 10.0.0.1/24}, host-leg: {}}]
    """
    for one in _links(scope):
        subnet = one.subnet
        if not isinstance(subnet, IPv4Network) or subnet.prefixlen > 30:
            continue
        kind = ""
        if one.address == subnet.broadcast_address:
            kind = "broadcast"
        elif one.address == subnet.network_address and one.at[0] == "l2vnis":
            kind = "network"
        if kind:
            message = f"the address of the {one.whose} cannot be {one.address}: it is the {kind} address of {subnet}"
            yield Problem(one.at, message, help=f"take one of {subnet[1]} to {subnet[-2]}")


@scope_rule("MOD112", "router-id-of-no-host", Severity.WARNING)
def router_id_of_no_host(scope: Scope) -> Iterator[Problem]:
    """A router id is multicast or reserved.

    What: `router.id`, or a router id from `pools.router-id`, in 224.0.0.0/4 or 240.0.0.0/4, or 0.0.0.0. This is a warning.
    Why: RFC 4271, section 4.2 and 6.2, makes the BGP identifier a unicast address of a host, and a speaker ends the session
        with a neighbor that has another. RFC 6286 permits all but 0.0.0.0, and FRR takes them (measured: 8.4.4, 10.3,
        10.7.1). Leaves that run other software may refuse them.
    Bad:
        router: {id: 240.0.0.1}
    Good:
        router: {id: 10.0.0.1}
    """
    given, pool = scope.router_id(), scope.site.pools.router_id
    address = IPv4Address(given) if given else None
    if address and (address in MULTICAST or address in RESERVED or not int(address)):
        found = address if scope.site.router.id else f"from the pool {pool}"
        message = f"a neighbor may refuse the router id {found}: RFC 4271 allows unicast addresses only"
        yield Problem(scope.router_id_at(), message, help="take a unicast address")
