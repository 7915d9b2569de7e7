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

from frrcompile.cli import main
from frrcompile.ir import links as ir
from frrcompile.plumb.apply import ApplyError, Applying
from frrcompile.plumb.confirm import undo
from frrcompile.plumb.lock import LockedError
from frrcompile.plumb.losses import warning
from frrcompile.plumb.netns import NamespaceError
from frrcompile.plumb.operations import Operation
from frrcompile.plumb.plan import plan
from frrcompile.plumb.session import PlumbError, Todo, opened
from frrcompile.plumb.state import NOTHING, Desired
from frrcompile.plumb.state_file import Pending, load

NETNS = ("--netns", "frr")
OWNER = "frrcompile"
BLOG_NODE = str(Path(__file__).parents[3] / "golden" / "blog-node" / "input.yaml")
CLONE_NEWNET, CLONE_NEWNS = 0x40000000, 0x00020000
VOLATILE = {
    "ifindex",
    "link_index",
    "link_netnsid",
    "valid_life_time",
    "preferred_life_time",
    "dynamic",
    "qdisc",
    "fdb_n_learned",
}
FROM_MACS = {
    "operstate",
    "designated_root",
    "bridge_id",
    "root_id",
    "id",
    "no",
    "root_port",
    "designated_port",
    "designated_bridge",
}
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


def dump(router: str = "frr") -> dict[str, Any]:
    """What iproute2 says about both namespaces, without what changes by itself."""
    found: dict[str, Any] = {}
    for side, words in (("host", []), ("router", ["-n", router])):
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
    found["sysctls"] = sh(f"grep -rs . /proc/sys/net/ipv4/ip_forward {folders} | sort", netns=router)
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
        "ip netns exec frr sh -c 'echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad'",
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
        "ip route add 10.98.0.0/16 nexthop via 192.0.2.1 weight 2 nexthop via 192.0.2.2 weight 3",
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
    first, _ = apply(desired, state)
    lost = list(first.losses["eth0"].words)
    assert {"address 192.0.2.10/24", "address 2001:db8::10/64"} <= set(lost), lost
    assert "default route 0.0.0.0/0 via 192.0.2.1 dev eth0 metric 100" in lost, lost
    assert "route 10.99.0.0/16 via 192.0.2.1 dev eth0 table 200" in lost, lost
    assert warning(first.losses).startswith("the host's default route leaves with NIC eth0 ("), lost
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


@scenario
def changed(state: Path) -> None:
    """A change ends where a fresh apply does, and what is alike in both models keeps its index and counters."""
    world()
    before = dump()
    old = plan(model(3))
    other = model(
        2,
        loopback=("100.65.0.9/32",),
        nics=(ir.Nic("eth1", "move", None, None, ("10.8.2.1/31", "10.8.2.3/31"), 1500),),
        vrfs=(ir.VrfDevice("red", 1100), ir.VrfDevice("green", 1201)),
    )
    bridges = [bridge._replace(vrf="green" if bridge.vrf == "blue" else bridge.vrf) for bridge in other.bridges]
    new = plan(other._replace(bridges=tuple(bridges)))
    apply(new, state)
    fresh = dump()
    apply(NOTHING, state)
    same(dump(), before)
    apply(old, state)
    indexes = numbers()
    apply(new, state)
    for name in ("red", "br1", "vni1", "br2", "vni2", "pe1", "pe-d"):
        assert numbers()[name] == indexes[name], name
    same(without_macs(dump()), without_macs(fresh))
    apply(NOTHING, state)
    same(dump(), before)


@scenario
def interrupted(state: Path) -> None:
    """An apply that ends before one of its operations is completed by the next one, and by a teardown."""
    interrupted_before(state, 4)


@scenario
def interrupted_everywhere(state: Path) -> None:
    """The same before each operation."""
    interrupted_before(state, 1)


def interrupted_before(state: Path, step: int) -> None:
    world()
    before = dump()
    desired = plan(model(1))
    done, _ = apply(desired, state)
    clean = without_macs(dump())
    number = len(done.operations)
    apply(NOTHING, state)
    for turn, count in enumerate(range(0, number, step)):
        interrupted_apply(desired, state, count)
        if turn % 2:
            apply(desired, state)
            same(without_macs(dump()), clean)
            back = len(todo(NOTHING, state))
            interrupted_apply(NOTHING, state, count % back)
        apply(NOTHING, state)
        same(dump(), before)


@scenario
def killed(state: Path) -> None:
    """SIGKILL at any moment."""
    world()
    before = dump()
    desired = plan(model(6))
    for number in range(12):
        pid = os.fork()
        if pid == 0:
            apply(desired, state)
            os._exit(0)
        time.sleep(0.02 * number)
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        if number % 2:
            apply(desired, state)
            assert todo(desired, state) == []
        apply(NOTHING, state)
        same(dump(), before)


DAMAGES = (
    ("ip -n frr link del vni1", "vni1"),
    ("ip -n frr link del br1", "br1"),
    ("ip -n frr link del red", "red"),
    ("ip link del host1", "pe1"),
    ("ip -n frr link del eth1.10", "eth1.10"),
    ("ip -n frr link del mv0", "mv0"),
    ("ip link del hbr77", "hbr77"),
    ("ip -n frr addr del 10.1.1.1/24 dev br1", "10.1.1.1/24"),
    ("ip -n frr addr del fd01:1::1/64 dev br1", "fd01:1::1/64"),
    ("ip -n frr addr del 100.65.0.2/32 dev lo", "100.65.0.2/32"),
    ("ip -n frr addr del 192.0.2.10/24 dev eth0", "192.0.2.10/24"),
    ("ip addr del 10.7.0.0/31 dev host1", "10.7.0.0/31"),
    ("ip -n frr addr change fd01:1::1/64 dev br1 noprefixroute proto 0xf2", "fd01:1::1/64"),
    ("ip -n frr link set vni1 type bridge_slave learning on", "vni1"),
    ("ip -n frr link set vni1 type bridge_slave neigh_suppress off", "vni1"),
    ("ip -n frr link set vni1 mtu 1300", "vni1"),
    ("ip -n frr link set br1 mtu 1300", "br1"),
    ("ip link set host1 mtu 1300", "host1"),
    ("ip -n frr link set vni1 nomaster", "vni1"),
    ("ip -n frr link set br1 nomaster", "br1"),
    ("ip -n frr link set pe1 master blue", "pe1"),
    ("ip -n frr link set eth0 master blue", "eth0"),
    ("ip link set hl2-77 nomaster", "hl2-77"),
    ("ip -n frr link set br1 address 02:00:00:00:00:99", "br1"),
    ("ip -n frr link set vni1 addrgenmode eui64", "vni1"),
    ("ip -n frr link set vni1 type vxlan learning", "vni1"),
    ("ip -n frr link set vni1 type vxlan local 100.65.0.9", "vni1"),
    ("ip -n frr link set red down", "red"),
    ("ip -n frr link set vni1 down", "vni1"),
    ("ip -n frr link set eth0 down", "eth0"),
    ("ip -n frr link set lo down", "lo"),
    ("ip link set eth1 down", "eth1"),
    ("ip link set host1 down", "host1"),
    ("ip -n frr link set br1 alias ''", "br1"),
    ("ip -n frr link set br1 down; ip -n frr link set br1 name renamed", "br1"),
    ("ip -n frr rule del l3mdev pref 1000", "rule"),
    ("ip netns exec frr sh -c 'echo 0 >/proc/sys/net/ipv4/ip_forward'", "ip_forward"),
    ("ip netns exec frr sh -c 'echo 0 >/proc/sys/net/ipv6/conf/all/forwarding'", "forwarding"),
    ("ip netns exec frr sh -c 'echo 1 >/proc/sys/net/ipv4/conf/all/rp_filter'", "rp_filter"),
    ("ip netns exec frr sh -c 'echo 0 >/proc/sys/net/ipv4/conf/all/arp_accept'", "arp_accept"),
)


@scenario
def repaired(state: Path) -> None:
    """Whatever is changed by hand is named, and mended, and nothing else is touched."""
    world()
    before = dump()
    desired = plan(model(2))
    apply(desired, state)
    clean = without_macs(dump())
    bad = []
    for damage, word in DAMAGES:
        indexes = numbers()
        sh(damage)
        words = todo(desired, state)
        if not any(word in one for one in words):
            bad.append(f"{damage}: not named: {words}")
        apply(desired, state)
        try:
            same(without_macs(dump()), clean)
        except AssertionError as error:
            bad.append(f"{damage}: {error}")
        touched = {name for name in indexes if numbers().get(name) != indexes[name]}
        if "br2" in touched or "vni2" in touched or "blue" in touched:
            bad.append(f"{damage}: touched {touched}")
    assert not bad, "\n".join(bad)
    apply(NOTHING, state)
    same(dump(), before)


@scenario
def nothing_foreign_is_hurt(state: Path) -> None:
    """Links, addresses and routes of others, some with names and marks like ours, and another owner beside us."""
    world()
    sh(
        "ip -n frr link add br100 type bridge",
        "ip -n frr link add vni100 type vxlan id 100 local 10.255.0.1 dstport 4789",
        "ip -n frr link set vni100 master br100",
        "ip -n frr link add theirs type vrf table 77",
        "ip -n frr link set br100 alias frrcompile-2",
        "ip -n frr addr add 10.5.5.5/24 dev br100",
        "ip -n frr addr add 10.6.6.6/32 dev lo",
        "ip -n frr link set br100 up",
        "ip -n frr link set vni100 up",
        "ip -n frr route add 10.66.0.0/16 dev br100 proto static",
        "ip -n frr route add blackhole 10.67.0.0/16 table 1100",
        "ip link add br1 type bridge",
        "ip neigh add 203.0.113.3 lladdr 02:00:00:00:00:77 dev eth1 nud permanent",
        "ip rule add from 192.0.2.10 table 200",
        "ip netns add frr2",
        "ip netns exec frr2 sh -c 'echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad'",
        "ip link add eth2 type dummy",
    )
    before = dump()
    desired = plan(model(2))
    other = plan(
        ir.Links(
            loopback=("100.65.0.3/32",),
            nics=(ir.Nic("eth2", "move", None, None, ("10.9.9.1/24",), 1500),),
            vrfs=(ir.VrfDevice("red", 1100),),
            bridges=(ir.Bridge("br1", "red", None, (), 1450),),
            vxlans=(ir.Vxlan("vni1", 1, "100.65.0.3", "br1", 4789, 1450, True),),
            veths=(ir.Veth("hostX", "pe1", "red", ("10.7.2.0/31",), ("10.7.2.1/31",), 1450),),
        )
    )
    with opened(("--netns", "frr2"), "second", state, write=True) as plumbing:
        plumbing.apply(plumbing.todo(other), other)
    both = dump()
    second = dump("frr2")
    apply(desired, state)
    sh("ip -n frr addr add 10.1.1.55/24 dev br1", "ip -n frr -6 addr add fd99::1/64 dev br1 nodad")
    apply(plan(model(1)), state)
    addresses = sh("ip -n frr addr show br1")
    assert "10.1.1.55/24" in addresses
    assert "fd99::1/64" in addresses
    apply(NOTHING, state)
    same(dump(), both)
    same(dump("frr2"), second)
    with opened(("--netns", "frr2"), "second", state, write=True) as plumbing:
        plumbing.apply(plumbing.todo(NOTHING), NOTHING)
    same(dump(), before)


@scenario
def one_at_a_time(state: Path) -> None:
    """The locks of the owner and of the namespace, and an owner that is in use for another namespace."""
    world()
    sh("ip netns add frr2")
    desired = plan(model(1))
    with opened(NETNS, OWNER, state, write=True):
        refused("another process works for owner 'frrcompile'", lambda: apply(desired, state))
        refused("another process works for this namespace: process", lambda: apply(desired, state, "second"))
        todo(desired, state)
    apply(desired, state)

    def elsewhere() -> None:
        with opened(("--netns", "frr2"), OWNER, state, write=True) as plumbing:
            plumbing.todo(plan(ir.Links(loopback=("100.65.0.3/32",))))

    refused("owner 'frrcompile' is in use for another namespace (--netns frr)", elsewhere)
    sh("ip netns del frr")
    elsewhere()


@scenario
def one_owner(state: Path) -> None:
    """Another owner's namespace is refused by every verb, and a teardown without a state of one's own removes no address."""
    world()
    addresses = ("ip -4 -o addr", "ip -4 -n frr -o addr")
    where = ("--netns", "frr", "--state")
    second = (*where, str(state / "second"), "--owner", "b")
    assert frrcompile("apply", BLOG_NODE, *where, str(state / "first")).returncode == 0
    before = sh(*addresses)
    for verb in ("plan", "verify", "apply", "teardown"):
        done = frrcompile(verb, BLOG_NODE, *second)
        assert (done.returncode, done.stdout) == (2, ""), done
        assert done.stderr.count("\n") == 1, done
        assert "FRR's namespace belongs to owner 'frrcompile', who has links in it (" in done.stderr, done
    assert sh(*addresses) == before
    assert frrcompile("teardown", BLOG_NODE, *where, str(state / "first")).returncode == 0
    # Addresses on lo alone: no link has a mark.
    desired = plan(ir.Links(loopback=("100.65.0.9/32",)))
    apply(desired, state / "first")
    before = sh(*addresses)
    with opened(NETNS, "b", state / "second", write=True) as plumbing:
        found = plumbing.todo(NOTHING, desired)
        assert found.operations == [], found.operations
    assert sh(*addresses) == before
    apply(NOTHING, state / "first")
    assert "100.65.0.9" not in sh("ip -n frr addr show lo")


@scenario
def in_the_way(state: Path) -> None:
    """One sentence for each thing that stands in the way, and nothing is changed."""
    world()
    desired = plan(model(1))
    for line, words, back in (
        (
            "ip -n frr link add br1 type bridge",
            "the name br1 is taken in the router: that bridge",
            "ip -n frr link del br1",
        ),
        ("ip link add host1 type dummy", "the name host1 is taken on the host: that dummy", "ip link del host1"),
        ("ip -n frr link add v type vrf table 1100", "table 1100 of VRF red is taken", "ip -n frr link del v"),
        (
            "ip -n frr link add x type vxlan id 1 dstport 4789 local 1.1.1.1",
            "VNI 1 on UDP port 4789 is taken",
            "ip -n frr link del x",
        ),
        (
            "ip link set eth0 mtu 1400",
            "eth0 has an MTU of 1400 bytes, and the model says 1500",
            "ip link set eth0 mtu 9000",
        ),
        ("ip link set eth1 mtu 1400", "eth1 has an MTU of 1400 bytes", "ip link set eth1 mtu 1500"),
        ("ip link set eth0 name ethX", "there is no NIC eth0", "ip link set ethX name eth0"),
        (
            "ip link add bond0 type bridge; ip link set eth0 master bond0",
            "NIC eth0 is a port of bond0",
            "ip link del bond0",
        ),
        (
            "ip link add dev y type dummy; ip link set y netns frr name eth0",
            "eth0 is in the router's namespace already",
            "ip -n frr link del eth0",
        ),
    ):
        sh(line)
        before = dump()
        refused(words, lambda: apply(desired, state))
        same(dump(), before)
        sh(back)
    refused("there is no network namespace nowhere", lambda: located("--netns", "nowhere"))
    assert not Path("/run/netns/nowhere").exists()
    refused("is not a network namespace", lambda: located("--netns", "/proc/self/ns/mnt"))
    refused("there is no process 4000000", lambda: located("--pid", "4000000"))
    refused("FRR's namespace is the one that this command runs in", lambda: located("--pid", str(os.getpid())))
    refused("--pid 1 leads to the namespace of process 1, which is the machine's own", lambda: located("--pid", "1"))
    apply(desired, state)


@scenario
def no_vxlan_in_the_kernel(state: Path) -> None:
    """The host keeps its NIC, and the next apply or teardown goes on from there."""
    world()
    before = dump()
    desired = plan(model(1))
    modprobe = Path("/proc/sys/kernel/modprobe")
    program = modprobe.read_text()
    sh("mount -t sysfs sys /sys")  # rmmod looks there
    until(lambda: subprocess.run(["rmmod", "vxlan"], capture_output=True, check=False).returncode == 0)
    try:
        modprobe.write_text("/bin/false\n")
        refused(
            "local 100.65.0.2, UDP port 4789, MTU 1450: this kernel has no VXLAN devices; load or install the module `vxlan`",
            lambda: apply(desired, state),
        )
        refused("`frrcompile plumb teardown` undoes all of it", lambda: apply(desired, state))
        assert "192.0.2.10/24" in sh("ip addr show eth0")
    finally:
        modprobe.write_text(program)
        sh("modprobe vxlan")
    apply(desired, state)
    assert todo(desired, state) == []
    apply(NOTHING, state)
    same(dump(), before)


@scenario
def namespace_gone_half_way(state: Path) -> None:
    """The name leads to another namespace, or to none, when everything is done: that is said."""
    for again in (False, True):
        world()
        desired = plan(model(1))
        with opened(NETNS, OWNER, state, write=True) as plumbing:
            found = plumbing.todo(desired)
            carry_out = Applying.carry_out

            def some(self: Applying, operations: list[Operation]) -> None:
                carry_out(self, operations[:20])  # noqa: B023
                sh("ip netns del frr", *(["ip netns add frr"] if again else []))  # noqa: B023
                carry_out(self, operations[20:])  # noqa: B023

            Applying.carry_out = some  # type: ignore[assignment, method-assign]
            try:
                words = "leads to another namespace than before" if again else "the router's namespace is gone"
                refused(words, lambda: plumbing.apply(found, desired))  # noqa: B023
            finally:
                Applying.carry_out = carry_out  # type: ignore[method-assign]
        with opened(NETNS, OWNER, state, write=True, gone=True) as plumbing:
            found = plumbing.todo(NOTHING)
            assert "NIC eth0 is neither on the host nor in the router" in found.warnings[0]  # a dummy dies with it
            plumbing.apply(found, NOTHING)
        assert set(re.findall(r"^\d+: ([^:@]+)", sh("ip -o link"), re.MULTILINE)) == {"lo", "eth1", "leaf1"}
        assert list(state.iterdir()) == []
        sh("ip link del eth1", *(["ip netns del frr"] if again else []))


@scenario
def state_file_lost(state: Path) -> None:
    """Without the state file a NIC goes home with the addresses that it kept; what is not known is said."""
    world()
    before = dump()
    desired = plan(model(1))
    apply(desired, state)
    (file,) = state.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    content = file.read_bytes()
    file.write_bytes(content.replace(b"192.0.2.10", b"192.0.2.99"))
    nothing = NOTHING._replace(keeping=desired.keeping)
    with opened(NETNS, OWNER, state, write=True) as plumbing:
        found = plumbing.todo(nothing, desired)
        assert "the state file is damaged" in found.warnings[0]
        assert "NIC eth0 goes back to the host without the addresses and routes" in found.warnings[1]
        plumbing.apply(found, nothing)
    after = dump()
    assert "192.0.2.10/24" in sh("ip addr show eth0")
    assert "100.65.0.2" not in sh("ip -n frr addr show lo"), "the model and the owner's links say whose it is"
    for key in ("host -d link", "router -6 rule", "router rule", "host neigh", "router neigh"):
        if key == "host -d link":
            one, other = (sorted(link["ifname"] for link in what[key]) for what in (before, after))
            assert one == other


@scenario
def teardown_without_a_model(state: Path) -> None:
    """The state file and the marks in the kernel are enough: the model may be broken, or not there."""
    world()
    before = dump()
    where = ("--netns", "frr", "--state", str(state))
    broken = state / "broken.yaml"
    broken.write_text("nodes: {k0: {index: 0}}\n")
    for models, said in (
        ((), ""),
        ((str(broken),), "the model is left aside"),
        ((str(state / "none"),), "No such file or directory"),
    ):
        assert frrcompile("apply", BLOG_NODE, *where).returncode == 0
        done = frrcompile("teardown", *models, *where)
        assert done.returncode == 0, done
        assert said in done.stderr, done
        assert "owner frrcompile:\n" in done.stdout, done
        same(dump(), before)
        assert not (state / "frrcompile.json").exists()
    assert frrcompile("apply", BLOG_NODE, *where).returncode == 0
    (state / "frrcompile.json").unlink()
    done = frrcompile("teardown", *where)
    assert "address 100.65.0.2/32 on lo in the router stays: frrcompile added it" in done.stderr, done
    assert re.findall(r"^\d+: ([^:@]+)", sh("ip -n frr -o link"), re.MULTILINE) == ["lo"]


@scenario
def command_line(state: Path) -> None:
    """The verbs and their exit codes."""
    world()
    sh("ip link set eth1 down")
    before = dump()
    where = ("--netns", "frr", "--state", str(state))
    assert frrcompile("plan", BLOG_NODE, *where).returncode == 1
    same(dump(), before)
    assert frrcompile("verify", BLOG_NODE, *where).returncode == 1
    done = frrcompile("apply", BLOG_NODE, *where)
    assert (done.returncode, done.stderr) == (0, ""), done
    assert "+ vxlan vni100 in the router: VNI 100, local 100.65.0.2, UDP port 4789, MTU 1450" in done.stdout
    assert (
        frrcompile("plan", BLOG_NODE, *where).stdout
        == "k0-control-plane: nothing would change\nThe pods' MTU is 1450 bytes at most.\n"
    )
    assert frrcompile("plan", BLOG_NODE, *where).returncode == 0
    assert frrcompile("verify", BLOG_NODE, *where).returncode == 0
    again = frrcompile("apply", BLOG_NODE, *where)
    assert (again.returncode, again.stdout) == (0, "k0-control-plane: nothing was to be done\n")
    sh("ip link del frr0")
    drift = frrcompile("verify", BLOG_NODE, *where)
    assert drift.stdout == "missing: veth frr1 <-> frr0 in the router: MTU 1450\n", "what it has goes with it"
    assert frrcompile("apply", BLOG_NODE, *where).returncode == 0
    sh("ip -n frr link set vni100 type bridge_slave learning on")
    drift = frrcompile("verify", BLOG_NODE, *where)
    assert drift.returncode == 1
    assert drift.stdout == (
        "different: vni100 in the router: bridge port neigh_suppress on learning on -> neigh_suppress on learning off\n"
    )
    as_json = json.loads(frrcompile("verify", BLOG_NODE, *where, "--format", "json").stdout)
    assert len(as_json["operations"]) == 1, as_json
    assert "Done: 1 operation in 1 message.\n" in frrcompile("apply", BLOG_NODE, *where).stdout
    assert frrcompile("teardown", BLOG_NODE, *where).returncode == 0
    same(dump(), before)
    sh("ip -n frr link add br100 type dummy")
    taken = frrcompile("apply", BLOG_NODE, *where)
    assert (taken.returncode, taken.stdout) == (2, "")
    assert taken.stderr.startswith("frrcompile: the name br100 is taken in the router: that dummy was not made by"), (
        taken
    )
    unprivileged = frrcompile("plan", BLOG_NODE, *where, user=65534)
    assert unprivileged.returncode == 2
    assert "no permission" in unprivileged.stderr, unprivileged
    assert "Traceback" not in unprivileged.stderr


@scenario
def confirmed(state: Path) -> None:
    """`apply --confirm` goes back to what was applied before, also when it was killed; `confirm` keeps it."""
    world()
    before = dump()
    where = ("--state", str(state))
    nothing = frrcompile("confirm", *where)
    assert (nothing.returncode, nothing.stdout) == (2, "")
    done = frrcompile("apply", BLOG_NODE, "--netns", "frr", *where, "--confirm", "15")
    assert done.returncode == 0, done
    assert "This is undone in 15 s" in done.stderr
    assert frrcompile("verify", BLOG_NODE, "--netns", "frr", *where).returncode == 0
    waits = frrcompile("apply", BLOG_NODE, "--netns", "frr", *where).stderr
    assert f"run `frrcompile plumb confirm --owner {OWNER} --state {state}`" in waits, waits
    until_gone(state)
    same(dump(), before)
    assert "it was not confirmed within 15 s" in frrcompile("confirm", *where).stderr
    # Confirmed: it stays.
    assert frrcompile("apply", BLOG_NODE, "--netns", "frr", *where, "--confirm", "10").returncode == 0
    assert frrcompile("confirm", *where).returncode == 0
    until_gone(state)
    applied = dump()
    assert frrcompile("verify", BLOG_NODE, "--netns", "frr", *where).returncode == 0
    # A change of what was confirmed, killed half-way: back to what was confirmed.
    pid = os.fork()
    if pid == 0:
        carry_out = Applying.carry_out

        def some(self: Applying, operations: list[Operation]) -> None:
            carry_out(self, operations[: len(operations) // 2])
            os.kill(os.getpid(), 9)

        Applying.carry_out = some  # type: ignore[assignment, method-assign]
        other = state / "other.yaml"
        other.write_text(
            Path(BLOG_NODE).read_text().replace("vni: 100", "vni: 101").replace("table: 1100", "table: 1101")
        )
        main(["plumb", "apply", str(other), "--netns", "frr", *where, "--confirm", "3"])
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -9
    assert dump() != applied
    until_gone(state)
    same(without_macs(dump()), without_macs(applied))
    assert frrcompile("teardown", BLOG_NODE, "--netns", "frr", *where).returncode == 0
    same(dump(), before)


@scenario
def namespace_gone(state: Path) -> None:
    """The namespace ends with all that is in it: a teardown gives the NIC that came home its addresses and routes."""
    first_world()
    before = dump()
    desired = plan(model(1, nics=(ir.Nic("vec0", "move", None, None, (), 1500),)))
    apply(desired, state)
    sh("ip netns del frr")
    until(lambda: "vec0" in sh("ip -br link"))
    sh("ip netns add frr")
    with opened(NETNS, OWNER, state, write=True, gone=True) as plumbing:
        plumbing.apply(plumbing.todo(NOTHING), NOTHING)
    same(dump(), before)
    # A new namespace in the place of the old one: an apply makes all of it again.
    apply(desired, state)
    sh("ip netns del frr")
    until(lambda: "vec0" in sh("ip -br link"))
    sh("ip netns add frr")
    apply(desired, state)
    assert todo(desired, state) == []
    sh("ip netns del frr")
    until(lambda: "vec0" in sh("ip -br link"))
    with opened(NETNS, OWNER, state, write=True, gone=True) as plumbing:
        plumbing.apply(plumbing.todo(NOTHING), NOTHING)
    sh("ip netns add frr")
    same(dump(), before)
    sh("ip netns del frr", "ip addr flush dev vec0", "ip link set vec0 down")


@scenario
def undone_without_namespace(state: Path) -> None:
    """The namespace ends while an apply waits for confirmation: the NIC gets back what it had, and moves nowhere."""
    first_world()
    before = dump()
    old = plan(model(1, nics=(ir.Nic("vec0", "move", None, None, (), 1500),)))
    new = plan(model(2, nics=(ir.Nic("vec0", "move", None, None, ("10.0.0.1/31",), 1500),)))
    apply(old, state)
    with opened(NETNS, OWNER, state, write=True) as plumbing:
        plumbing.apply(plumbing.todo(new), new, pending=Pending("token", 1, old))
    sh("ip netns del frr")
    until(lambda: "vec0" in sh("ip -br link"))
    with opened(NETNS, OWNER, state, write=True, gone=True) as plumbing:
        found = plumbing.todo(NOTHING)
        refused("the router's namespace is gone; nothing was changed", lambda: plumbing.apply(found, old))
    undo(OWNER, state, "token", 0)
    assert "was not confirmed" in load(state, OWNER).note
    sh("ip netns add frr")
    same(dump(), before)
    sh("ip netns del frr", "ip addr flush dev vec0", "ip link set vec0 down")


def first_world() -> None:
    """The machine's first namespace as the host: a NIC comes home to it when its namespace ends. vec0 has a driver."""
    first = os.open("/proc/1/ns/net", os.O_RDONLY)
    assert ctypes.CDLL(None).setns(first, CLONE_NEWNET) == 0
    os.close(first)
    sh(
        "ip netns add frr",
        "ip link set lo up",
        "ip link set vec0 up",
        "ip addr add 192.0.2.10/24 dev vec0",
        "ip -6 addr add 2001:db8::10/64 dev vec0 nodad",
        "ip route add default via 192.0.2.1",
        "ip -6 route add default via 2001:db8::1",
    )


def frrcompile(step: str, *words: str, user: int | None = None) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "frrcompile", "plumb", step, *words]
    return subprocess.run(argv, capture_output=True, text=True, check=False, user=user)


def until(condition: Callable[[], bool]) -> None:
    """Waits until it is so; AssertionError after 60 s."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def until_gone(state: Path) -> None:
    """Waits for the end of the process that undoes."""
    until(lambda: not list(state.glob("*.undo-*")))


def refused(words: str, function: Callable[[], object]) -> None:
    """AssertionError where the function does not fail with these words."""
    said = ""
    try:
        function()
    except (PlumbError, LockedError, NamespaceError, ApplyError) as error:
        said = str(error)
    assert words in said, said
    assert "\n" not in said, said


def located(*found: str) -> None:
    with opened(found, OWNER, Path("/tmp"), write=False):
        pass


def interrupted_apply(desired: Desired, state: Path, count: int) -> None:
    """An apply that ends before the operation with this number, as SIGKILL ends it."""
    with opened(NETNS, OWNER, state, write=True) as plumbing:
        found = plumbing.todo(desired)
        carry_out = Applying.carry_out

        def some(self: Applying, operations: list[Operation]) -> None:
            carry_out(self, operations[:count])
            raise InterruptedError

        Applying.carry_out = some  # type: ignore[assignment, method-assign]
        try:
            plumbing.apply(found, desired)
        except InterruptedError:
            pass
        finally:
            Applying.carry_out = carry_out  # type: ignore[method-assign]


def numbers() -> dict[str, int]:
    """The interface index of each link of the router."""
    return {one["ifname"]: one["ifindex"] for one in json.loads(sh("ip -n frr -j link"))}


def without_macs(found: dict[str, Any]) -> dict[str, Any]:
    """A dump without the MAC addresses that the kernel draws, and what follows from them."""

    def clean(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: clean(one) for key, one in value.items() if key not in FROM_MACS}
        if isinstance(value, list):
            return sorted((one for one in map(clean, value) if "fe80::" not in str(one)), key=str)
        return (
            "-" if isinstance(value, str) and re.fullmatch(r"(?!02:00)(?:[0-9a-f]{2}:){5}[0-9a-f]{2}", value) else value
        )

    return {key: clean(one) for key, one in found.items()}


def run_all() -> int:
    names = sys.argv[1:] or [name for name in SCENARIOS if name != "interrupted_everywhere"]
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
    sys.exit(run_all())
