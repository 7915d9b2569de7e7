"""Neighbors: a session of the model, and its part in each address family."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeVar

from frrcompile.facts.values import BGP_PORT, CONNECT, HOLD, KEEPALIVE, MAXIMUM_PREFIX_THRESHOLD, TTL
from frrcompile.ir.bgp import DefaultOriginate, LocalAs, MaximumPrefix, Member, Neighbor, NextHopSelf, RemovePrivateAs
from frrcompile.ir.lower.families import UNICAST, WITH_DEFAULT, WITH_PRIVATE_AS
from frrcompile.ir.origin import BELOW, Origin
from frrcompile.ir.scope import Ends
from frrcompile.ir.secret import SecretSource
from frrcompile.model.host_session import HostSession
from frrcompile.model.neighbor import FamilyName, FamilyOptions
from frrcompile.model.neighbor import Neighbor as NeighborModel
from frrcompile.model.session import FamilyPolicy, Session
from frrcompile.model.session import MaximumPrefix as MaximumPrefixModel

_NEXT_HOP_SELF: Mapping[bool | Literal["force"] | None, NextHopSelf | None]
_NEXT_HOP_SELF = {None: None, False: None, True: "unless-reflected", "force": "always"}


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
            local_as=LocalAs(own.asn, own.prepend, own.replace) if (own := model.local_as) else None,
            source=model.source,
            ebgp_multihop=None if model.ebgp_multihop == TTL else model.ebgp_multihop,
            ttl_security=model.ttl_security,
            disable_connected_check=model.disable_connected_check,
            # An unnumbered session has the capability by itself, and FRR does not show it there.
            extended_nexthop=model.extended_nexthop and not model.interface,
            at=at,
        ),
    )


def host(model: HostSession, ends: Ends, at: Origin) -> Neighbor:
    """The host's end of a veth; the session stands `at` a place of the model, and its ends below it."""
    remote_as = model.remote_as or model.asn
    assert remote_as, "MOD502 holds"
    places = {"peer": (*at, ends.family), "remote_as": (*at, "remote-as" if model.remote_as else "asn")}
    return _session(model, Neighbor(peer=ends.host, kind="address", remote_as=remote_as, at=at, elsewhere=places))


def host_member(session: HostSession, ends: Ends, at: Origin) -> Member:
    """The part of a host's end in its family.

    An internal host is a route reflector client: it gets the routes of internal neighbors and of VNIs, and they get its
    routes. The router is the next hop, as the host has no route to leaves and VTEPs.
    """
    found = member(ends.host, UNICAST[ends.family], ends.model, session, at, (*at, ends.family))
    if session.remote_as != "internal":
        return found._replace(as_override=session.as_override)
    place = (*at, "remote-as")
    places = {"next_hop_self": place, "route_reflector_client": place}
    return found._replace(next_hop_self="always", route_reflector_client=True, elsewhere={**found.elsewhere, **places})


def _session(model: Session, bare: Neighbor) -> Neighbor:
    """The neighbour with what all sessions have in common; FRR's defaults are left out."""
    timers = model.timers
    default = (timers.keepalive, timers.hold) == (KEEPALIVE, HOLD)
    return bare._replace(
        description=model.description,
        port=model.port if model.port != BGP_PORT else None,
        password=_password(model, bare.at),
        keepalive=None if default else timers.keepalive,
        hold=None if default else timers.hold,
        connect=None if timers.connect == CONNECT else timers.connect,
        bfd=model.bfd is not None,
        bfd_profile=model.bfd.profile if model.bfd else None,
        shutdown=model.shutdown is not None,
        shutdown_message=model.shutdown.message if model.shutdown else None,
        graceful_shutdown=model.graceful_shutdown,
        advertisement_interval=timers.advertisement_interval,
        graceful_restart=model.graceful_restart,
    )


def _password(model: Session, at: Origin) -> SecretSource | None:
    if model.password:
        return SecretSource(literal=model.password, at=(*at, "password"))
    if model.password_file:
        return SecretSource(file=model.password_file, at=(*at, "password-file"))
    return SecretSource(env=model.password_env, at=(*at, "password-env")) if model.password_env else None


def _maximum_prefix(model: MaximumPrefixModel | None) -> MaximumPrefix | None:
    if model is None:
        return None
    threshold = None if model.threshold == MAXIMUM_PREFIX_THRESHOLD else model.threshold
    return MaximumPrefix(model.limit, threshold, model.warning_only, model.restart)


def _said(own: Word, general: Word) -> Word:
    return general if own is None else own


def member(
    peer: str, name: FamilyName, own: FamilyPolicy, general: FamilyPolicy, at: Origin, family_at: Origin
) -> Member:
    """A neighbor's part in the family `name`: what the family says itself, else what the neighbor says for all families.

    The model has the neighbor `at` one place, and its part in the family, or the neighbor again, at `family_at`.
    """
    next_hop_self: bool | Literal["force"] | None = None
    client: bool | None = None
    if isinstance(own, FamilyOptions) and isinstance(general, FamilyOptions):
        next_hop_self = _said(own.next_hop_self, general.next_hop_self)
        client = _said(own.route_reflector_client, general.route_reflector_client)
    default = _said(own.default_originate, general.default_originate)
    private = _said(own.remove_private_as, general.remove_private_as)
    return Member(
        peer,
        allowas_in=_said(own.allowas_in, general.allowas_in),
        next_hop_self=_NEXT_HOP_SELF[next_hop_self],
        route_reflector_client=bool(client),
        maximum_prefix=_maximum_prefix(_said(own.maximum_prefix, general.maximum_prefix)),
        import_map=_said(own.import_, general.import_),
        export_map=_said(own.export, general.export),
        soft_reconfiguration_inbound=bool(
            _said(own.soft_reconfiguration_inbound, general.soft_reconfiguration_inbound)
        ),
        default_originate=DefaultOriginate(default.policy) if default and name in WITH_DEFAULT else None,
        remove_private_as=RemovePrivateAs(private.all, private.replace)
        if private and name in WITH_PRIVATE_AS
        else None,
        at=at,
        elsewhere=_own_places(own, family_at) if family_at != at else BELOW,
    )


def _own_places(own: FamilyPolicy, at: Origin) -> dict[str, Origin]:
    """Where a family says what it says itself."""
    places = {"peer": at}
    for name, field, value in (
        ("allowas_in", "allowas-in", own.allowas_in),
        ("maximum_prefix", "maximum-prefix", own.maximum_prefix),
        ("import_map", "import", own.import_),
        ("export_map", "export", own.export),
        ("soft_reconfiguration_inbound", "soft-reconfiguration-inbound", own.soft_reconfiguration_inbound),
        ("default_originate", "default-originate", own.default_originate),
        ("remove_private_as", "remove-private-as", own.remove_private_as),
        ("next_hop_self", "next-hop-self", getattr(own, "next_hop_self", None)),
        ("route_reflector_client", "route-reflector-client", getattr(own, "route_reflector_client", None)),
    ):
        if value is not None:
            places[name] = (*at, field)
    return places
