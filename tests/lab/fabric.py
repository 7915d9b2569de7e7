"""The fabric of the blog's lab around its node: a spine, two leaves, HOST1 in VRF red behind leaf1.

    HOST1 -- leaf1 -- spine -- leaf2 -- (eth1) node (frr1) -- (frr0) k8s -- pod

`node` is the FRR that frrcompile is for; `k8s` is the Kubernetes node itself, with an FRR in frr-k8s's place. It has the NIC
eth1 at first: `frrcompile plumb` moves it.
"""

from __future__ import annotations

from tests.lab import plan
from tests.lab.topology import Cable, Topology

HOST1 = "192.168.10.1"
POD = "10.244.0.6"
POD_SUBNET = "10.244.0.0/24"

TOPOLOGY = Topology(
    hosts={
        "HOST1": f"""\
addr add {HOST1}/24 dev eth1
link set eth1 up
route add default via 192.168.10.254
""",
        "pod": f"""\
addr add {POD}/24 dev eth0
link set eth0 mtu 1450
link set eth0 up
route add default via 10.244.0.1
""",
        "node": "",  # all that it has is made by `frrcompile plumb`
    },
    routers={
        "spine": """\
addr add 192.168.1.0/31 dev eth1
addr add 192.168.1.2/31 dev eth2
link set eth1 up
link set eth2 up
""",
        "leaf1": """\
addr add 100.64.0.1/32 dev lo
addr add 192.168.1.1/31 dev eth1
link set eth1 up
link add red type vrf table 1100
link set red up
link add br100 mtu 1450 type bridge
link set br100 addrgenmode none
link set br100 master red
link set br100 up
link add vni100 mtu 1450 type vxlan id 100 local 100.64.0.1 dstport 4789 nolearning
link set vni100 addrgenmode none
link set vni100 master br100
link set vni100 type bridge_slave neigh_suppress on learning off
link set vni100 up
link set eth2 master red
addr add 192.168.10.254/24 dev eth2
link set eth2 up
""",
        "leaf2": """\
addr add 192.168.1.3/31 dev eth1
addr add 192.168.11.2/24 dev eth2
link set eth1 up
link set eth2 up
""",
        "k8s": """\
addr add 10.244.0.1/24 dev pod0
link set pod0 mtu 1450
link set pod0 up
""",
    },
    cables=(
        Cable("HOST1", "eth1", "leaf1", "eth2"),
        Cable("leaf1", "eth1", "spine", "eth1"),
        Cable("leaf2", "eth1", "spine", "eth2"),
        Cable("leaf2", "eth2", "k8s", "eth1"),
        Cable("k8s", "pod0", "pod", "eth0"),
    ),
)

CORE = """\
 no bgp ebgp-requires-policy
 no bgp default ipv4-unicast
 no bgp network import-check
"""

SPINE = f"""\
router bgp 64612
{CORE} neighbor 192.168.1.1 remote-as 64512
 neighbor 192.168.1.3 remote-as 64512
 address-family ipv4 unicast
  neighbor 192.168.1.1 activate
  neighbor 192.168.1.3 activate
 exit-address-family
 address-family l2vpn evpn
  neighbor 192.168.1.1 activate
  neighbor 192.168.1.3 activate
 exit-address-family
exit
"""

# The leaves share an AS: each must take routes that have it in their path.
LEAF1 = f"""\
vrf red
 vni 100
exit-vrf
router bgp 64512 vrf red
 address-family ipv4 unicast
  redistribute connected
 exit-address-family
 address-family l2vpn evpn
  advertise ipv4 unicast
 exit-address-family
exit
router bgp 64512
{CORE} neighbor 192.168.1.0 remote-as 64612
 address-family ipv4 unicast
  network 100.64.0.1/32
  neighbor 192.168.1.0 activate
  neighbor 192.168.1.0 allowas-in 10
 exit-address-family
 address-family l2vpn evpn
  neighbor 192.168.1.0 activate
  neighbor 192.168.1.0 allowas-in 10
  advertise-all-vni
  advertise-svi-ip
 exit-address-family
exit
"""

LEAF2 = f"""\
router bgp 64512
{CORE} neighbor 192.168.1.2 remote-as 64612
 neighbor 192.168.11.3 remote-as 64514
 address-family ipv4 unicast
  neighbor 192.168.1.2 activate
  neighbor 192.168.1.2 allowas-in 10
  neighbor 192.168.11.3 activate
  neighbor 192.168.11.3 allowas-in 10
 exit-address-family
 address-family l2vpn evpn
  neighbor 192.168.1.2 activate
  neighbor 192.168.1.2 allowas-in 10
  neighbor 192.168.11.3 activate
  neighbor 192.168.11.3 allowas-in 10
 exit-address-family
exit
"""


def start(frr: str, speaker: str) -> list[plan.Step]:
    """Starts all routers but the node's, in one version of FRR; `speaker` is the frr.conf of the one on the host."""
    confs = {"spine": SPINE, "leaf1": LEAF1, "leaf2": LEAF2, "k8s": speaker}
    return [plan.Start(name=f"start {name}", router=plan.Router(name, frr, conf)) for name, conf in confs.items()]
