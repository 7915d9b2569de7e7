"""The NICs of this host, as Linux lists them in sysfs and procfs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CLASS = Path("/sys/class/net")
ROUTES = Path("/proc/net/route")
DEFAULT = "00000000"


@dataclass(frozen=True, slots=True)
class HostNic:
    """A NIC of the host: `default_route` says whether the host's IPv4 default route leaves over it."""

    name: str
    default_route: bool


def host_nics(links: Path = CLASS, routes: Path = ROUTES) -> tuple[HostNic, ...]:
    """The NICs and bonds of the host, those without the default route first. Nothing is found on other systems than Linux."""
    try:
        there = sorted(link for link in links.iterdir() if (link / "device").exists() or (link / "bonding").exists())
        ports = {link.name for link in there if (link / "master").exists()}  # a bond stands for its ports
    except OSError:
        return ()
    leaving = _default_routes(routes)
    found = (HostNic(link.name, link.name in leaving) for link in there if link.name not in ports)
    return tuple(sorted(found, key=lambda nic: (nic.default_route, nic.name)))


def _default_routes(routes: Path) -> set[str]:
    """The links with an IPv4 default route: destination and mask are zero (Linux, net/ipv4/fib_trie.c)."""
    try:
        rows = [line.split() for line in routes.read_text().splitlines()[1:]]
    except OSError:
        return set()
    return {row[0] for row in rows if len(row) > 7 and row[1] == row[7] == DEFAULT}
