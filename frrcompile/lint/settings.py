"""The linter's settings: `[tool.frrcompile.lint]` of a pyproject.toml, or `[lint]` of a frrcompile.toml."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from frrcompile import regular
from frrcompile.diagnostics import Severity, nearest
from frrcompile.links import REFUSED, may_follow
from frrcompile.lint.release import AUTO, VersionError, parse
from frrcompile.lint.select import UnknownCodeError, pattern
from frrcompile.printable import QUOTED, shortened

MAX_BYTES = 1024 * 1024
"""Bytes of a file of settings at most."""
MOST_DOTS = 1000
"""Dots of a line at most, outside of its texts: the time that tomllib takes for a dotted key grows with its square."""
LONGEST_GLOB = 1000
"""Characters of a glob: its work is the product of its length and that of a path."""

FILES = {"frrcompile.toml": (), "pyproject.toml": ("tool", "frrcompile")}
"""The files that may hold settings, the one that wins first, and the tables around `lint`."""


_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_TOO_LONG = "a number has too many digits"


class SettingsError(Exception):
    """What is wrong with a file of settings, with its place: `pyproject.toml:12:1: unknown key ...`."""


class Settings(NamedTuple):
    """What a file of settings says; `select` and `frr` are None where it does not."""

    folder: Path = Path()
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    frr: str | None = None
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severity: Mapping[str, Severity] = {}

    def ignored_in(self, path: str) -> tuple[str, ...]:
        """The beginnings of codes that are ignored in a file, by the globs that fit it."""
        if not self.per_file_ignores:
            return ()
        absolute = Path.cwd() / path
        inside = absolute.relative_to(self.folder) if absolute.is_relative_to(self.folder) else absolute
        return tuple(code for glob, codes in self.per_file_ignores if fits(inside, glob) for code in codes)

    def severity_of(self, code: str, otherwise: Severity) -> Severity:
        """How bad a finding is: what the longest key says that the code begins with, if any does."""
        keys = [key for key in self.severity if code.startswith(key)]
        return self.severity[max(keys, key=len)] if keys else otherwise


class Finder:
    """Finds the settings of each file, and reads every file of settings once. `known` are the codes there are.

    With `isolated` it reads none, and every file has the defaults.
    """

    def __init__(self, known: Collection[str], *, isolated: bool = False) -> None:
        self._known = known
        self.isolated = isolated
        self._of_folder: dict[Path, Settings] = {}

    def settings_for(self, path: str) -> Settings:
        """The nearest settings upwards from a file; "-" is a file in the working directory. Raises SettingsError."""
        if self.isolated:
            return Settings()
        return self._nearest(Path.cwd() if path == "-" else (Path.cwd() / path).parent)

    def _nearest(self, folder: Path) -> Settings:
        if folder not in self._of_folder:
            here = next(filter(None, (self._read(folder / name) for name in FILES)), None)
            above = Settings() if folder.parent == folder else None
            self._of_folder[folder] = here or above or self._nearest(folder.parent)
        return self._of_folder[folder]

    def _read(self, path: Path) -> Settings | None:
        if path.is_symlink() and not may_follow(path, path.parent):
            raise SettingsError(f"{_shown(path)}: {REFUSED}")
        try:
            content = regular.read(path, MAX_BYTES)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise SettingsError(f"{_shown(path)}: {error.strerror}") from None
        if path.name == "pyproject.toml" and b"frrcompile" not in content:
            return None  # as most are: not worth reading TOML
        try:
            return _Reader(path, content.decode(), self._known).settings()
        except UnicodeDecodeError:
            raise SettingsError(f"{_shown(path)}:1:1: not UTF-8 text") from None


class _Reader:
    """Reads one file; knows its text, to say in which line something is."""

    def __init__(self, path: Path, text: str, known: Collection[str]) -> None:
        self._path = path
        self._text = text
        self._known = known

    def settings(self) -> Settings | None:
        """What the file says; None where it has no settings of the linter."""
        import tomllib

        self._expect_short_keys()
        try:
            table: Any = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r" \(at line (\d+), column (\d+)\)", str(error))
            message = str(error).split(" (at ")[0]
            raise SettingsError(
                f"{_shown(self._path)}:{place[1] if place else 1}:{place[2] if place else 1}: no TOML: {message}"
            ) from None
        except ValueError:  # Python reads no decimal number with more digits than sys.get_int_max_str_digits()
            raise SettingsError(f"{_shown(self._path)}:1:1: {_TOO_LONG}") from None
        except RecursionError:
            raise SettingsError(f"{_shown(self._path)}:1:1: values are nested too deep") from None
        around = FILES[self._path.name]
        for step in around:
            table = table.get(step, {}) if isinstance(table, dict) else {}
        if not isinstance(table, dict):
            raise self._error(around, "a table is expected here")
        self._expect(table, ("lint",), around)
        if "lint" not in table:
            return None
        return self._lint(table["lint"], (*around, "lint"))

    def _expect_short_keys(self) -> None:
        for number, line in enumerate(self._text.split("\n"), 1):
            if line.count(".") > MOST_DOTS and _QUOTED.sub("", line).count(".") > MOST_DOTS:
                raise SettingsError(f"{_shown(self._path)}:{number}:1: a key of more than {MOST_DOTS} parts")

    def _lint(self, table: Any, at: tuple[str, ...]) -> Settings:
        if not isinstance(table, dict):
            raise self._error(at, "`lint` is a table")
        self._expect(table, ("select", "ignore", "frr", "per-file-ignores", "severity"), at)
        globs = self._table(table, "per-file-ignores", at)
        return Settings(
            folder=self._path.parent,
            select=self._codes(table["select"], (*at, "select")) if "select" in table else None,
            ignore=self._codes(table.get("ignore", []), (*at, "ignore")),
            frr=self._frr(table["frr"], (*at, "frr")) if "frr" in table else None,
            per_file_ignores=tuple(
                (self._glob(glob, at), self._codes(codes, (*at, "per-file-ignores", glob)))
                for glob, codes in globs.items()
            ),
            severity=dict(self._severities(self._table(table, "severity", at), (*at, "severity"))),
        )

    def _glob(self, glob: str, at: tuple[str, ...]) -> str:
        if len(glob) > LONGEST_GLOB:
            raise self._error((*at, "per-file-ignores", glob), f"a glob has at most {LONGEST_GLOB} characters")
        return glob

    def _table(self, table: dict[str, Any], key: str, at: tuple[str, ...]) -> dict[str, Any]:
        value = table.get(key, {})
        if not isinstance(value, dict):
            raise self._error((*at, key), f"`{key}` is a table")
        return value

    def _expect(self, table: Mapping[str, object], names: tuple[str, ...], at: tuple[str, ...]) -> None:
        for key in table:
            if key not in names:
                near = nearest(key, names)
                hint = f"did you mean `{near}`?" if near else f"allowed: {', '.join(names)}"
                raise self._error((*at, key), f"unknown key `{key}`; {hint}")

    def _codes(self, value: object, at: tuple[str, ...]) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._error(at, f'`{at[-1]}` is a list of codes, such as ["FRR101", "FRR7"]')
        return tuple(self._code(one, at) for one in value)

    def _code(self, written: str, at: tuple[str, ...]) -> str:
        try:
            return pattern(written, self._known)
        except UnknownCodeError as error:
            raise self._error(at, str(error)) from None

    def _frr(self, value: object, at: tuple[str, ...]) -> str:
        version = value if isinstance(value, str) else _quoted(value)
        try:
            if version != AUTO:
                parse(version)
        except VersionError as error:
            raise self._error(at, f"`frr`: {error}") from None
        return version

    def _severities(self, table: dict[str, Any], at: tuple[str, ...]) -> Iterator[tuple[str, Severity]]:
        for written, value in table.items():
            here = (*at, written)
            code = self._code(written, here)
            if code.startswith("FRR0") or code == "FRR":
                message = "what FRR0xx finds at severity error is what FRR refuses; their severities stay"
                raise self._error(here, message)
            if value not in [str(severity) for severity in Severity]:
                allowed = ", ".join(Severity)
                raise self._error(
                    here, f"found {_quoted(value)}; allowed: {allowed}; to have none of them: ignore = [{written!r}]"
                )
            yield code, Severity(value)

    def _error(self, at: tuple[str, ...], message: str) -> SettingsError:
        return SettingsError(f"{_shown(self._path)}:{_line(self._text, at)}:1: {message}")


def _quoted(value: object) -> str:
    """A value as a message may quote it."""
    try:
        return shortened(repr(value), QUOTED)
    except ValueError:  # Python writes no decimal number with so many digits; hexadecimal ones are read
        return _TOO_LONG


def _line(text: str, at: tuple[str, ...]) -> int:
    """The line in which the key at the end of `at` is written; that of a table around it where it is written otherwise.

    tomllib tells no places; keys are found as people write them, in their table or with dots before it.
    """
    found, table = 1, ""
    wanted = ".".join(at)
    depth = 0
    for number, line in enumerate(text.split("\n"), 1):
        header = re.match(r"\s*\[\[?([^\]]+)\]", line)
        key = re.match(r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*=", line)
        if header:
            table = name = _bare(header[1])
        elif key:
            name = f"{table}.{_bare(key[1])}".lstrip(".")
        else:
            continue
        if name == wanted:
            return number
        reached = len(name) if wanted.startswith(f"{name}.") else 0
        if reached > depth:
            found, depth = number, reached
    return found


def _bare(key: str) -> str:
    """A dotted key without its quotes and blanks."""
    return ".".join(quoted or plain for quoted, plain in re.findall(r"[\"']([^\"']*)[\"']|([\w-]+)", key))


def fits(path: PurePath, glob: str) -> bool:
    """Whether a path fits a glob: `*` and `?` stay within a name, `**` crosses folders; without a `/`, any folder will do."""
    if "/" not in glob:
        glob = f"**/{glob}"
    text = path.as_posix()
    # A regular expression with many stars would take a time that grows with the power of their number. Here, from the end of
    # the glob: at which places of the path the rest of the glob fits the rest of the path.
    places = [False] * len(text) + [True]
    for part in reversed(re.findall(r"\*\*/|\*\*|.", glob.removeprefix("./"), re.DOTALL)):
        places = _places(part, text, places)
    return places[0]


def _places(part: str, text: str, behind: Sequence[bool]) -> list[bool]:
    """Where a part of a glob and what is behind it fit; `behind` says it of what is behind it alone."""
    found = [False] * len(text) + [behind[-1] and part in ("*", "**", "**/")]
    slash = len(text)  # the next one, or the end
    for at in range(len(text) - 1, -1, -1):
        within = text[at] != "/"
        if part == "**":
            found[at] = behind[at] or found[at + 1]
        elif part == "*":
            found[at] = behind[at] or (within and found[at + 1])
        elif part == "?":
            found[at] = within and behind[at + 1]
        elif part == "**/":
            found[at] = behind[at] or (within and slash < len(text) and found[slash + 1])
        else:
            found[at] = part == text[at] and behind[at + 1]
        slash = slash if within else at
    return found


def _shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
