"""The reference of the model: it is what the classes say and what the compiler does, and every field has its place."""

from __future__ import annotations

import json
import re

import pytest

from frrcompile.cli import main
from frrcompile.cli.schema import reference as reference_page
from frrcompile.model import reference
from frrcompile.model.reference import BECOMES, LINK, find, parts
from tests.conftest import ROOT
from tests.model.becoming import becoming

PAGE = ROOT / "docs" / "model.md"
HOW = "pytest tests/model/test_reference.py --update-golden"


def test_the_fields_become_what_is_said(request: pytest.FixtureRequest) -> None:
    expected = json.dumps(becoming(), indent=1) + "\n"
    if request.config.getoption("--update-golden"):
        BECOMES.write_text(expected)
        parts.cache_clear()
    assert BECOMES.read_text() == expected, f"run: {HOW}"


def test_the_page_is_what_the_model_says(request: pytest.FixtureRequest) -> None:
    reference._becomes.cache_clear()
    reference.parts.cache_clear()
    expected = reference_page()
    if request.config.getoption("--update-golden"):
        PAGE.write_text(expected)
    assert PAGE.read_text() == expected, f"run: {HOW}"


@pytest.mark.parametrize("name", parts())
def test_every_field_is_described(name: str) -> None:
    part = parts()[name]
    assert part.meaning
    for field in part.fields:
        assert field.meaning, field.name
        assert field.allowed, field.name
        assert field.required or field.default or field.example or field.part, field.name


def test_most_fields_become_something() -> None:
    """The rest says which nodes, or has its effect in the line of another field."""
    scalars = [(part.name, field) for part in parts().values() for field in part.fields if not field.part]
    silent = [f"{name}.{field.name}" for name, field in scalars if not field.line]
    assert len(silent) < len(scalars) / 8, silent


def test_links_of_the_page_lead_somewhere() -> None:
    text = PAGE.read_text()
    ids = set(re.findall(r'<a id="(\w+)">', text))
    assert set(re.findall(r"\]\(#(\w+)\)", text)) <= ids
    assert "docs/model.md" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("vrfs.red.l3vni.vni", ["vrfs.NAME.l3vni.vni"]),
        ("vrfs.l3vni.vni", ["vrfs.NAME.l3vni.vni"]),
        ("underlay.neighbors[0].remote-as", ["underlay.neighbors[].remote-as"]),
        (
            "underlay.neighbors[0].families.ipv4-unicast.next-hop-self",
            ["underlay.neighbors[].families.FAMILY.next-hop-self"],
        ),
        ("remote_as", ["passthrough.remote-as", "vrfs.NAME.host-session.remote-as", "underlay.neighbors[].remote-as"]),
        ("vrfs.red", ["vrfs"]),
        ("nodes.k1.override.router.asn", ["router.asn"]),
        ("router.red", []),
        ("vrfs.l3vni.vnj", []),
        ("", []),
    ],
)
def test_a_field_is_found_by_its_path(words: str, found: list[str]) -> None:
    assert sorted(f"{path}.{field.name}".lstrip(".") for path, field in find(words)) == sorted(found)


def test_verbs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "vrfs.red.l3vni.vni", "FRR701"]) == 0
    out = capsys.readouterr().out
    assert "allowed   a VNI from 1 to 16777215" in out
    assert "frr.conf  vni 100" in out
    assert "FRR701" in out
    assert main(["explain", "vrfs.l3vni.vnj"]) == 2
    assert main(["schema", "--format", "markdown"]) == 0
    assert capsys.readouterr().out == PAGE.read_text()


def test_a_link_is_told_from_a_line() -> None:
    lines = {field.name: field.line for field in parts()["Nic"].fields}
    assert lines["vlan"] == LINK
    assert parts()["Neighbor"].fields[0].line.startswith("neighbor ")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("RemovePrivateAs.replace", "remove-private-AS"),
        ("Ends6.soft-reconfiguration-inbound", "soft-reconfiguration inbound"),
        ("Leak.families", "import vrf"),
    ],
)
def test_a_field_that_changes_frr_conf_and_no_link_has_its_line(name: str, line: str) -> None:
    assert line in json.loads(BECOMES.read_text())[name]["line"]


def test_a_field_of_the_document_has_no_line_that_only_shares_a_number_with_it() -> None:
    assert {field.name: field.line for field in parts()["Site"].fields}["version"] == ""


def test_a_selector_of_nodes_becomes_neither_a_line_nor_a_link() -> None:
    assert [field.line for field in parts()["Selector"].fields] == ["", ""]
