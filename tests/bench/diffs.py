"""Pairs of large files for `frrcompile diff`."""

from __future__ import annotations

import random
from collections.abc import Iterator

CHANGED = 0.01


def tenants(vrfs: int, seed: int | None = None) -> str:
    """A frr.conf of some 25 lines for each VRF; with a seed, one line in a hundred is another one."""
    lines = [line for number in range(vrfs) for line in (*vrf(number), *instance(number))]
    if seed is not None:
        numbers = random.Random(seed)
        settings = [
            at for at, line in enumerate(lines) if line.startswith((" neighbor", "  rd", " ip route", "  redistribute"))
        ]
        for at in numbers.sample(settings, int(len(lines) * CHANGED)):
            lines[at] = _other(lines[at], numbers)
    return "\n".join([*lines, ""])


def vrf(number: int) -> Iterator[str]:
    """The lines of a tenant's VRF."""
    yield from (f"vrf t{number}", f" vni {number + 1}", f" ip route {_subnet(number)}.0/24 blackhole", "exit-vrf", "!")


def instance(number: int) -> Iterator[str]:
    """The lines of a tenant's BGP instance."""
    address = _subnet(number)
    yield from (f"router bgp 65000 vrf t{number}", f" bgp router-id {address}.1", " no bgp ebgp-requires-policy")
    yield from (
        " no bgp default ipv4-unicast",
        f" neighbor {address}.2 remote-as 64601",
        f" neighbor {address}.2 bfd",
        " !",
    )
    yield from (" address-family ipv4 unicast", f"  redistribute connected route-map rm{number % 50}")
    yield from (f"  neighbor {address}.2 activate", " exit-address-family", " !", " address-family l2vpn evpn")
    yield from (
        f"  rd 65000:{number}",
        f"  route-target import 65000:{number}",
        f"  route-target export 65000:{number}",
    )
    yield from ("  advertise ipv4 unicast", " exit-address-family", "exit", "!")


def _subnet(number: int) -> str:
    return f"10.{number // 250}.{number % 250}"


def _other(line: str, numbers: random.Random) -> str:
    if "blackhole" in line:
        return line.replace("10.", "11.", 1)
    if line.endswith("bfd"):
        return line.replace("bfd", "description changed")
    return f"{line}{numbers.randrange(10)}"


def entries(count: int, other: bool) -> str:
    """A prefix list of which, between the two, every entry is replaced."""
    first = 172 if other else 10
    return "".join(
        f"ip prefix-list p seq {5 * at} permit {first}.{at // 256}.{at % 256}.0/24\n" for at in range(1, count + 1)
    )
