"""Whatever verb shows a line that FRR refuses, no word of it that may be a secret is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from frrcompile.cli import main

SECRET = "hunter2"
LINES = [
    f"neighbor 192.0.2.1 pw {SECRET}",
    f"neighbor 192.0.2.1 {SECRET} password",
    f"ip rip authentication strng {SECRET}",
    f"vrrp 1 authentication {SECRET}",
    f"ip ospf {SECRET}",
    f"agentx {SECRET}",
    f"key{SECRET}",
    f"password{SECRET}",
    f"-  key {SECRET}",
    f"+ neighbor 192.0.2.1 password {SECRET}",
    f"  snmp community {SECRET}",
    f"enable secret 5 {SECRET}",
    f"{SECRET}",
    f"username admin {SECRET}",
    f"interface eth0 {SECRET}",
    f"router bgp 1 {SECRET}",
]
CONTEXTS = {
    "top": "{}\n",
    "bgp": "router bgp 65000\n neighbor 192.0.2.1 remote-as 65001\n {}\n",
    "interface": "interface eth0\n {}\nexit\n",
    "below": "router bgp 65000\nexit\n{}\n neighbor 192.0.2.1 remote-as 65001\n",
    "repaired": "int eth0\n {}\nexit\n{}\nint eth1\n{}\nexit\n",
}
VERBS = [
    *(["lint", "new.conf", "--format", format_] for format_ in ("text", "json", "sarif", "github", "gitlab", "junit")),
    ["lint", "new.conf", "--isolated", "--select", "FRR6"],
    ["lint", "new.conf", "--diff"],
    ["lint", "new.conf", "--diff", "--ignore", "FRR001,FRR002,FRR003,FRR004,FRR005,FRR006"],
    *(["diff", "old.conf", "new.conf", "--format", format_] for format_ in ("text", "json", "markdown")),
    *(["diff", "new.conf", "old.conf", "--format", format_] for format_ in ("text", "json", "markdown")),
    *(["diff", "new.conf", "twice.conf", "--format", format_] for format_ in ("text", "json", "markdown")),
    ["diff", "old.conf", "new.conf", "--stat"],
]


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_no_verb_shows_it(
    words: list[str], context: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.conf").write_text("hostname r1\n")
    for line in LINES:
        text = CONTEXTS[context].replace("{}", line)
        Path("new.conf").write_text(text)
        Path("twice.conf").write_text(f"{text}hostname r2\n")
        assert main(words) in (0, 1, 2)
        out, err = capsys.readouterr()
        assert SECRET not in out + err, line
