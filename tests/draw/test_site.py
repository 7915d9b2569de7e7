"""What is in the picture of a site."""

from __future__ import annotations

from tests.draw.drawing import GOLDEN, box, ends, nodes, site_picture, texts


def test_nodes_between_their_neighbours_and_their_tenants() -> None:
    picture = site_picture(nodes(2))
    assert ends(picture, "session") == {
        ("neighbor:192.168.11.2 64512", "node:k0"),
        ("neighbor:192.168.12.2 64513", "node:k1"),
    }
    everywhere, some = "tenants:node:k0 node:k1", "tenants:node:k1"
    assert (box(picture, everywhere).title, texts(picture, everywhere)) == ("on every node", ["VRF red · L3VNI 100"])
    assert (box(picture, some).title, texts(picture, some)) == ("on k1", ["VRF blue · L3VNI 200"])
    assert ends(picture, "overlay") == {("node:k0", everywhere), ("node:k1", everywhere), ("node:k1", some)}
    assert texts(picture, "node:k1") == ["AS 64514", "VTEP 100.65.0.1"]


def test_many_nodes_that_look_the_same_are_one_box() -> None:
    picture = site_picture(nodes(200))
    assert [one.title for one in picture.boxes if one.kind == "node"] == [
        "100 nodes: k0 … k198",
        "100 nodes: k1 … k199",
    ]
    assert "VTEP 100.65.0.0 … 100.65.0.198" in texts(picture, "node:k0")


def test_reflectors_stand_before_their_clients() -> None:
    model = """\
nodes:
  r0: {index: 0}
  k0: {index: 1, override: {underlay: {interfaces: [{name: eth1, addresses: [10.1.0.2/24]}], neighbors: [
       {address: 10.1.0.1, remote-as: internal}]}}}
router: {asn: 64512}
pools: {router-id: 10.0.0.0/28}
underlay:
  interfaces: [{name: eth1, addresses: [10.1.0.1/24]}]
  neighbors: [{address: 10.1.0.2, remote-as: internal, route-reflector-client: true}]
"""
    picture = site_picture(model)
    assert ends(picture, "session") == {("node:r0", "node:k0")}, "one session, not one from each end"
    assert box(picture, "node:r0").column < box(picture, "node:k0").column


def test_a_fabric_without_addresses() -> None:
    picture = site_picture(GOLDEN / "unnumbered-fabric" / "input.yaml")
    assert [one.title for one in picture.boxes if one.kind == "neighbor"] == ["at eth1", "at eth2"]
