"""golden/: each case is a model (input.yaml) and what the compiler makes of it, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from frrcompile.ir.build import build, load_site
from frrcompile.render.emit import frr_conf
from frrcompile.render.secret import placeholder
from frrcompile.report.text import Sources, render
from tests.conftest import ROOT

GOLDEN = ROOT / "golden"
CASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())


def outputs(case: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The files that belong beside a case's input.yaml, with what they must say."""
    monkeypatch.chdir(case)
    loaded = load_site(["input.yaml"])
    findings = list(loaded.findings)
    files: dict[str, str] = {}
    if loaded.site:
        several = len(loaded.site.nodes) > 1
        for name in loaded.site.nodes:
            router, problems = build(loaded, name)
            findings += problems
            if router:
                files[f"{name}.conf" if several else "frr.conf"] = frr_conf(router, placeholder)
    if findings:
        files["diagnostics.txt"] = render(findings, Sources())
    return files


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    case = GOLDEN / name
    assert (case / "input.yaml").is_file(), f"golden/{name} has no input.yaml: a golden without a case"
    expected = outputs(case, monkeypatch)
    if request.config.getoption("--update-golden"):
        for path in case.iterdir():
            if path.name != "input.yaml" and path.name not in expected:
                path.unlink()
        for file, text in expected.items():
            (case / file).write_text(text)
    present = {path.name: path.read_text() for path in case.iterdir() if path.name != "input.yaml"}
    assert sorted(present) == sorted(expected), (
        f"golden/{name} has other files than its case makes; `make golden` rewrites"
    )
    for file, text in expected.items():
        assert present[file] == text, f"golden/{name}/{file} differs; read the difference, then `make golden`"


def test_every_golden_belongs_to_a_case() -> None:
    strays = [path.name for path in GOLDEN.iterdir() if not path.is_dir()]
    assert strays == [], "golden/ has one directory for each case and nothing else"
    assert CASES
