"""`frrcompile grammar learn`: the linter knows the FRR that is installed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from frrcompile.facts.releases import MEASURED, Release
from frrcompile.syntax.commands import learn
from frrcompile.syntax.commands.language import spell
from frrcompile.syntax.commands.listing import Listing
from frrcompile.syntax.commands.table import shipped
from tests.frr.installation import HOST, installations

OWN = next((one for one in installations() if one.root == HOST), None)


def frrcompile(*arguments: str, tables: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"FRRCOMPILE_TABLES": str(tables)}
    command = [sys.executable, "-m", "frrcompile", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=60)


def vtysh(folder: Path, version: str, found: Iterable[tuple[str, str]]) -> Path:
    """A program that answers as the vtysh of an FRR does that lists these commands, each with its node."""
    lines = "".join(f"  ({node})  {command}\n" for node, command in found)
    (folder / "answer").write_text(f"FRRouting {version} (host) on Linux(6.1).\n{lines}")
    script = folder / "vtysh"
    script.write_text(f"#!/bin/sh\nexec cat {folder}/answer\n")
    script.chmod(0o755)
    return script


def listed(release: Release) -> list[tuple[str, str]]:
    """The commands of a release, each with its node, as `find .` writes them."""
    known = shipped(release)
    texts = [spell(json.loads(command), names=True) for command in known.commands]
    return [(node, texts[place]) for node, places in known.nodes.items() for place in places]


def test_what_was_learnt_judges_its_own_release_and_auto(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    of_its_own = [pair for pair in listed((10, 5)) if pair[1] != "hostname WORD"] + [("config", "frobnicate WORD")]
    own = vtysh(tmp_path, "10.5.2", of_its_own)
    run = frrcompile("grammar", "learn", "--vtysh", str(own), tables=tables)
    assert run.returncode == 0, run.stderr
    assert run.stdout == (
        f"{tables}/commands-10.5.json: {len({command for _, command in of_its_own})} commands"
        f" of {len({node for node, _ in of_its_own})} nodes of FRR 10.5.2\n"
    )
    file = tmp_path / "frr.conf"
    file.write_text("frobnicate x\nhostname r1\n")
    for version, refused in (("10.5", [2]), ("auto", [2]), ("10.4", [1]), ("10.6", [1])):
        said = frrcompile("lint", "--frr", version, "--select", "FRR00", str(file), tables=tables)
        assert [int(line.split(":")[1]) for line in said.stdout.splitlines() if "error" in line] == refused, version


def test_auto_without_a_learnt_table_is_what_the_file_names(tmp_path: Path) -> None:
    file = tmp_path / "frr.conf"
    file.write_text("frr version 8.4.4\nrouter bgp 1.1\nexit\n")
    assert "FRR004" in frrcompile("lint", "--frr", "auto", str(file), tables=tmp_path / "none").stdout
    assert "FRR004" not in frrcompile("lint", "--frr", "10.7", str(file), tables=tmp_path / "none").stdout


def test_a_release_that_is_newer_than_every_shipped_one_can_be_learnt(tmp_path: Path) -> None:
    own = vtysh(tmp_path, "11.0", [*listed((10, 7)), ("config", "frobnicate WORD")])
    assert frrcompile("grammar", "learn", "--vtysh", str(own), tables=tmp_path / "tables").returncode == 0
    (tmp_path / "frr.conf").write_text("frobnicate x\n")
    said = frrcompile("lint", "--frr", "11.2", str(tmp_path / "frr.conf"), tables=tmp_path / "tables")
    assert said.returncode == 0, said.stdout
    assert "FRR 11.2 has no command table of its own: judged as 11.0" in said.stderr


def without_daemons(release: Release) -> list[tuple[str, str]]:
    """What a vtysh lists that was built for zebra, staticd and bgpd alone."""
    others = re.compile(
        r"ospf|isis|rip|eigrp|babel|pim|igmp|mld|msdp|ldp|pbr|vrrp|nhrp|fabric|pathd|sharp|bfd|srte|pce|segment"
    )
    nodes = {node for node, _ in listed(release) if others.search(node)}
    return [(node, command) for node, command in listed(release) if node not in nodes and not others.search(command)]


def vtyshs_own(release: Release) -> list[tuple[str, str]]:
    """What vtysh 10.2 lists: each node, with the commands that leave it and help in it, and those that open another node."""
    pairs = listed(release)
    of_vtysh = re.compile(
        r"(exit|end|quit|list|find|show cli|output|no output|router|address-family|vrf|interface)\b.*"
    )
    return [(node, command) for node, command in pairs if of_vtysh.fullmatch(command)]


def answer(version: str, found: Iterable[tuple[str, str]]) -> Listing:
    return learn.read(version, "".join(f"  ({node})  {command}\n" for node, command in found))


@pytest.mark.parametrize("release", MEASURED, ids=str)
def test_an_frr_without_some_daemons_answers_completely(release: Release) -> None:
    less = without_daemons(release)
    assert len(less) < 0.7 * len(listed(release))
    built_with_less, incomplete = answer("10.2", less), answer("10.2", vtyshs_own(release))
    for known in map(shipped, {MEASURED[0], release, MEASURED[-1]}):
        assert learn.complete(built_with_less, known)
        assert not learn.complete(incomplete, known)


@pytest.mark.parametrize("release", [(9, 0), (10, 2)], ids=str)
def test_an_incomplete_answer_is_not_kept(release: Release, tmp_path: Path) -> None:
    version = "{}.{}.9".format(*release)
    own = vtysh(tmp_path, version, vtyshs_own(release))
    run = frrcompile("grammar", "learn", "--vtysh", str(own), tables=tmp_path / "tables")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(f"frrcompile: FRR {version}: the answer of vtysh to `find .` is incomplete")
    shipped_from = shipped(release).version
    assert f"uses the table that comes with frrcompile, read from FRR {shipped_from}" in run.stderr
    assert not (tmp_path / "tables").exists()


def test_an_incomplete_answer_leaves_what_was_learnt_before(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    assert (
        frrcompile(
            "grammar", "learn", "--vtysh", str(vtysh(tmp_path, "10.2.1", listed((10, 2)))), tables=tables
        ).returncode
        == 0
    )
    before = (tables / "commands-10.2.json").read_bytes()
    run = frrcompile("grammar", "learn", "--vtysh", str(vtysh(tmp_path, "10.2.2", vtyshs_own((10, 2)))), tables=tables)
    assert run.returncode == 2
    assert f"`--frr 10.2` uses what was learnt before, {tables}/commands-10.2.json" in run.stderr
    assert (tables / "commands-10.2.json").read_bytes() == before


@pytest.mark.parametrize("content", ["", "{}", '{"frr": "10.5.2", "commands": [], "nodes": {}}'])
def test_a_damaged_learnt_table_is_one_clear_message(content: str, tmp_path: Path) -> None:
    (tmp_path / "commands-10.5.json").write_text(content)
    (tmp_path / "frr.conf").write_text("hostname r1\n")
    run = frrcompile("lint", "--frr", "10.5", str(tmp_path / "frr.conf"), tables=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert f"frrcompile: {tmp_path}/commands-10.5.json: not a command table" in run.stderr
    assert "Traceback" not in run.stderr
    run = frrcompile("diff", "--frr", "10.5", os.devnull, str(tmp_path / "frr.conf"), tables=tmp_path)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


WRONG = {
    "no such program": ("/nowhere/vtysh", "is FRR installed?"),
    "another program": ("/bin/true", "does not answer"),
}


@pytest.mark.parametrize(("program", "words"), WRONG.values(), ids=WRONG)
def test_nobody_to_learn_from_is_said(program: str, words: str, tmp_path: Path) -> None:
    run = frrcompile("grammar", "learn", "--vtysh", program, tables=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert words in run.stderr
    assert "Traceback" not in run.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.frr
@pytest.mark.skipif(OWN is None, reason="there is no FRR of the host's own")
def test_the_own_frr(tmp_path: Path) -> None:
    run = frrcompile("grammar", "learn", tables=tmp_path)
    assert run.returncode == 0, run.stderr
    assert OWN is not None
    assert f"FRR {OWN.version}" in run.stdout
