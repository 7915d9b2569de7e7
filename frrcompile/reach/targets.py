"""Route targets: which VNIs of two nodes exchange routes (RFC 4364, 4.3.1; bgpd/bgp_evpn.c)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from frrcompile.ir.bgp import Instance
from frrcompile.ir.node import Node
from frrcompile.ir.origin import Origin


class Targets(NamedTuple):
    """The route targets that the model gives a VNI, and the one that it has by itself: the lower two bytes of the AS and the VNI."""

    vni: int
    given_exports: tuple[str, ...]
    given_imports: tuple[str, ...]
    own: str
    at: Origin

    @property
    def exports(self) -> tuple[str, ...]:
        """The route targets that the VNI's routes have."""
        return self.given_exports or (self.own,)

    def take(self, exported: Iterable[str]) -> bool:
        """Whether the VNI takes routes with these targets: one that is given, or else the VNI of any AS."""
        if self.given_imports:
            taken = set(self.given_imports)
            return any(one in taken or f"*:{one.rpartition(':')[2]}" in taken for one in exported)
        return any(target.rpartition(":")[2] == str(self.vni) for target in exported)


def targets(node: Node) -> Mapping[int, Targets]:
    """The route targets of all VNIs of a node."""
    instances = {instance.vrf: instance for instance in node.bgp}
    underlay = instances[None]
    given = {one.vni: one for family in underlay.families if family.fabric for one in family.fabric.vnis}
    found: dict[int, Targets] = {}
    for vxlan in node.links.vxlans:
        one = given.get(vxlan.vni)
        exports, imports = (one.export_rts, one.import_rts) if one else ((), ())
        found[vxlan.vni] = _targets(vxlan.vni, exports, imports, underlay, vxlan.at)
    for vrf in node.vrfs:
        if vrf.vni:
            instance = instances.get(vrf.name, underlay)
            five = next((family.type_five for family in instance.families if family.type_five), None)
            exports, imports = (five.export_rts, five.import_rts) if five else ((), ())
            found[vrf.vni] = _targets(vrf.vni, exports, imports, instance, (*vrf.at, "l3vni"))
    return found


def _targets(vni: int, exports: Iterable[str], imports: Iterable[str], instance: Instance, at: Origin) -> Targets:
    return Targets(vni, tuple(map(str, exports)), tuple(map(str, imports)), f"{instance.asn & 0xFFFF}:{vni}", at)
