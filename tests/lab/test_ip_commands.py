"""The order of a node's links, which the kernel is particular about."""

from __future__ import annotations

from tests.lab import ip_commands
from tests.lab.compiled import compiled


def test_the_blogs_node(blog_node: str) -> None:
    links = compiled(blog_node, "10.3").links
    assert ip_commands.router(links, "k8s").splitlines() == [
        "addr add 100.65.0.2/32 dev lo",
        "addr add 192.168.11.3/24 dev eth1",
        "link set eth1 up",
        "link add red type vrf table 1100",
        "link set red up",
        "link add br100 address aa:bb:cc:00:00:66 mtu 1450 type bridge",
        "link set br100 addrgenmode none",
        "link set br100 master red",
        "link set br100 up",
        "link add vni100 mtu 1450 type vxlan id 100 local 100.65.0.2 dstport 4789 nolearning",
        "link set vni100 addrgenmode none",
        "link set vni100 master br100",
        "link set vni100 type bridge_slave neigh_suppress on learning off",
        "link set vni100 up",
        "link add frr1 mtu 1450 type veth peer name frr0 mtu 1450 netns k8s",
        "link set frr1 master red",
        "addr add 192.169.10.1/24 dev frr1",
        "link set frr1 up",
    ]
    assert ip_commands.host(links).splitlines() == ["addr add 192.169.10.0/24 dev frr0", "link set frr0 up"]


def test_what_is_made_is_removed(blog_node: str) -> None:
    links = compiled(blog_node, "10.3").links
    made = {line.split()[2] for line in ip_commands.router(links, "k8s").splitlines() if line.startswith("link add ")}
    removed = {line.split()[2] for line in ip_commands.remove(links).splitlines() if line.startswith("link del ")}
    assert removed == made == {"red", "br100", "vni100", "frr1"}
