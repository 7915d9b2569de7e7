"""The linter's findings in compiled frr.confs, at the places of the model that made the lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from frrcompile.diagnostics import Diagnostic, Label, Span
from frrcompile.ir.origin import Origin
from frrcompile.ir.source import Source
from frrcompile.model.tree import locate, spell
from frrcompile.pipeline.model_help import help_for
from frrcompile.redact import redact
from frrcompile.render.trace import Line

TOLD = frozenset({"FRR441"})
"""Codes for which the compiler has one of its own, about the cause in the model (MOD212); raw lines it does not judge."""


class Placed(NamedTuple):
    """A finding at its place in the model, and the line of the node's frr.conf that it is about."""

    finding: Diagnostic
    node: str
    number: int
    line: str


def placed(
    findings: Iterable[Diagnostic], node: str, lines: Sequence[Line], source: Source, texts: Mapping[str, str]
) -> Iterator[Placed]:
    """The findings in the frr.conf of a node, which has `lines`, at the places of its model, whose files are `texts`."""

    def place(span: Span) -> tuple[Origin, Span]:
        line = lines[min(span.line, len(lines)) - 1]
        at = line.at or ("nodes", node)
        return at, span_of(source, at, line.text, texts)

    for finding in findings:
        at, span = place(finding.span)
        if finding.code in TOLD and at[0] != "raw":
            continue
        labels = (Label(place(label.span)[1], label.message) for label in finding.labels)
        said = finding._replace(
            span=span,
            field=field_of(at),
            labels=tuple(label for label in labels if label.span != span),
            help=help_for(finding.code, at) or finding.help,
            edit=None,
        )
        yield Placed(said, node, finding.span.line, redact(lines[finding.span.line - 1].text.strip()))


def field_of(at: Origin) -> str:
    """The field of the model that makes a line; the whole text of raw lines."""
    return spell(at[:3] if at[0] == "raw" else at)


def span_of(source: Source, at: Origin, written: str, texts: Mapping[str, str]) -> Span:
    """Where the model, whose files are `texts`, has the field or the raw line that makes a line of frr.conf."""
    return raw_line(source, at, written, texts) if at[0] == "raw" else locate(source.root, at)


def raw_line(source: Source, at: Origin, written: str, texts: Mapping[str, str]) -> Span:
    """The line of the model that a raw line is; the whole text where YAML has it in another form."""
    span = source.line(at)
    lines = texts.get(span.path, "").split("\n")
    there = lines[span.line - 1] if span.line <= len(lines) else ""
    if there.strip() != written.strip():
        return locate(source.root, at)
    column = len(there) - len(there.lstrip()) + 1
    return Span(span.path, span.line, column, span.line, column + len(there.strip()))


def once(findings: Iterable[Placed]) -> Iterator[Diagnostic]:
    """Each finding at one field once, with the frr.conf that it was found in first and the number of the others.

    In the frr.confs of several nodes the same field may make lines, and messages, with different addresses: the first
    message about a field in one of them is the same finding as the first one in another, and so on.
    """
    groups: dict[tuple[str, Span, str, int], list[Placed]] = {}
    told: dict[tuple[str, str, Span, str], list[str]] = {}
    for one in findings:
        code, span, field, message = one.finding.code, one.finding.span, one.finding.field, one.finding.message
        messages = told.setdefault((one.node, code, span, field), [])
        if message not in messages:
            messages.append(message)
        groups.setdefault((code, span, field, messages.index(message)), []).append(one)
    for some in groups.values():
        first = some[0].finding
        yield first._replace(message=f"`{first.field}`: {first.message} ({_where(some)})")


def _where(some: Sequence[Placed]) -> str:
    first = some[0]
    lines = len({one.number for one in some if one.node == first.node}) - 1
    nodes = len({one.node for one in some}) - 1
    more_lines = f" and {lines} more" if lines else ""
    more_nodes = f" and {nodes} more" if nodes else ""
    return f"line {first.number}{more_lines} of frr.conf, node {first.node}{more_nodes}: `{first.line}`"
