"""What to do about a mistake in YAML's syntax: where it most probably is. No help quotes the text, which may be a secret."""

from __future__ import annotations

import yaml

_BLOCK = ("did not find expected key", "did not find expected '-' indicator", "expected <block end>")


def advice(error: yaml.MarkedYAMLError, lines: list[str]) -> str:
    """The help for a parser's error, from the lines of the text; empty where nothing can be said."""
    mark, problem, context = error.problem_mark, error.problem or "", error.context or ""
    if mark is None or mark.line >= len(lines):
        mark = None
    if "quoted scalar" in context and error.context_mark:
        return f"close the quote that begins in line {error.context_mark.line + 1}"
    if "flow" in context:
        return "put a comma between two entries, and close each `{` and `[`"
    if "could not find expected ':'" in problem and error.context_mark:
        return f"put `:` and a space after the key in line {error.context_mark.line + 1}"
    if "cannot start any token" in problem or "scanning an a" in context:
        return "put a value that begins with such a character in quotes"
    if mark and problem.startswith(_BLOCK):
        if mark.column > _indent(lines[mark.line]):
            return "text follows a closing quote or bracket: remove it, or put the whole value in quotes"
        return _uneven(mark.line, error.context_mark, lines)
    if mark and problem.startswith("mapping values are not allowed"):
        return _second_value(mark, lines)
    return ""


def _uneven(line: int, begun: yaml.Mark | None, lines: list[str]) -> str:
    """The help for a line whose indentation matches no block around it."""
    levels = [(begun.line, begun.column)] if begun else []
    above = _above(line, lines)
    if above is not None:
        levels.append((above, _key(lines[above])))
    others = ", and ".join(f"the block of line {at + 1} by {column}" for at, column in dict.fromkeys(levels))
    return f"line {line + 1} is indented by {_spaces(_indent(lines[line]))}, {others}: indent it as the block that it is in"


def _second_value(mark: yaml.Mark, lines: list[str]) -> str:
    """The help for a `: ` after a complete key and value, or where the line above is read as a part of the key."""
    if ": " in lines[mark.line][: mark.column]:
        return "put a value that has `: ` in it in quotes"
    above = _above(mark.line, lines)
    if above is None:
        return ""
    written = lines[above].split(" #")[0].rstrip()
    if ": " in written or written.endswith(":"):
        deep, level = _indent(lines[mark.line]), _key(lines[above])
        spaces = f"line {mark.line + 1} is indented by {_spaces(deep)}, line {above + 1} by {level}"
        return f"{spaces}: a line is indented deeper than the one above it only where that one has no value"
    missing = "a space is missing after the `:`" if ":" in written else "`:` is missing after the key"
    return f"{missing} in line {above + 1}"


def _above(line: int, lines: list[str]) -> int | None:
    """The nearest line above that is neither empty nor a comment."""
    return next((at for at in range(line - 1, -1, -1) if lines[at].strip() and lines[at].strip()[0] != "#"), None)


def _indent(written: str) -> int:
    return len(written) - len(written.lstrip(" "))


def _key(written: str) -> int:
    """The column of a line's first key: after the `-` of an entry."""
    return len(written) - len(written.lstrip(" -")) if written.lstrip().startswith("- ") else _indent(written)


def _spaces(count: int) -> str:
    return f"{count} space{'' if count == 1 else 's'}"
