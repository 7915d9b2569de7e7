"""What a family says of a neighbour comes before what the neighbour says of all families, in both directions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compiling import compile_text, frr_conf_of
from tests.model.test_rules import BASE

SAYS = {"nothing": "", "true": "true", "false": "false", "force": "force"}


def model(field: str, neighbor: str, family: str, router: str = "") -> str:
    """A neighbour that says `neighbor` of a field, with a family that says `family` and one that says nothing."""
    general = f", {field}: {neighbor}" if neighbor else ""
    own = f"{field}: {family}" if family else ""
    families = f"families: {{ipv4-unicast: {{{own}}}, l2vpn-evpn: {{}}}}"
    base = BASE.replace("remote-as: 64512}", f"remote-as: internal{general}, {families}}}")
    return base.replace("{asn: 64514,", f"{{asn: 64514{router},")


def words(conf: str, family: str) -> list[str]:
    """What stands of the neighbour in a family."""
    _, _, block = conf.partition(f" address-family {family}\n")
    lines = block.partition(" exit-address-family")[0].splitlines()
    return [line.removeprefix("  neighbor 192.0.2.1 ") for line in lines if "neighbor" in line]


@pytest.mark.parametrize("family", SAYS)
@pytest.mark.parametrize("neighbor", SAYS)
def test_next_hop_self(neighbor: str, family: str, tmp_path: Path) -> None:
    conf = frr_conf_of(model("next-hop-self", SAYS[neighbor], SAYS[family]), tmp_path)
    shown = {"nothing": [], "true": ["next-hop-self"], "false": [], "force": ["next-hop-self force"]}
    inherited = neighbor if family == "nothing" else family
    assert words(conf, "ipv4 unicast") == ["activate", *shown[inherited]]
    assert words(conf, "l2vpn evpn") == ["activate", *shown[neighbor]], "the family that says nothing"


@pytest.mark.parametrize("family", ["nothing", "true", "false"])
@pytest.mark.parametrize("neighbor", ["nothing", "true", "false"])
def test_route_reflector_client(neighbor: str, family: str, tmp_path: Path) -> None:
    conf = frr_conf_of(model("route-reflector-client", SAYS[neighbor], SAYS[family]), tmp_path)
    shown = {"nothing": [], "true": ["route-reflector-client"], "false": []}
    inherited = neighbor if family == "nothing" else family
    assert words(conf, "ipv4 unicast") == ["activate", *shown[inherited]]
    assert words(conf, "l2vpn evpn") == ["activate", *shown[neighbor]], "the family that says nothing"


def test_a_family_without_options_does_as_its_neighbour(tmp_path: Path) -> None:
    text = model("next-hop-self", "true", "").replace("l2vpn-evpn: {}", "l2vpn-evpn: null")
    assert words(frr_conf_of(text, tmp_path), "l2vpn evpn") == ["activate", "next-hop-self"]


@pytest.mark.parametrize(
    ("neighbor", "family", "client"),
    [("true", "false", True), ("", "true", True), ("false", "true", True), ("", "false", False), ("false", "", False)],
)
def test_a_cluster_id_needs_a_family_with_a_client(neighbor: str, family: str, client: bool, tmp_path: Path) -> None:
    """With `true` and `false` the neighbour is a client in the family that says nothing."""
    text = model("route-reflector-client", neighbor, family, ", cluster-id: 10.9.9.9")
    router, findings = compile_text(text, tmp_path)
    assert bool(router) == client, findings
    assert [finding.code for finding in findings] == ([] if client else ["MOD208"])


def test_a_neighbour_whose_families_all_say_no_is_no_client(tmp_path: Path) -> None:
    text = model("route-reflector-client", "true", "false", ", cluster-id: 10.9.9.9")
    text = text.replace("l2vpn-evpn: {}", "l2vpn-evpn: {route-reflector-client: no}")
    router, findings = compile_text(text, tmp_path)
    assert router is None
    assert [finding.code for finding in findings] == ["MOD208"]
