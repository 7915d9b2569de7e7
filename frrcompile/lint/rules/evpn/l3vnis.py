"""L3VNIs: which VRF has which, and whether BGP does anything with it."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity
from frrcompile.facts.boundaries import MGMTD_HAS_VNIS
from frrcompile.facts.families import EVPN
from frrcompile.lint.bgp import instances
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.rules.evpn.underlay import advertising
from frrcompile.lint.vnis import l3vnis


def _title(vrf: str) -> str:
    return f"VRF {vrf}" if vrf else "the default VRF"


@rule("FRR501", "vni-in-two-vrfs", Severity.ERROR)
def vni_in_two_vrfs(config: Configuration) -> Iterator[Problem]:
    """A VNI can be the L3VNI of one VRF only.

    What: `vni N` stands in two VRFs, the default VRF at the top counted.
    Why: zebra refuses the second one (zebra/zebra_nb_config.c, lib_vrf_zebra_l3vni_id_modify). From FRR 10 on mgmtd takes
    the lines of a file together, so that the VNIs and static routes of the whole file are lost; until 10.5, mgmtd may abort.
    Route-maps, prefix lists and access lists stay, as zebra and bgpd read them themselves.
    Bad:
        vrf red
         vni 100
        exit-vrf
        vrf blue
         vni 100
        exit-vrf
    Good:
        vrf red
         vni 100
        exit-vrf
        vrf blue
         vni 200
        exit-vrf
    """
    lost = "zebra refuses it"
    if config.release >= MGMTD_HAS_VNIS:
        lost = "FRR refuses it, and with it each VNI and static route of the file"
    for vni, uses in config.derive(l3vnis).of_number.items():
        (first_vrf, first), *others = uses
        for vrf, command in others:
            message = (
                f"VNI {vni} is the L3VNI of {_title(first_vrf)} already, and cannot be that of {_title(vrf)}: {lost}"
            )
            yield Problem(command, message, (first.label("first used here"),), "give each VRF a VNI of its own")


@rule("FRR502", "vrf-with-two-vnis", Severity.ERROR)
def vrf_with_two_vnis(config: Configuration) -> Iterator[Problem]:
    """A VRF has one L3VNI.

    What: a VRF, or the top of the file for the default VRF, has two `vni` lines with different numbers.
    Why: until FRR 9.1 zebra refuses the second (zebra/zebra_vxlan.c, zebra_vxlan_process_vrf_vni_cmd); newer releases replace the
    first without a message.
    Bad:
        vrf red
         vni 100
         vni 200
        exit-vrf
    Good:
        vrf red
         vni 100
        exit-vrf
    """
    newest_wins = config.release >= MGMTD_HAS_VNIS
    for vrf, lines in config.derive(l3vnis).of_vrf.items():
        first, *others = lines
        for command in others:
            effect = "FRR replaces the first without a message" if newest_wins else "zebra refuses the second"
            message = f"{_title(vrf)} has the L3VNI {first.words[1]} already: {effect}"
            yield Problem(command, message, (first.label("the first one"),), "keep one of the two")


@rule("FRR503", "l3vni-without-instance", Severity.WARNING)
def l3vni_without_instance(config: Configuration) -> Iterator[Problem]:
    """A VRF has an L3VNI, and no BGP instance that would announce its prefixes.

    What: `vrf X` has `vni N`, EVPN runs in this file, and there is no `router bgp AS vrf X`.
    Why: bgpd then makes an instance by itself, which takes routes in and announces no prefix, only hosts' addresses
    with their MAC addresses (bgpd/bgp_evpn.c, bgp_evpn_local_l3vni_add); it is not in the running configuration.
    Bad:
        vrf red
         vni 100
        exit-vrf
        router bgp 65000
         address-family l2vpn evpn
          advertise-all-vni
         exit-address-family
        exit
    Good:
        vrf red
         vni 100
        exit-vrf
        router bgp 65000
         address-family l2vpn evpn
          advertise-all-vni
         exit-address-family
        exit
        router bgp 65000 vrf red
         address-family l2vpn evpn
          advertise ipv4 unicast
         exit-address-family
        exit
    """
    every = config.derive(instances)
    if not config.derive(advertising):
        return
    having = {instance.vrf for instance in every if not instance.view}
    for vrf, lines in config.derive(l3vnis).of_vrf.items():
        if vrf not in having:
            yield Problem(
                lines[0],
                f"{_title(vrf)} has the L3VNI {lines[0].words[1]} and no BGP instance: no prefix of it is announced",
                help=f"add `router bgp AS{f' vrf {vrf}' if vrf else ''}` with `advertise ipv4 unicast` in its l2vpn evpn family",
            )


@rule("FRR504", "advertise-without-l3vni", Severity.WARNING)
def advertise_without_l3vni(config: Configuration) -> Iterator[Problem]:
    """A VRF's routes go into EVPN only with an L3VNI.

    What: an instance has `advertise ipv4 unicast` or `advertise ipv6 unicast` in its EVPN family, and its VRF has no
    `vni N`, while other VRFs of the file have one.
    Why: type-5 routes are made of the L3VNI's number and router MAC; without one bgpd makes none
    (bgpd/bgp_evpn.c, bgp_evpn_advertise_type5_routes; bgpd/bgp_evpn_private.h, is_l3vni_live).
    Bad:
        vrf red
         vni 100
        exit-vrf
        router bgp 65000 vrf blue
         address-family l2vpn evpn
          advertise ipv4 unicast
         exit-address-family
        exit
    Good:
        vrf red
         vni 100
        exit-vrf
        vrf blue
         vni 200
        exit-vrf
        router bgp 65000 vrf blue
         address-family l2vpn evpn
          advertise ipv4 unicast
         exit-address-family
        exit
    """
    having = config.derive(l3vnis).of_vrf
    for instance in config.derive(instances) if having else ():
        if instance.vrf in having or instance.view:
            continue
        for command in instance.families.get(EVPN, ()):
            if command.words[0] == "advertise":
                message = f"{_title(instance.vrf)} has no L3VNI: no EVPN route is made of `{command.text}`"
                where = f"`vni N` to `vrf {instance.vrf}`" if instance.vrf else "`vni N` at the top of the file"
                yield Problem(command, message, help=f"add {where}")
                break
