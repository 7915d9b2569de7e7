"""Rules over how links come: the underlay's links into FRR's namespace, and an L2VNI's end onto the host."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

from frrcompile.diagnostics import Severity
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.neighbors import internal
from frrcompile.ir.validate.rule import Problem, repeated, scope_rule
from frrcompile.model.underlay import Nic

LONGEST_NAME = 15
"""Bytes of a link's name (linux/if.h: IFNAMSIZ has one more, for the NUL)."""


def _nics(scope: Scope) -> Iterator[tuple[Origin, Nic]]:
    for position, nic in enumerate(scope.site.underlay.interfaces):
        yield ("underlay", "interfaces", position), nic


@scope_rule("MOD703", "attach-contradicts")
def attach_contradicts(scope: Scope) -> Iterator[Problem]:
    """An interface's `attach` contradicts its other fields.

    What: `attach: vlan` without `vlan`, or a `vlan` with another `attach`; a `link-name` of a link that is not made.
    Why: only a VLAN sub-interface has a VLAN id, and only a link that is made gets a name.
    Bad:
        underlay: {interfaces: [{name: eth1, vlan: 10, attach: macvlan, addresses: [192.0.2.10/24]}]}
    Good:
        underlay: {interfaces: [{name: eth1, vlan: 10, addresses: [192.0.2.10/24]}]}
    """
    for at, nic in _nics(scope):
        attach = nic.attached()
        if attach == "vlan" and not nic.vlan:
            message = f"the VLAN sub-interface of {nic.name} needs a VLAN id"
            yield Problem(at, message, help="add `vlan`, for example `vlan: 10`")
        elif attach != "vlan" and nic.vlan:
            message = (
                f"`attach: {attach}` and `vlan: {nic.vlan}` contradict each other: only `attach: vlan` has a VLAN id"
            )
            help_ = f"remove one of the two; an existing sub-interface is an interface of its own, `name: {nic.name}.{nic.vlan}`"
            yield Problem((*at, "vlan"), message, help=help_)
        elif attach in ("move", "present") and nic.link_name:
            why = "the NIC keeps its name when it moves" if attach == "move" else "the link has its name already"
            message = f"`link-name` of {nic.name} has no effect with `attach: {attach}`: {why}"
            yield Problem((*at, "link-name"), message, help="remove `link-name`")


@scope_rule("MOD704", "nic-used-twice")
def nic_used_twice(scope: Scope) -> Iterator[Problem]:
    """A NIC that moves into FRR's namespace is used again, or a VLAN of a NIC is.

    What: a VLAN sub-interface or macvlan of a NIC that another entry moves; one VLAN of a NIC in two entries.
    Why: a NIC that moved is not on the host for a second link, and Linux makes one sub-interface of a NIC for each VLAN.
    Bad:
        underlay: {interfaces: [{name: eth1}, {name: eth1, attach: macvlan}]}
    Good:
        underlay: {interfaces: [{name: eth1, vlan: 10, addresses: [192.0.2.10/24]}, {name: eth1, attach: macvlan}]}
    """
    moved = {nic.name: at for at, nic in _nics(scope) if nic.attached() == "move"}
    made = [(at, nic) for at, nic in _nics(scope) if nic.attached() in ("vlan", "macvlan")]
    for at, nic in made:
        if nic.name in moved:
            what = "VLAN sub-interface" if nic.attached() == "vlan" else "macvlan"
            message = f"{nic.name} moves into FRR's namespace, so no {what} can be made of it on the host"
            help_ = f"make all links of {nic.name} with `attach: vlan` or `attach: macvlan`"
            yield Problem(at, message, other=moved[nic.name], said="moved here", help=help_)
    vlans = (((nic.name, nic.vlan), (*at, "vlan")) for at, nic in made if nic.vlan)
    for (name, vlan), at, first in repeated(vlans):
        message = f"VLAN {vlan} of {name} is used twice: Linux makes one sub-interface of a NIC for each VLAN"
        yield Problem(at, message, other=first, said="first used here")


@scope_rule("MOD705", "link-name-too-long")
def link_name_too_long(scope: Scope) -> Iterator[Problem]:
    """A name that is made from an interface's name is too long.

    What: a VLAN sub-interface or macvlan without `link-name`, whose name would have more than 15 bytes.
    Why: the name of a Linux link has at most 15 bytes (linux/if.h: IFNAMSIZ).
    Bad:
        underlay: {interfaces: [{name: enp65s0f0np0, vlan: 4094, addresses: [192.0.2.10/24]}]}
    Good:
        underlay: {interfaces: [{name: enp65s0f0np0, vlan: 4094, link-name: fabric, addresses: [192.0.2.10/24]}]}
    """
    for at, nic in _nics(scope):
        name = nic.name_in_namespace()
        if len(name.encode()) > LONGEST_NAME:
            message = (
                f"the link would be called {name!r}, which has {len(name.encode())} bytes; Linux allows {LONGEST_NAME}"
            )
            yield Problem((*at, "name"), message, help="give it a shorter name with `link-name`")


@scope_rule("MOD706", "segment-with-two-ends")
def segment_with_two_ends(scope: Scope) -> Iterator[Problem]:
    """An L2VNI has two ends on the host.

    What: an L2VNI with both `host-bridge` and `host-leg`.
    Why: an L2VNI has one veth to the host. Its end there is a port of a bridge, or is left for others.
    Bad:
        l2vnis: [{vni: 110, host-leg: {}, host-bridge: {}}]
    Good:
        l2vnis: [{vni: 110, host-leg: {}}]
    """
    for at, segment in scope.l2vnis():
        if segment.host_bridge and segment.host_leg:
            message = f"L2VNI {segment.vni} has both `host-bridge` and `host-leg`; it has one end on the host"
            help_ = "keep `host-bridge` for a port of a bridge, or `host-leg` for an end in no bridge"
            yield Problem((*at, "host-leg"), message, other=(*at, "host-bridge"), said="the bridge", help=help_)


@scope_rule("MOD708", "segment-without-end", Severity.INFO)
def segment_without_end(scope: Scope) -> Iterator[Problem]:
    """An L2VNI with a gateway has no end on the host.

    What: an L2VNI with a `gateway`, and with neither `host-bridge` nor `host-leg`. This is for information.
    Why: no pod or machine of the node is in the segment. A node that only routes for the hosts of other nodes is meant so.
    Bad:
        vrfs: {red: {table: 1100}}
        l2vnis: [{vni: 110, vrf: red, gateway: {ipv4: 10.0.0.1/24}}]
    Good:
        vrfs: {red: {table: 1100}}
        l2vnis: [{vni: 110, vrf: red, gateway: {ipv4: 10.0.0.1/24}, host-bridge: {name: br-tenant}}]
    """
    for at, segment in scope.l2vnis():
        if segment.gateway and not segment.host_bridge and not segment.host_leg:
            message = f"L2VNI {segment.vni} has no end on the host: no pod or machine of the node is in the segment"
            help_ = "add `host-bridge: {}` for a bridge on the host, or `host-leg: {}` for an end in no bridge"
            yield Problem((*at, "vni"), message, help=help_)


@scope_rule("MOD707", "neighbor-out-of-reach", Severity.WARNING)
def neighbor_out_of_reach(scope: Scope) -> Iterator[Problem]:
    """No interface of the underlay has an address in the subnet of an external neighbor.

    What: an `address` or `range` of an external neighbor of the underlay, where the addresses of all interfaces are known
        from the model, and none is in one subnet with it. A VLAN sub-interface and a macvlan have only the addresses of the
        model. Neighbors with `ebgp-multihop` or `disable-connected-check` are exempt.
    Why: bgpd opens an eBGP session only to a neighbor in a connected subnet: the session stays down.
    Bad:
        underlay:
          interfaces: [{name: eth1, attach: macvlan}]
          neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: 1}]
    Good:
        underlay:
          interfaces: [{name: eth1, attach: macvlan, addresses: [192.0.2.10/24]}]
          neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: 1}]
    """
    nics = [nic for _, nic in _nics(scope)]
    if not nics or any(not nic.addresses and nic.attached() in ("move", "present") for nic in nics):
        return
    connected = [address.network for nic in nics for address in nic.addresses]
    for at, vrf, neighbor in scope.neighbors():
        there = neighbor.range or neighbor.address
        distant = neighbor.ebgp_multihop or neighbor.disable_connected_check
        if vrf is not None or there is None or there.is_link_local or distant or internal(neighbor, scope.asn(None)):
            continue
        network = ip_network(there)
        if not any(network.version == one.version and network.overlaps(one) for one in connected):
            message = f"no interface of the underlay has an address in the subnet of the external neighbor {there}: the session stays down"
            help_ = "add `addresses` to the interface that leads there, or `ebgp-multihop` to the neighbor"
            yield Problem((*at, "range" if neighbor.range else "address"), message, help=help_)
