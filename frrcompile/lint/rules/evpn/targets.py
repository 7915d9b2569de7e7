"""Route targets and route distinguishers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from frrcompile.diagnostics import Severity
from frrcompile.facts.boundaries import WILDCARD_TARGETS
from frrcompile.facts.families import EVPN, IPV4, IPV6
from frrcompile.lint.bgp import Instance, instances
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.route_target import ALLOWED, spelled, wrong_distinguisher, wrong_target


@rule("FRR521", "malformed-route-target", Severity.ERROR)
def malformed_route_target(config: Configuration) -> Iterator[Problem]:
    """A route target is malformed, or has a number that does not fit.

    What: a `route-target`, an `rt vpn`, or a `set extcommunity rt` of a route-map with something else than AS:NUMBER or
    ADDRESS:NUMBER. The number has two bytes, four behind an AS of two bytes.
    Why: bgpd drops the line, for EVPN and route-maps without an error, or takes the lower bits of the number
    (bgpd/bgp_ecommunity.c, ecommunity_gettoken; bgpd/bgp_evpn_vty.c). Routes then go to nobody, or to somebody else.
    Bad:
        router bgp 65000 vrf red
         address-family l2vpn evpn
          route-target import 4200000000:70000
         exit-address-family
        exit
    Good:
        router bgp 65000 vrf red
         address-family l2vpn evpn
          route-target import 4200000000:7000
         exit-address-family
        exit
    """
    for command, at, wildcard in _targets(config):
        for index in range(at, len(command.words)):
            text = command.words[index]
            if wildcard and config.release >= WILDCARD_TARGETS and text.startswith("*:"):
                text = "0" + text[1:]
            if effect := wrong_target(text, config.release):
                message = f"{command.words[index]!r} is no route target: {effect}; allowed: {ALLOWED}"
                yield Problem(command.word(index), message, help="write it so that it fits, the same on every router")


def _targets(config: Configuration) -> Iterator[tuple[Command, int, bool]]:
    """Every line with targets, the index of the first one, and whether it may have the wildcard for the AS."""
    for node in (EVPN, "bgp-evpn-vni"):
        for command in config.of(node, "route-target"):
            if not command.negated and len(command.words) > 2 and command.words[2] != "auto":
                yield command, 2, node == EVPN and command.words[1] == "import"
    for node in (IPV4, IPV6):
        for first in ("rt", "route-target"):
            for command in config.of(node, first):
                if not command.negated and command.words[1] == "vpn":
                    yield command, 3, False
    for command in config.of("route-map", "set"):
        if not command.negated and command.words[1] == "extcommunity" and command.words[2] == "rt":
            yield command, 3, False


@rule("FRR522", "malformed-route-distinguisher", Severity.ERROR)
def malformed_route_distinguisher(config: Configuration) -> Iterator[Problem]:
    """A route distinguisher is malformed, or has a number that does not fit.

    What: an `rd` of a VRF or a VNI, or `rd vpn export`, with something else than AS:NUMBER or ADDRESS:NUMBER. The number
    has two bytes, four behind an AS of two bytes.
    Why: bgpd drops the line, for EVPN without an error, or takes the lower bits of the number (bgpd/bgp_rd.c,
    str2prefix_rd), which another VRF may have, too.
    Bad:
        router bgp 65000 vrf red
         address-family l2vpn evpn
          rd 192.0.2.1:70000
         exit-address-family
        exit
    Good:
        router bgp 65000 vrf red
         address-family l2vpn evpn
          rd 192.0.2.1:7000
         exit-address-family
        exit
    """
    for node in (EVPN, "bgp-evpn-vni", IPV4, IPV6):
        for command in config.of(node, "rd"):
            index = len(command.words) - 1
            if command.negated or index not in (1, 3):
                continue
            if effect := wrong_distinguisher(command.words[index], config.release):
                message = f"{command.words[index]!r} is no route distinguisher: {effect}; allowed: {ALLOWED}"
                yield Problem(command.word(index), message, help="for many VRFs, count in the number, not in the AS")


@rule("FRR523", "distinguisher-used-twice", Severity.WARNING)
def distinguisher_used_twice(config: Configuration) -> Iterator[Problem]:
    """Two VRFs, or two VNIs, have one route distinguisher.

    What: the same `rd` stands in the EVPN families of two instances, in two VNIs, or as `rd vpn export` in two instances.
    Why: what has the same distinguisher and the same prefix is the same route (RFC 4364, 4.1): where both VRFs have it,
    only one is announced.
    Bad:
        router bgp 65000 vrf red
         address-family l2vpn evpn
          rd 192.0.2.1:1
         exit-address-family
        exit
        router bgp 65000 vrf blue
         address-family l2vpn evpn
          rd 192.0.2.1:1
         exit-address-family
        exit
    Good:
        router bgp 65000 vrf red
         address-family l2vpn evpn
          rd 192.0.2.1:1
         exit-address-family
        exit
        router bgp 65000 vrf blue
         address-family l2vpn evpn
          rd 192.0.2.1:2
         exit-address-family
        exit
    """
    first: dict[tuple[str, str], _Distinguisher] = {}
    for one in _distinguishers(config):
        value = spelled(one.command.words[-1], config.release)
        if value is None:
            continue
        used = first.setdefault((one.kind, value), one)
        if used is not one and used.owner != one.owner:
            message = f"{one.owner} has the route distinguisher {value} of {used.owner}"
            yield Problem(one.command, message, (used.command.label("first used here"),), "give each its own")


class _Distinguisher(NamedTuple):
    """A line with a distinguisher, of an instance or of a VNI in it; those of one `kind` must differ."""

    kind: str
    instance: Instance
    command: Command
    vni: str = ""

    @property
    def owner(self) -> str:
        """Whose it is, for a message."""
        return f"{self.instance.title}, VNI {self.vni}" if self.vni else self.instance.title


def _distinguishers(config: Configuration) -> Iterator[_Distinguisher]:
    """The distinguishers that hold in the end."""
    for instance in config.derive(instances):
        for node in (EVPN, IPV4, IPV6):
            last = None
            for command in instance.families.get(node, ()):
                if command.opens is not None and command.words[0] == "vni":
                    yield from _of_vni(config, instance, command)
                elif command.words[0] == "rd":
                    last = command
                elif command.negated and command.words[1:2] and command.words[1] == "rd":
                    last = None
            if last is not None:
                yield _Distinguisher(node, instance, last)


def _of_vni(config: Configuration, instance: Instance, header: Command) -> Iterator[_Distinguisher]:
    assert header.opens is not None
    for command in config.within(header.opens):
        if command.words[0] == "rd":
            yield _Distinguisher("vni", instance, command, header.words[1])


@rule("FRR524", "route-targets-apart", Severity.INFO)
def route_targets_apart(config: Configuration) -> Iterator[Problem]:
    """A VRF imports nothing of what it exports itself.

    What: the EVPN family of an instance has route targets to import and to export, and none of them is both.
    Why: routers with the same lines would then not take one another's routes (RFC 4364, 4.3.1); for a hub with spokes
    that is meant, else it is a mistake in a number.
    Bad:
        router bgp 65000 vrf red
         address-family l2vpn evpn
          route-target import 65000:100
          route-target export 65000:101
         exit-address-family
        exit
    Good:
        router bgp 65000 vrf red
         address-family l2vpn evpn
          route-target import 65000:100
          route-target export 65000:100
         exit-address-family
        exit
    """
    for instance in config.derive(instances):
        taken, given = _held(instance)
        if not taken or not given or not taken.keys().isdisjoint(given):
            continue
        if "auto" not in given and not any(text == "auto" or text.startswith("*") for text in taken):
            export = next(iter(given.values()))
            message = f"{instance.title} exports {', '.join(given)} and imports {', '.join(taken)}: none is both"
            yield Problem(export, message, (next(iter(taken.values())).label("what it imports"),))


def _held(instance: Instance) -> tuple[dict[str, Command], dict[str, Command]]:
    """The EVPN targets that an instance imports, and that it exports, with the lines that they come from."""
    taken: dict[str, Command] = {}
    given: dict[str, Command] = {}
    said = {"import": (taken,), "export": (given,), "both": (taken, given)}
    for command in instance.families.get(EVPN, ()):
        words = command.words[1:] if command.negated else command.words
        if words[0] != "route-target" or len(words) < 3:
            continue
        for held in said[words[1]]:
            for text in words[2:]:
                if command.negated:
                    held.pop(text, None)
                else:
                    held[text] = command
    return taken, given
