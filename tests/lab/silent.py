"""Hosts that send nothing by themselves, behind L2VNIs with a gateway and in a VRF: what EVPN forgets of them, and when.

    quiet, managed -- br110 \\
    kept           -- br120  one -- (eth1) far        red: VNI 100, on both
    routed         -- (direct, in VRF red) /

`far` has the L3VNI only: it reaches the hosts of the L2VNIs by the host routes that their type-2 routes become. All timers are
short: 10 s in place of 300 s for br110's MAC addresses, 5 s in place of 60 s for stale neighbors.
"""

from __future__ import annotations

from tests.lab import plan
from tests.lab.topology import Cable, Topology

HOSTS = {"quiet": "10.110.0.1", "managed": "10.110.0.2", "kept": "10.120.0.1", "routed": "10.130.0.1"}
VRF_ROUTES = "show ip route vrf red"
MACIP = "show bgp l2vpn evpn route type macip"


def _vni(vni: int, own: int, mac: str) -> list[str]:
    return [
        f"link add br{vni} address {mac} mtu 1450 type bridge",
        f"link set br{vni} addrgenmode none",
        f"link set br{vni} master red",
        f"link set br{vni} up",
        f"link add vni{vni} mtu 1450 type vxlan id {vni} local 100.65.0.{own} dstport 4789 nolearning",
        f"link set vni{vni} addrgenmode none",
        f"link set vni{vni} master br{vni}",
        f"link set vni{vni} type bridge_slave neigh_suppress on learning off",
        f"link set vni{vni} up",
    ]


def _links(own: int) -> list[str]:
    return [
        f"addr add 100.65.0.{own}/32 dev lo",
        f"addr add 10.0.0.{own}/30 dev eth1",
        "link set eth1 up",
        "link add red type vrf table 1100",
        "link set red up",
        *_vni(100, own, f"02:00:00:00:00:0{own}"),
    ]


def _lines(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


TOPOLOGY = Topology(
    hosts={
        name: _lines(
            [
                f"addr add {address}/24 dev eth0",
                "link set eth0 up",
                f"route add default via {address.rsplit('.', 1)[0]}.254",
            ]
        )
        for name, address in HOSTS.items()
    },
    routers={
        "one": _lines(
            [
                *_links(1),
                *_vni(110, 1, "00:00:5e:00:01:6e"),
                "addr add 10.110.0.254/24 dev br110",
                "link set br110 type bridge ageing_time 1000",
                *_vni(120, 1, "00:00:5e:00:01:78"),
                "addr add 10.120.0.254/24 dev br120",
                *(f"link set {name} master {bridge}" for name, bridge in (("quiet", "br110"), ("managed", "br110"))),
                "link set kept master br120",
                "link set routed master red",
                "addr add 10.130.0.254/24 dev routed",
                *(f"link set {name} up" for name in HOSTS),
            ]
        ),
        "far": _lines([*_links(2), "link add inside type dummy", "link set inside master red"])
        + _lines(["addr add 10.3.0.1/24 dev inside", "link set inside up"]),
    },
    cables=(Cable("one", "eth1", "far", "eth1"), *(Cable("one", name, name, "eth0") for name in HOSTS)),
    sysctls={"one": {"ipv4/conf/all/arp_accept": "1"}},
)


def _conf(own: int, network: str) -> str:
    other = 3 - own
    return f"""\
vrf red
 vni 100
exit-vrf
router bgp 6500{own} vrf red
 no bgp network import-check
 address-family ipv4 unicast
  network {network}
 exit-address-family
 address-family l2vpn evpn
  advertise ipv4 unicast
  route-target import 1:100
  route-target export 1:100
 exit-address-family
exit
router bgp 6500{own}
 bgp router-id 100.65.0.{own}
 no bgp ebgp-requires-policy
 no bgp default ipv4-unicast
 neighbor 10.0.0.{other} remote-as 6500{other}
 neighbor 10.0.0.{other} timers connect 1
 neighbor 10.0.0.{other} advertisement-interval 0
 address-family ipv4 unicast
  network 100.65.0.{own}/32
  neighbor 10.0.0.{other} activate
 exit-address-family
 address-family l2vpn evpn
  neighbor 10.0.0.{other} activate
  advertise-all-vni
 exit-address-family
exit
"""


SUBNET_ROUTE = "router bgp 65001 vrf red\naddress-family ipv4 unicast\nnetwork 10.110.0.0/24\nexit\nexit\n"

TIMERS = "for one in br110 br120; do cd /proc/sys/net/ipv4/neigh/$one; \
echo 3000 > base_reachable_time_ms; echo 5 > gc_stale_time; echo 1 > delay_first_probe_time; echo 1000 > retrans_time_ms; done"

# The garbage collector of neighbors passes over small tables; the limit is the whole machine's.
COLLECT = "nsenter -t 1 -n sh -c 'echo 0 > /proc/sys/net/ipv4/neigh/default/gc_thresh1'"


def steps(version: str) -> list[plan.Step]:
    """The whole lab."""
    return [
        *TOPOLOGY.steps(),
        # Without IPv6 nothing is heard of a host that has nothing to say.
        *(plan.Sysctl(name=f"{name}: no IPv6", namespace=name, values={"ipv6/conf/all/disable_ipv6": "1"}) for name in HOSTS),
        _sh("timers", TIMERS),
        plan.Start(name="start one", router=plan.Router("one", version, _conf(1, "10.130.0.0/24"))),
        plan.Start(name="start far", router=plan.Router("far", version, _conf(2, "10.3.0.0/24"))),
        plan.Until(name="up", router="far", daemon="zebra", command=VRF_ROUTES, pattern=r"B>\* 10\.130\.0\.0/24"),
        plan.Until(name="one has far's", router="one", daemon="zebra", command=VRF_ROUTES, pattern=r"B>\* 10\.3\.0\.0/24"),
        *(_sh(f"{name}: woken", f"ping -c 1 -W 2 -I red {address}") for name, address in HOSTS.items()),
        *(_known(name, "learned") for name in ("quiet", "managed", "kept")),
        _sh("managed: marked", f"ip neigh change {HOSTS['managed']} dev br110 managed"),
        *(_ping(name, "before") for name in HOSTS),
        # The MAC address goes after the bridge's ageing time, and takes the host route with it.
        _forgotten("quiet", "aged"),
        _neighbors("aged"),
        _ping("quiet", "aged", expect=False),
        *(_known(name, "after ageing") for name in ("managed", "kept")),
        *(_ping(name, "after ageing") for name in ("managed", "routed")),
        # With the subnet's type-5 route packets come to the node, which asks for the host and learns it again.
        plan.Load(name="subnet route", router="one", conf=SUBNET_ROUTE),
        plan.Until(name="far has it", router="far", daemon="zebra", command=VRF_ROUTES, pattern=r"B>\* 10\.110\.0\.0/24"),
        _ping("quiet", "by the subnet"),
        _known("quiet", "after the ping"),
        # A stale neighbor that is collected takes its host route with it; the MAC address stays.
        _sh("collect", COLLECT),
        _forgotten("kept", "collected"),
        plan.Ask(name="MACs after collecting", router="far", daemon="bgpd", command=MACIP),
        _known("managed", "after collecting"),
        # The kernel finds out that a managed neighbor is gone, and that it is back.
        plan.Ip(name="managed: down", namespace="managed", batch="link set eth0 down\n"),
        _forgotten("managed", "down"),
        plan.Ip(name="managed: up", namespace="managed", batch="link set eth0 up\n"),
        _known("managed", "up again"),
    ]  # fmt: skip


def _sh(name: str, text: str) -> plan.Step:
    return plan.Run(name=name, namespace="one", argv=("sh", "-c", text))


def _neighbors(name: str) -> plan.Step:
    return plan.Run(name=f"neighbors, {name}", namespace="one", argv=("ip", "neigh", "show", "dev", "br110"))


def _known(host: str, when: str) -> plan.Step:
    return _until(f"{host}: known, {when}", rf"B>\* {HOSTS[host]}/32", 20)


def _forgotten(host: str, when: str) -> plan.Step:
    return _until(f"{host}: forgotten, {when}", rf"(?s)\A(?!.*{HOSTS[host]}/32)", 60)


def _until(name: str, pattern: str, seconds: float) -> plan.Step:
    return plan.Until(name=name, router="far", daemon="zebra", command=VRF_ROUTES, pattern=pattern, seconds=seconds)


def _ping(host: str, when: str, *, expect: bool = True) -> plan.Step:
    ping = f"ping -c 4 -i 0.5 -W 1 -I red -I 10.3.0.1 {HOSTS[host]}"
    # zebra may still be writing a route when the first packet leaves: one answer is enough.
    return plan.Run(name=f"{host}: ping, {when}", namespace="far", argv=("sh", "-c", ping), expect=expect)
