"""The links of a node as lowered: how they come, what they are called, their MTUs."""

from __future__ import annotations

from pathlib import Path

import pytest

from frrcompile.ir.links import Links
from tests.compiling import compile_text

MODEL = """\
nodes: {node-0: {index: 0}}
router: {asn: 64514, ebgp-requires-policy: false}
underlay:
  interfaces: [{name: eth1, mtu: 9000}]
  neighbors: [{address: 192.0.2.1, remote-as: 64512}]
vtep: {ipv4: 100.65.0.1, ipv6: "2001:db8::1"}
vrfs:
  red: {table: 10, l3vni: {vni: 100}, host-session: {asn: 1, ipv4: {pool: 10.0.0.0/24}}}
  bare: {table: 20, host-session: {asn: 1, ipv4: {pool: 10.0.1.0/24}}}
passthrough: {asn: 1, ipv4: {pool: 10.0.2.0/24}}
l2vnis:
  - {vni: 110, vrf: red, host-bridge: {}}
  - {vni: 120, underlay: ipv6, host-leg: {}}
  - {vni: 130, mtu: 1400, vrf: red, host-leg: {name: tenant0}}
"""


def links(text: str, directory: Path) -> Links:
    router, findings = compile_text(text, directory)
    assert router, findings
    return router.links


def mtus(found: Links) -> dict[str, int]:
    """The MTU of every link of a packet's path, by the link's name; both legs of a pair have the same."""
    one = {link.name: link.mtu for kind in (found.nics, found.bridges, found.vxlans) for link in kind}
    return one | {pair.host: pair.mtu for kind in (found.veths, found.segment_veths) for pair in kind}


@pytest.mark.parametrize(
    ("interface", "expected"),
    [
        ("{name: eth1}", ("eth1", "move", None, None)),
        ("{name: eth1, attach: move}", ("eth1", "move", None, None)),
        ("{name: eth1, vlan: 10}", ("eth1.10", "vlan", "eth1", 10)),
        ("{name: eth1, vlan: 10, attach: vlan, link-name: x}", ("x", "vlan", "eth1", 10)),
        ("{name: enp65s0f0np0, attach: macvlan}", ("mv-enp65s0f0np0", "macvlan", "enp65s0f0np0", None)),
        ("{name: eth1, attach: macvlan, link-name: x}", ("x", "macvlan", "eth1", None)),
        ("{name: net1, attach: present}", ("net1", "present", None, None)),
    ],
)
def test_how_a_link_comes(interface: str, expected: tuple[object, ...], tmp_path: Path) -> None:
    (nic,) = links(MODEL.replace("{name: eth1, mtu: 9000}", interface), tmp_path).nics
    assert (nic.name, nic.attach, nic.parent, nic.vlan) == expected


def test_a_nic_may_have_several_links_that_are_made(tmp_path: Path) -> None:
    several = "{name: e, vlan: 10}, {name: e, vlan: 20}, {name: e, attach: macvlan}"
    found = links(MODEL.replace("{name: eth1, mtu: 9000}", several), tmp_path)
    assert [nic.name for nic in found.nics] == ["e.10", "e.20", "mv-e"]


def test_an_end_on_the_host_is_a_port_of_a_bridge_or_is_left_for_others(tmp_path: Path) -> None:
    found = links(MODEL, tmp_path)
    assert [(pair.host, pair.host_bridge) for pair in found.segment_veths] == [
        ("hl2-110", "hbr110"),
        ("hl2-120", None),
        ("tenant0", None),
    ]
    assert [bridge.name for bridge in found.host_bridges] == ["hbr110"]


def test_every_link_of_the_path_has_room_for_what_vxlan_adds(tmp_path: Path) -> None:
    assert mtus(links(MODEL, tmp_path)) == {
        "eth1": 9000,
        **{"br100": 8950, "vni100": 8950, "host10": 8950},
        **{"br110": 8950, "vni110": 8950, "hl2-110": 8950},
        **{"br120": 8930, "vni120": 8930, "hl2-120": 8930},
        **{"br130": 1400, "vni130": 1400, "tenant0": 1400},
        **{"host20": 9000, "host-default": 9000},  # no VXLAN: no VNI in this VRF
    }


def test_the_smallest_nic_counts(tmp_path: Path) -> None:
    smaller = MODEL.replace("mtu: 9000}", "mtu: 9000}, {name: eth2, mtu: 1600}")
    found = mtus(links(smaller, tmp_path))
    assert (found["host10"], found["vni120"], found["host-default"]) == (1550, 1530, 1600)


def test_a_host_session_has_room_for_the_larger_of_its_vnis_headers(tmp_path: Path) -> None:
    mixed = MODEL.replace("{vni: 110,", "{vni: 110, underlay: ipv6,")
    found = mtus(links(mixed, tmp_path))
    assert (found["host10"], found["vni100"], found["vni110"]) == (8930, 8950, 8930)
    no_l3vni = mixed.replace("l3vni: {vni: 100}, ", "")
    assert mtus(links(no_l3vni, tmp_path))["host10"] == 8930


def test_an_ipv6_gateway_has_a_link_local_address_the_same_on_every_node(tmp_path: Path) -> None:
    """Without one, Linux sends no neighbor solicitation for a packet that it forwards."""
    gateways = (
        ("{ipv6: '2001:db8:110::1/64', mac: 00:00:5e:00:01:6e}", ("2001:db8:110::1/64", "fe80::200:5eff:fe00:16e/64")),
        ("{ipv6: '2001:db8:110::1/64'}", ("2001:db8:110::1/64", "fe80::1a:ff:fe00:6e/64")),
        ("{ipv4: 10.110.0.1/24}", ("10.110.0.1/24",)),
        ("{ipv6: 'fe80::1/64'}", ("fe80::1/64",)),
    )
    for gateway, expected in gateways:
        found = links(MODEL.replace("vni: 110, vrf: red", f"vni: 110, vrf: red, gateway: {gateway}"), tmp_path)
        assert next(one.addresses for one in found.bridges if one.name == "br110") == expected
