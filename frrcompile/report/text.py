"""Findings for people: where, what, the line itself with a mark under it, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from frrcompile.diagnostics import Diagnostic, Edit, Severity, Span
from frrcompile.printable import printable, shortened
from frrcompile.report.columns import blank, width
from frrcompile.report.masked import REFUSED
from frrcompile.report.sources import Sources

__all__ = ["Sources", "render", "summary"]

_LONGEST = 200
"""The characters of a line that are shown at most."""
_BEFORE = 40
_FEW = 3
"""The lines of a repair that are shown."""

_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "hint"}
_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36;1"}


def render(findings: Iterable[Diagnostic], sources: Sources, *, colour: bool = False) -> str:
    """The findings as text, a block each, with a line between them."""
    paint = _paint if colour else _plain
    return "\n".join("\n".join(_block(finding, sources, paint)) + "\n" for finding in findings)


def summary(findings: Iterable[Diagnostic]) -> str:
    """How many of each severity: `2 errors and 1 warning`."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
    words = [f"{n} {_NOUNS[severity]}{'s' if n > 1 else ''}" for severity, n in counts.items() if n]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else "nothing found"


def _block(finding: Diagnostic, sources: Sources, paint: Callable[[str, str], str]) -> list[str]:
    colour = _COLOURS[finding.severity]
    title = paint(f"{finding.severity.value}[{finding.code}]", colour)
    lines = [f"{printable(str(finding.span))}: {title}: {paint(printable(finding.message), '1')}"]
    margin = max([len(str(span.line)) for span in (finding.span, *(label.span for label in finding.labels))])
    lines += _excerpt(finding.span, "", margin, sources, paint, colour, refused=finding.code in REFUSED)
    for label in finding.labels:
        if label.span.path != finding.span.path:
            lines.append(f"{' ' * margin} {paint('-->', '34;1')} {printable(str(label.span))}")
        lines += _excerpt(label.span, label.message, margin, sources, paint, "34;1")
    if finding.help:
        lines.append(f"{' ' * margin} {paint('=', '34;1')} help: {printable(finding.help)}")
    if finding.edit:
        lines.append(f"{' ' * margin} {paint('=', '34;1')} fix: {printable(_repair(finding.edit, sources))}")
    return lines


def _excerpt(
    span: Span,
    message: str,
    margin: int,
    sources: Sources,
    paint: Callable[[str, str], str],
    colour: str,
    *,
    refused: bool = False,
) -> Sequence[str]:
    shown = sources.quoted(span.path, span.line, refused=refused)
    if shown is None or not shown.text.strip():
        return ()
    line = shown.text
    start = shown.column(span.column - 1)
    if span.column == span.end_column == 1 and span.end_line > span.line:  # a whole line: mark its words
        start = len(line) - len(line.lstrip())
    end = shown.column(span.end_column - 1) if span.end_line == span.line else len(line.rstrip())
    line, start, end = _window(line, start, end)
    mark = "^" * max(1, width(line[start:end]))
    bar = paint("|", "34;1")
    return (
        f"{paint(str(span.line).rjust(margin), '34;1')} {bar} {line}",
        f"{' ' * margin} {bar} {blank(line[:start])}{paint(f'{mark} {message}' if message else mark, colour)}",
    )


def _window(line: str, start: int, end: int) -> tuple[str, int, int]:
    """The part of a line that can be shown, and where the mark is in it: of a long line what is around the mark."""
    if len(line) <= _LONGEST:
        return printable(line), start, end
    cut = max(0, min(start - _BEFORE, len(line) - _LONGEST))
    shown = printable(line[cut : cut + _LONGEST])
    if cut:
        shown = "…" + shown[1:]
    if cut + _LONGEST < len(line):
        shown = shown[:-1] + "…"
    return shown, start - cut, min(end - cut, _LONGEST)


def _repair(edit: Edit, sources: Sources) -> str:
    """What `--fix` would do, in a few words."""
    span, new = edit.span, edit.replacement
    line = sources.line(span.path, span.line)
    if not new:
        lines = span.end_line - span.line
        whole = span.column == 1 and span.end_column == 1 and lines
        return f"`--fix` removes {'this line' if lines == 1 else f'{lines} lines'}" if whole else "`--fix` removes it"
    written = [f"`{shortened(one.strip())}`" for one in new.split("\n") if one.strip()]
    if span.line != span.end_line or line is None or len(written) != 1:
        return f"`--fix` writes {', '.join(written) if len(written) <= _FEW else f'{len(written)} lines'}"
    if span.column == span.end_column:
        return f"`--fix` adds `{shortened(new.strip())}`"
    old = line[span.column - 1 : span.end_column - 1].strip()
    return f"`--fix` writes `{shortened(new.strip())}` for `{shortened(old)}`"


def _paint(text: str, colour: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"


def _plain(text: str, _colour: str) -> str:
    return text
