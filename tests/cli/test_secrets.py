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
    (tmp_path / "secret").write_text("tops3cret\n")
    assert main(["compile", model(tmp_path, f"password-file: {tmp_path}/secret")]) == 0
    assert " neighbor 192.168.11.2 password tops3cret\n" in capsys.readouterr().out


def test_from_a_file_beside_the_model(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site, secrets, elsewhere = tmp_path / "site", tmp_path / "secrets", tmp_path / "elsewhere"
    for folder in (site / "keys", secrets, elsewhere):
        folder.mkdir(parents=True)
    monkeypatch.chdir(elsewhere)
    (elsewhere / "leaf").write_text("of-the-current-folder\n")
    (secrets / "leaf").write_text("of-the-secrets\n")
    (site / "keys" / "leaf").write_text("of-the-model\n")
    assert main(["compile", model(site, "password-file: keys/leaf")]) == 0
    assert " neighbor 192.168.11.2 password of-the-model\n" in capsys.readouterr().out
    path = model(site, "password-file: leaf")
    assert main(["compile", path]) == 1
    assert "--secrets-dir" in capsys.readouterr().err
    assert main(["compile", path, "--secrets-dir", str(secrets)]) == 0
    assert " neighbor 192.168.11.2 password of-the-secrets\n" in capsys.readouterr().out
    assert main(["compile", model(site, "password-file: ../secrets/leaf")]) == 1
    assert "is not read" in capsys.readouterr().err


def test_from_the_environment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRR_PASSWORD_LEAF2", "tops3cret")
    path = model(tmp_path, "password-env: FRR_PASSWORD_LEAF2")
    assert main(["compile", path]) == 0
    assert " neighbor 192.168.11.2 password tops3cret\n" in capsys.readouterr().out
    assert main(["compile", path, "--ir"]) == 0
    assert "tops3cret" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("password-file: /nowhere/secret", "--secrets-dir"),
        ("password-env: FRR_PASSWORD_NONE", "FRR_PASSWORD_NONE is not set"),
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


@pytest.mark.parametrize(
    "content",
    [
        b"tops3cret\nsecond line\n",
        b"tops3cret" * 20,
        b"tops3cret\x00",
        "tops3crét".encode(),
        b"",
        b"\n",
        b"tops3cret\n" * 1_000_000,
    ],
)
def test_a_file_that_holds_no_password(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "secret").write_bytes(content)
    assert main(["compile", model(tmp_path, f"password-file: {tmp_path}/secret")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "tops3cr" not in err


@pytest.mark.parametrize("verb", ["compile", "all", "bundle", "diff"])
def test_a_model_names_no_file_outside_its_folder(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A model that others wrote made `root:*:...` of /etc/shadow a password."""
    outside, inside = tmp_path / "etc", tmp_path / "site"
    outside.mkdir()
    inside.mkdir()
    (inside / "old.conf").write_text("")
    (outside / "shadow").write_text("tops3cret:\n")
    (inside / "link").symlink_to(outside / "shadow")
    for named in (outside / "shadow", inside / "link", inside / ".." / "etc" / "shadow"):
        path = model(inside, f"password-file: {named}")
        words = {
            "compile": ["compile", path],
            "all": ["compile", path, "--all", "-o", str(tmp_path / "out")],
            "bundle": ["compile", path, "--bundle", str(tmp_path / "out")],
            "diff": ["diff", str(inside / "old.conf"), path, "--format", "commands"],
        }[verb]
        assert main(words) in (1, 2)
        out, err = capsys.readouterr()
        assert "tops3cret" not in out + err
        assert "--secrets-dir" in err
        assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True


VERBS = ["compile", "all", "bundle", "commands"]


def verb(name: str, path: str, out: Path, old: Path) -> list[str]:
    """The command line that opens the secrets of a model."""
    return {
        "compile": ["compile", path],
        "all": ["compile", path, "--all", "-o", str(out)],
        "bundle": ["compile", path, "--bundle", str(out)],
        "commands": ["diff", str(old), path, "--format", "commands"],
    }[name]


@pytest.mark.parametrize("name", VERBS)
def test_a_model_names_no_variable_that_is_not_for_it(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model that others wrote made GITHUB_TOKEN a password, in a frr.conf that CI keeps as an artifact."""
    (tmp_path / "old.conf").write_text("")
    for variable in ("GITHUB_TOKEN", "frr_password_x", "XFRR_PASSWORD_X", "FRRCOMPILE_SECRETS_ENV"):
        monkeypatch.setenv(variable, "tops3cret")
        words = verb(name, model(tmp_path, f"password-env: {variable}"), tmp_path / "out", tmp_path / "old.conf")
        assert main(words) in (1, 2)
        out, err = capsys.readouterr()
        assert "tops3cret" not in out + err
        assert f"the environment variable {variable} is not read" in err
        assert "$FRRCOMPILE_SECRETS_ENV" in err
        monkeypatch.delenv(variable)


def test_the_operator_lists_other_variables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BGP", "tops3cret")
    monkeypatch.setenv("FRRCOMPILE_SECRETS_ENV", "OTHER:BGP")
    assert main(["compile", model(tmp_path, "password-env: BGP")]) == 0
    assert " neighbor 192.168.11.2 password tops3cret\n" in capsys.readouterr().out


@pytest.mark.parametrize("name", VERBS)
def test_a_password_file_in_git_is_not_read(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A checkout that keeps its credentials leaves a token there, below the model's folder."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "credentials").write_text("https://x:tops3cret@example.net\n")
    (tmp_path / "link").symlink_to(".git/credentials")
    (tmp_path / "old.conf").write_text("")
    for file in (".git/credentials", "link", "x/../.git/credentials"):
        path = model(tmp_path, f"password-file: {tmp_path}/{file}")
        assert main(verb(name, path, tmp_path / "out", tmp_path / "old.conf")) in (1, 2)
        out, err = capsys.readouterr()
        assert "tops3cret" not in out + err
        assert "it is in .git" in err


@pytest.mark.parametrize("how", ["option", "environment", "beside the model"])
def test_the_operator_names_the_folder_of_secrets(
    how: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Kubernetes mounts a Secret: each file is a link into a folder beside it, which is a link too."""
    secrets = tmp_path / "secrets"
    (secrets / "..2026").mkdir(parents=True)
    (secrets / "..2026" / "leaf2").write_text("tops3cret")
    (secrets / "..data").symlink_to("..2026")
    (secrets / "leaf2").symlink_to("..data/leaf2")
    folder = tmp_path if how == "beside the model" else tmp_path / "site"
    folder.mkdir(exist_ok=True)
    path = model(folder, f"password-file: {secrets}/leaf2")
    options = ["--secrets-dir", str(secrets)] if how == "option" else []
    if how == "environment":
        monkeypatch.setenv("FRRCOMPILE_SECRETS_DIR", f"/nowhere:{secrets}")
    assert main(["compile", path, *options]) == 0
    assert " neighbor 192.168.11.2 password tops3cret\n" in capsys.readouterr().out
    (tmp_path / "old.conf").write_text("")
    assert main(["diff", str(tmp_path / "old.conf"), path, "--format", "commands", *options]) == 1
    assert "password tops3cret\n" in capsys.readouterr().out
