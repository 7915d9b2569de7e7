"""A finding about a model quotes no secret, however the field that holds it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from frrcompile.cli import main
from tests.conftest import BLOG_NODE
from tests.interop.importing import L3VNI, UNDERLAY

SECRET = "hunter2"
LEAF = "    - address: 192.168.11.2      # leaf2\n"
FIELDS = [
    *(f"{name}: {SECRET}" for name in ("passphrase", "pwd", "secret", "token", "md5", "Password", "pasword", "passwords")),
    *(f"{name}: {SECRET}" for name in ("auth-key", "preshared_psk", "passwd", "PASSWORD", "'secret'", '"pass\\u0077ord "')),
    f"password:{SECRET}",
    f"password = {SECRET}",
    f"passphrase={SECRET}",
    f"pwd:{SECRET}: x",
    f"{{password:{SECRET}}}",
    f'"pass\\x77ord": {SECRET} x: y',
    f'"pass\\x77ord": {SECRET} x',
    f"password: *{SECRET}",
    f"password: &{SECRET}",
    f"password: !{SECRET} x",
    f"password: !{SECRET}",
    f"x-pw: &pw {SECRET}\n      password: *pw",
    f"description: &pw {SECRET}\n      password: *pw\n      remote-as: *pw",
    f"password: &pw {SECRET}\n      bfd: *pw",
    f"password: &pw {SECRET}\n      update-source: *pw",
    f"password: &pw {SECRET}\n      import: *pw",
    f"password: &pw {SECRET}\n      *pw : x",
    f"password: &pw {SECRET}\n      local-as: *pw",
    f"password: [{SECRET}]",
    f"password: {{a: {SECRET}}}",
    f"password: {{{SECRET}: a}}",
    f'password: "{SECRET}',
    f"password: '{SECRET}' x",
    f"password: {SECRET}: x",
    f"password:\n        - {SECRET}",
    f"password:\n        x\n        {SECRET}: y",
    f"password:\n      \t{SECRET}",
    f"password: |\n        {SECRET}\n        two",
    f"passphrase: >-\n        {SECRET}\n        two",
    f"secret: &x\n        {SECRET}",
    f"? passphrase\n      : {SECRET}",
    f"password {SECRET}",
    f"password: '{SECRET}\n      two': x",
    f"password {SECRET}xyz: 1",
    f'"password {SECRET}": 1',
    f"{{password {SECRET}: 1}}",
    f"password{SECRET}: 1",
    f"pw: {SECRET}",
    f"authentication: {SECRET}",
    f"kennwort: {SECRET}",
    f"key: {SECRET}",
    f"auth: {{key: {SECRET}}}",
    f"auth:\n        key: {SECRET}\n        key: {SECRET}",
    f"api-key: {SECRET}",
    f"apikey: {SECRET}",
    f"kennwort: '{SECRET}",
    f"<<: {SECRET}",
    f"<<: [{SECRET}]",
    f"password-file: {SECRET}",
    f"password-file: [{SECRET}]",
    f"password-env: {SECRET}-x",
]  # fmt: skip


def told(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(words) in (1, 2)
    out, err = capsys.readouterr()
    assert ":" in out + err
    return out + err


@pytest.fixture(params=FIELDS)
def field(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = BLOG_NODE.read_text()
    assert LEAF in text
    Path("input.yaml").write_text(text.replace(LEAF, f"{LEAF}      {request.param}\n      broken-field: 1\n"))
    Path("old.conf").write_text("hostname r1\n")
    Path("resources.yaml").write_text(
        UNDERLAY.replace(
            "address: 192.168.11.2}]", f"address: 192.168.11.2}}]\n  x:\n    - y: 1\n      {request.param}\n"
        )
        + "---\n"
        + L3VNI
    )


@pytest.mark.parametrize(
    "words",
    [
        ["compile", "input.yaml"],
        *(["lint", "input.yaml", "--format", name] for name in ("text", "json", "sarif", "github", "gitlab", "junit")),
        ["diff", "old.conf", "input.yaml"],
        ["draw", "input.yaml", "--format", "dot"],
        ["export", "frr-k8s", "input.yaml"],
        ["golden", "check", "."],
        ["plumb", "plan", "--offline", "input.yaml"],
        ["import", "openperouter", "resources.yaml"],
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("field")
def test_no_finding_shows_it(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert SECRET not in told(words, capsys)


def test_what_is_no_secret_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = BLOG_NODE.read_text().replace(
        LEAF, f"{LEAF}      password-file: /secrets/leaf2\n      descripton: to leaf2\n"
    )
    Path("m.yaml").write_text(text)
    shown = told(["compile", "m.yaml"], capsys)
    assert "descripton: ********" in shown  # any unknown field may be a mistyped one with a secret
    Path("m.yaml").write_text(
        text.replace("descripton: ", "description: ").replace("remote-as: 64512", "remote-as: x1")
    )
    assert "found 'x1'" in told(["compile", "m.yaml"], capsys)
    Path("m.yaml").write_text(text.replace("descripton: to", "description: to").replace("/leaf2", "/leaf 2"))
    assert "found '/secrets/leaf 2'" in told(["compile", "m.yaml"], capsys)
