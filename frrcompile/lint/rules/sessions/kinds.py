"""What only some kinds of sessions may have: external ones, internal ones, those on an interface."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Label, Severity
from frrcompile.facts.boundaries import INTERNAL_LOCAL_AS, MIXED_PEER_GROUPS
from frrcompile.facts.releases import spell
from frrcompile.lint.bgp import Instance, Link, Neighbor, as_number, instances
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule


@rule("FRR421", "ttl-security-with-multihop", Severity.ERROR, keywords=("ttl-security",))
def ttl_security_with_multihop(config: Configuration) -> Iterator[Problem]:
    """A session cannot have both ttl-security and ebgp-multihop.

    What: a neighbour of another AS, or its group, has both.
    Why: bgpd refuses whichever comes second (bgpd/bgpd.c, peer_ttl_security_hops_set and peer_ebgp_multihop_set); where a
    group brings the second one, the neighbour's own is overwritten.
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 ebgp-multihop 2
         neighbor 192.0.2.1 ttl-security hops 2
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 ttl-security hops 2
        exit
    """
    for instance in config.derive(instances):
        told: set[tuple[int, int]] = set()
        for neighbor in instance.neighbors.values():
            multihop, security = neighbor.said("ebgp-multihop"), neighbor.said("ttl-security")
            if multihop is None or security is None or neighbor.on_interface:
                continue
            first, second = sorted((multihop, security), key=lambda command: command.span)
            harmless = first is multihop and multihop.words[-1] == "1"
            pair = (id(first), id(second))
            if neighbor.link in (Link.INTERNAL, Link.UNKNOWN) or harmless or pair in told:
                continue
            told.add(pair)
            message = f"{neighbor.name} has `{first.words[2]}` already: bgpd does not take `{second.words[2]}` with it"
            advice = "keep `ttl-security hops N`, where N is the number of hops to the neighbour"
            yield Problem(second, message, (first.label("the other is here"),), advice)


@rule(
    "FRR422",
    "multihop-on-interface",
    Severity.ERROR,
    keywords=("ebgp-multihop", "disable-connected-check", "enforce-multihop"),
)
def multihop_on_interface(config: Configuration) -> Iterator[Problem]:
    """A session on an interface takes neither ebgp-multihop nor disable-connected-check.

    What: a neighbour made by `neighbor IFNAME interface` has one of these lines.
    Why: such a neighbour is on the link by its nature, and bgpd refuses them (bgpd/bgp_vty.c, peer_ebgp_multihop_set_vty;
    bgpd/bgpd.c, peer_flag_modify).
    Bad:
        router bgp 65000
         neighbor eth1 interface remote-as external
         neighbor eth1 ebgp-multihop 2
        exit
    Good:
        router bgp 65000
         neighbor eth1 interface remote-as external
        exit
    """
    for instance in config.derive(instances):
        for neighbor in instance.peers:
            if not neighbor.on_interface:
                continue
            for setting in ("ebgp-multihop", "disable-connected-check", "enforce-multihop"):
                if command := neighbor.session.get(setting):
                    message = (
                        f"a session on the interface {neighbor.name} is directly connected: bgpd refuses `{setting}`"
                    )
                    yield Problem(command, message, help="remove the line")


@rule("FRR423", "multihop-on-ibgp", Severity.WARNING, keywords=("ebgp-multihop",))
def multihop_on_ibgp(config: Configuration) -> Iterator[Problem]:
    """ebgp-multihop says nothing about a session within one AS.

    What: a neighbour or a group of the same AS has `ebgp-multihop`.
    Why: an internal session may be 255 hops away anyway. bgpd drops the line without a word (bgpd/bgpd.c,
    peer_ebgp_multihop_set), and a reload sends it again each time.
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as internal
         neighbor 192.0.2.1 ebgp-multihop 3
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as internal
        exit
    """
    for instance in config.derive(instances):
        for line in instance.judged:
            if (
                line.command.words[2] == "ebgp-multihop"
                and line.link is Link.INTERNAL
                and not line.neighbor.on_interface
            ):
                message = f"{line.neighbor.name} is in the same AS: bgpd drops `ebgp-multihop`"
                yield Problem(line.command, message, _remote_label(line.neighbor), "remove the line")


@rule("FRR424", "route-reflector-client-not-internal", Severity.ERROR)
def route_reflector_client_not_internal(config: Configuration) -> Iterator[Problem]:
    """Only a neighbour of the same AS can be a client of a route reflector.

    What: `route-reflector-client` for a neighbour or a group of another AS, or of none yet.
    Why: bgpd refuses the line (bgpd/bgpd.c, peer_af_flag_modify: not an internal neighbor). For a group it looks at the
    group's own remote-as, which must come before.
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         address-family ipv4 unicast
          neighbor 192.0.2.1 route-reflector-client
         exit-address-family
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65000
         address-family ipv4 unicast
          neighbor 192.0.2.1 route-reflector-client
         exit-address-family
        exit
    """
    refused = (Link.EXTERNAL, Link.CONFEDERATION, Link.NONE)
    for instance in config.derive(instances):
        for line in instance.judged:
            if line.command.words[2] == "route-reflector-client" and line.link in refused:
                why = "has no remote-as here" if line.link is Link.NONE else "is not in the same AS"
                yield Problem(
                    line.command,
                    f"{line.neighbor.name} {why}: bgpd refuses `route-reflector-client`",
                    _remote_label(line.neighbor),
                    f"give it `neighbor {line.neighbor.name} remote-as internal` before, or remove the line",
                )


@rule("FRR425", "external-line-on-ibgp", Severity.ERROR)
def external_line_on_ibgp(config: Configuration) -> Iterator[Problem]:
    """as-override, remove-private-AS and local-role are for neighbours of another AS.

    What: one of these for a neighbour of the same AS; `local-role` for one without a remote-as, too.
    Why: bgpd refuses the line (bgpd/bgpd.c, peer_af_flag_modify and peer_role_set).
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65000
         neighbor 192.0.2.1 local-role customer
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 local-role customer
        exit
    """
    for instance in config.derive(instances):
        for line in instance.judged:
            setting, neighbor = line.command.words[2], line.neighbor
            refused = _NOT_FOR.get(setting, ())
            if line.link not in refused:
                continue
            # bgpd looks at neither of these when it takes the line.
            unseen = line.link is Link.INTERNAL and neighbor.on_interface and neighbor.group
            if unseen or (neighbor.is_group and setting == "local-role"):
                continue
            why = "has no remote-as here" if line.link is Link.NONE else "is in the same AS"
            message = f"{neighbor.name} {why}: bgpd refuses `{setting}`"
            yield Problem(
                line.command, message, _remote_label(neighbor), "remove the line, or put it behind the remote-as"
            )


_NOT_FOR = {
    "as-override": (Link.INTERNAL,),
    "remove-private-AS": (Link.INTERNAL,),
    "local-role": (Link.INTERNAL, Link.NONE),
}


@rule("FRR426", "local-as-is-own", Severity.ERROR, keywords=("local-as",))
def local_as_is_own(config: Configuration) -> Iterator[Problem]:
    """A neighbour's local-as is the AS that the instance has anyway.

    What: `neighbor X local-as N` where N is the AS of `router bgp N`.
    Why: bgpd refuses it (bgpd/bgpd.c, peer_local_as_set: BGP_ERR_CANNOT_HAVE_LOCAL_AS_SAME_AS).
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 local-as 65000
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 local-as 65009
        exit
    """
    for instance, neighbor, command in _local_as(config):
        if instance.asn and as_number(command.words[3]) == instance.asn:
            message = (
                f"the instance's own AS is {command.words[3]} already: bgpd refuses it as local-as of {neighbor.name}"
            )
            yield Problem(command, message, (instance.header.label("the instance"),), "remove the line")


@rule("FRR427", "local-as-not-external", Severity.ERROR, until=INTERNAL_LOCAL_AS, keywords=("local-as",))
def local_as_not_external(config: Configuration) -> Iterator[Problem]:
    """Older FRR takes local-as only where all three AS numbers differ.

    What: `neighbor X local-as N` for a neighbour of the same AS, or where N is the neighbour's own AS.
    Why: FRR 8.4 refuses both (bgpd/bgpd.c, peer_local_as_set: BGP_ERR_LOCAL_AS_ALLOWED_ONLY_FOR_EBGP and
    BGP_ERR_CANNOT_HAVE_LOCAL_AS_SAME_AS_REMOTE_AS); 8.5 and newer take them.
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 local-as 65001
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 local-as 65009
        exit
    """
    for instance, neighbor, command in _local_as(config):
        group = neighbor.inherits
        remote = (group and group.remote_as) or neighbor.remote_as
        if remote == "internal" or (instance.asn and as_number(remote) == instance.asn):
            message = f"{neighbor.name} is in the same AS: this FRR refuses `local-as` for it"
        elif as_number(remote) and as_number(remote) == as_number(command.words[3]):
            message = f"{remote} is the AS of {neighbor.name}: this FRR refuses it as `local-as`"
        else:
            continue
        yield Problem(
            command, message, _remote_label(neighbor), f"choose another AS, or FRR {spell(INTERNAL_LOCAL_AS)} or newer"
        )


def _local_as(config: Configuration) -> Iterator[tuple[Instance, Neighbor, Command]]:
    for instance in config.derive(instances):
        for neighbor in instance.neighbors.values():
            command = neighbor.session.get("local-as")
            if command is not None and len(command.words) > 3:
                yield instance, neighbor, command


@rule("FRR428", "peer-group-of-two-kinds", Severity.ERROR, until=MIXED_PEER_GROUPS, keywords=("peer-group",))
def peer_group_of_two_kinds(config: Configuration) -> Iterator[Problem]:
    """The members of a peer-group are all of the same AS, or all of others.

    What: a member's own `remote-as` makes its session internal where the group's, or the first member's, makes it
    external, or the other way.
    Why: FRR 8.4 and 10.3 refuse to let such a neighbour join (bgpd/bgpd.c, peer_group_bind:
    BGP_ERR_PEER_GROUP_PEER_TYPE_DIFFERENT), so that it gets nothing of what the group says; 10.7 takes them.
    Bad:
        router bgp 65000
         neighbor fabric peer-group
         neighbor fabric remote-as external
         neighbor 192.0.2.1 remote-as 65000
         neighbor 192.0.2.1 peer-group fabric
        exit
    Good:
        router bgp 65000
         neighbor fabric peer-group
         neighbor fabric remote-as external
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 peer-group fabric
        exit
    """
    for instance in config.derive(instances):
        first: dict[str, Neighbor] = {}
        for neighbor in instance.peers:
            group = neighbor.inherits
            if group is None or neighbor.joined is None or not neighbor.remote_as:
                continue
            pattern = group if group.remote_as else first.setdefault(group.name, neighbor)
            kinds = {_kind(instance, neighbor.remote_as), _kind(instance, pattern.remote_as)}
            if kinds == {Link.INTERNAL, Link.EXTERNAL}:
                message = (
                    f"{neighbor.name} is {_kind(instance, neighbor.remote_as).value}, unlike its group {group.name}"
                )
                overrides = neighbor.remote is not None and neighbor.joined.span < neighbor.remote.span
                at = neighbor.remote if overrides and neighbor.remote else neighbor.joined
                labels = _remote_label(pattern)
                yield Problem(at, f"{message}: bgpd refuses this line", labels, "use a group for each kind")


def _kind(instance: Instance, remote: str) -> Link:
    """The kind of session that a remote-as makes by itself."""
    if remote in ("external", "internal"):
        return Link(remote)
    number = as_number(remote)
    if not number or not instance.asn:
        return Link.UNKNOWN
    return Link.INTERNAL if number == instance.asn else Link.EXTERNAL


def _remote_label(neighbor: Neighbor) -> tuple[Label, ...]:
    group = neighbor.inherits
    remote = (group.remote if group else None) or neighbor.remote
    return (
        (remote.label(f"the remote-as of {group.name if group and group.remote else neighbor.name}"),) if remote else ()
    )
