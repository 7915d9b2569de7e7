"""Prefixes that the host is to announce, and that no host session of the node takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING

from frrcompile.diagnostics import Diagnostic
from frrcompile.interop.codes import REFUSED
from frrcompile.ir.bgp import Neighbor
from frrcompile.ir.node import Node
from frrcompile.ir.source import Source
from frrcompile.reach.policies import Policies
from frrcompile.reach.prefixes import prefix
from frrcompile.reach.route import Cause, Route
from frrcompile.reach.session import Session, sessions

if TYPE_CHECKING:
    from frrcompile.model.neighbor import FamilyName


def refused(
    node: Node, hosts: Iterable[Neighbor], announced: Iterable[IPv4Network | IPv6Network], source: Source
) -> Iterator[Diagnostic]:
    """A warning for each prefix that all sessions with the host refuse.

    One session that takes a prefix is enough: the host announces each prefix over all of them, and the policies select. A
    session whose policy cannot be evaluated counts as one that takes it.
    """
    policies, entries = Policies(node), list(hosts)
    ours = [one for instance in node.bgp for one in sessions(instance, policies) if one.neighbor in entries]
    for network in dict.fromkeys(announced):
        family = _family(network)
        carrying = [one for one in ours if family in one.members]
        if not carrying:
            message = f"no host session of the node carries {family}, so no VRF gets {network} of `--prefix`"
            help_ = f"add `ipv{network.version}` to a host session, or leave `--prefix {network}` out"
            yield source.warning(REFUSED, entries[0].at, message, help=help_)
            continue
        causes = [one.lets_in(_route(one, network)) for one in carrying]
        stopped = [cause for cause in causes if isinstance(cause, Cause) and cause.kind == "policy"]
        if len(stopped) == len(carrying):
            maps = dict.fromkeys(f"{one.members[family].import_map} ({_vrf(one)})" for one in carrying)
            message = (
                f"the import policies of all host sessions refuse {network} of `--prefix`: route map {', '.join(maps)}"
            )
            first = next((cause for cause in stopped if cause.help), stopped[0])
            help_ = first.help or "permit it in a policy"
            yield source.warning(REFUSED, first.at, message, help=f"{help_}, or leave `--prefix {network}` out")


def _route(session: Session, network: IPv4Network | IPv6Network) -> Route:
    """The route as the host announces it."""
    asn = session.neighbor.remote_as
    path = (asn,) if isinstance(asn, int) else ()
    return Route(_family(network), 0, prefix(str(network)), path=path)


def _family(network: IPv4Network | IPv6Network) -> FamilyName:
    return "ipv4-unicast" if network.version == 4 else "ipv6-unicast"


def _vrf(session: Session) -> str:
    return f"VRF {session.instance.vrf}" if session.instance.vrf else "passthrough"
