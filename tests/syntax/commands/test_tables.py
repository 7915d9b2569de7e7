"""The command tables in `grammar/` are what FRR says of itself, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from frrcompile.syntax.commands import learn
from frrcompile.syntax.commands.table import BUILT_IN, Table, load, nearest, table
from frrcompile.syntax.data import grammar_file
from frrcompile.syntax.nodes import nodes
from tests.frr.installation import Installation, installations


def release(version: str) -> tuple[int, int]:
    major, minor = version.split(".")[:2]
    return int(major), int(minor)


@pytest.mark.frr
@pytest.mark.parametrize("installation", installations(), ids=lambda one: one.version)
def test_a_table_is_what_its_frr_says(installation: Installation, request: pytest.FixtureRequest) -> None:
    if release(installation.version) not in BUILT_IN:
        pytest.skip(f"no table comes with frrcompile for FRR {installation.version}")
    vtysh = ["vtysh"] if str(installation.root) == "/" else ["chroot", str(installation.root), "vtysh"]
    written = learn.write(learn.document(*learn.ask(vtysh)))
    path = grammar_file(BUILT_IN[release(installation.version)])
    if request.config.getoption("--update-golden"):
        path.write_text(written)
    assert path.read_text(encoding="utf-8") == written, "run: make grammar"


def test_a_release_without_a_table_is_judged_by_the_nearest_older_one() -> None:
    assert [nearest(one) for one in [(7, 5), (8, 4), (9, 1), (10, 2), (10, 3), (10, 5), (10, 7), (11, 0)]] == [
        (8, 4), (8, 4), (8, 4), (8, 4), (10, 3), (10, 3), (10, 7), (10, 7),
    ]  # fmt: skip


@pytest.mark.parametrize("known", BUILT_IN)
def test_every_node_of_ours_that_a_table_has_can_be_left(known: tuple[int, int]) -> None:
    here = table(known)
    for node in nodes().values():
        if node.ancestors and node.frr in here.nodes:
            assert here.matcher(node.frr).accepts(["exit"]), node.name


def test_a_node_that_a_release_does_not_have_takes_no_line() -> None:
    assert not table((8, 4)).matcher("bgp link-state").accepts(["exit"])


def test_the_nodes_that_have_a_command_are_found_by_its_first_keyword() -> None:
    assert {"bgp evpn", "bgp evpn vni"} <= table((10, 7)).nodes_with("rd")
    assert table((10, 7)).nodes_with("interface") >= {"config", "ldp ipv4"}
    assert not table((10, 7)).nodes_with("frobnicate")


@pytest.mark.parametrize("content", ["", "[]", '{"frr": "10.3"}', "\\x00", "nodes:"])
def test_what_is_no_table_is_said_to_be_none(content: str, tmp_path: Path) -> None:
    path = tmp_path / "table.json"
    path.write_text(content)
    with pytest.raises(ValueError, match="is no command table"):
        load(path)


def test_a_table_that_was_made_can_be_read_again() -> None:
    made = learn.document("10.9", "  (config)  [no] ip forwarding\n  (bgp)  exit\n  (view)  show version\n")
    document = json.loads(learn.write(made))
    assert document == made
    here = Table(document["frr"], document["commands"], document["nodes"])
    assert here.matcher("config").accepts(["no", "ip", "forwarding"])
    assert here.nodes == {"config", "bgp"}
