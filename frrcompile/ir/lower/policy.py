"""Policies: each entry gets its number, and its words in the order and form in which FRR shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address
from typing import Literal

from frrcompile.ir.policy import BfdProfile, CommunityListEntry, PrefixListEntry, RouteMapEntry
from frrcompile.model.bfd import BfdProfile as BfdProfileModel
from frrcompile.model.policy import CommunityListEntry as CommunityListEntryModel
from frrcompile.model.policy import Match, Set
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
                family="ip" if entry.prefix.version == 4 else "ipv6",
                name=name,
                seq=seq,
                action=entry.action,
                prefix=str(entry.prefix),
                ge=entry.ge,
                le=entry.le,
                at=("prefix-lists", name, position),
            )


def list_kind(entry: CommunityListEntryModel) -> Literal["", "large-", "ext"]:
    """FRR's word for the kind of communities that an entry has."""
    return "large-" if entry.large_communities else "ext" if entry.extended_communities else ""


def community_lists(site: Site) -> Iterator[CommunityListEntry]:
    """The entries of all community lists."""
    for name, entries in site.community_lists.items():
        for position, (entry, seq) in enumerate(
            zip(entries, sequences((e.seq for e in entries), LIST_STEP), strict=True)
        ):
            communities = (
                _standard(entry.communities) or _large(entry.large_communities) or _extended(entry.extended_communities)
            )
            at = ("community-lists", name, position)
            yield CommunityListEntry(list_kind(entry), name, seq, entry.action, communities, at=at)


def route_maps(site: Site) -> Iterator[RouteMapEntry]:
    """The entries of all route maps."""
    for name, entries in site.route_maps.items():
        for position, (entry, seq) in enumerate(
            zip(entries, sequences((e.seq for e in entries), MAP_STEP), strict=True)
        ):
            yield RouteMapEntry(
                name=name,
                action=entry.action,
                seq=seq,
                matches=tuple(_matches(entry.match, site)),
                sets=tuple(_sets(entry.set)),
                call=entry.call,
                on_match_next=entry.next,
                at=("route-maps", name, position),
            )


def _matches(match: Match, site: Site) -> Iterator[str]:
    if match.community_list:
        entries = site.community_lists.get(match.community_list, ())
        kind = list_kind(entries[0]) if entries else ""
        yield f"{kind}community {match.community_list}"
    if match.route_type:
        yield f"evpn route-type {match.route_type}"
    if match.vni is not None:
        yield f"evpn vni {match.vni}"
    if match.interface:
        yield f"interface {match.interface}"
    if match.prefix_list:
        entries4 = site.prefix_lists.get(match.prefix_list, ())
        family = "ipv6" if entries4 and entries4[0].prefix.version == 6 else "ip"
        yield f"{family} address prefix-list {match.prefix_list}"
    if match.source_protocol:
        yield f"source-protocol {match.source_protocol}"
    if match.tag is not None:
        yield f"tag {match.tag}"


def _sets(changes: Set) -> Iterator[str]:
    additive = " additive" if changes.additive else ""
    if changes.prepend:
        yield "as-path prepend " + " ".join(map(str, changes.prepend))
    if changes.communities:
        yield "community " + " ".join(_standard(changes.communities)) + additive
    if changes.next_hop == "unchanged":
        yield "ip next-hop unchanged"
    elif changes.next_hop:
        yield (
            f"ipv6 next-hop global {changes.next_hop}" if ":" in changes.next_hop else f"ip next-hop {changes.next_hop}"
        )
    if changes.large_communities:
        yield "large-community " + " ".join(_large(changes.large_communities)) + additive
    if changes.local_preference is not None:
        yield f"local-preference {changes.local_preference}"
    if changes.metric is not None:
        yield f"metric {changes.metric}"
    if changes.tag is not None:
        yield f"tag {changes.tag}"
    if changes.weight is not None:
        yield f"weight {changes.weight}"


def _standard(communities: Iterable[str]) -> tuple[str, ...]:
    """In FRR's order: by value, each once (bgpd/bgp_community.c, community_uniq_sort)."""
    return tuple(sorted(set(communities), key=community_number))


def _large(communities: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(communities), key=lambda text: tuple(map(int, text.split(":")))))


def _extended(communities: Iterable[str]) -> tuple[str, ...]:
    """In FRR's order: by their eight bytes, each once (bgpd/bgp_ecommunity.c, ecommunity_uniq_sort)."""
    return tuple(sorted(set(communities), key=extended_community_bytes))


def extended_community_bytes(community: str) -> bytes:
    """RFC 4360 and RFC 5668: a type for the administrator's kind, a subtype, administrator and number."""
    kind, _, value = community.partition(" ")
    administrator, number = value.split(":")
    subtype = {"rt": 2, "soo": 3}[kind]
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
