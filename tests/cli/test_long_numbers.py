"""A number of 5,000 digits, in any place of any input, ends in one sentence: Python converts at most 4,300."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from frrcompile import output
from frrcompile.cli import main
from frrcompile.lint.catalog import catalog
from tests.conftest import BLOG_NODE, ROOT, sample
from tests.interop.importing import L3VNI, UNDERLAY

LONG = "9" * 5000
L2VNI = """\
apiVersion: network.openperouter.io/v1alpha1
kind: L2VNI
metadata: {name: segment}
spec: {vni: 110, vrf: red, gatewayIPs: [10.1.0.1/24], vxlanPort: 4789, hostMaster: {type: LinuxBridge}}
"""
Capture = pytest.CaptureFixture[str]


def swapped(text: str, pattern: str) -> Iterator[str]:
    """The text with each match of a pattern replaced in turn by a number of 5,000 digits."""
    for match in re.finditer(pattern, text):
        yield text[: match.start()] + LONG + text[match.end() :]


@pytest.mark.parametrize(
    "value", [f"0x{'f' * 5000}", f"0b{'1' * 20_000}", f"[[0x{'f' * 5000}]]", LONG, f"-{LONG}", f"'{LONG}'", f"1e{LONG}"]
)
@pytest.mark.parametrize("key", ["frr", "select", "severity.FRR701", "per-file-ignores.x", "x", f"'{LONG}'"])
def test_in_settings(key: str, value: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "frrcompile.toml").write_text(f"[lint]\n{key} = {value}\n")
    (tmp_path / "x.conf").write_text("hostname r1\n")
    assert main(["lint", "x.conf"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("frrcompile.toml:")
    assert err.count("\n") == 1
    assert "set_int_max_str_digits" not in err


def test_in_each_number_of_a_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tell_nothing(monkeypatch)
    Path("empty.conf").write_text("")
    examples = {lines for entry in catalog().values() for lines in (entry.page.bad, entry.page.good)}
    for text in sample([one for example in sorted(examples) for one in swapped(example, r"\b\d+\b")]):
        Path("x.conf").write_text(text, encoding="utf-8")
        for words in (["lint", "x.conf"], ["diff", "empty.conf", "x.conf", "--format", "json"]):
            assert main(words) in (0, 1), text.replace(LONG, "LONG")


def test_in_each_number_of_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tell_nothing(monkeypatch)
    Path("empty.conf").write_text("")
    for example in [BLOG_NODE, *sorted((ROOT / "examples").glob("*.yaml"))]:
        for text in sample([*swapped(example.read_text(), r"(?<![\w#])\d+\b")]):
            Path("x.yaml").write_text(text)
            assert main(["lint", "x.yaml"]) in (0, 1), text.replace(LONG, "LONG")


def tell_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("show", "tell", "data", "document", "complain"):
        monkeypatch.setattr(output, name, lambda *_, **__: None)


def test_in_each_number_of_a_resource(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    tell_nothing(monkeypatch)
    for text in swapped("---\n".join((UNDERLAY, L3VNI, L2VNI)), r"(?<![\w#])\d+\b"):
        Path("x.yaml").write_text(text)
        assert main(["import", "openperouter", "x.yaml"]) in (0, 1), text.replace(LONG, "LONG")


@pytest.mark.parametrize(
    "words",
    [
        ["lint", "x.conf", "--frr", f"10.{LONG}"],
        ["lint", "x.conf", "--select", f"FRR{LONG}"],
        ["compile", str(BLOG_NODE), "--frr", f"10.{LONG}"],
        ["diff", "x.conf", "x.conf", "--frr", LONG],
        ["import", "openperouter", "x.yaml", "--node", f"k0={LONG}"],
        ["export", "frr-k8s", str(BLOG_NODE), "--prefix", f"10.0.0.0/{LONG}"],
        ["explain", f"FRR{LONG}"],
    ],
    ids=lambda words: words[0],
)
def test_in_arguments(words: list[str], tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.conf").write_text("hostname r1\n")
    assert main(words) == 2
    assert len(capsys.readouterr().err) < 10_000
