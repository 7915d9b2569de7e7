"""The examples for goldens in CI: their steps are run here as they are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT
from tests.golden.test_golden import MODEL

FOLDER = ROOT / "examples" / "golden"
STEPS: dict[str, dict[str, Any]] = {
    step["name"]: step
    for step in yaml.safe_load((FOLDER / "github.yml").read_text())["jobs"]["golden"]["steps"]
    if "name" in step
}


class Repository:
    """A repository of models, in which the steps of a workflow can be run."""

    def __init__(self, path: Path) -> None:
        self.path = path
        binaries = Path(sys.executable).parent
        self.environment = {
            **os.environ,
            "PATH": f"{binaries}:{os.environ['PATH']}",
            "FOLDER": "site",
            **{f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        }
        (path / "site").mkdir()
        self.run("git", "init", "--quiet")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=self.path, env=self.environment, capture_output=True, text=True, check=False)

    def commit(self, model: str) -> str:
        (self.path / "site" / "pod.yaml").write_text(model)
        assert self.run("frrcompile", "golden", "update", "site").returncode == 0
        self.run("git", "add", "--all")
        assert self.run("git", "commit", "--quiet", "--message", "x").returncode == 0
        return self.run("git", "rev-parse", "HEAD").stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_the_workflow_comments_what_a_change_does(repository: Repository) -> None:
    repository.environment["BASE"] = repository.commit(MODEL)
    repository.commit(MODEL.replace("64512", "64513"))
    done = repository.run("bash", "-e", "-c", STEPS["difference"]["run"])
    assert done.returncode == 0, done.stderr
    comment = (repository.path / "comment.md").read_text()
    assert "<b>pod/a</b>: 1 of 1 session" in comment
    assert "-  neighbor 192.0.2.1 remote-as 64512\n" in comment


def test_the_workflow_copes_with_the_first_compiled_files(repository: Repository) -> None:
    (repository.path / "README").write_text("nothing yet\n")
    repository.run("git", "add", "--all")
    repository.run("git", "commit", "--quiet", "--message", "x")
    repository.environment["BASE"] = repository.run("git", "rev-parse", "HEAD").stdout.strip()
    repository.commit(MODEL)
    done = repository.run("bash", "-e", "-c", STEPS["difference"]["run"])
    assert done.returncode == 0, done.stderr
    assert "+ router bgp 64514\n" in (repository.path / "comment.md").read_text()


def test_the_workflow_fails_where_files_were_forgotten(repository: Repository) -> None:
    repository.commit(MODEL)
    check = STEPS["the committed files are what the models make"]["run"]
    assert repository.run("bash", "-e", "-c", check).returncode == 0
    (repository.path / "site" / "pod.yaml").write_text(MODEL.replace("64512", "64513"))
    assert repository.run("bash", "-e", "-c", check).returncode == 1


def test_the_hook_is_one_that_pre_commit_takes(repository: Repository) -> None:
    (hooks,) = yaml.safe_load((FOLDER / "pre-commit.yaml").read_text())["repos"]
    (hook,) = hooks["hooks"]
    assert {"id", "name", "entry", "language"} <= hook.keys()
    assert hook["pass_filenames"] is False
    repository.commit(MODEL)
    assert repository.run(*hook["entry"].split()).returncode == 0
