"""Who a neighbour is: its remote-as, its address, its families, its password."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address, ip_interface

from frrcompile.diagnostics import Severity
from frrcompile.lint.bgp import Instance, Neighbor, instances, is_address
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule

_SHOWN = 3
"""How many further lines of one neighbour are marked."""

PASSWORD_BYTES = 80
"""The longest key of TCP MD5 in Linux (linux/tcp.h, TCP_MD5SIG_MAXKEYLEN), which bgpd takes over."""


@rule("FRR401", "neighbor-without-remote-as", Severity.ERROR)
def neighbor_without_remote_as(config: Configuration) -> Iterator[Problem]:
    """A line for a neighbour that bgpd does not know yet is lost.

    What: a neighbour's first line must be its `remote-as`, its `peer-group` (whose group must be there), or for a
    session on an interface `interface`. Each line for it before that, `activate` in a family too, is refused.
    Why: bgpd answers that remote-as or peer-group must be specified first (bgpd/bgp_vty.c, peer_and_group_lookup_vty);
    `vtysh -C` does not notice, and a reload goes on with the other lines, so that the session is half there.
    Bad:
        router bgp 65000
         address-family ipv4 unicast
          neighbor 192.0.2.1 activate
         exit-address-family
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         address-family ipv4 unicast
          neighbor 192.0.2.1 activate
         exit-address-family
        exit
    """
    # Where the line that would make it is one that FRR does not take, that line is the finding.
    refused = {command.words[1] for command in config.unknown if command.words[0] == "neighbor" and command.words[1:]}
    for instance in config.derive(instances):
        for name, lines in instance.lost.items():
            if name not in refused and not _is_told_elsewhere(instance, name, lines):
                yield _lost(instance, name, lines)


def _is_told_elsewhere(instance: Instance, name: str, lines: list[Command]) -> bool:
    """Whether the references' rules tell why bgpd does not know it: its group is not there, or the name is no one's."""
    if any("peer-group" in line.words[2:-1] for line in lines):
        return True
    return not is_address(name) and name not in instance.neighbors and any(line.node == "bgp" for line in lines)


def _lost(instance: Instance, name: str, lines: list[Command]) -> Problem:
    first, *others = lines
    later = instance.neighbors.get(name)
    more = f", and {len(others)} more for it" if others else ""
    labels = [line.label("lost too") for line in others[:_SHOWN]]
    if later is not None:
        labels.append(later.made.label("it is known from here on"))
        advice = f"move the lines of {name} behind this one"
    elif is_address(name):
        advice = f"give it `neighbor {name} remote-as` before, or remove what is left of it"
    else:
        advice = f"begin with `neighbor {name} interface remote-as`, or with `neighbor {name} peer-group` for a group"
    return Problem(
        first, f"bgpd does not know the neighbour {name} here: the line is lost{more}", tuple(labels), advice
    )


@rule("FRR402", "session-without-remote-as", Severity.ERROR)
def session_without_remote_as(config: Configuration) -> Iterator[Problem]:
    """A session without a remote-as, its own or its group's, never comes up.

    What: bgpd takes `neighbor X interface` and `neighbor X peer-group G` without a remote-as, but stays idle until there
    is one.
    Why: the peer's AS is unspecified, and bgpd starts no session then (bgpd/bgpd.c, peer_active).
    Bad:
        router bgp 65000
         neighbor fabric peer-group
         neighbor eth1 interface peer-group fabric
        exit
    Good:
        router bgp 65000
         neighbor fabric peer-group
         neighbor fabric remote-as external
         neighbor eth1 interface peer-group fabric
        exit
    """
    for instance in config.derive(instances):
        for neighbor in instance.peers:
            group = neighbor.inherits
            if neighbor.remote_as or (group and group.remote_as):
                continue
            labels = (group.made.label("its group has none"),) if group else ()
            advice = f"add `neighbor {group.name if group else neighbor.name} remote-as`"
            yield Problem(
                neighbor.made, f"the neighbour {neighbor.name} has no remote-as: it stays idle", labels, advice
            )


@rule("FRR403", "session-without-family", Severity.ERROR)
def session_without_family(config: Configuration) -> Iterator[Problem]:
    """A neighbour that is active in no family never comes up.

    What: with `no bgp default ipv4-unicast` before it, a neighbour takes part in the families only where it has
    `activate`, itself or through its group.
    Why: bgpd starts no session without a family and shows that none is activated (bgpd/bgpd.c, peer_active).
    Bad:
        router bgp 65000
         no bgp default ipv4-unicast
         neighbor 192.0.2.1 remote-as 65001
        exit
    Good:
        router bgp 65000
         no bgp default ipv4-unicast
         neighbor 192.0.2.1 remote-as 65001
         address-family ipv4 unicast
          neighbor 192.0.2.1 activate
         exit-address-family
        exit
    """
    for instance in config.derive(instances):
        for neighbor in instance.peers:
            if not neighbor.active and not neighbor.said("shutdown"):
                yield Problem(
                    neighbor.made,
                    f"the neighbour {neighbor.name} is active in no address family: the session never comes up",
                    help=f"add `neighbor {neighbor.name} activate` to the families that it is for",
                )


@rule("FRR404", "neighbor-is-self", Severity.ERROR)
def neighbor_is_self(config: Configuration) -> Iterator[Problem]:
    """A neighbour's address is one of the router's own.

    What: a neighbour has an address that an interface of the same VRF has in this file.
    Why: bgpd refuses the local system as a neighbour (bgpd/bgp_vty.c, peer_address_self_check). Only addresses whose VRF
    is certain count: those of `lo`, of an interface with `vrf` in its line, and all in a file without VRFs.
    Bad:
        interface lo
         ip address 192.0.2.1/32
        exit
        router bgp 65000
         neighbor 192.0.2.1 remote-as internal
        exit
    Good:
        interface lo
         ip address 192.0.2.1/32
        exit
        router bgp 65000
         neighbor 192.0.2.2 remote-as internal
        exit
    """
    own = config.derive(_own_addresses)
    for instance in config.derive(instances) if own else ():
        for neighbor in instance.peers:
            at = own.get((instance.vrf, _canonical(neighbor.name))) if is_address(neighbor.name) else None
            if at is not None and not instance.view:
                yield Problem(
                    neighbor.made,
                    f"{neighbor.name} is this router's own address: bgpd refuses it as a neighbour",
                    (at.label("it is given to an interface here"),),
                    "name the address of the other end",
                )


def _own_addresses(config: Configuration) -> dict[tuple[str, str], Command]:
    """The addresses of interfaces by their VRF's name and the address, where the VRF is certain."""
    vrfs = any(instance.vrf for instance in config.derive(instances)) or bool(config.opened("vrf"))
    found: dict[tuple[str, str], Command] = {}
    for first in ("ip", "ipv6"):
        for command in config.of("interface", first):
            words = command.words
            if command.negated or len(words) < 3 or words[1] != "address" or command.block is None:
                continue
            header = command.block.words
            vrf = header[3] if len(header) > 3 and header[2] == "vrf" else ""
            if not vrf and vrfs and header[1] != "lo":
                continue
            found.setdefault(("" if vrf == "default" else vrf, _canonical(words[2])), command)
    return found


def _canonical(address: str) -> str:
    try:
        return str(ip_interface(address).ip if "/" in address else ip_address(address))
    except ValueError:
        return address


@rule("FRR405", "password-too-long", Severity.ERROR, keywords=("password",))
def password_too_long(config: Configuration) -> Iterator[Problem]:
    """A session's password is longer than TCP MD5 allows.

    What: `neighbor X password` has more than 80 bytes.
    Why: bgpd refuses the line, as Linux takes keys of 80 bytes at most (bgpd/bgpd.c, peer_password_set); the session is
    then set up without a password, and the other end drops it.
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 password 0123456789012345678901234567890123456789012345678901234567890123456789012345678901
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 password 01234567890123456789012345678901
        exit
    """
    for neighbor in _all_with(config, "password"):
        command = neighbor.session["password"]
        length = len(" ".join(command.words[3:]).encode(errors="surrogateescape"))
        if length > PASSWORD_BYTES:
            message = f"a password of {length} bytes; allowed: at most {PASSWORD_BYTES}, bgpd refuses the line"
            yield Problem(command.word(3), message, help="choose a shorter one, on both ends")


@rule("FRR406", "capabilities-contradict", Severity.ERROR, keywords=("strict-capability-match",))
def capabilities_contradict(config: Configuration) -> Iterator[Problem]:
    """A session cannot both override and insist on capabilities.

    What: a neighbour, or its group, has `override-capability` and `strict-capability-match`.
    Why: bgpd refuses the second of the two (bgpd/bgpd.c, BGP_ERR_PEER_FLAG_CONFLICT).
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 override-capability
         neighbor 192.0.2.1 strict-capability-match
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 override-capability
        exit
    """
    for neighbor in _all_with(config, "override-capability", "strict-capability-match"):
        one, two = neighbor.said("override-capability"), neighbor.said("strict-capability-match")
        if one is None or two is None:
            continue
        first, second = sorted((one, two), key=lambda command: command.span)
        message = f"`{second.words[-1]}` and `{first.words[-1]}` exclude each other: bgpd refuses this line"
        yield Problem(second, message, (first.label("the other is here"),), "keep one of the two")


@rule("FRR407", "session-shut-down", Severity.INFO, keywords=("shutdown",))
def session_shut_down(config: Configuration) -> Iterator[Problem]:
    """A session, a group or a whole instance is shut down in the file.

    What: `neighbor X shutdown` or `bgp shutdown` stands in the configuration.
    Why: what was typed for some maintenance stays down after every restart, too, once it was written to the file.
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 shutdown message new cable
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
        exit
    """
    for instance in config.derive(instances):
        for command in instance.lines:
            if not command.negated and command.words[:2] == ("bgp", "shutdown"):
                yield Problem(
                    command, "the whole instance is shut down", help="remove the line when it is to be up again"
                )
        for neighbor in instance.neighbors.values():
            if shut := neighbor.session.get("shutdown"):
                what = "all sessions of the group" if neighbor.is_group else "the session with"
                yield Problem(
                    shut, f"{what} {neighbor.name} shut down", help="remove the line when it is to be up again"
                )


def _all_with(config: Configuration, *settings: str) -> Iterator[Neighbor]:
    """Neighbours and groups that have one of these settings themselves."""
    for instance in config.derive(instances):
        for neighbor in instance.neighbors.values():
            if any(setting in neighbor.session for setting in settings):
                yield neighbor
