"""What hosts announce. The model does not say which prefixes: some stand for all that the policies may tell apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from frrcompile.ir.bgp import Neighbor
from frrcompile.ir.lower.families import UNICAST
from frrcompile.reach.prefixes import inside, prefix
from frrcompile.reach.route import FIRST_UNSAID_AS, Prefix, Route, Verdict
from frrcompile.reach.session import Session, sessions
from frrcompile.reach.source import Source
from frrcompile.reach.speakers import Router

if TYPE_CHECKING:
    from frrcompile.model.neighbor import FamilyName

LIKELY = {4: ("10.244.0.0/24", "10.244.0.1/32"), 6: ("2001:db8:244::/64", "2001:db8:244::1/128")}
"""Prefixes that a host may announce, where no prefix list says which it does."""


def is_host(neighbor: Neighbor) -> bool:
    """Whether a neighbor is the host behind a veth pair."""
    return neighbor.at[-1:] in (("host-session",), ("passthrough",))


def passthrough(router: Router) -> Iterator[Source]:
    """What the host in the default VRF announces."""
    for session in sessions(router.underlay, router.policies):
        if not is_host(session.neighbor):
            continue
        for version in (4, 6):
            family = UNICAST[f"ipv{version}"]
            if family in session.members:
                routes = tuple(host_routes(session, family, version))
                yield Source(f"what the host {session.neighbor.peer} announces", session.neighbor.at, routes)


def host_routes(session: Session, family: FamilyName, version: int) -> list[Verdict]:
    """What a host may announce, past the session's import policy; the cause alone where nothing passes it."""
    remote_as = session.neighbor.remote_as
    path = () if remote_as == "internal" else (FIRST_UNSAID_AS if remote_as == "external" else remote_as,)
    found: list[Verdict] = []
    stopped: Verdict | None = None
    for witness in _witnesses(session, family, version):
        verdict = session.lets_in(Route(family, 0, witness, path=path))
        if isinstance(verdict, Route):
            found.append(verdict)
        else:
            stopped = stopped or verdict
    return found or ([stopped] if stopped else [])


def _witnesses(session: Session, family: FamilyName, version: int) -> list[Prefix]:
    """Some prefixes of each entry of the policy's prefix lists, and some that may be in none."""
    name = session.members[family].import_map
    found = [prefix(text) for text in LIKELY[version]]
    for line in session.policies.lines(name, version) if name else ():
        if line.permit:
            found += inside(line)
    return list(dict.fromkeys(found))
