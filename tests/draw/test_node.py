"""What is in the picture of a node."""

from __future__ import annotations

from textwrap import dedent

from frrcompile.draw import svg
from frrcompile.draw.node import MANY
from tests.conftest import BLOG_NODE
from tests.draw.drawing import EVERYTHING, PICTURES, SMALL, box, drawn, ends, node_picture, tenants, texts


def test_the_blog_s_node_from_the_leaf_to_the_host() -> None:
    picture = node_picture(BLOG_NODE)
    assert [(one.column, one.title) for one in sorted(picture.boxes, key=lambda one: one.column)] == [
        (0, "192.168.11.2"),
        (1, "NIC eth1"),
        (2, "BGP AS 64514"),
        (3, "VTEP 100.65.0.2"),
        (4, "L3VNI 100"),
        (5, "VRF red"),
        (6, "veth frr0"),
    ]
    assert ends(picture, "session") == {("neighbor::192.168.11.2", "nic:eth1"), ("vrf:red", "host:frr0")}
    assert ends(picture, "overlay") == {("vtep:4", "vni:100")}
    assert ends(picture, "link") == {("nic:eth1", "bgp"), ("bgp", "vtep:4"), ("vni:100", "vrf:red")}
    assert texts(picture, "neighbor::192.168.11.2") == ["eBGP AS 64512", "IPv4 EVPN"]
    assert texts(picture, "host:frr0") == ["192.169.10.0/24", "frr1: 192.169.10.1/24", "eBGP AS 64515"]
    assert texts(picture, "vni:100") == ["vni100 in br100", "RMAC aa:bb:cc:00:00:66", "MTU 1450"]
    assert [zone.title for zone in picture.zones] == ["underlay", "FRR's network namespace", "host"]


def test_every_kind_of_session() -> None:
    picture = node_picture(EVERYTHING)
    nic = {source.removeprefix("neighbor::") for source, target in ends(picture, "session") if target == "nic:eth1"}
    assert nic == {"192.168.11.2", "192.168.11.9", "2001:db8:11::2"}, "those in the NIC's networks"
    assert ("neighbor::at eth2.10", "nic:eth2.10") in ends(picture, "session"), "unnumbered: by the name"
    assert ("neighbor::192.168.13.1", "bgp") in ends(picture, "session"), "over several hops: behind no NIC"
    assert "iBGP AS 64514" in texts(picture, "neighbor::192.168.11.9")
    assert "we are AS 65100" in texts(picture, "neighbor::192.168.11.2")
    assert "any in this range" in texts(picture, "neighbor::192.168.12.0/24")
    assert ("bgp", "host:pt0") in ends(picture, "session"), "the host may speak with the default instance"
    assert ("vrf:red", "neighbor:red:10.50.0.9") in ends(picture, "session")


def test_vnis_with_their_gateways_targets_and_host_bridges() -> None:
    picture = node_picture(EVERYTHING)
    segment = texts(picture, "vni:110")
    assert segment[:4] == [
        "vni110 in br110",
        "gateway 10.110.0.1/24",
        "gateway 2001:db8:110::1/64",
        "anycast 00:00:5e:00:01:01",
    ]
    assert "RT 64512:110" in segment
    assert {("vni:110", "vrf:red"), ("vni:110", "bridge:br-tenant"), ("vni:120", "bridge:hbr120")} <= ends(
        picture, "link"
    )
    assert box(picture, "vni:100").title == "L3VNI 100"
    assert {("vtep:4", "vni:100"), ("vtep:6", "vni:200")} <= ends(picture, "overlay")
    assert {"RT in 64512:100", "RT out 10.0.0.1:100", "takes from blue, default"} <= set(texts(picture, "vrf:red"))


def test_many_tenants_are_a_card_each_with_everything_in_it() -> None:
    rows, cards = node_picture(tenants(MANY)), node_picture(tenants(50))
    assert not rows.cards
    assert len(cards.cards) == 50
    assert texts(cards, "vrf:t5") == [
        "table 1105 · AS 64514",
        "L3VNI 1005 in br1005",
        "L2VNI 5005 in br5005",
        "gateway 10.5.0.1/24",
        "host1105 192.169.5.2/24",
        "eBGP AS 64515",
    ]


def test_a_node_with_next_to_nothing() -> None:
    assert [one.title for one in node_picture(SMALL).boxes] == ["BGP AS 64514", "192.0.2.1"]


def test_a_node_without_any_neighbour() -> None:
    elsewhere = (
        SMALL.replace("k0: {index: 0}", "k0: {index: 0}, k1: {index: 1}")
        .replace("[k0]", "[k1]")
        .replace("id: 10.0.0.1, ", "")
    )
    assert [one.title for one in node_picture(elsewhere).boxes] == ["BGP AS 64514"]
    assert "<svg" in svg.render(node_picture(elsewhere))


def test_no_key_is_there_twice_and_no_link_ends_nowhere() -> None:
    for name in PICTURES:
        picture = drawn(name)
        keys = [one.key for one in picture.boxes]
        assert len(keys) == len(set(keys)), name
        assert {end for link in picture.links for end in (link.source, link.target)} <= set(keys), name


def test_an_address_in_a_vrf_is_another_one_in_the_underlay() -> None:
    model = tenants(1).replace("192.0.2.9", "192.169.0.2")
    picture = node_picture(model)
    assert ("neighbor::192.169.0.2", "bgp") in ends(picture, "session")
    assert ("vrf:t0", "host:host1100") in ends(picture, "session")


def test_a_gateway_with_a_link_local_address_that_the_model_gives() -> None:
    model = """\
        nodes: {k0: {index: 0}}
        router: {asn: 64514, ebgp-requires-policy: false}
        pools: {vtep-ipv4: 100.65.0.0/24, router-id: 10.0.0.0/24}
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: 1}]}
        vrfs: {red: {table: 1100}}
        l2vnis: [{vni: 110, vrf: red, gateway: {ipv4: 10.0.0.1/24, ipv6: "fe80::1/64"}, host-leg: {}}]
        """
    assert {"gateway 10.0.0.1/24", "gateway fe80::1/64"} <= set(texts(node_picture(dedent(model)), "vni:110"))
