"""Hosts to begin with, and random models for them."""

from __future__ import annotations

from hypothesis import strategies as st

from frrcompile.ir import links as ir
from frrcompile.plumb.before import Before, kept, remembered
from frrcompile.plumb.changes import changes
from frrcompile.plumb.observed import SeenAddress
from frrcompile.plumb.obstacles import obstacles
from frrcompile.plumb.operations import Operation
from frrcompile.plumb.ownership import PROTOCOL, mark
from frrcompile.plumb.plan import plan
from frrcompile.plumb.state import Address, Bridge, Desired, Hop, Route, Vrf
from tests.plumb.twin import Twin, permanent

OWNER = "frrcompile"


def world(*, forwarding: bool = False, loopback_up: bool = False, foreign_vrf: bool = True) -> Twin:
    """A host with three NICs, eth0 with its default route, and links of others on both sides with names like ours."""
    twin = Twin(OWNER)
    eth0 = twin.nic("host", "eth0", up=True, mtu=9000)
    eth0.addresses += [
        SeenAddress(Address("eth0", "192.0.2.10/24", broadcast="192.0.2.255")),
        SeenAddress(Address("eth0", "192.0.2.11/24"), secondary=True),
        SeenAddress(Address("eth0", "2001:db8::10/64")),
    ]
    twin.nic("host", "eth1", up=False, alias="to leaf 2").addresses.append(
        SeenAddress(Address("eth1", "198.51.100.2/31"))
    )
    twin.nic("host", "eth2", up=True)
    twin.nic("host", "hbr-there", word="bridge", up=True)
    twin.nic("host", "frr-other", Bridge(), word="bridge", alias=mark("another"), up=True)
    twin.routes["host"] += [
        Route("0.0.0.0/0", (Hop("eth0", "192.0.2.1"),), protocol=16, priority=100),
        Route("203.0.113.0/24", (Hop("eth0", "192.0.2.1"),), protocol=4, table=200, metrics=((2, 1400),)),
        Route("::/0", (Hop("eth0", "2001:db8::1"),), protocol=3),
        Route("198.18.0.0/15", (Hop("eth2"),), protocol=3),
    ]
    lo = twin.nic("router", "lo", up=loopback_up)
    lo.addresses += [SeenAddress(Address("lo", "127.0.0.1/8"), protocol=1)]
    if foreign_vrf:
        twin.nic("router", "foreign", Vrf(7), word="vrf", up=True)
        twin.had_vrf, twin.rules = True, {"ipv4", "ipv6"}
    port = twin.nic("router", "br9999", word="dummy", master="foreign" if foreign_vrf else None, up=True)
    port.addresses.append(SeenAddress(Address("br9999", "10.1.0.77/24")))
    twin.neighbors["router"].append(permanent("br9999", "10.1.0.78", "02:00:00:00:00:01"))
    on, off = ("1", "0") if forwarding else ("0", "1")
    twin.sysctls = {
        "ipv4/ip_forward": on,
        "ipv4/conf/all/accept_redirects": off,
        "ipv4/conf/default/forwarding": off,
        "ipv6/conf/all/forwarding": on,
        "ipv6/conf/default/forwarding": on,
        "ipv4/conf/all/rp_filter": "2",
        "ipv4/conf/default/rp_filter": "0",
        "ipv4/conf/all/arp_accept": "0",
        "ipv6/conf/all/keep_addr_on_down": "0",
        "ipv6/conf/default/keep_addr_on_down": "0",
    }
    return twin


def operations(twin: Twin, desired: Desired, before: Before) -> tuple[list[Operation], Before]:
    """What is to be done, and what is to be remembered before that."""
    kernel = twin.observe()
    assert obstacles(desired, kernel, OWNER) == []
    before = remembered(desired, kernel, before, OWNER)
    return changes(desired, kernel, before, OWNER), before


def apply(twin: Twin, desired: Desired, before: Before = Before()) -> Before:  # noqa: B008
    """Does all of it."""
    todo, before = operations(twin, desired, before)
    for operation in todo:
        twin.carry_out(operation)
    return kept(desired, before)


@st.composite
def models(draw: st.DrawFn) -> Desired:
    """A random node, as `plan` has it."""
    nics: list[ir.Nic] = []
    for name in ("eth0", "eth1", "eth2"):
        match draw(st.sampled_from(["host", "moved", "keeping", "vlan", "vlan", "two vlans"])):
            case "moved":
                addresses = draw(
                    st.sets(
                        st.sampled_from([f"10.9.{name[-1]}.1/24", f"10.9.{name[-1]}.2/24", "2001:db8:9::1/64"]),
                        min_size=1,
                    )
                )
                nics.append(ir.Nic(name, "move", None, None, tuple(sorted(addresses)), 1500))
            case "keeping":
                nics.append(ir.Nic(name, "move", None, None, (), 1500))
            case "vlan":
                number = draw(st.sampled_from([10, 20]))
                nics.append(
                    ir.Nic(
                        f"{name}.{number}", "vlan", name, number, ("10.8.0.1/31",), draw(st.sampled_from([1400, 1500]))
                    )
                )
            case "two vlans":
                nics += [ir.Nic(f"{name}.{number}", "vlan", name, number, (), 1500) for number in (10, 20)]
    vrfs = [
        ir.VrfDevice(name, table)
        for name in draw(st.sets(st.sampled_from(["red", "blue", "green"])))
        for table in [draw(st.sampled_from(_TABLES[name]))]
    ]
    local = draw(st.sampled_from(["100.65.0.1", "100.65.0.2", "fd00::1"]))
    bridges, vxlans, host_bridges, segments = [], [], [], []
    for vni in sorted(draw(st.sets(st.sampled_from([100, 200, 300])))):
        name = draw(st.sampled_from(["br{}", "bridge{}"])).format(vni)
        vrf = draw(st.sampled_from([None, *(one.name for one in vrfs)]))
        gateways = draw(st.sets(st.sampled_from(["10.1.0.1/24", "10.1.0.2/24", "2001:db8:1::1/64"]))) if vrf else set()
        # A bridge without a MAC address in the model keeps the one that it has.
        mac = draw(st.sampled_from(["02:00:00:00:00:01", "02:00:00:00:00:02"]))
        mtu = draw(st.sampled_from([1400, 1450]))
        bridges.append(ir.Bridge(name, vrf, mac, tuple(sorted(gateways)), mtu))
        port = draw(st.sampled_from([4789, 8472]))
        vxlans.append(ir.Vxlan(f"vni{vni}", vni, local, name, port, mtu, draw(st.booleans())))
        match draw(st.sampled_from(["none", "made", "there", "ovs"])):
            case "made":
                host_bridges.append(ir.HostBridge(f"hbr{vni}", "linux", True))
            case "there":
                host_bridges.append(ir.HostBridge("hbr-there", "linux", False))
            case "ovs":
                host_bridges.append(ir.HostBridge("ovs0", "ovs", True))
            case _:
                continue
        segments.append(ir.SegmentVeth(f"hl2-{vni}", f"pl2-{vni}", name, host_bridges[-1].name, mtu))
    veths = []
    for table in sorted(draw(st.sets(st.sampled_from([1, 2])))):
        vrf = draw(st.sampled_from([None, *(one.name for one in vrfs)]))
        router = draw(st.sampled_from([f"pe{table}", f"frr{table}"]))
        inside = draw(st.sampled_from([("10.7.0.1/31",), ("10.7.0.1/31", "fd07::1/127"), ()]))
        outside = draw(st.sampled_from([("10.7.0.0/31",), ("10.7.0.0/31", "fd07::/127")]))
        veths.append(ir.Veth(f"host{table}", router, vrf, outside, inside, 1450))
    return plan(
        ir.Links(
            loopback=draw(st.sampled_from([(), (f"{local}/{128 if ':' in local else 32}",)])),
            nics=tuple(nics),
            vrfs=tuple(vrfs),
            bridges=tuple(bridges),
            vxlans=tuple(vxlans),
            veths=tuple(veths),
            host_bridges=tuple(host_bridges),
            segment_veths=tuple(segments),
        )
    )


_TABLES = {"red": (11, 12), "blue": (12, 13), "green": (14, 15)}
# red and blue never share a table in one model: `models` draws them apart, and the strategy below filters the rest.


def consistent(desired: Desired) -> bool:
    """Whether its tables are unique, as the compiler's rules have it."""
    tables = [link.kind.table for link in desired.router.links if isinstance(link.kind, Vrf)]
    return len(set(tables)) == len(tables)


def marked(address: str, link: str) -> SeenAddress:
    """An address of ours."""
    return SeenAddress(Address(link, address), PROTOCOL)
