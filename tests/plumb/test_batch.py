"""Operations as a script. What it makes in a kernel is in tests/lab/test_plan_script.py."""

from __future__ import annotations

import subprocess

import pytest

from frrcompile.plumb import operations as do
from frrcompile.plumb.batch import UnwritableError, script
from frrcompile.plumb.offline import offline
from frrcompile.plumb.ownership import group
from frrcompile.plumb.state import (
    Address,
    Bridge,
    Hop,
    Link,
    Macvlan,
    Neighbor,
    OvsPort,
    Route,
    Sysctl,
    Veth,
    Vlan,
    Vxlan,
)
from tests.conftest import ROOT
from tests.plumb.test_plan import GOLDENS, desired

MARK = group("me")

LINES: dict[str, tuple[do.Operation, str]] = {
    "a VLAN sub-interface": (
        do.AddLink("router", Link("eth2.10", Vlan("eth2", 10), mtu=9000)),
        f"link add link eth2 name eth2.10 mtu 9000 group {MARK} netns $router type vlan id 10",
    ),
    "a macvlan": (
        do.AddLink("router", Link("mv-e", Macvlan("e"))),
        f"link add link e name mv-e group {MARK} netns $router type macvlan mode bridge",
    ),
    "a pair, from the router's side": (
        do.AddLink(
            "router", Link("pe1", Veth("host1", "host"), mtu=1450), Link("host1", Veth("pe1", "router"), mtu=1450)
        ),
        f"link add name host1 mtu 1450 group {MARK} type veth peer name pe1 mtu 1450 group {MARK} netns $router",
    ),
    "a VXLAN over IPv6": (
        do.AddLink("router", Link("vni7", Vxlan(7, "2001:db8::1", 4789))),
        f"link add name vni7 group {MARK} type vxlan id 7 local 2001:db8::1 dstport 4789 nolearning",
    ),
    "a removal": (do.RemoveLink("host", Link("x", Bridge())), "link del dev x"),
    "no master": (do.SetLink("host", "x", "master", "y", None), "link set dev x nomaster"),
    "no ifalias": (do.SetLink("host", "x", "alias", "y", ""), 'link set dev x alias ""'),
    "a VTEP": (
        do.SetLink("router", "vni7", "kind", Vxlan(7, "192.0.2.1", 4789), Vxlan(7, "192.0.2.2", 4789)),
        "link set dev vni7 type vxlan id 7 local 192.0.2.2 dstport 4789 nolearning",
    ),
    "an address with all that it may have": (
        do.AddAddress("host", Address("x", "192.0.2.1/32", "192.0.2.2/32", "192.0.2.3", "x:1", 253, 0x202)),
        "addr add 192.0.2.1/32 dev x peer 192.0.2.2/32 broadcast 192.0.2.3 label x:1 scope 253 nodad noprefixroute",
    ),
    "an address that goes": (do.RemoveAddress("host", Address("x", "192.0.2.1/24")), "addr del 192.0.2.1/24 dev x"),
    "a default route": (
        do.AddRoute("host", Route("0.0.0.0/0", (Hop("x", "192.0.2.1", flags=4),), priority=100, protocol=16)),
        "route add 0.0.0.0/0 metric 100 proto 16 via 192.0.2.1 dev x onlink",
    ),
    "several next hops": (
        do.RemoveRoute("host", Route("::/0", (Hop("x", "fe80::1"), Hop("y", "fe80::2", 3)), table=7)),
        "route del ::/0 table 7 nexthop via fe80::1 dev x weight 1 nexthop via fe80::2 dev y weight 3",
    ),
    "a blackhole": (do.AddRoute("router", Route("192.0.2.0/24", (), kind=6)), "route add blackhole 192.0.2.0/24"),
    "the rule of VRFs": (
        do.AddRule("router", "ipv6"),
        'ip -n "$router" -6 rule show | grep -q l3mdev || ip -n "$router" -6 rule add l3mdev pref 1000',
    ),
    "the rule of VRFs goes": (do.RemoveRule("router", "ipv4"), 'ip -n "$router" -4 rule del l3mdev pref 1000'),
    "a neighbor": (
        do.AddNeighbor("router", Neighbor("x", "192.0.2.1", "02:00:00:00:00:01")),
        "neigh replace 192.0.2.1 lladdr 02:00:00:00:00:01 dev x nud permanent",
    ),
    "a neighbor that goes": (
        do.RemoveNeighbor("router", Neighbor("x", "192.0.2.1", "02:00:00:00:00:01")),
        "neigh del 192.0.2.1 dev x",
    ),
    "a sysctl": (do.SetSysctl("router", Sysctl("a/b", "1"), "0"), "echo 1 > /proc/sys/net/a/b"),
    "a sysctl that need not be there": (
        do.SetSysctl("router", Sysctl("a/b", "1", optional=True), "0"),
        "[ ! -e /proc/sys/net/a/b ] || echo 1 > /proc/sys/net/a/b",
    ),
    "a port of Open vSwitch": (
        do.AddOvsPort(OvsPort("br", "x", create=True)),
        "ovs-vsctl --may-exist add-br br -- --may-exist add-port br x",
    ),
    "a port that goes": (do.RemoveOvsPort(OvsPort("br", "x", create=False)), "ovs-vsctl --if-exists del-port br x"),
    "a NIC that goes home": (do.MoveLink("eth1", "router", "", ""), 'ip -n "$router" link set dev eth1 netns $$'),
}


@pytest.mark.parametrize("what", LINES)
def test_a_line(what: str) -> None:
    operation, line = LINES[what]
    assert line in script([operation], "me").splitlines()


def test_lines_of_one_namespace_are_one_batch() -> None:
    up = [do.SetLink("router", name, "up", False, True) for name in ("a", "b")]
    text = script([*up, do.SetLink("host", "c", "up", False, True)], "me")
    assert text.count("-batch") == 2
    assert "ip -n \"$router\" -batch - <<'END'\nlink set dev a up\nlink set dev b up\nEND\n" in text


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: path.parent.name)
def test_the_shell_takes_it(path: object) -> None:
    found = desired(ROOT / "golden" / str(path).split("/")[-2] / "input.yaml")
    text = script(offline(found, "me"), "me", found.keeping)
    done = subprocess.run(["sh", "-n"], input=text, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "name", ["$(reboot)", "`id`", "a#b", "a'b", 'a"b', "a\\b", "-batch", "a;b", "a|b", "a>b", "a&b"]
)
def test_a_name_that_means_something_to_a_shell_is_refused(name: str) -> None:
    link = Link(name, Bridge())
    for operation in (
        do.AddLink("host", link),
        do.RemoveLink("router", link),
        do.MoveLink(name, "host", "", ""),
        do.MoveLink(name, "router", "", ""),
        do.SetLink("host", "x", "master", None, name),
        do.SetLink("host", "x", "alias", "", name),
        do.AddAddress("host", Address(name, "192.0.2.1/24")),
        do.AddOvsPort(OvsPort("br", name, create=False)),
        do.AddOvsPort(OvsPort(name, "x", create=True)),
    ):
        with pytest.raises(UnwritableError, match="another name"):
            script([operation], "me")
