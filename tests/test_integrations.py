"""What others run us with: pre-commit's hooks, and GitHub's composite action, whose steps are run here as they are."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml

from frrcompile.cli.lint import FORMATS
from frrcompile.diagnostics import Severity
from frrcompile.lint.settings import Finder
from frrcompile.pipeline.codes import KnownCodes
from tests.conftest import ROOT

HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())

STEPS = {step["name"]: step for step in ACTION["runs"]["steps"] if "name" in step}

BAD = "hostname r1\npassword x\nnonsense\n"


def test_the_hooks_have_what_pre_commit_needs() -> None:
    assert [hook["id"] for hook in HOOKS] == ["frrcompile-lint", "frrcompile-fix"]
    for hook in HOOKS:
        assert hook["language"] == "python"
        assert hook["entry"].startswith("frrcompile lint")
        assert {"name", "description", "files", "types"} <= hook.keys()


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("frr.conf", True),
        ("configs/frr.conf", True),
        ("etc/frr-leaf1.conf", True),
        ("nginx.conf", False),
        ("frr.conf.j2", False),
        ("offrr.conf", False),
    ],
)
def test_the_hooks_are_for_frr_confs(path: str, meant: bool) -> None:
    assert all(bool(re.search(hook["files"], path)) is meant for hook in HOOKS)


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_runs_as_pre_commit_runs_it(hook: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "frr.conf").write_text(BAD)
    command = [sys.executable, "-m", *hook["entry"].split(), "frr.conf"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "frr.conf:3:1: error[FRR001]" in done.stdout


def test_the_examples_name_what_there_is() -> None:
    folder = ROOT / "examples" / "ci"
    (repository,) = yaml.safe_load((folder / "pre-commit.yaml").read_text())["repos"]
    assert {hook["id"] for hook in repository["hooks"]} <= {hook["id"] for hook in HOOKS}
    jobs = yaml.safe_load((folder / "github.yml").read_text())["jobs"].values()
    ours = [step for job in jobs for step in job["steps"] if step["uses"].startswith("frrcompile/")]
    assert ours
    assert all(step["with"].keys() <= ACTION["inputs"].keys() for step in ours)
    commands = [line for line in yaml.safe_load((folder / "gitlab.yml").read_text())["frr"]["script"] if "lint" in line]
    assert [re.search(r"--format (\w+)", line)[1] for line in commands] == ["gitlab", "junit"]  # type: ignore[index]
    settings = Finder(KnownCodes()).settings_for(str(folder / "r1.conf"))
    assert (settings.frr, settings.severity) == ("10.3", {"FRR701": Severity.ERROR})


def test_the_action_s_inputs_are_used_and_described() -> None:
    used = set(re.findall(r"inputs\.(\w+)", (ROOT / "action.yml").read_text()))
    assert used == set(ACTION["inputs"]) == {"paths", "version", "frr", "format", "args"}
    assert all(one["description"] and "default" in one for one in ACTION["inputs"].values())
    assert ACTION["runs"]["using"] == "composite"
    assert ACTION["inputs"]["format"]["default"] in FORMATS


def test_no_input_is_pasted_into_a_script() -> None:
    # An input in a script's text would be code; the environment is not.
    assert all("${{" not in step["run"] for step in STEPS.values())
    assert all(step["shell"] == "bash" for step in STEPS.values())


def run_lint(tmp_path: Path, **inputs: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """The lint step as GitHub's runner runs it; and the output `sarif`."""
    bin_ = tmp_path / "runner" / "frrcompile" / "bin"
    bin_.mkdir(parents=True)
    (bin_ / "frrcompile").write_text(f'#!/bin/sh\nexec {sys.executable} -m frrcompile "$@"\n')
    (bin_ / "frrcompile").chmod(0o755)
    work = tmp_path / "work"
    (work / "a b").mkdir(parents=True)
    (work / "a b" / "frr.conf").write_text(BAD)
    values = {name: str(one["default"]) for name, one in ACTION["inputs"].items()} | inputs
    environment = {
        name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda match: values[match[1]], value)
        for name, value in STEPS["Lint"]["env"].items()
    }
    output = tmp_path / "output"
    output.touch()
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS["Lint"]["run"]],
        cwd=work,
        env={
            **os.environ,
            **environment,
            "RUNNER_TEMP": str(tmp_path / "runner"),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(work),
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return done, output.read_text()


def test_the_action_annotates(tmp_path: Path) -> None:
    done, output = run_lint(tmp_path)
    assert (done.returncode, output) == (1, "")
    assert "a b/frr.conf:3:1: error[FRR001]" in done.stdout
    assert "\n::error file=a b/frr.conf,line=3," in done.stdout


def test_the_action_takes_paths_a_version_and_arguments(tmp_path: Path) -> None:
    done, _ = run_lint(tmp_path, paths="a b/frr.conf\n", frr="9.3", args="--select=FRR701\n--ignore=FRR0\n")
    assert "FRR 9.3 has no command table" in done.stderr
    assert set(re.findall(r"\[(FRR\d+)\]", done.stdout)) == {"FRR701"}


def test_the_action_writes_sarif(tmp_path: Path) -> None:
    done, output = run_lint(tmp_path, format="sarif")
    assert (done.returncode, done.stdout) == (1, "")
    log = json.loads(Path(output.removeprefix("sarif=").strip()).read_text())
    assert "FRR001" in {result["ruleId"] for result in log["runs"][0]["results"]}


def run_install(tmp_path: Path, version: str) -> subprocess.CompletedProcess[str]:
    """The installing step as GitHub's runner runs it, with a pip that prints its arguments."""
    pip = tmp_path / "frrcompile" / "bin" / "pip"
    pip.parent.mkdir(parents=True)
    pip.write_text('#!/bin/sh\necho "$@"\n')
    pip.chmod(0o755)
    environment = {"PYTHON": "true", "VERSION": version, "HERE": "/action", "RUNNER_TEMP": str(tmp_path)}
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", STEPS["Install frrcompile"]["run"]],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("version", "asked"), [("", "/action"), ("0.1.0", "frrcompile==0.1.0")])
def test_the_action_installs_what_is_asked_for(version: str, asked: str, tmp_path: Path) -> None:
    pinned, itself = run_install(tmp_path, version).stdout.splitlines()
    assert "--require-hashes" in pinned
    assert pinned.endswith("--requirement /action/.ci/action.txt")
    assert "--no-deps --no-build-isolation" in itself
    assert itself.endswith(f" {asked}")


@pytest.mark.parametrize("version", ["--index-url=x", "0.1 --pre", "0.1\n::error::x", "@ https://x.example/y.whl", "*"])
def test_the_action_takes_no_other_word_for_a_version(version: str, tmp_path: Path) -> None:
    done = run_install(tmp_path, version)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("frrcompile: the input `version`")


def test_what_the_action_installs_is_pinned() -> None:
    def pins(name: str) -> dict[str, str]:
        found = re.findall(
            r"^([A-Za-z0-9._-]+)==(\S+)((?:.*\\\n\s+--hash=sha256:[0-9a-f]{64})+)",
            (ROOT / ".ci" / name).read_text(),
            re.M,
        )
        return {package.lower(): version for package, version, _ in found}

    action, development = pins("action.txt"), pins("requirements.txt")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    assert {re.split("[<>=~!]", one)[0] for one in needed} <= action.keys()
    assert action.items() <= development.items()
    # pip refuses a list with hashes that lacks a package which another one in it needs.
    below = [one for package in action for one in metadata.requires(package) or () if ";" not in one]
    assert {re.split("[<>=~! (\\[]", one)[0].lower() for one in below} <= {name.replace("_", "-") for name in action}
    lines = [line for line in (ROOT / ".ci" / "action.txt").read_text().splitlines() if re.match("[A-Za-z]", line)]
    assert len(lines) == len(action)


def test_other_actions_are_pinned_by_their_commit() -> None:
    used = [step["uses"] for step in ACTION["runs"]["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one) for one in used)


@pytest.mark.parametrize(
    "inputs", [{"paths": "--fix"}, {"paths": "-"}, {"format": "json --fix"}, {"frr": "--fix"}, {"paths": "--\n-h"}]
)
def test_no_input_of_the_action_becomes_an_option(inputs: dict[str, str], tmp_path: Path) -> None:
    done, output = run_lint(tmp_path, **inputs)
    assert (done.returncode, output) == (2, "")
    assert (tmp_path / "work" / "a b" / "frr.conf").read_text() == BAD
    assert "usage: frrcompile lint [-h]" not in done.stdout
