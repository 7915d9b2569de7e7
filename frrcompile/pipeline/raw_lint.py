"""The linter over the operator's own lines, in their place in the whole frr.conf: raw lines, and debug commands.

The linter finds nothing wrong with the compiler's own lines. FRR may refuse a line of the operator's, or the line may name
what is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from frrcompile.diagnostics import Diagnostic, Label, Severity, Span
from frrcompile.facts.releases import Release, parse
from frrcompile.ir.node import Node
from frrcompile.ir.origin import Origin
from frrcompile.ir.source import Source
from frrcompile.lint.engine import lint
from frrcompile.lint.rules import rules
from frrcompile.pipeline.placing import field_of, span_of
from frrcompile.render.emit import frr_conf
from frrcompile.render.secret import placeholder
from frrcompile.syntax.daemons import daemons_needed


def lint_raw(router: Node, source: Source, texts: Mapping[str, str]) -> Iterator[Diagnostic]:
    """The linter's errors and warnings about the operator's lines, each at its line in the model.

    `router` is one of `nearby`. A comment in raw lines suppresses what it suppresses in a frr.conf. `source` is the document
    as the node has it, and `texts` its files by their names.
    """
    text = frr_conf(router, placeholder)
    own = _own_lines(router, text.split("\n"))
    release = parse(router.frr)
    run = _codes(release)
    found = lint(text, router.name, release, run)
    if any("frrcompile:" in line for raw in router.raw for line in raw.lines):
        from frrcompile.lint import suppress
        from frrcompile.lint.catalog import catalog

        found = suppress.apply(text, router.name, found, run, catalog().keys())
    if about := [one for one in found if one.span.line in own]:
        yield from _placed(about, text, own, source, texts)


def _placed(
    findings: list[Diagnostic], text: str, own: Mapping[int, Origin], source: Source, texts: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Findings in `text` at the places of the model, without secrets."""
    from frrcompile.report.masked import masked

    lines = text.split("\n")

    def place(number: int) -> Span:
        return span_of(source, own[number], lines[number - 1], texts)

    for finding in masked(findings, text):
        field, span = field_of(own[finding.span.line]), place(finding.span.line)
        labels = (Label(place(one.span.line), one.message) for one in finding.labels if one.span.line in own)
        yield finding._replace(
            message=f"`{field}`: {finding.message}",
            span=span,
            field=field,
            labels=tuple(label for label in labels if label.span != span),
            edit=None,
        )


def nearby(router: Node) -> Node:
    """The router with all that the operator's lines can contradict or name: it lacks the VRFs that they do not name.

    No rule relates a line with those of another VRF, but for VNIs and route distinguishers. A lint of a
    thousand VRFs takes as long as compiling them.
    """
    words = {word for raw in router.raw for line in raw.lines for word in line.split()}
    if not words.isdisjoint(("rd", "vni")):
        return router
    return replace(
        router,
        vrfs=tuple(one for one in router.vrfs if one.name in words),
        declared=tuple(one for one in router.declared if one.vrf is None or one.vrf in words),
        bgp=tuple(one for one in router.bgp if one.vrf is None or one.vrf in words),
    )


def needed(router: Node) -> tuple[str, ...]:
    """The daemons that the router needs: those of every router, and those that raw lines are for."""
    lines = "".join(f"{line}\n" for raw in router.raw for line in raw.lines)
    always = {*router.daemons, "zebra", "staticd"}  # every FRR starts the last two
    return (*router.daemons, *sorted(daemons_needed(lines) - always))


def _own_lines(router: Node, lines: list[str]) -> Mapping[int, Origin]:
    """Where the model has the lines that the operator wrote, by their numbers in frr.conf."""
    found: dict[int, Origin] = {}
    number = len(lines) - 1  # the last one is empty, the one before it ends frr.conf
    for raw in reversed(router.raw):
        number -= len(raw.lines) + 1
        for place, line in enumerate(raw.lines):
            found[number + place] = line.at
    if router.debug:
        first = lines.index(f"debug {router.debug[0]}") + 1
        found.update((first + place, command.at) for place, command in enumerate(router.debug))
    return found


@lru_cache
def _codes(release: Release) -> frozenset[str]:
    """The rules whose findings are errors or warnings."""
    wanted = (one for one in rules().values() if one.severity is not Severity.INFO and one.applies(release))
    return frozenset(one.code for one in wanted)
