"""The addresses that OpenPERouter derives from pools and a node's index (its internal/ipam/ipam.go)."""

from __future__ import annotations

import ipaddress

from frrcompile.model.tree import Node

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def network(node: Node | None) -> Network | None:
    """The prefix that a value writes, whatever bits are set beyond its length; None where it is none."""
    try:
        return ipaddress.ip_network(str(node.value), strict=False) if node else None
    except ValueError:
        return None


def router_id(pool: Network, index: int) -> str | None:
    """The router id of a node: one further than its index, so that no node has the network's own address."""
    return str(pool[index + 1]) if index + 1 < pool.num_addresses else None


def ends_from_base(pool: Network) -> bool:
    """Whether a host session's ends begin with the pool's own address: only where its last byte is not zero."""
    return pool.network_address.packed[-1] != 0


def router_end(pool: Network) -> str | None:
    """The router's end of a host session, the same on every node, with the pool's length."""
    return _nth(pool, 0)


def host_end(pool: Network, index: int) -> str | None:
    """The host's end of a host session on the node with this index."""
    return _nth(pool, index + 1)


def _nth(pool: Network, number: int) -> str | None:
    number += 0 if ends_from_base(pool) else 1
    return f"{pool[number]}/{pool.prefixlen}" if number < pool.num_addresses else None
