"""Who writes a repository decides what its links lead to: a named path leads out of no git work tree."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from frrcompile.cli import VERBS
from tests.cli.test_special_files import SECRET, run
from tests.conftest import BLOG_NODE

READING = [
    ["lint", "LINK.conf"],
    ["lint", "LINK.yaml"],
    ["lint", "good.conf", "./LINK.conf"],
    ["lint", "LINK"],
    ["lint", "LINK/x.conf"],
    ["lint", "LINK/../outside"],
    ["lint", "sub/../LINK"],
    ["lint", "LINK.conf", "--fix"],
    ["compile", "LINK.yaml"],
    ["compile", "good.yaml", "LINK.yaml"],
    ["compile", "good.yaml", "-o", "LINK/frr.conf"],
    ["compile", "good.yaml", "--bundle", "LINK"],
    ["compile", "good.yaml", "--all", "-o", "LINK"],
    ["compile", "good.yaml", "--secrets-dir", "LINK"],
    ["diff", "LINK.conf", "good.conf"],
    ["diff", "good.conf", "LINK.conf"],
    ["diff", "good.conf", "LINK.conf", "--format", "commands"],
    ["diff", "LINK", "sub"],
    ["draw", "LINK.yaml", "--format", "dot"],
    ["draw", "good.yaml", "--format", "dot", "--against", "LINK.yaml"],
    ["draw", "good.yaml", "-o", "LINK/x.dot"],
    ["export", "frr-k8s", "LINK.yaml"],
    ["export", "frr-k8s", "good.yaml", "-o", "LINK/x.yaml"],
    ["import", "openperouter", "LINK.yaml"],
    ["plumb", "plan", "--offline", "LINK.yaml"],
    ["golden", "check", "LINK"],
    ["golden", "update", "LINK"],
    ["golden", "update", "sub/LINK"],
]


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder that is in no repository."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "x.conf").write_text(f"{SECRET} x\n")
    (folder / "x.yaml").write_text(f"{SECRET}: x\n")
    shutil.copy(BLOG_NODE, folder / "input.yaml")
    return folder


@pytest.fixture
def tree(tmp_path: Path, outside: Path) -> Path:
    """A git work tree in which each `LINK` leads out of it."""
    top = tmp_path / "tree"
    (top / ".git").mkdir(parents=True)
    (top / "sub").mkdir()
    (top / "good.conf").write_text("hostname r1\n")
    (top / "sub" / "good.conf").write_text("hostname r1\n")
    shutil.copy(BLOG_NODE, top / "good.yaml")
    (top / "LINK.conf").symlink_to("../outside/x.conf")
    (top / "LINK.yaml").symlink_to(outside / "x.yaml")
    (top / "LINK").symlink_to("../outside")
    (top / "sub" / "LINK").symlink_to("../LINK")
    return top


def actions(parser: argparse.ArgumentParser) -> Iterator[tuple[argparse.ArgumentParser, argparse.Action]]:
    """The arguments of a command and of its steps."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from actions(inner)
        else:
            yield parser, action


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_names_its_paths(verb: str) -> None:
    """Else a new verb, or a new option, would follow a link."""
    top = argparse.ArgumentParser()
    import_module(f"frrcompile.cli.{VERBS[verb][0]}").add(top.add_subparsers())
    for parser, action in actions(top):
        if str(action.metavar) in ("MODEL", "FILE", "DIR", "OLD", "NEW", "FILE|DIR", "FILE|DIR|-"):
            assert action.dest in parser.get_default("named"), f"{verb}: {action.dest}"


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_no_verb_follows_a_link_out_of_the_work_tree(words: list[str], tree: Path, outside: Path) -> None:
    before = {path.name: path.read_bytes() for path in outside.iterdir()}
    done = run(*words, cwd=tree)
    assert (done.returncode, done.stdout) == (2, "")
    assert "a link on the way leads out of the git work tree" in done.stderr
    assert done.stderr.count("\n") == 1
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == before


@pytest.mark.parametrize("target", ["..", "../tree/.git", "../outside/input.yaml"])
def test_other_ways_out(target: str, tree: Path) -> None:
    (tree / "up").symlink_to(target)
    assert run("lint", "up", cwd=tree).returncode == 2
    assert "a link on the way" in run("lint", "sub/../up", cwd=tree).stderr


def test_links_in_the_work_tree_and_links_of_the_user_are_followed(tree: Path, outside: Path) -> None:
    (tree / "sub" / "here.conf").symlink_to("../good.conf")
    (tree / "other").symlink_to("sub")
    (outside / "mine.conf").symlink_to(tree / "good.conf")
    (outside / "theirs").symlink_to(tree)
    for path in ("sub/here.conf", "other/good.conf", "other", "../outside/mine.conf", "../outside/theirs/good.conf"):
        done = run("lint", path, cwd=tree)
        assert done.returncode == 0, done.stderr
    (outside / "frr.conf").symlink_to("x.conf")
    assert run("lint", "frr.conf", cwd=outside).returncode == 1
