"""The linter's settings, in a repository that others write: frrcompile.toml and pyproject.toml."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.lint.catalog import catalog
from frrcompile.lint.settings import FILES, Finder, SettingsError
from tests.fuzz import oracle
from tests.fuzz.scratch import scratch
from tests.fuzz.target import Target


def run(data: bytes) -> None:
    for name in FILES:
        folder = scratch() / "settings" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        try:
            found = Finder(catalog().keys()).settings_for(str(folder / "frr.conf"))
        except SettingsError as error:
            oracle.sentence(str(error), "the settings")
        else:
            found.ignored_in(str(folder / "frr.conf"))
            found.ignored_in(str(folder / "a" / "b.conf"))


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
