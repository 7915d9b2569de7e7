"""Neighbours: a session of the model as FRR's words, and its part in each address family."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from frrcompile.ir.bgp import Member, Neighbor
from frrcompile.ir.origin import Origin
from frrcompile.ir.secret import SecretSource
from frrcompile.model.neighbor import FamilyOptions, LocalAs
from frrcompile.model.neighbor import Neighbor as NeighborModel
from frrcompile.model.session import FamilyPolicy, MaximumPrefix, Session

DEFAULT_KEEPALIVE, DEFAULT_HOLD, DEFAULT_CONNECT = 60, 180, 120
"""FRR's timers under `frr defaults traditional`, in seconds (bgpd/bgp_vty.h)."""

DEFAULT_TTL = 1
"""The TTL of an eBGP session without `ebgp-multihop`: FRR does not show `ebgp-multihop 1`. Whether it shows 255 as a
number differs between versions, but every one's frr-reload.py takes the number for what is there."""

DEFAULT_ALLOWAS_IN = "3"
"""What `allowas-in` means without a number; FRR shows it so."""

_NEXT_HOP_SELF = {None: None, False: None, True: "", "force": " force"}
_GRACEFUL_RESTART = {
    "enabled": "graceful-restart",
    "helper": "graceful-restart-helper",
    "disabled": "graceful-restart-disable",
}


Word = TypeVar("Word")


def peer_name(neighbor: NeighborModel) -> str:
    """What FRR calls the neighbour; one from a range belongs to a peer group, named after the range."""
    if neighbor.range:
        return f"from-{str(neighbor.range).replace(':', '.').replace('/', '_')}"
    return str(neighbor.address or neighbor.interface)


def neighbor(model: NeighborModel, at: Origin) -> Neighbor:
    """A neighbour of the underlay or of a VRF."""
    return _session(
        model,
        Neighbor(
            peer=peer_name(model),
            kind="group" if model.range else "interface" if model.interface else "address",
            remote_as=model.remote_as,
            listen=str(model.range) if model.range else None,
            local_as=_local_as(model.local_as) if model.local_as else None,
            source=model.source,
            ebgp_multihop=_multihop(model.ebgp_multihop),
            ttl_security=model.ttl_security,
            disable_connected_check=model.disable_connected_check,
            # An unnumbered session has the capability by itself, and FRR does not show it there.
            extended_nexthop=model.extended_nexthop and not model.interface,
            at=at,
        ),
    )


def host(model: Session, peer: str, asn: int, at: Origin) -> Neighbor:
    """The host's end of a veth."""
    return _session(model, Neighbor(peer=peer, kind="address", remote_as=asn, at=at))


def _session(model: Session, bare: Neighbor) -> Neighbor:
    """The neighbour with what all sessions have in common; FRR's defaults are left out."""
    timers = model.timers
    default = (timers.keepalive, timers.hold) == (DEFAULT_KEEPALIVE, DEFAULT_HOLD)
    return replace(
        bare,
        description=model.description,
        port=model.port if model.port != 179 else None,
        password=_password(model, bare.at),
        keepalive=None if default else timers.keepalive,
        hold=None if default else timers.hold,
        connect=None if timers.connect == DEFAULT_CONNECT else timers.connect,
        bfd=model.bfd is not None,
        bfd_profile=model.bfd.profile if model.bfd else None,
        graceful_restart=_GRACEFUL_RESTART.get(model.graceful_restart or ""),
    )


def _password(model: Session, at: Origin) -> SecretSource | None:
    if model.password:
        return SecretSource(literal=model.password, at=(*at, "password"))
    if model.password_file:
        return SecretSource(file=model.password_file, at=(*at, "password-file"))
    return SecretSource(env=model.password_env, at=(*at, "password-env")) if model.password_env else None


def _multihop(ttl: int | None) -> str | None:
    return None if ttl in (None, DEFAULT_TTL) else f" {ttl}"


def _local_as(model: LocalAs) -> str:
    return f"{model.asn}" + ("" if model.prepend else " no-prepend") + (" replace-as" if model.replace else "")


def _maximum_prefix(model: MaximumPrefix | None) -> str | None:
    if model is None:
        return None
    threshold = "" if model.threshold == 75 else f" {model.threshold}"
    end = " warning-only" if model.warning_only else f" restart {model.restart}" if model.restart else ""
    return f"{model.limit}{threshold}{end}"


def _said(own: Word, general: Word) -> Word:
    return general if own is None else own


def member(peer: str, own: FamilyPolicy, general: FamilyPolicy, at: Origin) -> Member:
    """A neighbour's part in a family: what the family says itself, else what the neighbour says for all."""
    allowas_in = _said(own.allowas_in, general.allowas_in)
    next_hop_self: bool | str | None = None
    client: bool | None = None
    if isinstance(own, FamilyOptions) and isinstance(general, FamilyOptions):
        next_hop_self = _said(own.next_hop_self, general.next_hop_self)
        client = _said(own.route_reflector_client, general.route_reflector_client)
    return Member(
        peer,
        allowas_in=None if allowas_in is None else f" {allowas_in}" if str(allowas_in) != DEFAULT_ALLOWAS_IN else "",
        next_hop_self=_NEXT_HOP_SELF[next_hop_self],
        route_reflector_client=bool(client),
        maximum_prefix=_maximum_prefix(_said(own.maximum_prefix, general.maximum_prefix)),
        import_map=_said(own.import_, general.import_),
        export_map=_said(own.export, general.export),
        at=at,
    )
