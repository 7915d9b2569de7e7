"""The frr.confs of the fabric: each leaf accepts every route and passes it on, and a core joins the leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from frrcompile.reach.session import Session
from tests.lab.sites.members import PASSWORD
from tests.lab.sites.scenario import Scenario
from tests.lab.sites.wiring import CORE_AS, Leaf, Port

FAMILIES = {"ipv4-unicast": "ipv4 unicast", "ipv6-unicast": "ipv6 unicast", "l2vpn-evpn": "l2vpn evpn"}
DEFAULTS = {"ipv4-unicast": "0.0.0.0/0", "ipv6-unicast": "::/0"}


@dataclass(frozen=True, slots=True)
class Peer:
    """A neighbor of a router of the fabric, by its address or the interface that it is behind."""

    peer: str
    asn: int
    families: tuple[str, ...]
    interface: bool = False
    client: bool = False
    password: bool = False
    bfd: bool = False
    extended_nexthop: bool = False
    default_route: bool = False


def leaf_conf(scenario: Scenario, leaf: Leaf, leaves: Sequence[Leaf]) -> str:
    """What a leaf is configured with."""
    assert leaf.asn is not None
    peers = [
        _machine(port, session, default_route=scenario.default_route)
        for port in leaf.ports
        for session in port.sessions
    ]
    if len(leaves) > 1:
        peers += [
            Peer(core_address(leaf, 4, core=True), CORE_AS, ("ipv4-unicast", "l2vpn-evpn")),
            Peer(core_address(leaf, 6, core=True), CORE_AS, ("ipv6-unicast",)),
        ]
    return _conf(leaf.asn, f"10.255.255.{leaf.number + 1}", peers, scenario.bfd_interval)


def core_conf(scenario: Scenario, leaves: Sequence[Leaf]) -> str:
    """What the core is configured with."""
    peers = []
    for leaf in leaves:
        assert leaf.asn is not None
        peers += [
            Peer(core_address(leaf, 4, core=False), leaf.asn, ("ipv4-unicast", "l2vpn-evpn")),
            Peer(core_address(leaf, 6, core=False), leaf.asn, ("ipv6-unicast",)),
        ]
    return _conf(CORE_AS, "10.255.255.254", peers, scenario.bfd_interval)


def core_address(leaf: Leaf, version: int, *, core: bool) -> str:
    """The address of one end of the cable between a leaf and the core."""
    return f"10.255.{leaf.number}.{int(core)}" if version == 4 else f"fd00:255:{leaf.number}::{int(core)}"


def core_lines(leaf: Leaf, interface: str, *, core: bool) -> str:
    """The lines for one end of that cable."""
    four, six = (core_address(leaf, version, core=core) for version in (4, 6))
    return (
        f"addr add {four}/31 dev {interface}\naddr add {six}/127 dev {interface} nodad\n"
        f"link set {interface} mtu 9216\nlink set {interface} up\n"
    )


def _machine(port: Port, session: Session, *, default_route: bool) -> Peer:
    """A machine, as its leaf sees it."""
    neighbor = session.neighbor
    unnumbered = neighbor.kind == "interface"
    if unnumbered:
        peer = port.leaf_interface
    else:
        version = 6 if ":" in (neighbor.listen or neighbor.peer) else 4
        peer = next(str(one.ip) for one in port.addresses if one.version == version)
    return Peer(
        peer,
        session.shown_as,
        tuple(name for name in FAMILIES if name in session.members),
        interface=unnumbered,
        client=not session.external,
        password=neighbor.password is not None,
        bfd=neighbor.bfd,
        extended_nexthop=neighbor.extended_nexthop,
        default_route=default_route,
    )


def _conf(asn: int, router_id: str, peers: Sequence[Peer], interval: int) -> str:
    lines = [*_bfd(interval), f"router bgp {asn}", f" bgp router-id {router_id}"]
    lines += [" no bgp ebgp-requires-policy", " no bgp default ipv4-unicast"]
    for one in peers:
        lines += [f" neighbor {one.peer} {words}" for words in _session(one)]
    for family, words in FAMILIES.items():
        members = [one for one in peers if family in one.families]
        if members:
            lines.append(f" address-family {words}")
            lines += [f"  neighbor {one.peer} {words}" for one in members for words in _member(one, family)]
            lines.append(" exit-address-family")
    return "\n".join([*lines, "exit", ""])


def _bfd(interval: int) -> Iterator[str]:
    yield "bfd"
    yield " profile leaf"
    yield f"  receive-interval {interval}"
    yield f"  transmit-interval {interval}"
    yield " exit"
    yield "exit"


def _session(peer: Peer) -> Iterator[str]:
    yield f"{'interface ' if peer.interface else ''}remote-as {peer.asn}"
    yield "timers connect 1"
    yield "advertisement-interval 0"
    if peer.password:
        yield f"password {PASSWORD}"
    if peer.extended_nexthop:
        yield "capability extended-nexthop"
    if peer.bfd:
        yield "bfd"
        yield "bfd profile leaf"


def _member(peer: Peer, family: str) -> Iterator[str]:
    yield "activate"
    yield "allowas-in 10"
    if peer.client:
        yield "route-reflector-client"
        if family != "l2vpn-evpn":
            yield "next-hop-self force"
    if peer.default_route and family in DEFAULTS:
        yield "default-originate"
