"""Secrets are opened at the last moment, and shown nowhere but in frr.conf."""

from __future__ import annotations

from pathlib import Path

import pytest

from frrcompile.cli import main
from tests.conftest import BLOG_NODE

LEAF = "    - address: 192.168.11.2      # leaf2\n"


def model(tmp_path: Path, field: str) -> str:
    path = tmp_path / "m.yaml"
    path.write_text(BLOG_NODE.read_text().replace(LEAF, f"{LEAF}      {field}\n"))
    return str(path)


def test_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "secret").write_text("tops3cret\nsecond line\n")
    assert main(["compile", model(tmp_path, f"password-file: {tmp_path}/secret")]) == 0
    assert " neighbor 192.168.11.2 password tops3cret\n" in capsys.readouterr().out


def test_from_the_environment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEAF2", "tops3cret")
    path = model(tmp_path, "password-env: LEAF2")
    assert main(["compile", path]) == 0
    assert " neighbor 192.168.11.2 password tops3cret\n" in capsys.readouterr().out
    assert main(["compile", path, "--ir"]) == 0
    assert "tops3cret" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("password-file: /nowhere/secret", "No such file"),
        ("password-env: NOT_SET_ANYWHERE", "NOT_SET_ANYWHERE is not set"),
        ("password: 'tops3cret with blanks'", "without blanks"),
        ("password: " + "tops3cret" * 20, "1 to 128"),
    ],
)
def test_a_secret_that_is_none_is_never_shown(
    field: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compile", model(tmp_path, field)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "m.yaml:37:" in err
    assert words in err
    assert "tops3cret" not in err


def test_a_password_in_another_field_is_never_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = model(tmp_path, "description: x")
    Path(path).write_text(Path(path).read_text().replace("address: 192.168.11.2 ", "address: 'password: tops3cret' "))
    assert main(["compile", path]) == 1
    err = capsys.readouterr().err
    assert "found 'password: ********'" in err
    assert "tops3cret" not in err


def test_a_file_with_other_content_is_never_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "secret").write_text("tops3cret with blanks\n")
    assert main(["compile", model(tmp_path, f"password-file: {tmp_path}/secret")]) == 1
    assert "tops3cret" not in capsys.readouterr().err
