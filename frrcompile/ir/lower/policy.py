"""Policies: each entry gets its number, and its communities the order in which FRR shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address
from typing import Literal

from frrcompile.ir.origin import Origin
from frrcompile.ir.policy import (
    AsPathListEntry,
    BfdProfile,
    CommunityKind,
    CommunityListEntry,
    CommunityListName,
    ExtendedCommunity,
    Match,
    NextHop,
    PrefixListEntry,
    PrefixListName,
    RouteMapEntry,
    Set,
)
from frrcompile.model.bfd import BfdProfile as BfdProfileModel
from frrcompile.model.policy import CommunityListEntry as CommunityListEntryModel
from frrcompile.model.policy import Match as MatchModel
from frrcompile.model.policy import PrefixListEntry as PrefixListEntryModel
from frrcompile.model.policy import Set as SetModel
from frrcompile.model.site import Site
from frrcompile.model.values import community_number

LIST_STEP = 5
MAP_STEP = 10


def sequences(numbers: Iterable[int | None], step: int) -> Iterator[int]:
    """Numbers for entries that have none: each `step` more than the one before it."""
    last = 0
    for number in numbers:
        last = number or last + step
        yield last


def prefix_lists(site: Site) -> Iterator[PrefixListEntry]:
    """The entries of all prefix lists."""
    for name, entries in site.prefix_lists.items():
        for position, (entry, seq) in enumerate(
            zip(entries, sequences((e.seq for e in entries), LIST_STEP), strict=True)
        ):
            yield PrefixListEntry(
                family=list_family(entry),
                name=name,
                seq=seq,
                action=entry.action,
                prefix=str(entry.prefix),
                ge=entry.ge,
                le=entry.le,
                at=("prefix-lists", name, position),
            )


def list_family(entry: PrefixListEntryModel) -> Literal["ipv4", "ipv6"]:
    """The family of a prefix list that begins with an entry."""
    return "ipv4" if entry.prefix.version == 4 else "ipv6"


def list_kind(entry: CommunityListEntryModel) -> CommunityKind:
    """The kind of communities that an entry has."""
    return "large" if entry.large_communities else "extended" if entry.extended_communities else "standard"


def community_lists(site: Site) -> Iterator[CommunityListEntry]:
    """The entries of all community lists."""
    for name, entries in site.community_lists.items():
        for position, (entry, seq) in enumerate(
            zip(entries, sequences((e.seq for e in entries), LIST_STEP), strict=True)
        ):
            communities: tuple[str, ...] | tuple[ExtendedCommunity, ...] = (
                _standard(entry.communities) or _large(entry.large_communities) or _extended(entry.extended_communities)
            )
            at = ("community-lists", name, position)
            yield CommunityListEntry(list_kind(entry), name, seq, entry.action, communities, at=at)


def as_path_lists(site: Site) -> Iterator[AsPathListEntry]:
    """The entries of all AS path lists."""
    for name, entries in site.as_path_lists.items():
        numbers = sequences((entry.seq for entry in entries), LIST_STEP)
        for position, (entry, seq) in enumerate(zip(entries, numbers, strict=True)):
            yield AsPathListEntry(name, seq, entry.action, entry.regex, at=("as-path-lists", name, position))


def route_maps(site: Site) -> Iterator[RouteMapEntry]:
    """The entries of all route maps."""
    for name, entries in site.route_maps.items():
        for position, (entry, seq) in enumerate(
            zip(entries, sequences((e.seq for e in entries), MAP_STEP), strict=True)
        ):
            at = ("route-maps", name, position)
            yield RouteMapEntry(
                name=name,
                action=entry.action,
                seq=seq,
                match=_match(entry.match, site, (*at, "match")),
                set=_set(entry.set, (*at, "set")),
                call=entry.call,
                on_match_next=entry.next,
                on_match_goto=entry.goto,
                at=at,
            )


def _match(match: MatchModel, site: Site, at: Origin) -> Match:
    return Match(
        as_path_list=match.as_path_list,
        community_list=_community_list(match.community_list, site) if match.community_list else None,
        route_type=match.route_type,
        vni=match.vni,
        interface=match.interface,
        prefix_list=_prefix_list(match.prefix_list, site) if match.prefix_list else None,
        source_protocol=match.source_protocol,
        tag=match.tag,
        at=at,
    )


def _community_list(name: str, site: Site) -> CommunityListName:
    entries = site.community_lists.get(name)
    return CommunityListName(list_kind(entries[0]) if entries else "standard", name)


def _prefix_list(name: str, site: Site) -> PrefixListName:
    entries = site.prefix_lists.get(name)
    return PrefixListName(list_family(entries[0]) if entries else "ipv4", name)


def _set(changes: SetModel, at: Origin) -> Set:
    return Set(
        prepend=changes.prepend,
        communities=_standard(changes.communities),
        next_hop=_next_hop(changes.next_hop) if changes.next_hop else None,
        large_communities=_large(changes.large_communities),
        additive=changes.additive,
        local_preference=changes.local_preference,
        metric=changes.metric,
        tag=changes.tag,
        weight=changes.weight,
        at=at,
    )


def _next_hop(text: str) -> NextHop:
    if text == "unchanged":
        return NextHop("ipv4", None)
    return NextHop("ipv6" if ":" in text else "ipv4", text)


def _standard(communities: Iterable[str]) -> tuple[str, ...]:
    """In FRR's order: by value, each once (bgpd/bgp_community.c, community_uniq_sort)."""
    return tuple(sorted(set(communities), key=community_number))


def _large(communities: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(communities), key=lambda text: tuple(map(int, text.split(":")))))


def _extended(communities: Iterable[str]) -> tuple[ExtendedCommunity, ...]:
    """In FRR's order: by their eight bytes, each once (bgpd/bgp_ecommunity.c, ecommunity_uniq_sort)."""
    return tuple(sorted({_extended_community(text) for text in communities}, key=_eight_bytes))


def _extended_community(text: str) -> ExtendedCommunity:
    kind, _, value = text.partition(" ")
    return ExtendedCommunity("route-target" if kind == "rt" else "site-of-origin", value)


def _eight_bytes(community: ExtendedCommunity) -> bytes:
    """RFC 4360 and RFC 5668: a type for the administrator's kind, a subtype, administrator and number."""
    administrator, number = community.value.split(":")
    subtype = 2 if community.kind == "route-target" else 3
    if "." in administrator:
        return bytes([1, subtype]) + IPv4Address(administrator).packed + int(number).to_bytes(2, "big")
    if int(administrator) > 0xFFFF:
        return bytes([2, subtype]) + int(administrator).to_bytes(4, "big") + int(number).to_bytes(2, "big")
    return bytes([0, subtype]) + int(administrator).to_bytes(2, "big") + int(number).to_bytes(4, "big")


def bfd_profiles(site: Site) -> Iterator[BfdProfile]:
    """All BFD profiles; a default is left out, as FRR does not show it."""
    for name, profile in site.bfd_profiles.items():

        def unless_default(field: str, profile: BfdProfileModel = profile) -> int | None:
            value: int = getattr(profile, field)
            return None if value == BfdProfileModel.model_fields[field].default else value

        yield BfdProfile(
            name=name,
            detect_multiplier=unless_default("detect_multiplier"),
            transmit_interval=unless_default("transmit_interval"),
            receive_interval=unless_default("receive_interval"),
            passive_mode=profile.passive_mode,
            echo_mode=profile.echo_mode,
            echo_transmit_interval=unless_default("echo_transmit_interval"),
            echo_receive_interval=unless_default("echo_receive_interval"),
            minimum_ttl=unless_default("minimum_ttl"),
            at=("bfd-profiles", name),
        )
