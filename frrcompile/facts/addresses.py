"""How FRR shows addresses and networks, and what it takes for one."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from socket import AF_INET, AF_INET6, inet_ntop, inet_pton

NO_HOSTS = (
    (IPv4Network("0.0.0.0/8"), "0.0.0.0/8 means this network (RFC 1122)"),
    (IPv4Network("127.0.0.0/8"), "127.0.0.0/8 is loopback"),
    (IPv4Network("224.0.0.0/4"), "224.0.0.0/4 is multicast"),
    (IPv4Network("240.0.0.0/4"), "240.0.0.0/4 is reserved"),
    (IPv6Network("::/127"), ":: and ::1 are unspecified and loopback"),
    (IPv6Network("::ffff:0:0/96"), "::ffff:0:0/96 is IPv4 in a socket's form"),
    (IPv6Network("fe80::/10"), "fe80::/10 is link-local"),
    (IPv6Network("ff00::/8"), "ff00::/8 is multicast"),
)
"""The prefixes whose addresses no host has beyond its own link, each with what they are (RFC 6890)."""


def no_host(address: IPv4Address | IPv6Address) -> str:
    """Why an address cannot be the address of a host that others reach over a router; empty where it can."""
    return next((why for network, why in NO_HOSTS if network.version == address.version and address in network), "")


def shortest(word: str) -> str:
    """An IPv6 address, with or without a length, as FRR shows it: lower case and shortest (RFC 5952); other words stay.

    An IPv4-mapped address is as FRR 10.3 and 10.7.1 show it (`::ffff:192.0.2.1`); 8.4.4 shows `::ffff:c000:201`.
    """
    if word.count(":") < 2:  # a route target, or a community
        return word
    address, slash, length = word.partition("/")
    try:
        return inet_ntop(AF_INET6, inet_pton(AF_INET6, address)) + slash + length
    except (OSError, ValueError):
        return word


def masked(prefix: str) -> str:
    """A prefix without the bits behind its length, as FRR keeps it (lib/prefix.c, apply_mask); its length may be a mask."""
    address, slash, length = prefix.partition("/")
    try:
        if not length.isdecimal():  # twenty times slower
            return str(ip_network(prefix, strict=False)) if slash else prefix
        family = AF_INET6 if ":" in address else AF_INET
        packed = inet_pton(family, address)
        behind = 8 * len(packed) - int(length)
        kept = int.from_bytes(packed) >> behind << behind
        return f"{inet_ntop(family, kept.to_bytes(len(packed)))}/{int(length)}"
    except (OSError, ValueError):
        return prefix


def with_length(address: str, mask: str) -> str:
    """The network of an IPv4 address and a mask, as ADDRESS/LENGTH; empty where the two words are none."""
    if not is_mask(mask):
        return ""
    try:
        return str(IPv4Network((address, mask), strict=False))
    except ValueError:
        return ""


def is_mask(word: str) -> bool:
    """Whether a word is an IPv4 mask: ones, then zeros. Python's own reading would also take a wildcard."""
    try:
        bits = int.from_bytes(inet_pton(AF_INET, word))
    except (OSError, ValueError):
        return False
    inverted = bits ^ 0xFFFFFFFF
    return inverted & (inverted + 1) == 0
