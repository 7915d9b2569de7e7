"""What the kernel, or another FRR, does with the addresses and interfaces that the rules refuse."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

import pytest

from frrcompile.facts import boundaries
from frrcompile.facts.addresses import no_host
from frrcompile.facts.releases import parse
from frrcompile.render.emit import frr_conf
from tests.compiling import compile_text
from tests.frr.installation import Installation
from tests.frr.patience import eventually
from tests.frr.router import Router
from tests.frr.sites.wires import links, local_mac, vni, wire

pytestmark = pytest.mark.frr

DAEMONS = ("mgmtd", "zebra", "bgpd")
GOOD = "100.65.0.1"


@contextmanager
def pair(installation: Installation) -> Iterator[tuple[Router, Router]]:
    """Two routers, eth1 to eth1, with 10.9.0.1 and 10.9.0.2."""
    with Router(installation, daemons=DAEMONS) as one, Router(installation, daemons=DAEMONS) as other:
        wire(one, "eth1", other, "eth1")
        for number, router in enumerate((one, other), 1):
            links(router, ["link set lo up", f"addr add 10.9.0.{number}/24 dev eth1", "link set eth1 up"])
        yield one, other


def speaker(number: int, *, router_id: str = "", networks: tuple[str, ...] = (), evpn: str = "") -> str:
    """The frr.conf of one of the two: AS 65001 and AS 65002, with a session in ipv4 unicast and l2vpn evpn."""
    peer = f"neighbor 10.9.0.{3 - number}"
    return "\n".join(
        [
            f"router bgp {65000 + number}",
            f" bgp router-id {router_id or f'10.0.0.{number}'}",
            " no bgp ebgp-requires-policy",
            f" {peer} remote-as {65003 - number}",
            f" {peer} timers connect 1",
            f" {peer} advertisement-interval 0",
            " address-family ipv4 unicast",
            *(f"  network {network}/32" for network in networks),
            " exit-address-family",
            " address-family l2vpn evpn",
            f"  {peer} activate",
            evpn,
            " exit-address-family",
            "exit",
            "",
        ]
    )


def established(router: Router, peer: str) -> bool:
    peers = router.json("show bgp ipv4 unicast summary json").get("peers", {})
    return bool(peers.get(peer, {}).get("state") == "Established")


def next_hops(router: Router, kind: str = "multicast") -> set[str]:
    """The next hops of the type-3 routes that a router has, or of other EVPN routes."""
    lines = router.cmd(f"show bgp l2vpn evpn route type {kind}").splitlines()
    return {found[0] for line in lines if (found := re.findall(r"^ {12,}([0-9a-f.:]*[.:][0-9a-f.:]+) +[0-9]", line))}


def announced(router: Router) -> set[str]:
    """The prefixes that a router has a best path for."""
    routes = router.json("show bgp ipv4 unicast json").get("routes", {})
    return {prefix for prefix, paths in routes.items() if any(path.get("bestpath") for path in paths)}


@pytest.mark.parametrize("address", ["239.65.0.1", "ff05::1", "fe80::5"])
def test_the_kernel_makes_no_tunnel_from_a_multicast_or_link_local_address(address: str) -> None:
    assert no_host(ip_address(address))
    making = ["unshare", "--net", "ip", "link", "add", "vx", "type", "vxlan", "id", "1", "dstport", "4789", "local"]
    assert subprocess.run([*making, GOOD], check=False).returncode == 0
    assert subprocess.run([*making, address], check=False, capture_output=True).returncode != 0


@pytest.mark.parametrize("address", ["127.5.0.1", "0.1.2.3"])
def test_no_router_takes_routes_to_a_loopback_vtep(installation: Installation, address: str) -> None:
    """8.4.4 ends the session for it, so that no other route arrives either."""
    assert no_host(ip_address(address))
    with pair(installation) as (one, other):
        links(one, [*vni(1, address), *vni(2, GOOD)])
        one.load(speaker(1, evpn="  advertise-all-vni"))
        assert eventually(lambda: {address, GOOD} <= next_hops(one))
        other.load(speaker(2))
        if installation.version.startswith("8.4"):
            assert eventually(lambda: f"sent martian nexthop {address}" in other.logs())
        else:
            assert eventually(lambda: GOOD in next_hops(other))
        assert address not in next_hops(other)


def test_what_frr_does_with_a_reserved_vtep(installation: Installation) -> None:
    """8.4.4 and 10.3 take neither its prefix nor its type-3 route, 10.7.1 takes both."""
    assert no_host(ip_address("240.65.0.1"))
    with pair(installation) as (one, other):
        links(one, [*vni(1, "240.65.0.1"), *vni(2, GOOD), "addr add 239.65.0.1/32 dev lo"])
        one.load(speaker(1, networks=(GOOD, "240.65.0.1", "239.65.0.1"), evpn="  advertise-all-vni"))
        assert eventually(lambda: f"{GOOD}/32" in announced(one))
        wanted = {f"{GOOD}/32"} | ({"240.65.0.1/32"} if installation.version.startswith("10.7") else set())
        assert eventually(lambda: announced(one) == wanted), announced(one)
        other.load(speaker(2))
        if installation.version.startswith("8.4"):
            assert eventually(lambda: "sent martian nexthop 240.65.0.1" in other.logs())
        else:
            assert eventually(lambda: GOOD in next_hops(other))
        assert ("240.65.0.1" in next_hops(other)) is installation.version.startswith("10.7")


def test_the_next_hop_of_an_ipv6_vtep(installation: Installation) -> None:
    """MOD805: before 10.6, EVPN routes of an IPv6 VTEP have the router id as next hop."""
    vtep, own = "2001:db8:65::1", "02:00:00:00:00:01"
    hop = vtep if parse(installation.version) >= boundaries.IPV6_VTEPS else "10.0.0.1"
    with Router(installation, daemons=DAEMONS) as router:
        links(router, [*vni(1, vtep), "link add port type veth peer name host"])
        links(router, ["link set port master br1", "link set port up"])
        router.load(speaker(1, evpn="  advertise-all-vni"))
        assert eventually(lambda: next_hops(router) == {hop}), next_hops(router)
        local_mac(router, own, "port", 1)
        assert eventually(lambda: next_hops(router, "macip") == {hop}), next_hops(router, "macip")


def test_frr_takes_a_router_id_that_rfc_4271_refuses(installation: Installation) -> None:
    with pair(installation) as (one, other):
        one.load(speaker(1, router_id="240.0.0.1"))
        other.load(speaker(2))
        assert eventually(lambda: established(other, "10.9.0.1"))


def test_a_session_over_an_interface_that_is_not_there_waits_without_a_word(installation: Installation) -> None:
    with pair(installation) as (one, other):
        one.load("".join(f"router bgp 65001\n neighbor eth{n} interface remote-as external\nexit\n" for n in (1, 9)))
        other.load("router bgp 65002\n neighbor eth1 interface remote-as external\nexit\n")
        assert eventually(lambda: established(one, "eth1"))
        assert not established(one, "eth9")


ISIS = """\
nodes: {node-0: {index: 0}}
router: {asn: 64514, id: 10.0.0.1}
underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512}]}
vtep: {ipv4: 100.65.0.1}
raw:
  - lines: |
      router isis fabric
       net 49.0001.1111.1111.1111.00
      exit
"""


def test_frr_loses_raw_lines_of_a_daemon_that_is_not_started(installation: Installation, tmp_path: Path) -> None:
    """With the daemons that the model needs, they are there."""
    node, _ = compile_text(ISIS, tmp_path)
    assert node
    for daemons in (("bgpd", "bfdd"), node.daemons):
        with Router(installation, daemons=("mgmtd", "zebra", "staticd", *daemons)) as router:
            router.load(frr_conf(node))
            assert ("router isis fabric" in router.running()) is ("isisd" in daemons)


def test_frr_refuses_what_compile_refuses_in_raw_lines(installation: Installation, tmp_path: Path) -> None:
    model = ISIS.replace("router isis fabric", "router bgp 64514").replace(
        "net 49.0001.1111.1111.1111.00", "bestpath x"
    )
    node, findings = compile_text(model, tmp_path)
    assert node is None
    assert [(one.code, one.span.line) for one in findings if one.code.startswith("FRR")] == [("FRR001", 8)]
    assert installation.check("router bgp 64514\n bestpath x\nexit\n").returncode != 0
    assert installation.check("debug r\n").returncode != 0
