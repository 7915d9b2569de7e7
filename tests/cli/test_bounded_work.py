"""A report of many unknown fields or resources stays short, and a picture of many boxes is refused or takes linear work."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from frrcompile.cli import main
from frrcompile.diagnostics import MOST_ALIKE
from tests.bench.openperouter import resources
from tests.conftest import BLOG_NODE
from tests.counting import calls
from tests.interop.importing import UNDERLAY

LEAF = "    - address: 192.168.11.2      # leaf2\n"


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "github", "gitlab", "junit"])
def test_unknown_fields_are_counted(format_: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(BLOG_NODE.read_text().replace(LEAF, LEAF + "".join(f"      k{at}: 1\n" for at in range(6_000))))
    assert main(["lint", str(path), "--format", format_]) == 1
    out, _ = capsys.readouterr()
    assert len(out) < 300_000
    assert f"and {6_000 - MOST_ALIKE} more findings" in out


def test_unknown_resources_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "k.yaml"
    path.write_text(UNDERLAY + "---\n{}\n" * 22_000)
    assert main(["import", "openperouter", str(path)]) == 0
    _, err = capsys.readouterr()
    assert len(err) < 1_000_000
    assert f"and {22_000 - MOST_ALIKE} more findings" in err


@pytest.mark.parametrize("against", [False, True])
def test_a_picture_of_many_boxes_is_no_svg(against: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "m.yaml"
    many = "".join(f"    - {{address: 10.0.{at >> 8}.{at & 255}, remote-as: 1}}\n" for at in range(1, 1000))
    path.write_text(BLOG_NODE.read_text().replace(LEAF, many + LEAF))
    more = ["--against", str(path)] if against else []
    assert main(["draw", str(path), *more]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "SVG is laid out up to" in err.splitlines()[-1]
    assert "--format dot or mermaid" in err
    assert main(["draw", str(path), "--format", "dot", *more]) == 0


@pytest.mark.deep
def test_imports_and_pictures_grow_with_their_tenants(tmp_path: Path) -> None:
    """Four times the tenants take four times the work, and not sixteen times."""
    work: dict[str, list[int]] = {"import": [], "draw": []}
    for tenants in (75, 300):
        path, model, svg = tmp_path / "r.yaml", str(tmp_path / "m.yaml"), str(tmp_path / "m.svg")
        path.write_text(resources(tenants))
        work["import"].append(calls(partial(main, ["import", "openperouter", str(path), "-o", model])))
        work["draw"].append(calls(partial(main, ["draw", model, "-o", svg])))
    for verb, (less, more) in work.items():
        assert more < 5 * less, (verb, less, more)
