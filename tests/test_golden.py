"""golden/: each case is a model (input.yaml) and what the compiler makes of it, kept by `frrcompile golden`."""

from __future__ import annotations

import pytest

from frrcompile.cli import main
from tests.conftest import ROOT

GOLDEN = ROOT / "golden"
EVERYTHING = "everything"
"""The case with every field of the model, settings that stop routes among them: the site check warns of these."""


def test_golden_is_what_the_compiler_says_today(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    code = main(["golden", "check", "golden"])
    out, err = capsys.readouterr()
    assert (code, out) == (0, ""), "read the difference, then `make golden`"
    found = [line for line in err.splitlines() if line.startswith("golden/")]
    assert [line for line in found if not line.startswith(f"golden/{EVERYTHING}/")] == []


def test_every_golden_belongs_to_a_case() -> None:
    cases = sorted(GOLDEN.iterdir())
    assert cases
    assert [path.name for path in cases if not (path / "input.yaml").is_file()] == [], "a case has an input.yaml"
    strays = [
        str(path)
        for case in cases
        for path in case.iterdir()
        if path.suffix not in (".yaml", ".conf") and path.name != "plumb.json"
    ]
    assert strays == [], "golden/ has models and what they make, and nothing else"
