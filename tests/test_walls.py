"""The contracts of import-linter leave out no module: a new room or a new module on the top level must be named in them."""

from __future__ import annotations

import tomllib
from typing import Any

from tests.conftest import ROOT

CONTRACTS: dict[str, dict[str, Any]] = {
    one["name"].split(":")[0]: one
    for one in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}
ABOVE = {"frrcompile.__main__", "frrcompile.golden"}
"""Modules on the top level that are no ground for others."""
SIDECAR = {"frrcompile.facts", "frrcompile.syntax"}
"""The rooms that the sidecar imports."""


def rooms() -> set[str]:
    return {f"frrcompile.{path.parent.name}" for path in (ROOT / "frrcompile").glob("*/__init__.py")}


def top_level() -> set[str]:
    return {f"frrcompile.{path.stem}" for path in (ROOT / "frrcompile").glob("*.py")} - {"frrcompile.__init__"} - ABOVE


def test_the_sidecar_imports_the_top_level_facts_and_syntax() -> None:
    forbidden = set(CONTRACTS["the sidecar stays small"]["forbidden_modules"])
    assert rooms() - forbidden == SIDECAR
    assert top_level() & forbidden == set()


def test_the_top_level_imports_no_room_but_facts() -> None:
    contract = CONTRACTS["what the compiler and the sidecar share imports no room"]
    assert set(contract["source_modules"]) == top_level() | {"frrcompile.facts"}
    assert rooms() - set(contract["forbidden_modules"]) == {"frrcompile.facts"}


def test_facts_import_diagnostics_alone() -> None:
    assert top_level() - set(CONTRACTS["facts stand on the ground floor"]["forbidden_modules"]) == {
        "frrcompile.diagnostics"
    }


def test_only_the_pipeline_sees_both_sides() -> None:
    reading = {"frrcompile.diff", "frrcompile.lint", "frrcompile.report", "frrcompile.syntax"}
    contract = CONTRACTS["what reads frr.conf never sees what writes it"]
    assert set(contract["source_modules"]) == reading
    assert rooms() - set(contract["forbidden_modules"]) == reading | {"frrcompile.facts"}


def test_there_are_no_circles() -> None:
    assert CONTRACTS["no circles"]["ancestors"] == ["frrcompile", "reloader"]
