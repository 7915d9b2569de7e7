"""A finding about the sessions of one field comes once for the fleet."""

from __future__ import annotations

from pathlib import Path

import pytest

from frrcompile.cli import main

MODEL = """\
nodes: {n1: {index: 0}, n2: {index: 1}, n3: {index: 2}}
router: {asn: 64514}
pools: {vtep-ipv4: 100.65.0.0/24, router-id: 10.0.0.0/24}
underlay: {neighbors: [{interface: eth1, remote-as: external, allowas-in: origin, import: all, export: all}]}
route-maps: {all: [{action: permit}]}
vrfs:
  red: {table: 10, host-session: {asn: 64515, ipv4: {pool: 10.1.0.0/24}}}
  blue: {table: 11, host-session: {asn: 64515, ipv4: {pool: 10.2.0.0/24}}}
"""

MORE = {"lint": [], "compile": ["--all"], "draw": ["--format", "mermaid"]}


@pytest.mark.parametrize("verb", ["lint", "compile", "draw"])
def test_the_sessions_of_one_field_are_one_finding(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(MODEL)
    main([verb, str(path), *MORE[verb], *(["-o", str(tmp_path / "out")] if verb == "compile" else [])])
    captured = capsys.readouterr()
    found = [line for line in (captured.out + captured.err).splitlines() if "[MOD212]" in line]
    assert len(found) == 2, found
    for line, address in zip(found, ("10.1.0.2", "10.2.0.2"), strict=True):
        assert f"session with {address} exchanges no routes" in line
        assert line.endswith("(the same for 2 more sessions of this field)")
