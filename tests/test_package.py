"""The wheel: built from the tree, installed into an empty virtual environment, used without the checkout."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import BLOG_NODE, ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_has_data_and_no_strays(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"frrcompile", "reloader"}
    assert "frrcompile/grammar/node.yaml" in names
    assert "frrcompile/render/templates/frr.conf.j2" in names
    assert "frrcompile/py.typed" in names


@pytest.mark.deep
def test_it_works_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    run = {"check": True, "capture_output": True, "text": True, "cwd": tmp_path}
    subprocess.run([home / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", wheel], **run)  # type: ignore[call-overload]
    model = tmp_path / "node.yaml"
    model.write_text(BLOG_NODE.read_text())
    done = subprocess.run([home / "bin" / "frrcompile", "compile", "node.yaml"], **run)  # type: ignore[call-overload]
    assert done.stdout == (BLOG_NODE.parent / "frr.conf").read_text()
    asked = "from frrcompile.syntax import daemons_needed; print(sorted(daemons_needed('router bgp 1\\n')))"
    done = subprocess.run([home / "bin" / "python", "-c", asked], **run)  # type: ignore[call-overload]
    assert done.stdout == "['bgpd', 'zebra']\n"
    subprocess.run([home / "bin" / "frr-reloader", "--help"], **run)  # type: ignore[call-overload]
    for stray in ("grammar", "tests", "golden"):
        missing = subprocess.run(
            [home / "bin" / "python", "-c", f"import {stray}"], cwd=tmp_path, capture_output=True, check=False
        )
        assert missing.returncode == 1, f"a top-level package {stray} was installed"
