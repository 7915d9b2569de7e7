"""Veth pairs between the network namespaces of routers, and the links that a node needs before it is configured."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterable

from tests.frr.router import Router


def pid(router: Router) -> int:
    """A process in the router's network namespace."""
    return router.pids["bgpd"]


def wire(near: Router, near_name: str, far: Router, far_name: str) -> None:
    """A veth pair between two routers; both ends are down."""
    ends = (
        "ip",
        "link",
        "add",
        near_name,
        "netns",
        str(pid(near)),
        "type",
        "veth",
        "peer",
        "name",
        far_name,
        "netns",
        str(pid(far)),
    )
    subprocess.run(ends, check=True)


def links(router: Router, lines: Iterable[str], program: str = "ip") -> None:
    """Runs lines of `ip -batch`, or `bridge -batch`, in the router's network namespace."""
    inside = ["nsenter", "--target", str(pid(router)), "--net", "--", program, "-batch", "-"]
    subprocess.run(inside, input="".join(f"{line}\n" for line in lines), text=True, check=True)


def vni(number: int, vtep: str) -> list[str]:
    """The lines for `vtep` on `lo`, and for a VNI with a bridge whose tunnels begin there: `br` and `vni` with the number."""
    return [
        f"addr add {vtep}/{128 if ':' in vtep else 32} dev lo",
        "link set lo up",
        f"link add br{number} type bridge",
        f"link set br{number} up",
        f"link add vni{number} type vxlan id {number} local {vtep} dstport 4789 nolearning",
        f"link set vni{number} master br{number}",
        f"link set vni{number} up",
    ]


def local_mac(router: Router, own: str, port: str, vni: int) -> None:
    """A MAC address behind a port of a VNI's bridge. zebra does not see one that comes while it gets to know the VNI."""
    for _ in range(40):
        links(router, [f"fdb replace {own} dev {port} master static"], "bridge")
        if own in router.cmd(f"show evpn mac vni {vni} json"):
            return
        time.sleep(0.1)
        links(router, [f"fdb del {own} dev {port} master"], "bridge")
    raise AssertionError(f"zebra sees no MAC address of VNI {vni}")
