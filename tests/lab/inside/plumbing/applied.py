"""What an apply makes, changes and repairs, and what the verbs print."""

from __future__ import annotations

import json
from pathlib import Path

from frrcompile.ir import links as ir
from frrcompile.plumb.losses import warning
from frrcompile.plumb.plan import plan
from frrcompile.plumb.state import NOTHING
from tests.lab.inside.plumbing.commands import frrcompile, numbers, sh
from tests.lab.inside.plumbing.dumps import dump, same, without_macs
from tests.lab.inside.plumbing.scenario import scenario
from tests.lab.inside.plumbing.worlds import BLOG_NODE, apply, model, todo, world


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
