"""Suppressions: comments in a file that say which findings are meant, and findings about those that do nothing.

`! frrcompile: ignore[FRR101, FRR2] reason` stands on a line of its own and is for the next command's line.
`! frrcompile: ignore-file[FRR101] reason` stands before the first command and is for the whole file. What FRR itself
refuses cannot be suppressed, nor what is unsafe to hand to vtysh: the file is refused all the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from frrcompile.diagnostics import MORE, Diagnostic, Edit, Severity, Span, nearest
from frrcompile.lint.select import UnknownCodeError, pattern

UNUSED = "FRR090"
INVALID = "FRR091"

_WORDS = ("ignore", "ignore-file")
_BLANK = " \t\n\v\f\r"
_COMMENT = r"[!#]+[ \t]*frrcompile:[ \t]*(?P<word>[A-Za-z-]+)(?:[ \t]*(?P<list>\[(?P<codes>[^\]]*)(?P<end>\]?)))?"
UNSAFE = ("FRR115", "FRR117", "FRR118", "FRR119", "FRR120", "FRR121")
"""What makes a file unsafe to hand to vtysh, be it only for a check. frr-reloader refuses such a file in any case."""
REFUSALS = ("FRR0", "FRR900", "MOD", *UNSAFE)
"""The beginnings of the codes that, at severity error, are what FRR, the compiler or frr-reloader refuses."""


class _Code:
    """One code of a comment: where it stands, what it begins, and whether a finding was met."""

    __slots__ = ("beginning", "met", "span")

    def __init__(self, span: Span, beginning: str, met: bool = False) -> None:
        self.span = span
        self.beginning = beginning
        self.met = met


class _Suppression:
    """A comment with codes: `line` is the line of the command that it is for, None for the whole file."""

    __slots__ = ("brackets", "codes", "line", "span")

    def __init__(self, span: Span, brackets: Span, line: int | None) -> None:
        self.span = span
        self.brackets = brackets
        self.line = line
        self.codes: list[_Code] = []


def apply(
    text: str, path: str, findings: Iterable[Diagnostic], run: Collection[str], known: Collection[str]
) -> list[Diagnostic]:
    """The findings that the comments of `text` leave, and those about the comments, in the order of the text.

    `run` are the codes that were looked for, so that a suppression of another is not called unused; `known` are all.
    """
    if "frrcompile:" not in text or not ("ignore" in text or "[" in text):
        return list(findings)  # most files, and what the compiler writes
    wrong: list[Diagnostic] = []
    everywhere, by_line = _by_line(_read(text, path, known, wrong))
    left = []
    for finding in findings:
        # The last finding of a rule with too many stands for lines that this one's comment is not about.
        of_line = () if finding.message == MORE else by_line.get(finding.span.line, ())
        here = [*everywhere, *of_line]
        codes = [code for one in here for code in one.codes if finding.code.startswith(code.beginning)]
        for code in codes:
            code.met = True
        if not codes:
            left.append(finding)
        elif finding.severity is Severity.ERROR and finding.code.startswith(REFUSALS):
            left.append(finding)
            message = f"{finding.code} cannot be suppressed: the line is refused with or without this comment"
            wrong.append(invalid(codes[0].span, message))
    about = [*wrong, *unused([*everywhere, *(one for some in by_line.values() for one in some)], run, known)]
    quiet = tuple(code.beginning for one in everywhere for code in one.codes)
    left += [finding for finding in about if not finding.code.startswith(quiet)]
    return sorted(left, key=lambda finding: finding.place)


def _by_line(found: Iterable[_Suppression]) -> tuple[list[_Suppression], dict[int, list[_Suppression]]]:
    everywhere: list[_Suppression] = []
    by_line: dict[int, list[_Suppression]] = {}
    for one in found:
        if one.line is None:
            everywhere.append(one)
        else:
            by_line.setdefault(one.line, []).append(one)
    return everywhere, by_line


def _read(text: str, path: str, known: Collection[str], wrong: list[Diagnostic]) -> Iterator[_Suppression]:
    """The suppressions of a text, each when its command is reached; what is wrong with one is appended to `wrong`."""
    waiting: list[_Suppression] = []
    lines = text.split("\n")
    compiled = text.rstrip().endswith("! frrcompile: end")
    at_head = True
    for number, line in enumerate(lines, 1):
        content = line.strip(_BLANK)
        if not content:
            continue
        if content[0] not in "!#":
            at_head = False
            for suppression in waiting:
                suppression.line = number
            yield from waiting
            waiting.clear()
        elif "frrcompile:" in content and (match := re.match(_COMMENT, content)):
            column = line.index(content) + 1
            if number == 1 and compiled and not match["list"]:
                continue  # the compiler's own first line, which names the node
            one = _parse(match, Span(path, number, column, number, column + len(content)), known, wrong)
            if one is None:
                continue
            if match["word"] == "ignore":
                waiting.append(one)
            elif at_head:
                yield one
            else:
                message = "`ignore-file` stands behind the first command, where it does nothing"
                help_ = "move it to the head of the file, or write `ignore[...]` for the next line alone"
                wrong.append(invalid(one.span, message, help_))
    for suppression in waiting:
        suppression.line = len(lines) + 1  # no command follows
    yield from waiting


def _parse(match: re.Match[str], span: Span, known: Collection[str], wrong: list[Diagnostic]) -> _Suppression | None:
    def place(start: int, end: int) -> Span:
        return Span(span.path, span.line, span.column + start, span.line, span.column + end)

    word = match["word"]
    example = f"name what it is for: `{word}[FRR101] reason`"
    if word not in _WORDS:
        if match["list"]:
            meant = nearest(word, _WORDS) or _WORDS[0]
            wrong.append(invalid(place(*match.span("word")), f"unknown word `{word}`", f"did you mean `{meant}`?"))
        return None
    if not match["list"] or not match["codes"].strip(" \t,"):
        wrong.append(invalid(span, "a suppression without a code suppresses nothing", example))
        return None
    if not match["end"]:
        wrong.append(invalid(span, "the list of codes has no `]`", example))
        return None
    one = _Suppression(span, place(*match.span("list")), None)
    for code in re.finditer(r"[^,\s]+", match["codes"]):
        at = place(match.start("codes") + code.start(), match.start("codes") + code.end())
        try:
            one.codes.append(_Code(at, pattern(code[0], known)))
        except UnknownCodeError as error:
            wrong.append(invalid(at, str(error)))
    return one if one.codes else None


def invalid(at: Span, message: str, help: str = "") -> Diagnostic:
    """A suppression that suppresses nothing, because it is not written as one or FRR refuses the line.

    What: a comment that begins with `frrcompile:` and `ignore` but names no code or an unknown one, an `ignore-file` behind
        the first command, and a suppression of an error with which FRR itself refuses the line.
    Why: to FRR it is a comment like any other, so that nobody but the linter notices the slip. What vtysh refuses cannot
        be suppressed: vtysh refuses the file all the same (vtysh/vtysh.c: vtysh_read_config).
    Bad:
        ! frrcompile: ignore the lab has no secrets
        password 8 DFzh8RP6LqHrM
    Good:
        ! frrcompile: ignore[FRR701] the lab has no secrets
        password zebra
    """
    return Diagnostic(INVALID, Severity.WARNING, message, at, help=help)


def unused(found: Collection[_Suppression], run: Collection[str], known: Collection[str]) -> Iterator[Diagnostic]:
    """A suppression of what is not there hides it when somebody brings it back.

    What: a code of `ignore[...]` that the next command's line has no finding of, or of `ignore-file[...]` that the file has
        none of. A code that was not looked for, because it is ignored or for another version of FRR, is not told.
    Why: the line was repaired, or the comment was moved apart from it. FRR ignores comments (lib/command.c:
        cmd_make_strvec).
    Bad:
        ! frrcompile: ignore[FRR701] not a secret
        password 8 DFzh8RP6LqHrM
    Good:
        ! frrcompile: ignore[FRR701] not a secret
        password zebra
    """
    missed = [code for code in known if code not in run]
    looked_for = {code.beginning for one in found for code in one.codes}
    looked_for -= {beginning for beginning in looked_for if any(code.startswith(beginning) for code in missed)}
    for one in found:
        idle = [code for code in one.codes if not code.met and code.beginning in looked_for]
        if not idle:
            continue
        what = " or ".join(code.beginning for code in idle)
        where = "in this file" if one.line is None else "at the next command"
        left = [code.beginning for code in one.codes if code not in idle]
        if left:
            span, edit = idle[0].span, Edit(one.brackets, f"[{', '.join(left)}]")
        else:
            line = one.span.line
            span, edit = one.span, Edit(Span(one.span.path, line, 1, line + 1, 1), "")
        message = f"this suppression does nothing: {where} there is no {what}"
        yield Diagnostic(UNUSED, Severity.WARNING, message, span, help="take it out", edit=edit)
