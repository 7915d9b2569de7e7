"""vtysh's own commands in a file that it only checks: what they do, on each FRR, and that the list of them is complete."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from frrcompile.syntax.acting import Kind, act_of
from frrcompile.syntax.nodes import ROOT, Node, nodes
from tests.frr.installation import HOST, VTYSH, Installation

pytestmark = pytest.mark.frr

PROGRAMS = ("ping", "ping6", "traceroute", "traceroute6", "mtracebis", "telnet", "ssh", "sh", "bash", "more", "less")
LINE = re.compile(r" *\((.*?)\) +(.*)")
# What only moves between nodes; behind it nothing would be tried.
MOVES = re.compile(r"(?:\[?no\]? )?(?:exit|quit|end|configure|disable|enable$|exit-\S+|no enable)\b.*")


class Sandbox:
    """A directory in which vtysh of one installation reads a file, with programs of ours in place of ping and the like."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._directory = tempfile.TemporaryDirectory(prefix="frr-acting-", dir="/tmp")
        self.path = Path(self._directory.name)
        (self.path / "vtysh.conf").write_text("service integrated-vtysh-config\n")
        (self.path / "bin").mkdir()
        for name in PROGRAMS:
            program = self.path / "bin" / name
            program.write_text(f"#!/bin/sh\n: >{self.path}/ran-{name}\n")
            program.chmod(0o755)
        self._before = set(self._files())

    def close(self) -> None:
        self._directory.cleanup()

    def read(self, mode: str, text: str) -> tuple[set[str], str]:
        """The files that came to be while `vtysh MODE` read `text`, those of programs that ran too, and what it printed."""
        for name in set(self._files()) - self._before:
            (self.path / name).unlink()
        file = self.path / "frr.conf"
        file.write_text(text)
        command = [
            str(VTYSH),
            "--config_dir",
            str(self.path),
            "--vty_socket",
            str(self.path / "run"),
            mode,
            "-f",
            str(file),
        ]
        if self._installation.root != HOST:
            script = 'mount --bind /tmp "$0/tmp" && exec /usr/sbin/chroot "$0" "$@"'
            command = ["unshare", "--mount", "/bin/sh", "-c", script, str(self._installation.root), *command]
        path = f"{self.path}/bin:{os.environ['PATH']}:/usr/sbin:/sbin:/bin"
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=120,
            env={"PATH": path},
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode >= 0
        return set(self._files()) - self._before - {"frr.conf"}, done.stdout + done.stderr

    def _files(self) -> Iterator[str]:
        return (path.name for path in self.path.iterdir())


@pytest.fixture
def sandbox(installation: Installation) -> Iterator[Sandbox]:
    found = Sandbox(installation)
    yield found
    found.close()


@pytest.mark.parametrize("mode", ["-C", "-m"])
def test_a_check_opens_files_and_runs_programs(sandbox: Sandbox, mode: str) -> None:
    """This is why the gate refuses such lines before it runs vtysh. A release without it may leave the list shorter."""
    assert sandbox.read(mode, f"interface lo\n o f {sandbox.path}/opened\n")[0] == {"opened"}
    assert sandbox.read(mode, "quit\nping 192.0.2.1\n")[0] == {"ran-ping"}
    files, _ = sandbox.read(mode, "quit\nwrite\n")
    assert "frr.conf.sav" in files
    assert act_of(["do", "no-such-command"])
    assert "%" not in sandbox.read(mode, "do no-such-command\n")[1]  # no error, whatever it is
    assert "(config)" in sandbox.read(mode, "find hostname\n")[1]


def test_no_command_acts_that_is_not_listed(sandbox: Sandbox) -> None:
    """Each command of each node, by `find .`, without those that are listed: no file comes to be, and no program runs."""
    commands = commands_of(sandbox)
    assert len(commands) > 4000
    for node, headers in ways().items():
        tried = [line for where, line in commands if where == node and not MOVES.fullmatch(line)]
        rest = [line for command in tried if not act_of((line := written(command, sandbox.path / "opened")).split())]
        files, _ = sandbox.read("-C", "\n".join([*headers, *rest]) + "\n")
        assert files == set(), node


def test_every_listed_command_that_acts_is_there(sandbox: Sandbox) -> None:
    """The list is of what FRR has, or had: each kind is met in this release."""
    kinds = {act.kind for _, line in commands_of(sandbox) if (act := act_of(written(line, Path("/x")).split()))}
    assert kinds == set(Kind)


def commands_of(sandbox: Sandbox) -> list[tuple[str, str]]:
    """Every command with FRR's name of its node."""
    _, said = sandbox.read("-C", "find .\n")
    return [(match[1], match[2].strip()) for line in said.splitlines() if (match := LINE.fullmatch(line))]


def ways() -> dict[str, list[str]]:
    """The lines that enter each node, by FRR's name of it; those above the configuration are entered by leaving it."""
    found = {"enable": ["quit"], "view": ["quit", "disable"]}
    for node in nodes().values():
        found.setdefault(
            node.frr, [_header(above) for above in (*reversed(node.ancestors), node.name) if above != ROOT]
        )
    return found


def _header(name: str) -> str:
    node: Node = nodes()[name]
    header = written(node._entry["header"][0].removesuffix(" ..."), Path("N"))
    return f"{header} 1" if header.startswith("router ") and len(header.split()) == 2 else header


VALUES = {"A.B.C.D": "192.0.2.1", "A.B.C.D/M": "192.0.2.0/24", "X:X::X:X": "2001:db8::1", "X:X::X:X/M": "2001:db8::/64"}


def written(command: str, path: Path) -> str:
    """One line that the command takes: the first of its choices, without what may be left out, `path` for each word."""
    command = re.sub(r"\$\w+", "", command)
    before = ""
    while before != command:
        before = command
        command = re.sub(r"!?\[[^\[\]{}<>]*\]", "", command)
        command = re.sub(r"<([^<>|\[\]{}]*)(?:\|[^<>\[\]{}]*)?>", r"\1", command)
        command = re.sub(r"\{([^{}|\[\]<>]*)(?:\|[^{}\[\]<>]*)?\}", r"\1", command)
    return " ".join(_value(word.removesuffix("..."), path) for word in command.split() if word != "...")


def _value(word: str, path: Path) -> str:
    if number := re.match(r"\((-?\d+)", word):
        return number[1]
    if word in VALUES:
        return VALUES[word]
    return str(path) if re.fullmatch(r"[A-Z][A-Z0-9_:-]*", word) and not word.startswith("XFRR") else word
