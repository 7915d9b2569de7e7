"""Scenarios of `frrcompile plumb` on this kernel, each in namespaces of its own: `python3 -m tests.lab.inside.plumbing [NAME...]`.

A scenario is a function with assertions. It runs in a process of its own, whose network namespace is the host's; FRR's is
called `frr`. What iproute2 says decides, not our own reader.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from frrcompile.ir import links as ir
from frrcompile.plumb.plan import plan
from frrcompile.plumb.session import Todo, opened
from frrcompile.plumb.state import NOTHING, Desired

NETNS = ("--netns", "frr")
OWNER = "frrcompile"
CLONE_NEWNET, CLONE_NEWNS = 0x40000000, 0x00020000
VOLATILE = {"ifindex", "link_index", "link_netnsid", "valid_life_time", "preferred_life_time", "dynamic", "qdisc"}
SCENARIOS: dict[str, Callable[[Path], None]] = {}


def scenario(function: Callable[[Path], None]) -> Callable[[Path], None]:
    SCENARIOS[function.__name__] = function
    return function


def sh(*lines: str, netns: str | None = None) -> str:
    """Runs commands; AssertionError where one fails."""
    text = ""
    for line in lines:
        argv = (["ip", "netns", "exec", netns] if netns else []) + ["sh", "-ec", line]
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}: {done.stderr}"
        text += done.stdout
    return text


def dump() -> dict[str, Any]:
    """What iproute2 says about both namespaces, without what changes by itself."""
    found: dict[str, Any] = {}
    for side, words in (("host", []), ("router", ["-n", "frr"])):
        for what in (
            ["-d", "link"],
            ["addr"],
            ["-4", "route", "show", "table", "all"],
            ["-6", "route", "show", "table", "all"],
            ["rule"],
            ["-6", "rule"],
            ["neigh"],
        ):
            done = subprocess.run(["ip", *words, "-j", *what], capture_output=True, text=True, check=True)
            found[f"{side} {' '.join(what)}"] = sorted(
                (_clean(one) for one in json.loads(done.stdout or "[]")), key=str
            )
    folders = " ".join(
        f"/proc/sys/net/{family}/conf/{one}" for family in ("ipv4", "ipv6") for one in ("all", "default", "lo")
    )
    found["sysctls"] = sh(f"grep -rs . /proc/sys/net/ipv4/ip_forward {folders} | sort", netns="frr")
    return found


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _clean(one)
            for key, one in value.items()
            if key not in VOLATILE and not re.search(r"timer|_id$|^used|time", key)
        }
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return value


def same(one: dict[str, Any], other: dict[str, Any]) -> None:
    """AssertionError with the differences."""
    lines = []
    for key in one:
        if one[key] != other[key]:
            if isinstance(one[key], str):
                lines += sorted(set(one[key].splitlines()) ^ set(other[key].splitlines()))
            else:
                lines += [f"{key} only first: {x}" for x in one[key] if x not in other[key]]
                lines += [f"{key} only second: {x}" for x in other[key] if x not in one[key]]
    assert not lines, "\n".join(lines)


def world() -> None:
    """A host with two NICs, of which eth0 has the default route, and an FRR namespace."""
    sh(
        "ip netns add frr",
        "echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad",
        "ip link set lo up",
        "ip link add eth0 type dummy",
        "ip link add eth1 type veth peer name leaf1",
        "ip link set leaf1 up",
        "ip link set eth0 mtu 9000 alias 'to the world' up",
        "ip link set eth1 up",
        "ip addr add 192.0.2.10/24 brd + dev eth0",
        "ip addr add 192.0.2.11/24 dev eth0 label eth0:1",
        "ip addr add 198.51.100.7 peer 198.51.100.8/32 dev eth0",
        "ip addr add 2001:db8::10/64 dev eth0 nodad",
        "ip addr add 203.0.113.2/31 dev eth1",
        "ip route add default via 192.0.2.1 proto dhcp metric 100",
        "ip route add 10.99.0.0/16 via 192.0.2.1 table 200 mtu 1400",
        "ip route add 10.98.0.0/16 nexthop via 192.0.2.1 weight 2 nexthop via 203.0.113.3 weight 3",
        "ip route add 10.97.0.0/16 via inet6 fe80::1 dev eth0 onlink",
        "ip -6 route add default via 2001:db8::1",
        "ip -6 route add 2001:db8:9::/48 dev eth0 metric 77",
    )


def model(vnis: int = 2, **more: Any) -> ir.Links:
    """Links of a node of all kinds."""
    numbers = range(1, vnis + 1)
    bridges = [
        ir.Bridge(
            f"br{n}", "red" if n % 2 else "blue", f"02:00:00:00:00:{n:02x}", (f"10.1.{n}.1/24", f"fd01:{n}::1/64"), 1450
        )
        for n in numbers
    ]
    vxlans = [ir.Vxlan(f"vni{n}", n, "100.65.0.2", f"br{n}", 4789, 1450, True) for n in numbers]
    parts: dict[str, Any] = {
        "loopback": ("100.65.0.2/32", "fd00::2/128"),
        "nics": (
            ir.Nic("eth0", "move", None, None, (), 1500),
            ir.Nic("eth1.10", "vlan", "eth1", 10, ("10.8.0.1/31", "fd08::1/127"), 1400),
            ir.Nic("mv0", "macvlan", "eth1", None, ("10.8.1.1/31",), 1500),
        ),
        "vrfs": (ir.VrfDevice("red", 1100), ir.VrfDevice("blue", 1200)),
        "bridges": (*bridges, ir.Bridge("br77", None, None, (), 1450)),
        "vxlans": (*vxlans, ir.Vxlan("vni77", 77, "fd00::2", "br77", 4790, 1450, False)),
        "veths": (
            ir.Veth("host1", "pe1", "red", ("10.7.0.0/31", "fd07::/127"), ("10.7.0.1/31", "fd07::1/127"), 1450),
            ir.Veth("host-d", "pe-d", None, ("10.7.1.0/31",), ("10.7.1.1/31",), 1500),
        ),
        "host_bridges": (ir.HostBridge("hbr77", "linux", True),),
        "segment_veths": (
            ir.SegmentVeth("hl2-77", "pl2-77", "br77", "hbr77", 1450),
            ir.SegmentVeth("leg1", "pl2-1", "br1", None, 1450),
        ),
    }
    return ir.Links(**(parts | more))


def apply(desired: Desired, state: Path, owner: str = OWNER) -> tuple[Todo, int]:
    """What was done, and how many messages were sent."""
    with opened(NETNS, owner, state, write=True) as plumbing:
        todo = plumbing.todo(desired)
        plumbing.apply(todo, desired)
        return todo, plumbing.sent


def todo(desired: Desired, state: Path) -> list[str]:
    """The words of what would be done."""
    with opened(NETNS, OWNER, state, write=False) as plumbing:
        return [one.words for one in plumbing.todo(desired).operations]


@scenario
def applied_and_torn_down(state: Path) -> None:
    world()
    before = dump()
    desired = plan(model())
    apply(desired, state)
    assert todo(desired, state) == []
    done, sent = apply(desired, state)
    assert sent == 0, done.operations
    links = {one["ifname"]: one for one in json.loads(sh("ip -n frr -j -d link"))}
    assert links["vni1"]["linkinfo"]["info_data"]["id"] == 1
    assert links["vni1"]["linkinfo"]["info_data"]["learning"] is False
    assert links["vni1"]["linkinfo"]["info_slave_data"]["learning"] is False
    assert links["vni1"]["linkinfo"]["info_slave_data"]["neigh_suppress"] is True
    assert links["vni77"]["linkinfo"]["info_slave_data"]["neigh_suppress"] is False
    assert links["vni77"]["linkinfo"]["info_data"]["local6"] == "fd00::2"
    assert links["vni1"]["inet6_addr_gen_mode"] == links["br1"]["inet6_addr_gen_mode"] == "none"
    assert links["br1"]["address"] == "02:00:00:00:00:01"
    assert (links["br1"]["master"], links["vni1"]["master"], links["pe1"]["master"]) == ("red", "br1", "red")
    assert links["red"]["linkinfo"]["info_data"]["table"] == 1100
    assert links["pe1"]["mtu"] == links["vni1"]["mtu"] == links["br1"]["mtu"] == 1450
    assert links["br1"]["ifalias"] == "frrcompile:frrcompile"
    assert links["eth0"]["ifalias"] == "frrcompile:frrcompile:nic"
    assert links["mv0"]["linkinfo"]["info_data"]["mode"] == "bridge"
    assert all("UP" in one["flags"] for one in links.values())
    assert "192.0.2.10/24" in sh("ip -n frr addr show eth0")
    assert "fd07::1/127" in sh("ip -n frr -6 addr show pe1")
    assert "proto 0xf2" in sh("ip -n frr -4 addr show pe1")
    assert sh("cat /proc/sys/net/ipv4/ip_forward", netns="frr") == "1\n"
    apply(NOTHING, state)
    same(dump(), before)
    assert list(state.iterdir()) == []


def main() -> int:
    names = sys.argv[1:] or list(SCENARIOS)
    bad = 0
    for name in names:
        started = time.monotonic()
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                _isolated()
                with tempfile.TemporaryDirectory() as directory:
                    SCENARIOS[name](Path(directory))
                code = 0
            except BaseException:
                traceback.print_exc(file=sys.stdout)
            sys.stdout.flush()
            os._exit(code)
        good = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        bad += not good
        print(f"{'good' if good else 'BAD'} {name} {time.monotonic() - started:.1f}", flush=True)
    return 1 if bad else 0


def _isolated() -> None:
    """A host of its own: its network namespace, and /run with the names of others."""
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.unshare(CLONE_NEWNET | CLONE_NEWNS) == 0
    assert libc.mount(b"none", b"/", None, ctypes.c_ulong(0x44000), None) == 0  # MS_REC | MS_PRIVATE
    assert libc.mount(b"run", b"/run", b"tmpfs", ctypes.c_ulong(0), b"mode=755") == 0


if __name__ == "__main__":
    sys.exit(main())
