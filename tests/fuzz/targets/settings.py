"""The linter's settings, in a repository that others write: frrcompile.toml and pyproject.toml."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout

from frrcompile.cli import main
from frrcompile.lint.settings import FILES
from tests.fuzz import oracle
from tests.fuzz.scratch import scratch
from tests.fuzz.target import Target

EXITS = {0, 1, 2}


def run(data: bytes) -> None:
    for name in FILES:
        folder = scratch() / "settings" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        (folder / "frr.conf").write_text("router bgp 65000\n")
        told, complained = io.StringIO(), io.StringIO()
        with redirect_stdout(told), redirect_stderr(complained):
            code = main(["lint", "--format", "github", str(folder / "frr.conf")])
        oracle.expect(code in EXITS, "an exit code that is not documented", code)
        oracle.output(told.getvalue(), "lint")
        for line in complained.getvalue().split("\n"):
            oracle.sentence(line, "lint")
            oracle.expect(not line.lstrip().startswith("::"), "lint complains in a command of GitHub's", line)


def files() -> Iterator[bytes]:
    yield b"""\
[lint]
select = ["FRR1", "FRR2xx"]
ignore = ["FRR101"]
frr = "10.3"
[lint.per-file-ignores]
"legacy/**/*.conf" = ["FRR3"]
[lint.severity]
FRR2 = "info"
"""
    yield b'[tool.frrcompile.lint]\nfrr = "auto"\nseverity.FRR101 = "error"\nper-file-ignores."*.conf" = ["FRR1"]\n'
    yield b'[tool.frrcompile]\nlint = {ignore = ["FRR101"]}\n'


def words() -> Iterator[str]:
    yield from (
        "tool.frrcompile.",
        "lint",
        "select",
        "ignore",
        "frr",
        "per-file-ignores",
        "severity",
        "= ",
        "[",
        "]",
        "{",
        "}",
    )
    yield from (
        '"**"',
        '"*"',
        '"?"',
        '"/"',
        "'''",
        '"""',
        "\\u001b",
        "::error::",
        "\r\n",
        ".",
        "1e9",
        "1979-05-27",
        "inf",
    )


TARGET = Target(run, files, words, size=4096)
