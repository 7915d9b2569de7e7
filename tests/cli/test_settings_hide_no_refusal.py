"""The settings of a repository, which a pull request can change, hide nothing that FRR or the compiler refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from frrcompile.cli import main
from tests.conftest import BLOG_NODE

SETTINGS = [
    'ignore = ["FRR"]',
    'ignore = ["FRR0", "FRR1", "FRR9"]',
    "select = []",
    'select = ["FRR701"]',
    'select = ["FRR701"]\nignore = ["FRR"]',
    'per-file-ignores = {"**" = ["FRR"]}',
    'per-file-ignores = {"*.conf" = ["FRR0", "FRR117"], "*.yaml" = ["FRR9"]}',
    'severity = {"FRR1" = "info", "FRR9" = "info"}',
]
INPUTS = {
    "mistyped.conf": ("ruoter bgp 1\n", "FRR001"),
    "acting.conf": ("output file /tmp/x\n", "FRR117"),
    "site.yaml": (BLOG_NODE.read_text().replace("asn: 64514", "asn: x1"), ""),
}


@pytest.mark.parametrize("settings", SETTINGS)
@pytest.mark.parametrize("name", INPUTS)
def test_a_refusal_is_told(
    name: str, settings: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text, code = INPUTS[name]
    Path(name).write_text(text)
    Path("frrcompile.toml").write_text(f"[lint]\n{settings}\n")
    for more in ([], ["--errors"], ["--diff"] if name.endswith(".conf") else []):
        assert main(["lint", name, *more]) == 1, more
    capsys.readouterr()
    assert main(["lint", name, "--format", "json"]) == 1
    errors = [one["code"] for one in json.loads(capsys.readouterr().out) if one["severity"] == "error"]
    assert errors
    assert not code or code in errors


def test_the_command_line_decides(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.conf").write_text("ruoter bgp 1\npassword x\n")
    Path("frrcompile.toml").write_text('[lint]\nignore = ["FRR"]\n')
    assert main(["lint", "x.conf"]) == 1
    assert "FRR701" not in capsys.readouterr().out
    assert main(["lint", "x.conf", "--ignore", "FRR0,FRR7"]) == 0
    assert main(["lint", "x.conf", "--select", "FRR701"]) == 1
    assert "FRR001" not in capsys.readouterr().out
