"""Rules over how links come: the underlay's links into FRR's namespace, and an L2VNI's end onto the host."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Diagnostic
from frrcompile.ir.origin import Origin
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Source, repeated
from frrcompile.model.underlay import Nic

LONGEST_NAME = 15
"""Bytes of a link's name (linux/if.h: IFNAMSIZ has one more, for the NUL)."""


def _nics(scope: Scope) -> Iterator[tuple[Origin, Nic]]:
    for position, nic in enumerate(scope.site.underlay.interfaces):
        yield ("underlay", "interfaces", position), nic


def _attach(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR944: an interface's `attach` contradicts its other fields: only a VLAN sub-interface has a `vlan`, only a link
    that is made has a `link-name`.
    """
    for at, nic in _nics(scope):
        attach = nic.attached()
        if attach == "vlan" and not nic.vlan:
            message = f"the VLAN sub-interface of {nic.name} needs a VLAN id"
            yield source.error("FRR944", at, message, help="add `vlan`, for example `vlan: 10`")
        elif attach != "vlan" and nic.vlan:
            message = (
                f"`attach: {attach}` and `vlan: {nic.vlan}` contradict each other: only `attach: vlan` has a VLAN id"
            )
            help_ = f"remove one of the two; an existing sub-interface is an interface of its own, `name: {nic.name}.{nic.vlan}`"
            yield source.error("FRR944", (*at, "vlan"), message, help=help_)
        elif attach in ("move", "present") and nic.link_name:
            why = "the NIC keeps its name when it moves" if attach == "move" else "the link has its name already"
            message = f"`link-name` of {nic.name} has no effect with `attach: {attach}`: {why}"
            yield source.error("FRR944", (*at, "link-name"), message, help="remove `link-name`")


def _used_twice(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR943: a NIC that moves into FRR's namespace is not on the host for a second link, and a NIC has each VLAN once."""
    moved = {nic.name: at for at, nic in _nics(scope) if nic.attached() == "move"}
    made = [(at, nic) for at, nic in _nics(scope) if nic.attached() in ("vlan", "macvlan")]
    for at, nic in made:
        if nic.name in moved:
            what = "VLAN sub-interface" if nic.attached() == "vlan" else "macvlan"
            message = f"{nic.name} moves into FRR's namespace, so no {what} can be made of it on the host"
            help_ = f"make all links of {nic.name} with `attach: vlan` or `attach: macvlan`"
            yield source.error("FRR943", at, message, other=moved[nic.name], said="moved here", help=help_)
    vlans = (((nic.name, nic.vlan), (*at, "vlan")) for at, nic in made if nic.vlan)
    for (name, vlan), at, first in repeated(vlans):
        message = f"VLAN {vlan} of {name} is used twice: Linux makes one sub-interface of a NIC for each VLAN"
        yield source.error("FRR943", at, message, other=first, said="first used here")


def _long_names(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR942: a name that is made from an interface's name is longer than the 15 bytes that Linux allows."""
    for at, nic in _nics(scope):
        name = nic.name_in_namespace()
        if len(name.encode()) > LONGEST_NAME:
            message = (
                f"the link would be called {name!r}, which has {len(name.encode())} bytes; Linux allows {LONGEST_NAME}"
            )
            yield source.error("FRR942", (*at, "name"), message, help="give it a shorter name with `link-name`")


def _one_end(scope: Scope, source: Source) -> Iterator[Diagnostic]:
    """FRR941: an L2VNI has one end on the host: a port of `host-bridge`, or a `host-leg` that is left for others."""
    for at, segment in scope.l2vnis():
        if segment.host_bridge and segment.host_leg:
            message = f"L2VNI {segment.vni} has both `host-bridge` and `host-leg`; it has one end on the host"
            help_ = "keep `host-bridge` for a port of a bridge, or `host-leg` for an end in no bridge"
            yield source.error(
                "FRR941", (*at, "host-leg"), message, other=(*at, "host-bridge"), said="the bridge", help=help_
            )


RULES = (_attach, _used_twice, _long_names, _one_end)
