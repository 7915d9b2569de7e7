"""A line of a node with the headers and the closers around it: a whole configuration."""

from __future__ import annotations

PEER = "192.0.2.1"

BLOCKS = {
    "config": "{}\n",
    "line-vty": "line vty\n {}\nexit\n",
    "interface": "interface lo\n {}\nexit\n",
    "vrf": "vrf red\n {}\nexit-vrf\n",
    "route-map": "route-map m permit 10\n {}\nexit\n",
    "bgp": "router bgp 64512\n neighbor 192.0.2.1 remote-as 64513\n {}\nexit\n",
    "bgp-ipv4": (
        "router bgp 64512\n neighbor 192.0.2.1 remote-as 64513\n address-family ipv4 unicast\n  {}\n"
        " exit-address-family\nexit\n"
    ),
    "bgp-ipv6": (
        "router bgp 64512\n neighbor 192.0.2.1 remote-as 64513\n address-family ipv6 unicast\n  {}\n"
        " exit-address-family\nexit\n"
    ),
    "bgp-evpn": "router bgp 64512\n address-family l2vpn evpn\n  {}\n exit-address-family\nexit\n",
    "bgp-evpn-vni": (
        "router bgp 64512\n address-family l2vpn evpn\n  advertise-all-vni\n  vni 100\n   {}\n  exit-vni\n"
        " exit-address-family\nexit\n"
    ),
    "ospf": "router ospf\n {}\nexit\n",
    "bfd-profile": "bfd\n profile slow\n  {}\n exit\nexit\n",
    "bfd-peer": "bfd\n peer 192.0.2.1 multihop local-address 192.0.2.2\n  {}\n exit\nexit\n",
}
"""By node; a `neighbor` line is one of 192.0.2.1."""


def within(node: str, *lines: str) -> str:
    """The lines in a block of the node."""
    block = BLOCKS[node]
    indent = block.partition("{}")[0].rpartition("\n")[2]
    return block.format(f"\n{indent}".join(lines))


def place(nodes: tuple[str, ...], line: str) -> str:
    """The node to try a form's example in: a neighbor's line of a family in the family."""
    return next((node for node in ("bgp-ipv4", "bgp") if node in nodes and _fits(node, line)), nodes[0])


def _fits(node: str, line: str) -> bool:
    from frrcompile.diff.forms import belongs_to_ipv4_unicast

    return node == "bgp" or belongs_to_ipv4_unicast(line.split())
