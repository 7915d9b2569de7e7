"""The instance that EVPN runs in: the one with `advertise-all-vni`."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Interface, IPv6Interface, ip_interface, ip_network

from frrcompile.diagnostics import Label, Severity
from frrcompile.facts.families import EVPN, IPV4, IPV6
from frrcompile.lint.bgp import Instance, instances
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.vnis import l3vnis


def advertising(config: Configuration) -> dict[Instance, Command]:
    """The instances with an `advertise-all-vni` that is not taken back, and the first such line. For `Configuration.derive`."""
    found = ((instance, _advertises(instance)) for instance in config.derive(instances))
    return {instance: command for instance, command in found if command is not None}


def _advertises(instance: Instance) -> Command | None:
    found = None
    for command in instance.families.get(EVPN, ()):
        if command.words[-1] == "advertise-all-vni":
            found = None if command.negated else found or command
    return found


@rule("FRR511", "second-advertise-all-vni", Severity.ERROR)
def second_advertise_all_vni(config: Configuration) -> Iterator[Problem]:
    """Only one instance can have advertise-all-vni, and the default one has the first claim.

    What: `advertise-all-vni` stands in an instance of a VRF or view behind the default instance, or in a second instance.
    Why: EVPN belongs to the first instance that has the command, or to the default one as soon as it is there; bgpd
    refuses the command anywhere else (bgpd/bgp_evpn_vty.c, bgp_evpn_advertise_all_vni; bgpd/bgpd.c, bgp_get_evpn).
    Bad:
        router bgp 65000
        exit
        router bgp 65000 vrf red
         address-family l2vpn evpn
          advertise-all-vni
         exit-address-family
        exit
    Good:
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
    owner: Instance | None = None
    claims = [(instance.header.span, instance, None) for instance in config.derive(instances) if instance.is_default]
    lines = [(line.span, one, line) for one, line in config.derive(advertising).items()]
    for _, instance, command in sorted([*claims, *lines], key=lambda claim: claim[0]):
        if owner is None:
            owner = instance
        elif instance is not owner and command is not None:
            own = config.derive(advertising).get(owner)
            label = own.label("it is here already") if own else owner.header.label("EVPN belongs to this instance")
            message = f"EVPN belongs to {owner.title}: bgpd refuses `advertise-all-vni` in {instance.title}"
            yield Problem(command, message, (label,), "keep it in one instance, the one of the underlay")


_NEED_EVPN = frozenset({"advertise-default-gw", "advertise-svi-ip", "dup-addr-detection"})
_NEED_EVPN_IN_VNI = frozenset({"rd", "route-target"})


@rule("FRR512", "line-before-advertise-all-vni", Severity.ERROR)
def line_before_advertise_all_vni(config: Configuration) -> Iterator[Problem]:
    """Some lines of the EVPN family only count after advertise-all-vni.

    What: `advertise-default-gw`, `advertise-svi-ip`, `dup-addr-detection`, or a VNI's `rd` or `route-target` stands before
    `advertise-all-vni`, or in an instance without it.
    Why: bgpd takes them only in the instance that EVPN runs in, and tells so without an error (bgpd/bgp_evpn_vty.c, at
    each EVPN_ENABLED): the line is lost while the load says that all went well.
    Bad:
        router bgp 65000
         address-family l2vpn evpn
          vni 100
           route-target both 65000:100
          exit-vni
          advertise-all-vni
         exit-address-family
        exit
    Good:
        router bgp 65000
         address-family l2vpn evpn
          advertise-all-vni
          vni 100
           route-target both 65000:100
          exit-vni
         exit-address-family
        exit
    """
    if not config.opened("bgp-evpn-vni") and not any(config.of(EVPN, word) for word in _NEED_EVPN):
        return
    for instance in config.derive(instances):
        enabled = next((line for line in instance.families.get(EVPN, ()) if line.words[0] == "advertise-all-vni"), None)
        for command in _needing_evpn(config, instance):
            labels: tuple[Label, ...] = ()
            if enabled is not None and enabled.span < command.span:
                continue
            if enabled is not None:
                labels = (enabled.label("it counts only from here on"),)
                advice = "put `advertise-all-vni` first"
            else:
                advice = "add `advertise-all-vni` before it" if not instance.vrf else "move it to the instance with it"
            yield Problem(
                command, f"`{command.words[0]}` needs `advertise-all-vni` before: bgpd drops it", labels, advice
            )


def _needing_evpn(config: Configuration, instance: Instance) -> Iterator[Command]:
    for command in instance.families.get(EVPN, ()):
        if command.words[0] in _NEED_EVPN:
            yield command
        elif command.opens is not None:
            yield from (line for line in config.within(command.opens) if line.words[0] in _NEED_EVPN_IN_VNI)


@rule("FRR513", "no-advertise-all-vni", Severity.WARNING)
def no_advertise_all_vni(config: Configuration) -> Iterator[Problem]:
    """There are L3VNIs, and no instance tells anybody.

    What: the file has VRFs with a VNI and BGP, and `advertise-all-vni` in none of its instances.
    Why: without it bgpd asks zebra for no VNI, and EVPN does nothing (bgpd/bgp_evpn_vty.c, evpn_set_advertise_all_vni).
    Bad:
        vrf red
         vni 100
        exit-vrf
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
        exit
    Good:
        vrf red
         vni 100
        exit-vrf
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         address-family l2vpn evpn
          neighbor 192.0.2.1 activate
          advertise-all-vni
         exit-address-family
        exit
    """
    every = config.derive(instances)
    vnis = config.derive(l3vnis).of_number
    if vnis and every and not config.derive(advertising):
        _, first = next(iter(vnis.values()))[0]
        more = f" and {len(vnis) - 1} more" if len(vnis) > 1 else ""
        yield Problem(
            first,
            f"no instance has `advertise-all-vni`: nobody is told of VNI {first.words[1]}{more}",
            tuple(instance.header.label("without it") for instance in every if instance.is_default),
            "add `advertise-all-vni` to the `address-family l2vpn evpn` of the default instance",
        )


@rule("FRR514", "evpn-without-neighbor", Severity.WARNING)
def evpn_without_neighbor(config: Configuration) -> Iterator[Problem]:
    """EVPN runs, and no neighbour takes part in it.

    What: an instance has `advertise-all-vni`, and none of its neighbours and listening groups is active in l2vpn evpn.
    Why: a family is exchanged only with neighbours that are activated in it (RFC 4760; bgpd/bgpd.c, peer_activate).
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         address-family l2vpn evpn
          advertise-all-vni
         exit-address-family
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         address-family l2vpn evpn
          neighbor 192.0.2.1 activate
          advertise-all-vni
         exit-address-family
        exit
    """
    for instance, command in config.derive(advertising).items():
        if instance.neighbors and not any(EVPN in neighbor.active for neighbor in instance.neighbors.values()):
            message = f"no neighbour of {instance.title} is active in l2vpn evpn: nobody hears of the VNIs"
            yield Problem(command, message, help="add `neighbor X activate` for the EVPN neighbours here")


@rule("FRR515", "vtep-not-announced", Severity.WARNING)
def vtep_not_announced(config: Configuration) -> Iterator[Problem]:
    """The loopback's address, from which VXLAN goes out, is not announced in the underlay.

    What: the instance with `advertise-all-vni` has neighbours in a unicast family, the file gives `lo` an address, no
    `network` or `redistribute` covers any of them, and no other protocol or static route is there to do it.
    Why: the other VTEPs send to this address (RFC 8365, 5.1.3, as the next hop of EVPN routes); without a route to it
    EVPN routes are there and no packet arrives.
    Bad:
        interface lo
         ip address 192.0.2.1/32
        exit
        router bgp 65000
         neighbor 198.51.100.1 remote-as 65001
         address-family l2vpn evpn
          neighbor 198.51.100.1 activate
          advertise-all-vni
         exit-address-family
        exit
    Good:
        interface lo
         ip address 192.0.2.1/32
        exit
        router bgp 65000
         neighbor 198.51.100.1 remote-as 65001
         address-family ipv4 unicast
          network 192.0.2.1/32
         exit-address-family
         address-family l2vpn evpn
          neighbor 198.51.100.1 activate
          advertise-all-vni
         exit-address-family
        exit
    """
    loopbacks = list(_loopbacks(config))
    if not loopbacks or _routed_otherwise(config):
        return
    for instance in config.derive(advertising):
        if not any(neighbor.active & {IPV4, IPV6} for neighbor in instance.peers):
            continue
        if not any(_announced(instance, address) for address, _ in loopbacks):
            address, command = loopbacks[0]
            message = f"{address.ip} is not announced by {instance.title}: other VTEPs have no route to it"
            label = (instance.header.label("EVPN runs here"),)
            yield Problem(command, message, label, f"add `network {address.network}` to its unicast family")


def _routed_otherwise(config: Configuration) -> bool:
    """Whether something else than BGP may tell of the address: another protocol, or static routes on all sides."""
    if any(config.opened(node) for node in ("ospf", "ospf6", "isis", "openfabric", "rip", "ripng", "babel", "eigrp")):
        return True
    lines = (*config.of("config", "ip"), *config.of("config", "ipv6"))
    return any(line.words[1:2] and line.words[1] == "route" for line in lines)


def _loopbacks(config: Configuration) -> Iterator[tuple[IPv4Interface | IPv6Interface, Command]]:
    """The addresses of `lo` that other hosts could reach."""
    for first in ("ip", "ipv6"):
        for command in config.of("interface", first):
            if command.block is None or command.block.words[1] != "lo" or command.negated:
                continue
            if len(command.words) > 2 and command.words[1] == "address":
                try:
                    address = ip_interface(command.words[2])
                except ValueError:
                    continue
                if not address.ip.is_loopback and not address.ip.is_link_local:
                    yield address, command


def _announced(instance: Instance, address: IPv4Interface | IPv6Interface) -> bool:
    """Whether a line of the instance may announce the address: better one too many than a false alarm."""
    family = IPV4 if address.version == 4 else IPV6
    for command in (*instance.lines, *instance.families.get(family, ())):
        words = command.words
        if words[0] in ("redistribute", "import", "redistribute-link"):
            return True
        if words[0] in ("network", "aggregate-address") and len(words) > 1:
            written = f"{words[1]}/{words[3]}" if len(words) > 3 and words[2] == "mask" else words[1]
            try:
                network = ip_network(written, strict=False)
            except ValueError:
                return True
            if network.version == address.version and address.ip in network:
                return True
    return False
