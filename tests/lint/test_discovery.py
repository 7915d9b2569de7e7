"""A rule file counts by being there, and nothing but rule files stands among them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from frrcompile.ir import validate
from frrcompile.lint import rules as lint_rules
from tests.conftest import ROOT

LINT = '''
from collections.abc import Iterator

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.registry import Problem, rule


@rule("FRR{number}", "dropped-{number}", Severity.INFO)
def dropped(config: Configuration) -> Iterator[Problem]:
    """A rule.

    What: a hostname.
    Why: a test.
    Bad:
        hostname r1
    Good:
        log syslog
    """
    yield from (Problem(command, "found") for command in config.of("config", "hostname"))
'''
MODEL = '''
from collections.abc import Iterator

from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Problem, scope_rule


@scope_rule("MOD699", "dropped-of-models")
def dropped(scope: Scope) -> Iterator[Problem]:
    """A rule.

    What: a VRF.
    Why: a test.
    Bad:
        vrfs: {red: {table: 1100}}
    Good:
        vtep: {ipv4: 100.65.0.2}
    """
    yield from (Problem(("vrfs", name), "found") for name in scope.vrfs())
'''


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package with a rule file more in a folder of rules, in a new folder, beside folders, and among the rules of models."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "frrcompile", folder / "frrcompile", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "grammar").symlink_to(ROOT / "grammar")
    rules = folder / "frrcompile" / "lint" / "rules"
    (rules / "evpn" / "dropped.py").write_text(LINT.replace("{number}", "597"))
    (rules / "new").mkdir()
    (rules / "new" / "__init__.py").write_text("")
    (rules / "new" / "dropped.py").write_text(LINT.replace("{number}", "598"))
    (rules / "dropped.py").write_text(LINT.replace("{number}", "599"))
    (folder / "frrcompile" / "ir" / "validate" / "dropped.py").write_text(MODEL)
    return folder


def said(copy: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "frrcompile", *arguments]
    return subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False).stdout


def test_rules_lists_it(copy: Path) -> None:
    families = {one["code"]: one["family"] for one in json.loads(said(copy, "rules", "--format", "json"))}
    assert families["FRR597"] == "evpn"
    assert families["FRR598"] == "new"
    assert families["FRR599"] == "dropped"
    assert families["MOD699"] == "model-dropped"


def test_it_runs(copy: Path) -> None:
    (copy / "r1.conf").write_text("hostname r1\n")
    found = json.loads(said(copy, "lint", "r1.conf", "--format", "json", "--select", "FRR59"))
    assert [one["code"] for one in found] == ["FRR597", "FRR598", "FRR599"]
    model = "nodes: {k0: {index: 0}}\nrouter: {asn: 1}\nunderlay: {neighbors: [{address: 192.0.2.1, remote-as: 2}]}\n"
    (copy / "m.yaml").write_text(f"{model}vrfs: {{red: {{table: 1100}}}}\n")
    found = json.loads(said(copy, "lint", "m.yaml", "--format", "json", "--select", "MOD699"))
    assert [(one["code"], one["line"]) for one in found] == [("MOD699", 4)]


def test_each_file_among_the_rules_of_the_linter_has_one() -> None:
    having = {one.check.__module__ for one in lint_rules.rules().values()}
    folder = ROOT / "frrcompile" / "lint" / "rules"
    files = [path for path in folder.rglob("*.py") if path.name != "__init__.py"]
    assert {
        f"frrcompile.lint.rules.{'.'.join(path.relative_to(folder).with_suffix('').parts)}" for path in files
    } == having


def test_each_file_among_the_rules_of_models_has_one() -> None:
    having = {one.check.__module__.rpartition(".")[2] for one in validate.rules()}
    files = {path.stem for path in (ROOT / "frrcompile" / "ir" / "validate").glob("*.py")} - {"__init__", "rule"}
    assert files == having
