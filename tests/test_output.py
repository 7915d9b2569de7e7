"""One module writes to standard output and standard error, so that all that is printed is printable."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from frrcompile import output
from tests.conftest import ROOT

WRITER = ROOT / "frrcompile" / "output.py"
MODULES = [path for top in ("frrcompile", "reloader") for path in sorted((ROOT / top).rglob("*.py")) if path != WRITER]
NAMES = {"print", "breakpoint"}
ATTRIBUTES = {
    ("sys", "stdout"), ("sys", "stderr"), ("sys", "__stdout__"), ("sys", "__stderr__"), ("sys", "displayhook"),
    ("traceback", "print_exc"), ("warnings", "warn"), ("os", "writev"), ("os", "dup2"),
}  # fmt: skip


def writers(source: str) -> Iterator[str]:
    """The places of a module that write to a standard stream, or hand one on."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name) and node.id in NAMES:
            yield f"{node.lineno}: {node.id}"
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if (node.value.id, node.attr) in ATTRIBUTES:
                yield f"{node.lineno}: {node.value.id}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module in ("sys", "warnings", "traceback"):
            yield from (f"{node.lineno}: from {node.module} import {one.name}" for one in node.names)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "os.write" and ast.unparse(node.args[0]) in "12":
            yield f"{node.lineno}: os.write"
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "argparse.ArgumentParser":
            yield f"{node.lineno}: argparse.ArgumentParser: take frrcompile.arguments.Parser"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_other_module_writes(path: Path) -> None:
    assert list(writers(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "print('x')",
        "sys.stdout.write('x')",
        "stream = sys.stderr",
        "from sys import stderr",
        "os.write(2, b'x')",
        "show = print",
        "argparse.ArgumentParser()",
    ],
)
def test_a_new_writer_is_found(line: str) -> None:
    assert list(writers(line))


def test_text_is_printable_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    output.show("a\x1b[2Jb\n::error::c\n")
    output.tell("\x1b[1mown color\x1b[0m \x1b]0;x\x07\n", colour=True)
    output.complain("two\nlines")
    out, err = capsys.readouterr()
    assert out == "a\ufffd[2Jb\n: :error::c\n"
    assert err == "\x1b[1mown color\x1b[0m \ufffd]0;x\ufffd\nfrrcompile: two\ufffdlines\n"


def test_data_is_written_to_the_byte(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    output.data("::error::\x1b \r\n")
    assert capfdbinary.readouterr().out == b"::error::\x1b \r\n"
