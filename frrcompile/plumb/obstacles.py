"""What stands in the way of the desired state and is not ours to change. Pure. Each is a sentence with the way out."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.plumb.observed import Kernel, SeenLink
from frrcompile.plumb.operations import PLACES
from frrcompile.plumb.ownership import made_by, moved_by, owner_of
from frrcompile.plumb.state import SIDES, Desired, Link, Macvlan, Moved, Present, Side, Vlan, Vrf, Vxlan


def obstacles(desired: Desired, kernel: Kernel, owner: str) -> list[str]:
    """What has to be out of the way before anything is changed. In a namespace of another owner, that alone is said."""
    if other := _other_owner(kernel, owner):
        return [other]
    found: list[str] = []
    for side in SIDES:
        for link in desired.side(side).links:
            match link.kind:
                case Moved():
                    found += _nic(link, kernel, owner)
                case Present():
                    found += _present(side, link, kernel, owner)
                case _:
                    found += _made(side, link, kernel, owner)
        found += _taken(side, desired, kernel, owner)
    found += _home(desired, kernel, owner)
    found += (
        f"this kernel has no sysctl net/{sysctl.key}, which the router needs"
        for sysctl in desired.router.sysctls
        if not sysctl.optional and sysctl.key not in kernel.router.sysctls
    )
    return found


def _other_owner(kernel: Kernel, owner: str) -> str:
    """The sentence about another owner's links in the router's namespace; empty without such links."""
    marked = [(other, name) for name, seen in kernel.router.links.items() if (other := owner_of(seen.alias))]
    theirs = [(other, name) for other, name in marked if other != owner]
    if not theirs:
        return ""
    other = theirs[0][0]
    links = [name for whose, name in theirs if whose == other]
    few = ", ".join(links[:3]) + (", ..." if len(links) > 3 else "")
    return (
        f"FRR's namespace belongs to owner {other!r}, who has links in it ({few}): a namespace has one owner; "
        f"use --owner {other}, or name another namespace"
    )


def _nic(link: Link, kernel: Kernel, owner: str) -> Iterator[str]:
    """A NIC is on the host, or was moved by this owner."""
    inside, outside = kernel.router.links.get(link.name), kernel.host.links.get(link.name)
    if inside and made_by(owner, inside.alias, inside.group):
        inside = None  # it is replaced by the NIC
    if inside and not moved_by(owner, inside.alias):
        yield (
            f"{link.name} is in the router's namespace already and owner {owner!r} did not move it; "
            "move it back to the host, or write `attach: present` in the model where it stays"
        )
    elif not inside and not outside:
        yield f"there is no NIC {link.name}, neither on the host nor in the router's namespace; check `underlay.interfaces`"
    seen = inside or outside
    if seen:
        yield from _mtu(link, seen)
    if outside and not inside:
        if made_by(owner, outside.alias, outside.group):
            yield f"{link.name} on the host is a link that owner {owner!r} made, not a NIC; name another in `underlay.interfaces`"
        elif outside.link.master:
            yield (
                f"NIC {link.name} is a port of {outside.link.master} on the host; release it with "
                f"`ip link set {link.name} nomaster`, or move {outside.link.master} in its place"
            )


def _present(side: Side, link: Link, kernel: Kernel, owner: str) -> Iterator[str]:
    seen = kernel.side(side).links.get(link.name)
    if seen is None:
        away = kernel.router.links.get(link.name)
        if side == "host" and away and moved_by(owner, away.alias):
            yield from _mtu(link, away)  # it comes home first
        else:
            yield f"there is no link {link.name} {PLACES[side]}, and the model says that it is there already"
    elif made_by(owner, seen.alias, seen.group):
        yield (
            f"{link.name} {PLACES[side]} was made by owner {owner!r}, and the model now says that others make it; "
            "give it another name, or let the model make it"
        )
    else:
        yield from _mtu(link, seen)


def _mtu(link: Link, seen: SeenLink) -> Iterator[str]:
    real = seen.link.mtu
    if link.least_mtu and real and real < link.least_mtu:
        yield (
            f"{link.name} has an MTU of {real} bytes, and the model says {link.least_mtu}: larger VXLAN packets would be "
            f"lost; raise it with `ip link set {link.name} mtu {link.least_mtu}`, or write `mtu: {real}` in the model"
        )


def _made(side: Side, link: Link, kernel: Kernel, owner: str) -> Iterator[str]:
    seen = kernel.side(side).links.get(link.name)
    if seen and not made_by(owner, seen.alias, seen.group) and not (side == "router" and moved_by(owner, seen.alias)):
        other = owner_of(seen.alias)
        whose = f"belongs to owner {other!r}" if other else "was not made by frrcompile"
        yield (
            f"the name {link.name} is taken {PLACES[side]}: that {seen.word or 'link'} {whose}; "
            "rename or remove it, or choose another name in the model"
        )
    if isinstance(link.kind, Vlan | Macvlan) and link.kind.parent not in kernel.host.links:
        away = kernel.router.links.get(link.kind.parent)
        if not (away and moved_by(owner, away.alias)):
            yield f"there is no NIC {link.kind.parent} on the host, the parent of {link.name}; check `underlay.interfaces`"


def _taken(side: Side, desired: Desired, kernel: Kernel, owner: str) -> Iterator[str]:
    """Tables and VNIs that links of others have."""
    others = [one for one in kernel.side(side).links.values() if not made_by(owner, one.alias, one.group)]
    tables = {one.link.kind.table: one for one in others if isinstance(one.link.kind, Vrf)}
    vnis = {(one.link.kind.vni, one.link.kind.port): one for one in others if isinstance(one.link.kind, Vxlan)}
    for link in desired.side(side).links:
        match link.kind:
            case Vrf(table) if table in tables and tables[table].link.name != link.name:
                yield (
                    f"table {table} of VRF {link.name} is taken {PLACES[side]} by VRF {tables[table].link.name}, "
                    "which is not ours; choose another `table` in the model"
                )
            case Vxlan(vni, _, port) if (vni, port) in vnis and vnis[vni, port].link.name != link.name:
                yield (
                    f"VNI {vni} on UDP port {port} is taken {PLACES[side]} by {vnis[vni, port].link.name}, which is "
                    "not ours; remove that device, or choose another `vni` in the model"
                )


def _home(desired: Desired, kernel: Kernel, owner: str) -> Iterator[str]:
    """A NIC that goes home needs its name there."""
    stays = {link.name for link in desired.router.links if isinstance(link.kind, Moved)}
    made = {link.name for link in desired.host.links if not isinstance(link.kind, Present)}
    for name, seen in kernel.router.links.items():
        if not moved_by(owner, seen.alias) or name in stays:
            continue
        there = kernel.host.links.get(name)
        if (there and not made_by(owner, there.alias, there.group)) or name in made:
            yield (
                f"NIC {name} cannot go back to the host: the name is taken there; "
                f"rename the other link with `ip link set {name} name NEW`"
            )
