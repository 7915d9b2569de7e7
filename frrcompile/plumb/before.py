"""What the kernel cannot remember: the state from before the first `apply`, which a teardown puts back."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_interface
from typing import NamedTuple

from frrcompile.plumb.observed import Kernel, Observed
from frrcompile.plumb.ownership import moved_by
from frrcompile.plumb.state import SIDES, Address, Desired, Family, Link, Moved, Present, Route, Side, Vrf

NOPREFIXROUTE = 0x200
"""IFA_F_NOPREFIXROUTE: the kernel makes no route for the subnet of such an address."""

LOCALHOST = ("lo", "127.0.0.1/8")
"""The address that the kernel gives to lo."""

_KERNEL, _RA = 2, 9  # RTPROT_KERNEL, RTPROT_RA
_MADE_BY_KERNEL = (1, 2, 3)  # IFAPROT_KERNEL_LO, _RA, _LL


class Nic(NamedTuple):
    """A NIC as the host had it: its ifalias, MTU, state, addresses and routes."""

    name: str
    alias: str
    mtu: int | None
    up: bool
    addresses: tuple[Address, ...]
    routes: tuple[Route, ...]


class State(NamedTuple):
    """Whether a link that others made was up. A `bare` lo had no 127.0.0.1: it gets it when it first comes up."""

    side: Side
    name: str
    up: bool
    bare: bool = False


class Setting(NamedTuple):
    """A sysctl of the router's namespace: its value before, and the one that it was given."""

    key: str
    before: str
    given: str


class Claim(NamedTuple):
    """An address that the owner adds to a link that others made: the kernel's mark on an address names no owner."""

    side: Side
    link: str
    address: str


class Before(NamedTuple):
    """All of it, for one owner. `rules` has the families with the rule of VRFs, None where we need no VRF."""

    nics: Mapping[str, Nic] = {}
    states: Mapping[tuple[Side, str], State] = {}
    settings: Mapping[str, Setting] = {}
    rules: frozenset[Family] | None = None
    claimed: frozenset[Claim] = frozenset()


def remembered(desired: Desired, kernel: Kernel, before: Before, owner: str) -> Before:
    """`before` with what is about to be changed for the first time. It is stored before the first operation."""
    nics = dict(before.nics)
    for link in desired.router.links:
        if isinstance(link.kind, Moved) and link.name in kernel.host.links:
            found = nic(kernel.host, link.name, owner)
            if state := before.states.get(("host", link.name)):  # until now it was the parent of another link of ours
                found = found._replace(up=state.up)
            old = nics.get(link.name)
            # A NIC that came home without its addresses, as its namespace died or a teardown was interrupted, has fewer
            # of them than were remembered. Other ones are a person's: they count.
            if old is None or not set(found.addresses) <= set(old.addresses):
                nics[link.name] = found
    states = dict(before.states)
    for side in SIDES:
        for link in desired.side(side).links:
            up = _was_up(side, link.name, kernel, before)
            if _touched(link) and up is not None:
                present = any(one.address[:2] == LOCALHOST for one in kernel.side(side).addresses)
                bare = (side, link.name) == ("router", "lo") and not present
                states.setdefault((side, link.name), State(side, link.name, up, bare))
    settings = dict(before.settings)
    for sysctl in desired.router.sysctls:
        value = kernel.router.sysctls.get(sysctl.key)
        if value is not None:
            old_setting = settings.get(sysctl.key)
            settings[sysctl.key] = Setting(sysctl.key, old_setting.before if old_setting else value, sysctl.value)
    rules = before.rules
    if rules is None and has_vrfs(desired):
        rules = kernel.router.rules
    return Before(nics, states, settings, rules, before.claimed | claims(desired))


def kept(desired: Desired, before: Before) -> Before:
    """What is still needed once the desired state is reached."""
    nics = {link.name for link in desired.router.links if isinstance(link.kind, Moved)}
    present = {(side, link.name) for side in SIDES for link in desired.side(side).links if _touched(link)}
    sysctls = {sysctl.key for sysctl in desired.router.sysctls}
    return Before(
        {name: one for name, one in before.nics.items() if name in nics},
        {key: one for key, one in before.states.items() if key in present},
        {key: one for key, one in before.settings.items() if key in sysctls},
        before.rules if has_vrfs(desired) else None,
        claims(desired),
    )


def claims(desired: Desired) -> frozenset[Claim]:
    """The addresses that a desired state has on links of others."""
    others = {(side, one.name) for side in SIDES for one in desired.side(side).links if isinstance(one.kind, Present)}
    return frozenset(
        Claim(side, one.link, one.address)
        for side in SIDES
        for one in desired.side(side).addresses
        if (side, one.link) in others
    )


def has_vrfs(desired: Desired) -> bool:
    """Whether the router needs the rule of VRFs."""
    return any(isinstance(link.kind, Vrf) for link in desired.router.links)


def nic(host: Observed, name: str, owner: str) -> Nic:
    """A NIC as the host has it now. What the kernel makes by itself, such as link-local addresses, is left out."""
    seen = host.links[name]
    addresses = tuple(
        one.address for one in host.addresses if one.address.link == name and one.protocol not in _MADE_BY_KERNEL
    )
    connected = {
        _network(one.address)
        for one in host.addresses
        if one.address.link == name and not one.address.flags & NOPREFIXROUTE
    }
    routes = tuple(
        route
        for route in host.routes
        if any(hop.link == name for hop in route.hops)
        and route.protocol != _RA
        and not (route.protocol == _KERNEL and (route.destination in connected or route.destination == "fe80::/64"))
    )
    alias = "" if moved_by(owner, seen.alias) else seen.alias
    return Nic(name, alias, seen.link.mtu, bool(seen.link.up), addresses, routes)


def _was_up(side: Side, name: str, kernel: Kernel, before: Before) -> bool | None:
    if side == "host" and name in before.nics:  # until now it was in the router
        return before.nics[name].up
    seen = kernel.side(side).links.get(name)
    return bool(seen.link.up) if seen else None


def _touched(link: Link) -> bool:
    return isinstance(link.kind, Present) and link.up is not None


def _network(address: Address) -> str:
    return str(ip_interface(address.peer or address.address).network)
