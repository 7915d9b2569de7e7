"""`frrcompile draw` as a user types it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from frrcompile.cli import main
from tests.conftest import BLOG_NODE
from tests.draw.drawing import EVERYTHING, SMALL, tenants


def test_one_node_is_drawn_in_detail(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", str(BLOG_NODE)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("<svg ")
    assert ">VRF red<" in out
    assert err == ""


def test_several_nodes_are_drawn_as_a_site(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", str(EVERYTHING)]) == 0
    out = capsys.readouterr().out
    assert ">on every node<" in out
    assert ">everything</text>" in out, "input.yaml is called after its folder"
    assert main(["draw", str(EVERYTHING), "--node", "node-1"]) == 0
    assert ">VRF red<" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "start"),
    [("a.svg", "<svg "), ("a.mmd", "---\ntitle"), ("a.mermaid", "---\n"), ("a.dot", "graph "), ("a.GV", "graph ")],
)
def test_the_ending_says_the_format(tmp_path: Path, file: str, start: str) -> None:
    assert main(["draw", str(BLOG_NODE), "-o", str(tmp_path / file)]) == 0
    assert (tmp_path / file).read_text().startswith(start)
    assert [path.name for path in tmp_path.iterdir()] == [file]


def test_an_unknown_ending(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", str(BLOG_NODE), "-o", str(tmp_path / "a.png")]) == 2
    assert "allowed: .svg, .mmd, .mermaid, .dot, .gv" in capsys.readouterr().err
    assert main(["draw", str(BLOG_NODE), "-o", str(tmp_path / "a.txt"), "--format", "dot"]) == 0
    assert main(["draw", str(BLOG_NODE), "-o", "-", "--format", "mermaid"]) == 0


def test_against_an_older_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "old.yaml"
    old.write_text(BLOG_NODE.read_text().replace("vni: 100", "vni: 99"))
    assert main(["draw", str(BLOG_NODE), "--against", str(old)]) == 0
    out = capsys.readouterr().out
    assert f"against {old}: 1 added, 1 removed" in out
    assert "L3VNI 99 (removed)" in out


def test_against_a_revision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    model = Path("site.yaml")
    model.write_text(BLOG_NODE.read_text())
    who = [*("-c", "user.name=x"), *("-c", "user.email=x")]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "x"]):
        subprocess.run(["git", *command], check=True)
    model.write_text(BLOG_NODE.read_text().replace("  red:", "  green:"))
    assert main(["draw", "site.yaml", "--against", "git:HEAD:site.yaml"]) == 0
    assert "VRF red (removed)" in capsys.readouterr().out
    for wrong, words in (
        ("git:HEAD:nothing.yaml", "git:HEAD:nothing.yaml: "),
        ("git:HEAD", "found no path"),
        ("git:--output=x:y", "found no path"),
        ("nothing.yaml", "nothing.yaml: No such file"),
    ):
        assert main(["draw", "site.yaml", "--against", wrong]) == 2
        assert words in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "site.yaml"]


def test_against_a_model_that_was_small(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(tenants(8))
    new.write_text(tenants(9))
    assert main(["draw", str(new), "--against", str(old)]) == 0
    assert ": 1 added</text>" in capsys.readouterr().out, "both are drawn in the way of the larger one"


def test_findings_are_told_as_compile_tells_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(SMALL.replace("64514", "0"))
    assert main(["draw", str(bad)]) == 1
    out, err = capsys.readouterr()
    assert (out, f"{bad}:2:29: error[MOD008]" in err) == ("", True)
    assert main(["draw", str(BLOG_NODE), "--against", str(bad)]) == 1
    assert f"{bad}:2:29: error[MOD008]" in capsys.readouterr().err


def test_a_node_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", str(EVERYTHING), "--node", "node-9"]) == 2
    assert "no node 'node-9'" in capsys.readouterr().err


def test_without_the_library_only_svg_is_not_to_be_had(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "graphlay", None)
    assert main(["draw", str(BLOG_NODE)]) == 2
    assert "pip install 'frrcompile[draw]'" in capsys.readouterr().err
    assert main(["draw", str(BLOG_NODE), "--format", "mermaid"]) == 0


def test_the_library_is_loaded_by_no_other_verb() -> None:
    asked = (
        "import sys; from frrcompile.cli import main; main(['compile', sys.argv[1]]); print('graphlay' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked, str(BLOG_NODE)], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("False\n")
