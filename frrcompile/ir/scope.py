"""One node's part of the site: what its name and labels select, and the addresses that its index gives it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
)
from typing import Any, Literal, Protocol, TypeVar

from frrcompile.facts.values import VXLAN_OVERHEAD
from frrcompile.ir.origin import Origin
from frrcompile.model.host_session import Ends4, Ends6, HostSession, Passthrough
from frrcompile.model.neighbor import Neighbor
from frrcompile.model.selector import Selector
from frrcompile.model.session import FamilyPolicy
from frrcompile.model.site import Site
from frrcompile.model.vni import L2Vni, VniOptions
from frrcompile.model.vrf import Vrf


class Selected(Protocol):
    """What a selector stands on."""

    @property
    def nodes(self) -> Selector: ...  # noqa: D102


Part = TypeVar("Part", bound=Selected)


def pick(pool: IPv4Network | IPv6Network, number: int) -> IPv4Address | IPv6Address | None:
    """The address `number` further than the network's own; None where the pool has no such address."""
    return pool[number] if number < pool.num_addresses else None


def own_as(site: Site, index: int) -> int:
    """The AS that the pool has for a node; 0 where there is no pool, or none that is large enough."""
    pool = site.pools.asn
    return pool[index] if pool and index < len(pool) else 0


def policies(at: Origin, session: Neighbor | HostSession) -> Iterator[tuple[Origin, FamilyPolicy]]:
    """What a session says for all its families, and what it says for single ones, each with its place."""
    yield at, session
    for path, own in session.said():
        yield (*at, *path), own


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of a veth pair in one family."""

    family: Literal["ipv4", "ipv6"]
    router: str
    host: str
    network: IPv4Network | IPv6Network
    model: Ends4 | Ends6

    def interface(self, end: str) -> str:
        """An end with the subnet's length, as a link has it."""
        return f"{end}/{self.network.prefixlen}"


@dataclass(frozen=True, slots=True)
class Scope:
    """A node and the site as the node sees it."""

    site: Site
    name: str
    _found: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was worked out once: rules and lowering ask for the same things many times."""

    @property
    def index(self) -> int:
        """The node's index."""
        return self.site.nodes[self.name].index

    def _selected(self, selector: Selector) -> bool:
        return selector.selects(self.name, self.site.nodes[self.name].labels)

    def parts(self, parts: Iterable[Part], *path: str | int) -> Iterator[tuple[Origin, Part]]:
        """The parts of a list below `path` that are for this node, each with where it stands."""
        if path not in self._found:
            self._found[path] = [
                ((*path, position), part) for position, part in enumerate(parts) if self._selected(part.nodes)
            ]
        yield from self._found[path]

    def vrfs(self) -> dict[str, Vrf]:
        """The VRFs of this node by name."""
        if "vrfs" not in self._found:
            self._found["vrfs"] = {name: vrf for name, vrf in self.site.vrfs.items() if self._selected(vrf.nodes)}
        found: dict[str, Vrf] = self._found["vrfs"]
        return found

    def neighbors(self) -> Iterator[tuple[Origin, str | None, Neighbor]]:
        """All neighbours of this node but hosts, with their VRF, None for the underlay."""
        for at, neighbor in self.parts(self.site.underlay.neighbors, "underlay", "neighbors"):
            yield at, None, neighbor
        for name, vrf in self.vrfs().items():
            for at, neighbor in self.parts(vrf.neighbors, "vrfs", name, "neighbors"):
                yield at, name, neighbor

    def asn(self, vrf: str | None) -> int:
        """The AS of the instance of a VRF, None for the underlay's; 0 where there is none, which MOD113 refuses."""
        given = (self.site.vrfs[vrf].asn if vrf else None) or self.site.router.asn
        return given or own_as(self.site, self.index)

    def asn_at(self) -> Origin:
        """Where the AS of the underlay's instance, or the pool that it is from, stands."""
        return ("router", "asn") if self.site.router.asn else ("pools", "asn")

    def l2vnis(self) -> Iterator[tuple[Origin, L2Vni]]:
        """The L2VNIs of this node."""
        return self.parts(self.site.l2vnis, "l2vnis")

    def vnis(self) -> Iterator[tuple[Origin, VniOptions]]:
        """All VNIs of this node."""
        for name, vrf in self.vrfs().items():
            if vrf.l3vni:
                yield ("vrfs", name, "l3vni"), vrf.l3vni
        yield from self.l2vnis()

    def passthrough(self) -> Passthrough | None:
        """The host session in the default VRF, if this node has one."""
        session = self.site.passthrough
        return session if session and self._selected(session.nodes) else None

    def sessions(self) -> Iterator[tuple[Origin, str | None, HostSession]]:
        """All host sessions with their VRF, None for the default one."""
        for name, vrf in self.vrfs().items():
            if vrf.host_session:
                yield ("vrfs", name, "host-session"), name, vrf.host_session
        if session := self.passthrough():
            yield ("passthrough",), None, session

    def peerings(self) -> Iterator[tuple[Origin, str | None, Neighbor | HostSession]]:
        """All sessions, with neighbors and with hosts, each with its VRF."""
        yield from self.neighbors()
        yield from self.sessions()

    def router_id(self) -> str | None:
        """The BGP router id: the one that is given, or the pool's."""
        given, pool = self.site.router.id, self.site.pools.router_id
        address = given or (pick(pool, self.index) if pool else None)
        return str(address) if address else None

    def router_id_at(self) -> Origin:
        """Where the router id, or the pool that it is from, stands."""
        return ("router", "id") if self.site.router.id else ("pools", "router-id")

    def vtep(self, family: str) -> IPv4Address | IPv6Address | None:
        """The VTEP's address of a family, `ipv4` or `ipv6`: the one that is given, or the pool's."""
        vtep, pools = self.site.vtep, self.site.pools
        if family == "ipv4":
            return vtep.ipv4 or (pick(pools.vtep_ipv4, self.index) if pools.vtep_ipv4 else None)
        return vtep.ipv6 or (pick(pools.vtep_ipv6, self.index) if pools.vtep_ipv6 else None)

    def vtep_at(self, family: str) -> Origin:
        """Where the VTEP's address of a family, or the pool that it is from, stands."""
        return ("vtep", family) if getattr(self.site.vtep, family) else ("pools", f"vtep-{family}")

    def ends(self, session: HostSession) -> tuple[Ends, ...]:
        """The ends of a host session: written, or the pool's first address and the one `index` + 1 after it.

        The first address is the one after the network's own, which IPv6 keeps for any router (RFC 4291, section 2.6.1).
        """
        if id(session) not in self._found:
            self._found[id(session)] = tuple(self._ends(session))
        found: tuple[Ends, ...] = self._found[id(session)]
        return found

    def _ends(self, session: HostSession) -> Iterator[Ends]:
        families: tuple[tuple[Literal["ipv4", "ipv6"], Ends4 | Ends6 | None], ...]
        families = (("ipv4", session.ipv4), ("ipv6", session.ipv6))
        for family, model in families:
            if model is None:
                continue
            if model.pool:
                router, host = pick(model.pool, 1), pick(model.pool, self.index + 2)
                if router and host:
                    yield Ends(family, str(router), str(host), model.pool, model)
            elif model.router and model.host:
                yield Ends(family, str(model.router.ip), str(model.host.ip), model.router.network, model)

    def mtu(self, family: str) -> int:
        """What the underlay leaves for a packet inside VXLAN."""
        return self.underlay_mtu() - VXLAN_OVERHEAD[family]

    def vrf_mtu(self, name: str) -> int:
        """What the underlay leaves for a packet in any VNI of a VRF; the underlay's MTU where the VRF has none.

        An L2VNI with a smaller `mtu` of its own does not count: the router tells senders of it (RFC 1191, RFC 8201).
        """
        families = self._vni_families().get(name, set())
        return min((self.mtu(family) for family in families), default=self.underlay_mtu())

    def _vni_families(self) -> dict[str | None, set[str]]:
        """The underlay families of the VNIs of each VRF, None for the L2VNIs without one."""
        if "vni-families" not in self._found:
            families: dict[str | None, set[str]] = {}
            for name, vrf in self.vrfs().items():
                if vrf.l3vni:
                    families.setdefault(name, set()).add(vrf.l3vni.underlay)
            for _, segment in self.l2vnis():
                families.setdefault(segment.vrf, set()).add(segment.underlay)
            self._found["vni-families"] = families
        found: dict[str | None, set[str]] = self._found["vni-families"]
        return found

    def underlay_mtu(self) -> int:
        """The smallest MTU of the underlay's NICs, Ethernet's 1500 bytes where none is known."""
        return min((nic.mtu for nic in self.site.underlay.interfaces), default=1500)
