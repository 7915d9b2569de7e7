"""From the observed state to the desired one: the operations, in their order. Pure.

The order is that of docs/plumbing.md: sysctls, removals, NICs home, new links (down), NICs in, settings, addresses, links up.
New links come before the NICs: where the kernel has no VRF devices, the host keeps its NIC. What already holds is left alone:
a message about a link makes FRR flush the neighbors that it knows there.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_interface

from frrcompile.plumb.before import LOCALHOST, Before, Claim, Nic, has_vrfs
from frrcompile.plumb.observed import Kernel, SeenAddress, SeenLink
from frrcompile.plumb.operations import (
    AddAddress,
    AddLink,
    AddNeighbor,
    AddOvsPort,
    AddRoute,
    AddRule,
    Field,
    MoveLink,
    Operation,
    RemoveAddress,
    RemoveLink,
    RemoveNeighbor,
    RemoveOvsPort,
    RemoveRule,
    SetLink,
    SetSysctl,
    Value,
)
from frrcompile.plumb.ownership import PROTOCOL, made_by, mark, moved_by, nic_mark
from frrcompile.plumb.state import (
    FAMILIES,
    SIDES,
    Address,
    Desired,
    Kind,
    Link,
    Moved,
    Present,
    Route,
    Side,
    Sysctl,
    Veth,
    Vrf,
    Vxlan,
)

MADE_BY_KERNEL = (1, 2, 3)
"""IFAPROT_KERNEL_LO, _RA and _LL: addresses that the kernel makes by itself."""

_FOLLOWS = {
    "ipv4/conf/default/forwarding": "ipv4/ip_forward",
    "ipv4/conf/all/accept_redirects": "ipv4/ip_forward",
    "ipv6/conf/default/forwarding": "ipv6/conf/all/forwarding",
}
"""Sysctls that the kernel changes with another one: they are written again after it, also where they had the same value before."""

_PLACES = {field: at for at, field in enumerate(Link._fields)}
"""Where a link has each of its fields."""


def changes(desired: Desired, kernel: Kernel, before: Before, owner: str) -> list[Operation]:
    """The operations that make the observed state the desired one; none where it is.

    It expects that `obstacles` finds none. `before` has what `remembered` returned.
    """
    return _Work(desired, kernel, before, owner).operations()


class _Work:
    """The state on its way from the observed to the desired one: each operation is noted, with its effect on the rest."""

    def __init__(self, desired: Desired, kernel: Kernel, before: Before, owner: str) -> None:
        self.desired = desired
        self.kernel = kernel
        self.before = before
        self.owner = owner
        self.links = {side: dict(kernel.side(side).links) for side in SIDES}
        self.ports: dict[Side, dict[str, list[str]]] = {side: {} for side in SIDES}
        for side in SIDES:
            for name, seen in self.links[side].items():
                if seen.link.master:
                    self.ports[side].setdefault(seen.link.master, []).append(name)
        self.addresses: dict[Side, dict[str, list[SeenAddress]]] = {side: {} for side in SIDES}
        for side in SIDES:
            for address in kernel.side(side).addresses:
                self.addresses[side].setdefault(address.address.link, []).append(address)
        self.wanted = {side: {link.name: link for link in desired.side(side).links} for side in SIDES}
        self.ovs = {port.link for port in desired.ovs}
        self.routes: list[Route] = []
        self.found: list[Operation] = []

    def operations(self) -> list[Operation]:
        self._give_sysctls()
        self._remove_ports()
        self._remove_links()
        self._remove_neighbors()
        self._remove_addresses()
        self._bring_home()
        self._make_links()
        self._move_in()
        for side in SIDES:
            for link in self.desired.side(side).links:
                self._settle(side, link)
        self._keep_rules()
        self._add_addresses()
        self._add_ports()
        self._set_states()
        self._add_neighbors()
        self._take_back_sysctls()
        return self.found

    # Sysctls: new links take what `default` says, so they come first. They are taken back last, when our links are gone.

    def _give_sysctls(self) -> None:
        for sysctl in self.desired.router.sysctls:
            value = self.kernel.router.sysctls.get(sysctl.key)
            if value is not None and value != sysctl.value:
                self.found.append(SetSysctl("router", sysctl, value))

    def _take_back_sysctls(self) -> None:
        wanted = {sysctl.key for sysctl in self.desired.router.sysctls}
        values = self.kernel.router.sysctls
        ours = [one for key, one in self.before.settings.items() if key not in wanted and values.get(key) == one.given]
        changed = {one.key for one in ours if one.before != one.given}
        self.found += (
            SetSysctl("router", Sysctl(one.key, one.before), one.given)
            for one in ours
            if one.key in changed or _FOLLOWS.get(one.key) in changed
        )

    # Removals

    def _remove_ports(self) -> None:
        wanted = {(port.bridge, port.link) for port in self.desired.ovs}
        self.found += (RemoveOvsPort(port) for port in self.kernel.ovs if (port.bridge, port.link) not in wanted)

    def _remove_links(self) -> None:
        gone: set[tuple[Side, str]] = set()
        for side in reversed(SIDES):
            # In the reverse order of making: ports, then their bridge, then its VRF.
            for name, seen in reversed(list(self.kernel.side(side).links.items())):
                if (side, name) in gone or not made_by(self.owner, seen.alias, seen.group):
                    continue
                link = self.wanted[side].get(name)
                if link and isinstance(link.kind, Present):
                    continue
                if link and _becomes(seen.link.kind, link.kind) and not self._is_half(side, seen):
                    continue
                peer = self._peer(side, seen)
                self.found.append(RemoveLink(side, seen.link, peer))
                gone.add((side, name))
                self._forget(side, name)
                if peer and isinstance(seen.link.kind, Veth):
                    gone.add((seen.link.kind.side, peer.name))
                    self._forget(seen.link.kind.side, peer.name)

    def _peer(self, side: Side, seen: SeenLink) -> Link | None:
        """The other leg of a veth pair, where it is in one of the two namespaces."""
        kind = seen.link.kind
        if not isinstance(kind, Veth):
            return None
        other = self.links[kind.side].get(kind.peer)
        return other.link if other and other.link.kind == Veth(seen.link.name, side) else None

    def _is_half(self, side: Side, seen: SeenLink) -> bool:
        return isinstance(seen.link.kind, Veth) and self._peer(side, seen) is None

    def _forget(self, side: Side, name: str) -> None:
        """What else goes with a link."""
        gone = self.links[side].pop(name)
        self.addresses[side].pop(name, None)
        for port in self.ports[side].pop(name, ()):
            if port in self.links[side]:
                self._released(side, self.links[side][port], isinstance(gone.link.kind, Vrf))

    def _released(self, side: Side, seen: SeenLink, from_vrf: bool) -> None:
        self._note(side, seen.link.name, "master", None)
        if from_vrf:
            self._lose_ipv6(side, seen.link.name)

    def _lose_ipv6(self, side: Side, name: str) -> None:
        """A link that is put into a VRF, or taken out of one, loses its IPv6 addresses."""
        self.addresses[side][name] = [
            one for one in self.addresses[side].get(name, ()) if ":" not in one.address.address
        ]

    def _remove_neighbors(self) -> None:
        for side in SIDES:
            wanted = set(self.desired.side(side).neighbors)
            self.found += (
                RemoveNeighbor(side, one.neighbor)
                for one in self.kernel.side(side).neighbors
                if one.protocol == PROTOCOL and one.neighbor not in wanted and one.neighbor.link in self.links[side]
            )

    def _remove_addresses(self) -> None:
        for side in SIDES:
            wanted = set(self._wanted_addresses(side))
            for link, present in list(self.addresses[side].items()):
                for seen in list(present):
                    if not self._ours(side, seen):
                        continue
                    if seen.failed or (seen.address not in wanted and seen in self.addresses[side][link]):
                        self._remove_address(side, seen)
            self._remove_misplaced(side)

    def _ours(self, side: Side, seen: SeenAddress) -> bool:
        """Whether an address is this owner's: one with our protocol on a link of the owner, or one that the owner claims.

        The protocol alone does not say which owner added an address.
        """
        name = seen.address.link
        link = self.links[side].get(name)
        if link is None or seen.protocol != PROTOCOL:
            return False
        if moved_by(self.owner, link.alias):
            return self._is_wanted_nic(name)  # the addresses of a NIC that goes home are not removed
        return made_by(self.owner, link.alias, link.group) or (
            Claim(side, name, seen.address.address) in self.before.claimed
        )

    def _remove_misplaced(self, side: Side) -> None:
        """IPv4 addresses that come too early: the first of a subnet is its primary one, the source of packets."""
        wanted: dict[tuple[str, object], list[Address]] = {}
        for address in self._wanted_addresses(side):
            if ":" not in address.address and self.addresses[side].get(address.link):
                wanted.setdefault((address.link, _subnet(address)), []).append(address)
        for (link, subnet), addresses in wanted.items():
            present = [
                one
                for one in self.addresses[side][link]
                if self._ours(side, one) and ":" not in one.address.address and _subnet(one.address) == subnet
            ]
            right = 0
            while right < min(len(present), len(addresses)) and present[right].address == addresses[right]:
                right += 1
            for seen in reversed(present[right:]):
                self._remove_address(side, seen)

    def _remove_address(self, side: Side, seen: SeenAddress) -> None:
        link = seen.address.link
        self.found.append(RemoveAddress(side, seen.address, owned=True))
        left = [one for one in self.addresses[side][link] if one is not seen]
        if not seen.secondary and ":" not in seen.address.address:
            # The kernel removes the secondary addresses of the subnet too: those of others are put back.
            lost = [one for one in left if one.secondary and _subnet(one.address) == _subnet(seen.address)]
            left = [one for one in left if one not in lost]
            for other in lost:
                if not self._ours(side, other):
                    self.found.append(AddAddress(side, other.address, owned=other.protocol == PROTOCOL))
                    left.append(other)
        self.addresses[side][link] = left

    # NICs

    def _is_wanted_nic(self, name: str) -> bool:
        link = self.wanted["router"].get(name)
        return link is not None and isinstance(link.kind, Moved)

    def _bring_home(self) -> None:
        away = [name for name, seen in self.links["router"].items() if moved_by(self.owner, seen.alias)]
        for name in away:
            if not self._is_wanted_nic(name):
                self._bring_one_home(name)
        for name, nic in self.before.nics.items():
            if not self._is_wanted_nic(name) and name not in away and name in self.links["host"]:
                self._restore(name, nic)
        for name, seen in list(self.links["host"].items()):
            if moved_by(self.owner, seen.alias) and not self._is_wanted_nic(name):
                self._set("host", name, "alias", "")  # it came home by itself, and the state file is lost
        # One route may have next hops through several NICs.
        present = set(self.kernel.host.routes)
        self.found += (
            AddRoute("host", route)
            for route in dict.fromkeys(self.routes)
            if route not in present and all(hop.link is None or hop.link in self.links["host"] for hop in route.hops)
        )

    def _bring_one_home(self, name: str) -> None:
        seen = self.links["router"].pop(name)
        nic = self.before.nics.get(name)
        carried = [one.address for one in self.addresses["router"].get(name, ()) if one.protocol not in MADE_BY_KERNEL]
        self.found.append(MoveLink(name, "router", nic.alias if nic else "", seen.alias))
        self.links["host"][name] = seen._replace(
            link=seen.link._replace(up=False, master=None), alias=nic.alias if nic else ""
        )
        self.addresses["host"][name] = []
        if nic is None:
            addresses = tuple(carried) if name in self.desired.keeping else ()
            nic = Nic(name, "", seen.link.mtu, bool(seen.link.up), addresses, ())
        self._restore(name, nic)

    def _restore(self, name: str, nic: Nic) -> None:
        """Gives a NIC on the host what it had before."""
        self._set("host", name, "alias", nic.alias)
        if nic.mtu is not None:
            self._set("host", name, "mtu", nic.mtu)
        present = {one.address for one in self.addresses["host"].get(name, ())}
        self.found += (AddAddress("host", one, owned=False) for one in nic.addresses if one not in present)
        self._set("host", name, "up", nic.up)
        self.routes += nic.routes

    def _move_in(self) -> None:
        for link in self.desired.router.links:
            if isinstance(link.kind, Moved) and link.name not in self.links["router"]:
                seen = self.links["host"].pop(link.name)
                self.found.append(MoveLink(link.name, "host", nic_mark(self.owner), seen.alias))
                self.links["router"][link.name] = seen._replace(
                    link=seen.link._replace(up=False, master=None), alias=nic_mark(self.owner)
                )
                self.addresses["router"][link.name] = []

    # Links

    def _make_links(self) -> None:
        for side in reversed(SIDES):
            for link in self.desired.side(side).links:
                if isinstance(link.kind, Moved | Present) or link.name in self.links[side]:
                    continue
                peer = None
                if isinstance(link.kind, Veth):
                    peer = self.wanted[link.kind.side][link.kind.peer]
                self.found.append(AddLink(side, link, peer))
                self._made(side, link)
                if peer and isinstance(link.kind, Veth):
                    self._made(link.kind.side, peer)

    def _made(self, side: Side, link: Link) -> None:
        fresh = link._replace(up=False, master=None, port=None, link_local=True)
        self.links[side][link.name] = SeenLink(fresh, 0, alias=mark(self.owner))
        self.addresses[side][link.name] = []

    def _settle(self, side: Side, link: Link) -> None:
        """Gives a link its fields; the state comes later."""
        if isinstance(link.kind, Present):
            return
        name = link.name
        if isinstance(link.kind, Moved):
            self._set(side, name, "alias", nic_mark(self.owner))
        else:
            self._set(side, name, "alias", mark(self.owner))
            self._set(side, name, "kind", link.kind)
        if link.mtu is not None:
            self._set(side, name, "mtu", link.mtu)
        if link.mac is not None:
            self._set(side, name, "mac", link.mac)
        if link.link_local is not None:
            self._set(side, name, "link_local", link.link_local)
        if link.master or not self._may_have_master(side, name):
            self._set(side, name, "master", link.master)
        if link.port is not None:
            self._set(side, name, "port", link.port)

    def _may_have_master(self, side: Side, name: str) -> bool:
        """Whether a link without a master in the model may have one: Open vSwitch's, or on the host what others gave it."""
        if side == "router":
            return False
        if name not in self.ovs:
            return True
        master = self.links[side].get(self.links[side][name].link.master or "")
        return master is None or master.word == "openvswitch"

    def _set(self, side: Side, name: str, field: Field, value: Value) -> None:
        """Changes a field, where it has another value."""
        seen = self.links[side][name]
        old: Value = seen.alias if field == "alias" else getattr(seen.link, field)
        if old == value:
            return
        self.found.append(SetLink(side, name, field, old, value))
        if field == "master":
            masters = (self.links[side].get(str(one)) for one in (old, value) if one)
            if any(master and isinstance(master.link.kind, Vrf) for master in masters):
                self._lose_ipv6(side, name)
        self._note(side, name, field, value)

    def _note(self, side: Side, name: str, field: Field, value: Value) -> None:
        seen = self.links[side][name]
        if field == "alias":
            self.links[side][name] = seen._replace(alias=str(value))
            return
        at = _PLACES[field]
        link = Link._make((*seen.link[:at], value, *seen.link[at + 1 :]))  # `_replace` takes three times as long
        if field == "master":
            link = link._replace(port=None)
        self.links[side][name] = SeenLink(link, *seen[1:])

    def _keep_rules(self) -> None:
        """The kernel adds the rule with a namespace's first VRF, and never again: it is added where it is missing."""
        present = self.kernel.router.rules
        if has_vrfs(self.desired):
            self.found += (AddRule("router", family) for family in FAMILIES if family not in present)
        elif self.before.rules is not None and not any(
            isinstance(one.link.kind, Vrf) for one in self.links["router"].values()
        ):
            self.found += (RemoveRule("router", family) for family in FAMILIES if family in present - self.before.rules)

    # Addresses, states, neighbors, ports

    def _wanted_addresses(self, side: Side) -> Iterator[Address]:
        yield from self.desired.side(side).addresses
        if side == "router":
            for name in self.desired.keeping:
                if self._is_wanted_nic(name):
                    yield from self._kept_addresses(name)

    def _kept_addresses(self, name: str) -> Iterator[Address]:
        """The addresses that a NIC brings along. Without the state file, those that it has in the router."""
        if nic := self.before.nics.get(name):
            yield from nic.addresses
        else:
            yield from (one.address for one in self.addresses["router"].get(name, ()) if one.protocol == PROTOCOL)

    def _add_addresses(self) -> None:
        for side in SIDES:
            for address in self._wanted_addresses(side):
                present = self.addresses[side].setdefault(address.link, [])
                if not any(_same(one.address, address) for one in present):
                    self.found.append(AddAddress(side, address, owned=True))
                    present.append(SeenAddress(address, PROTOCOL))

    def _set_states(self) -> None:
        host, router = self.desired.host.links, self.desired.router.links
        # A VLAN sub-interface does not come up before its parent on the host.
        parents: list[tuple[Side, Link]] = [("host", link) for link in host if isinstance(link.kind, Present)]
        legs: list[tuple[Side, Link]] = [("host", link) for link in host if not isinstance(link.kind, Present)]
        inside: list[tuple[Side, Link]] = [("router", link) for link in router]
        for side, link in parents + inside + legs:
            if link.up is not None:
                self._set(side, link.name, "up", link.up)
        for (side, name), state in self.before.states.items():
            if name not in self.wanted[side] and name in self.links[side] and not state.up:
                for seen in self.addresses[side].get(name, ()):
                    if state.bare and seen.address[:2] == LOCALHOST:
                        self.found.append(RemoveAddress(side, seen.address, owned=False))
                self._set(side, name, "up", False)

    def _add_neighbors(self) -> None:
        for side in SIDES:
            present = {one.neighbor for one in self.kernel.side(side).neighbors}
            self.found += (AddNeighbor(side, one) for one in self.desired.side(side).neighbors if one not in present)

    def _add_ports(self) -> None:
        present = {(port.bridge, port.link) for port in self.kernel.ovs}
        self.found += (AddOvsPort(port) for port in self.desired.ovs if (port.bridge, port.link) not in present)


def _becomes(seen: Kind, wanted: Kind) -> bool:
    """Whether a link can be changed from one kind to the other; otherwise it is made anew."""
    if isinstance(seen, Vxlan) and isinstance(wanted, Vxlan):
        # Of a VXLAN device only its local address can be changed, within the family.
        same_family = (":" in seen.local) == (":" in wanted.local)
        return same_family and seen._replace(local=wanted.local) == wanted
    return seen == wanted


def _subnet(address: Address) -> object:
    return ip_interface(address.address).network


def _same(seen: Address, wanted: Address) -> bool:
    """Whether an address is there; those of others may have another label, scope or flags."""
    return (seen.address, seen.peer) == (wanted.address, wanted.peer)
