"""Lines about neighbors that never converge: they are the default, imply another line, or are shown as another one."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Edit, Severity, Span
from frrcompile.facts.families import IPV4
from frrcompile.facts.forms import lines
from frrcompile.lint.bgp import Neighbor, instances
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.rules.reload.defaults import group_members, other_profile
from frrcompile.lint.shown import instead, left_out, otherwise, settings


@rule("FRR603", "activated-by-default", Severity.WARNING)
def activated_by_default(config: Configuration) -> Iterator[Problem]:
    """`neighbor X activate` in IPv4 unicast, where it is the default, is not shown by FRR.

    What: the line in IPv4 unicast without `no bgp default ipv4-unicast`.
    Why: FRR writes the line only where it differs from the instance's default (bgpd/bgp_vty.c: bgp_config_write_peer_af), so that
        frr-reload.py adds it at each reload.
    Bad:
        router bgp 64512
         neighbor 192.0.2.1 remote-as 64513
         address-family ipv4 unicast
          neighbor 192.0.2.1 activate
          neighbor 192.0.2.1 next-hop-self
         exit-address-family
        exit
    Good:
        router bgp 64512
         neighbor 192.0.2.1 remote-as 64513
         address-family ipv4 unicast
          neighbor 192.0.2.1 next-hop-self
         exit-address-family
        exit
    """
    for instance in config.derive(instances):
        for neighbor in instance.neighbors.values():
            command = neighbor.families.get(IPV4, {}).get("activate")
            if command is None or IPV4 not in neighbor.defaults:
                continue
            if not _deactivated(config, neighbor):
                what = f"`{neighbor.name}` takes part in IPv4 unicast by default: FRR does not show this line"
                yield Problem(
                    command, what, help="leave it out, or say `no bgp default ipv4-unicast`", edit=left_out(command)
                )


def _deactivated(config: Configuration, neighbor: Neighbor) -> bool:
    """Whether some line takes the neighbor, or its group, out of IPv4 unicast."""
    names = {neighbor.name, neighbor.group}
    lines = (*config.of("bgp", "neighbor"), *config.of(IPV4, "neighbor"))
    return any(line.negated and line.words[2] in names and line.words[3:4] in _ACTIVATE for line in lines)


_ACTIVATE = (["activate"], ("activate",))


@rule("FRR604", "send-community-by-default", Severity.WARNING)
def send_community_by_default(config: Configuration) -> Iterator[Problem]:
    """`neighbor X send-community` in any form is the default, and not shown by FRR.

    What: the line, without a `no neighbor X send-community` before it.
    Why: FRR sends communities of every kind unless told otherwise, and writes only the `no` lines (bgpd/bgp_vty.c:
        bgp_config_write_peer_af), so that frr-reload.py adds the line at each reload.
    Bad:
        router bgp 64512
         neighbor 192.0.2.2 remote-as 64513
         address-family ipv6 unicast
          neighbor 192.0.2.2 activate
          neighbor 192.0.2.2 send-community both
         exit-address-family
        exit
    Good:
        router bgp 64512
         neighbor 192.0.2.2 remote-as 64513
         address-family ipv6 unicast
          neighbor 192.0.2.2 activate
          no neighbor 192.0.2.2 send-community large
         exit-address-family
        exit
    """
    members = config.derive(group_members)
    found = [*settings(config, "send-community")]
    taken_back = {line.words[2] for line in found if line.negated}
    for command in found:
        if not command.negated and command.words[1] not in taken_back | members:
            what = "FRR sends communities by default, and does not show this line"
            yield Problem(command, what, help="leave it out", edit=left_out(command))


@rule("FRR605", "no-send-community-both", Severity.WARNING)
def no_send_community_both(config: Configuration) -> Iterator[Problem]:
    """`no neighbor X send-community both` is shown by FRR as two lines.

    What: the word `both` in that line.
    Why: FRR writes a line for each kind (bgpd/bgp_vty.c: bgp_config_write_peer_af); frr-reload.py takes them back and adds this one.
    Bad:
        router bgp 64512
         neighbor 192.0.2.3 remote-as 64513
         address-family ipv4 unicast
          no neighbor 192.0.2.3 send-community both
         exit-address-family
        exit
    Good:
        router bgp 64512
         neighbor 192.0.2.3 remote-as 64513
         address-family ipv4 unicast
          no neighbor 192.0.2.3 send-community
          no neighbor 192.0.2.3 send-community extended
         exit-address-family
        exit
    """
    for command in settings(config, "send-community"):
        if command.negated and command.words[3:] == ("send-community", "both"):
            line = " ".join(command.words[:-1])
            yield instead(command, line, f"{line} extended")


@rule("FRR606", "bfd-timers-at-the-neighbor", Severity.WARNING)
def bfd_timers_at_the_neighbor(config: Configuration) -> Iterator[Problem]:
    """`neighbor X bfd 5 500 500` is shown, and saved, as `neighbor X bfd`: its timers hold until the next start only.

    What: BFD timers on a neighbor's line.
    Why: where FRR has bfdd, bgpd writes the line without them (bgpd/bgp_bfd.c: bgp_bfd_peer_config_write), and frr-reload.py takes
        `bfd` back and adds it again at each reload: the BFD session flaps.
    Bad:
        router bgp 64512
         neighbor 192.0.2.4 remote-as 64513
         neighbor 192.0.2.4 bfd 5 500 500
        exit
    Good:
        router bgp 64512
         neighbor 192.0.2.4 remote-as 64513
         neighbor 192.0.2.4 bfd
         neighbor 192.0.2.4 bfd profile slow
        exit
        bfd
         profile slow
          detect-multiplier 5
         exit
        exit
    """
    for command in settings(config, "bfd"):
        words = command.words
        if not command.negated and len(words) == 6 and words[3].isdigit():
            shown = f"neighbor {words[1]} bfd"
            what = f"FRR shows and saves this as `{shown}`: each reload takes it back and adds it again"
            if " ".join(words[3:]) == lines.DEFAULT_TIMERS:
                yield instead(command, shown, what=what)
            else:
                yield Problem(command, what, help="put the timers into a BFD profile, and name that with `bfd profile`")


@rule("FRR607", "bfd-implied", Severity.WARNING)
def bfd_implied(config: Configuration) -> Iterator[Problem]:
    """`neighbor X bfd profile P` without `neighbor X bfd`: each reload takes BFD off the neighbor.

    What: `bfd profile` or `bfd check-control-plane-failure` without the plain `bfd` line.
    Why: FRR adds that line itself and shows it (bgpd/bgp_bfd.c: bgp_bfd_peer_config_write); frr-reload.py does not find it in the file
        and sends `no neighbor X bfd`.
    Bad:
        router bgp 64512
         neighbor 192.0.2.5 remote-as 64513
         neighbor 192.0.2.5 bfd profile fast
        exit
        bfd
         profile fast
         exit
        exit
    Good:
        router bgp 64512
         neighbor 192.0.2.5 remote-as 64513
         neighbor 192.0.2.5 bfd
         neighbor 192.0.2.5 bfd profile fast
        exit
        bfd
         profile fast
         exit
        exit
    """
    plain = {
        (id(command.block), command.words[1])
        for command in settings(config, "bfd")
        if not command.negated and len(command.words) == 3
    }
    for command in settings(config, "bfd"):
        words = command.words
        if command.negated or not lines.implied(words):
            continue
        at = (id(command.block), words[1])
        if at not in plain:
            plain.add(at)
            line = command.statement
            start = Span(line.path, line.number, command.span.column, line.number, command.span.column)
            yield Problem(
                command,
                f"without `neighbor {words[1]} bfd`, which FRR adds itself, each reload sends `no neighbor {words[1]} bfd`",
                help=f"write `neighbor {words[1]} bfd` before it",
                edit=Edit(start, f"neighbor {words[1]} bfd\n{' ' * (command.span.column - 1)}"),
            )


@rule("FRR608", "bare-attribute-unchanged", Severity.WARNING)
def bare_attribute_unchanged(config: Configuration) -> Iterator[Problem]:
    """`attribute-unchanged` without its attributes, or with them in another order, is shown otherwise.

    What: the line as anything but a selection of `as-path next-hop med`, in this order.
    Why: FRR writes each attribute, in this order (bgpd/bgp_vty.c: bgp_config_write_peer_af); frr-reload.py takes that back and adds
        the file's line at each reload.
    Bad:
        router bgp 64512
         neighbor 192.0.2.6 remote-as 64513
         address-family ipv4 unicast
          neighbor 192.0.2.6 attribute-unchanged
         exit-address-family
        exit
    Good:
        router bgp 64512
         neighbor 192.0.2.6 remote-as 64513
         address-family ipv4 unicast
          neighbor 192.0.2.6 attribute-unchanged as-path next-hop med
         exit-address-family
        exit
    """
    yield from otherwise(config, lines.UNCHANGED)


@rule("FRR609", "neighbor-line-in-another-form", Severity.WARNING)
def neighbor_line_in_another_form(config: Configuration) -> Iterator[Problem]:
    """A neighbor's line that FRR shows in other words.

    What: `next-hop-self all` (`force`), `allowas-in 3` (3 is the default), `maximum-prefix N 75` (75 is the default),
        `enforce-multihop` (`disable-connected-check`).
    Why: FRR writes its own form (bgpd/bgp_vty.c: bgp_config_write_peer_af); frr-reload.py takes it back and adds the file's
        at each reload.
    Bad:
        router bgp 64512
         neighbor 192.0.2.7 remote-as 64513
         address-family ipv4 unicast
          neighbor 192.0.2.7 next-hop-self all
          neighbor 192.0.2.7 maximum-prefix 100 75
         exit-address-family
        exit
    Good:
        router bgp 64512
         neighbor 192.0.2.7 remote-as 64513
         address-family ipv4 unicast
          neighbor 192.0.2.7 next-hop-self force
          neighbor 192.0.2.7 maximum-prefix 100
         exit-address-family
        exit
    """
    yield from otherwise(config, lines.NEIGHBOR)


@rule("FRR610", "ebgp-multihop-without-hops", Severity.WARNING, until=lines.MULTIHOP_NUMBER[0].until)
def ebgp_multihop_without_hops(config: Configuration) -> Iterator[Problem]:
    """`neighbor X ebgp-multihop` is shown by FRR 8.4 with its default number, 255.

    What: the line without a number of hops.
    Why: FRR writes the number (bgpd/bgp_vty.c: bgp_config_write_peer_global), and the frr-reload.py of 8.4 takes the two lines for
        different ones: each reload sends `no neighbor X ebgp-multihop`, which resets the session.
    Bad:
        router bgp 64512
         neighbor 192.0.2.8 remote-as 64513
         neighbor 192.0.2.8 ebgp-multihop
        exit
    Good:
        router bgp 64512
         neighbor 192.0.2.8 remote-as 64513
         neighbor 192.0.2.8 ebgp-multihop 255
        exit
    """
    yield from otherwise(config, lines.MULTIHOP_NUMBER)


@rule("FRR611", "remote-as-of-a-member", Severity.WARNING, keywords=("peer-group",))
def remote_as_of_a_member(config: Configuration) -> Iterator[Problem]:
    """A member of a peer group that has its own `remote-as` beside the group's: FRR does not show it.

    What: `neighbor X remote-as N` and `neighbor X peer-group G`, where G has a `remote-as`.
    Why: the group's AS is the member's, and FRR writes it once (bgpd/bgp_vty.c: bgp_config_write_peer_global), so that frr-reload.py
        adds the member's line at each reload.
    Bad:
        router bgp 64512
         neighbor RACK peer-group
         neighbor RACK remote-as 64513
         neighbor 192.0.2.9 remote-as 64513
         neighbor 192.0.2.9 peer-group RACK
        exit
    Good:
        router bgp 64512
         neighbor RACK peer-group
         neighbor RACK remote-as 64513
         neighbor 192.0.2.9 peer-group RACK
        exit
    """
    for instance in config.derive(instances):
        for neighbor in instance.peers:
            group = neighbor.inherits
            own = neighbor.remote
            if own is None or group is None or not group.remote or own is neighbor.joined:
                continue
            if neighbor.joined and len(own.words) == 4 and neighbor.remote_as == group.remote_as:
                what = f"`{neighbor.name}` has the AS of its group `{group.name}`: FRR does not show this line"
                label = group.remote.label("the group's AS")
                yield Problem(own, what, (label,), help="leave it out", edit=left_out(own))


@rule("FRR612", "extended-nexthop-by-default", Severity.WARNING, keywords=("extended-nexthop",))
def extended_nexthop_by_default(config: Configuration) -> Iterator[Problem]:
    """`capability extended-nexthop` on an unnumbered session is the default there, and not shown.

    What: the line for a neighbor that is an interface.
    Why: an unnumbered session has the capability by itself, and FRR writes the line only where it differs (bgpd/bgp_vty.c:
        bgp_config_write_peer_global), so that frr-reload.py adds it at each reload.
    Bad:
        router bgp 64512
         neighbor eth1 interface remote-as external
         neighbor eth1 capability extended-nexthop
        exit
    Good:
        router bgp 64512
         neighbor eth1 interface remote-as external
        exit
    """
    if other_profile(config):
        return
    for instance in config.derive(instances):
        for neighbor in instance.peers:
            command = neighbor.session.get("capability extended-nexthop")
            if command is not None and neighbor.on_interface and not neighbor.group:
                what = f"the session over `{neighbor.name}` has this by itself: FRR does not show the line"
                yield Problem(command, what, help="leave it out", edit=left_out(command))
