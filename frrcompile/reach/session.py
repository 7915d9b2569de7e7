"""One session of a router: what it lets out and what it lets in (bgpd/bgp_route.c, bgp_update and subgroup_announce_check)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from frrcompile.facts.values import PRIVATE_AS
from frrcompile.ir.bgp import Instance, Member, Neighbor
from frrcompile.ir.lower import no_transit
from frrcompile.ir.origin import Origin
from frrcompile.ir.places import place_of
from frrcompile.reach.policies import TYPES, Denied, Policies
from frrcompile.reach.route import MULTICAST, Cause, Route, Unknown, Verdict

NO_EXPORT = ("no-export", "local-AS")
"""Communities with which a route is not announced to another AS (RFC 1997)."""


class Session(NamedTuple):
    """A neighbor of an instance, with its part in each family."""

    instance: Instance
    neighbor: Neighbor
    members: Mapping[str, Member]
    policies: Policies
    external: bool

    @property
    def shown_as(self) -> int:
        """The AS that the neighbor sees."""
        return self.neighbor.local_as.asn if self.neighbor.local_as else self.instance.asn

    def lets_out(self, route: Route, learned_from: Session | None) -> Verdict:
        """A route as it is announced over this session; `learned_from` is where it came in, None for a route of its own."""
        if self.neighbor.shutdown:
            return self._shut_down()
        member = self.members.get(route.family)
        if member is None:
            return self._inactive(route)
        if stopped := self._kept(route):
            return stopped
        if learned_from and not learned_from.external and not self.external and not self._reflects(route, learned_from):
            return Cause(
                "carried", self.neighbor.at, "an internal session passes on no route from another internal one"
            )
        passed = self._policy(member, "export", route)
        if not isinstance(passed, Route):
            return passed
        return self._sent(passed, member, route, learned_from)

    def lets_in(self, route: Route) -> Verdict:
        """A route that came over this session, as it enters the table."""
        if self.neighbor.shutdown:
            return self._shut_down()
        member = self.members.get(route.family)
        if member is None:
            return self._inactive(route)
        own = self.neighbor.local_as
        if self.external:
            route = route._replace(local_preference=None)
        if own and own.prepend:
            route = route._replace(path=(own.asn, *route.path))
        if looped := self._loop(member, route):
            return looped
        passed = self._policy(member, "import", route._replace(tag=0, weight=0))
        if isinstance(passed, Route) and passed.next_hop != route.next_hop and route.family != "l2vpn-evpn":
            return Unknown(member.at, "a next hop that a route map sets")
        return passed

    def _shut_down(self) -> Cause:
        why = f"the session with {self.neighbor.peer} is shut down"
        return Cause("carried", place_of(self.neighbor, "shutdown"), why, "leave `shutdown` out")

    def _inactive(self, route: Route) -> Cause:
        why = f"no session with {self.neighbor.peer} in {route.family}"
        return Cause("carried", place_of(self.neighbor, "families"), why, f"add `{route.family}` to `families`")

    def _kept(self, route: Route) -> Cause | None:
        """Communities that keep a route from being announced; FRR looks at them before the route map."""
        if "no-advertise" in route.communities:
            return Cause("carried", self.neighbor.at, "it has the community no-advertise")
        for community in NO_EXPORT:
            if self.external and community in route.communities:
                return Cause("carried", self.neighbor.at, f"it has the community {community}")
        return None

    def _reflects(self, route: Route, learned_from: Session) -> bool:
        """Whether a route from one internal session goes to another: from a client to all, to a client from all (RFC 4456)."""
        source, target = learned_from.members.get(route.family), self.members[route.family]
        return bool(target.route_reflector_client or (source and source.route_reflector_client))

    def _policy(self, member: Member, way: str, route: Route) -> Verdict:
        """The route map of a direction, and what FRR does where there is none."""
        name = member.import_map if way == "import" else member.export_map
        place = place_of(member, f"{way}_map")
        if name is None:
            if self.external and self.instance.ebgp_requires_policy:
                why = (
                    f"the eBGP session with {self.neighbor.peer} has no {way} policy, and `ebgp-requires-policy` is on"
                )
                return Cause("told", self.neighbor.elsewhere.get("peer", self.neighbor.at), why)
            return route
        found = self.policies.apply(name, route, incoming=way == "import")
        if isinstance(found, Unknown):
            return found
        if isinstance(found, Denied):
            return self._denied(found, place, way, route)
        return found.route

    def _denied(self, denied: Denied, place: Origin, way: str, route: Route) -> Cause:
        name = denied.name
        if denied.entry and denied.entry.at == no_transit.AT:
            why = f"`no-transit` is on, and it came from another neighbor (export of the session with {self.neighbor.peer})"
            return Cause("carried", no_transit.AT, why, "set `no-transit: false` in `underlay`")
        if denied.entry:
            why = f"entry {denied.entry.seq} of route map {name} denies it ({way} of the session with {self.neighbor.peer})"
            return Cause(
                "policy", denied.entry.at, why, f"put {_permitting(route)} before entry {denied.entry.seq} of {name}"
            )
        if denied.went_on:
            why = (
                f"entry {denied.went_on.seq} of route map {name} sends it on with `next`, and no entry after that matches it "
                f"({way} of the session with {self.neighbor.peer})"
            )
            return Cause("policy", denied.went_on.at, why, "end the route map with an entry `{action: permit}`")
        if denied.near and route.prefix:
            lengths = (
                str(denied.near.low)
                if denied.near.low == denied.near.high
                else f"{denied.near.low} to {denied.near.high}"
            )
            why = (
                f"route map {name} permits {denied.near.prefix.text} with the prefix length {lengths}, "
                f"and no {route.prefix.text} ({way} of the session with {self.neighbor.peer})"
            )
            return Cause(
                "policy", denied.near.at, why, f"add `le: {route.prefix.length}` to the entry of the prefix list"
            )
        why = f"no entry of route map {name} matches it ({way} of the session with {self.neighbor.peer})"
        help_ = ""
        if route.family == "l2vpn-evpn":
            help_ = f"give it to one family, such as `per-family: {{ipv4-unicast: {{{way}: {name}}}}}`, "
            help_ += f"or add {_permitting(route)} to {name}"
            if route.kind == MULTICAST:
                why += "; a prefix list matches no type-3 route"
        return Cause("policy", place, why, help_)

    def _sent(self, route: Route, member: Member, before: Route, learned_from: Session | None) -> Route:
        """The attributes on the wire: the path grows by the AS that the neighbor sees, and local things stay behind."""
        fields: dict[str, object] = {"tag": 0, "weight": 0}
        if self.external:
            own = self.neighbor.local_as
            shown = (self.instance.asn,) if not own else (own.asn,) if own.replace else (own.asn, self.instance.asn)
            fields |= {"path": (*shown, *self._shown_path(member, route.path)), "local_preference": None}
        reflected = learned_from and not learned_from.external and not self.external
        itself = member.next_hop_self == "always" or (member.next_hop_self and not reflected)
        if route.next_hop == before.next_hop and (itself or (self.external and route.family != "l2vpn-evpn")):
            fields["next_hop"] = ""
        return route._replace(**fields)  # type: ignore[arg-type]

    def _shown_path(self, member: Member, path: tuple[int, ...]) -> tuple[int, ...]:
        """A path without the private AS numbers that are removed (bgpd/bgp_route.c, bgp_peer_remove_private_as)."""
        removed = member.remove_private_as
        if removed is None or not (removed.all or all(map(is_private, path))):
            return path
        kept = self.neighbor.remote_as
        replaced = (self.instance.asn,) if removed.replace else ()
        return tuple(shown for asn in path for shown in ((asn,) if not is_private(asn) or asn == kept else replaced))

    def _loop(self, member: Member, route: Route) -> Cause | None:
        """The router's own AS in the path, more often than `allowas-in` takes it."""
        count = member.allowas_in if isinstance(member.allowas_in, int) else 0
        asn, own = self.instance.asn, self.neighbor.local_as
        if own and route.path.count(own.asn) > (count or (1 if own.prepend else 0)):
            return self._looped(f"local AS {own.asn}", route.path.count(own.asn), member)
        if member.allowas_in == "origin" and route.path and route.path[-1] == asn:
            return None
        if route.path.count(asn) > count:
            return self._looped(f"own AS {asn}", route.path.count(asn), member)
        return None

    def _looped(self, which: str, times: int, member: Member) -> Cause:
        why = f"its AS path has the router's {which}"
        if member.allowas_in == "origin":
            why += ", and `allowas-in: origin` takes it at the end of a path only"
        help_ = f"set `allowas-in: {times}` for the neighbor, or give each node an AS of its own"
        at = place_of(member, "allowas_in") if member.allowas_in else self.neighbor.at
        return Cause("loop", at, why, help_)


def sessions(instance: Instance, policies: Policies) -> tuple[Session, ...]:
    """The sessions of an instance."""
    members: dict[str, dict[str, Member]] = {}
    for family in instance.families:
        for member in family.members:
            members.setdefault(member.peer, {})[family.name] = member
    return tuple(
        Session(instance, one, members.get(one.peer, {}), policies, instance.is_external(one))
        for one in instance.neighbors
    )


def is_private(asn: int) -> bool:
    """Whether an AS number is for private use."""
    return any(asn in numbers for numbers in PRIVATE_AS)


def _permitting(route: Route) -> str:
    """The entry of a route map that permits a route of this kind."""
    for word, kind in TYPES.items():
        if kind == route.kind:
            return f"`{{action: permit, match: {{route-type: {word}}}}}`"
    return "an entry that permits " + (route.prefix.text if route.prefix and route.prefix.text else "it")
