"""A model, linted: what the compiler says of it, and what the linter says of every node's frr.conf."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from frrcompile.cli.inputs import Input
from frrcompile.cli.raw import build_checked
from frrcompile.diagnostics import Diagnostic, Span
from frrcompile.ir import dialect
from frrcompile.ir.build import Loaded, load_site
from frrcompile.lint import suppress
from frrcompile.lint.checking import Wish, check
from frrcompile.lint.file import Outcome
from frrcompile.lint.release import AUTO, release_for
from frrcompile.model.tree import locate_key
from frrcompile.redact import redact
from frrcompile.render.emit import frr_conf
from frrcompile.render.secret import placeholder


class _Emitted(NamedTuple):
    """A finding in the frr.conf of a node, and the line that it is about."""

    node: str
    finding: Diagnostic
    line: str


def examine_model(model: Input, wish: Wish, frr: str | None) -> Outcome:
    """What is found in a model; `frr` is a version in place of the model's own. Opens no secret. Raises OSError."""
    known = frr if frr and frr != AUTO and dialect.is_version(frr) else None
    loaded = load_site(model.paths, frr=known, stdin=model.content)
    found = list(loaded.findings)
    notes: set[str] = set()
    if loaded.site:
        emitted: list[_Emitted] = []
        for name in loaded.site.nodes:
            found += _of_node(loaded, name, wish, frr, emitted, notes)
        found += _placed(emitted, loaded)
    found = list(dict.fromkeys(found))
    findings = wish.weigh(found if wish.isolated else _unsuppressed(found, model))
    return Outcome(model.path, sorted(findings, key=lambda finding: finding.place), frozenset(notes))


def _of_node(
    loaded: Loaded, name: str, wish: Wish, frr: str | None, emitted: list[_Emitted], notes: set[str]
) -> list[Diagnostic]:
    """The compiler's findings about one node; the linter's, in its frr.conf, are appended to `emitted`."""
    router, findings = build_checked(loaded, name)
    if router:
        text = frr_conf(router, placeholder)
        judged = release_for(text, frr if frr and frr != AUTO else router.frr)
        notes.update({judged.note} if judged.note else ())
        lines = text.split("\n")
        for finding in check(text, name, judged.asked, wish):
            emitted.append(_Emitted(name, finding, redact(lines[finding.span.line - 1].strip())))
    return findings


def _placed(emitted: list[_Emitted], loaded: Loaded) -> Iterator[Diagnostic]:
    """The linter's findings at the nodes of the model, those that several nodes share at the first one only."""
    shared: dict[tuple[str, str, str], list[_Emitted]] = {}
    for one in emitted:
        shared.setdefault((one.finding.code, one.finding.message, one.line), []).append(one)
    for some in shared.values():
        first = some[0]
        others = len({one.node for one in some}) - 1
        also = f" and of {others} more" if others else ""
        where = f"in the frr.conf of node {first.node}{also}, line {first.finding.span.line}, `{first.line}`"
        yield first.finding._replace(
            message=f"{where}: {first.finding.message}",
            span=_node_span(loaded, first.node),
            labels=(),
            edit=None,
        )


def _node_span(loaded: Loaded, name: str) -> Span:
    return locate_key(loaded.source.root, ("nodes", name))


def _unsuppressed(findings: list[Diagnostic], model: Input) -> list[Diagnostic]:
    """The findings that comments in the model leave. Whether one is of use depends on the nodes: none is called unused."""
    from frrcompile.cli.inputs import read
    from frrcompile.cli.model_findings import meanings
    from frrcompile.lint.catalog import catalog

    for path in model.paths:
        content = model.content if path == "-" else read(path)
        text = (content or b"").decode("utf-8-sig", errors="replace")
        here = [finding for finding in findings if finding.span.path == path]
        rest = [finding for finding in findings if finding.span.path != path]
        findings = rest + suppress.apply(text, path, here, (), {*catalog(), *meanings()})
    return findings
