"""A model, linted: the compiler's findings, and the linter's in the frr.conf of every node."""

from __future__ import annotations

from collections.abc import Mapping

from frrcompile.cli.inputs import Input, read
from frrcompile.cli.placing import Placed, once, placed
from frrcompile.cli.raw import build_checked
from frrcompile.diagnostics import Diagnostic
from frrcompile.ir import dialect
from frrcompile.ir.build import Loaded, load_site, source_of
from frrcompile.lint import suppress
from frrcompile.lint.checking import Wish, check
from frrcompile.lint.file import Outcome
from frrcompile.lint.release import AUTO, release_for
from frrcompile.render.secret import placeholder
from frrcompile.render.trace import traced
from frrcompile.report.masked import masked


def examine_model(model: Input, wish: Wish, frr: str | None) -> Outcome:
    """What is found in a model; `frr` is a version in place of the model's own. Opens no secret. Raises OSError."""
    known = frr if frr and frr != AUTO and dialect.is_version(frr) else None
    loaded = load_site(model.paths, frr=known, stdin=model.content)
    texts = _texts(model)
    found = list(loaded.findings)
    emitted: list[Placed] = []
    notes: set[str] = set()
    for name in loaded.site.nodes if loaded.site else ():
        found += _of_node(loaded, name, wish, frr, texts, emitted, notes)
    found = list(dict.fromkeys([*found, *once(emitted)]))
    findings = wish.weigh(found if wish.isolated else _unsuppressed(found, texts))
    return Outcome(model.path, sorted(findings, key=lambda finding: finding.place), frozenset(notes))


def _texts(model: Input) -> dict[str, str]:
    """The model's files."""
    contents = {path: model.content if path == "-" else read(path) for path in model.paths}
    return {path: (content or b"").decode("utf-8-sig", errors="replace") for path, content in contents.items()}


def _of_node(
    loaded: Loaded,
    name: str,
    wish: Wish,
    frr: str | None,
    texts: Mapping[str, str],
    emitted: list[Placed],
    notes: set[str],
) -> list[Diagnostic]:
    """The compiler's findings about one node; the linter's, in its frr.conf, are appended to `emitted`."""
    router, findings = build_checked(loaded, name)
    if router:
        lines = traced(router, placeholder)
        text = "".join(f"{line.text}\n" for line in lines)
        judged = release_for(text, frr if frr and frr != AUTO else router.frr)
        notes.update({judged.note} if judged.note else ())
        if in_text := masked(check(text, name, judged.asked, wish), text):
            emitted += placed(in_text, name, lines, source_of(loaded, name), texts)
    return findings


def _unsuppressed(findings: list[Diagnostic], texts: Mapping[str, str]) -> list[Diagnostic]:
    """The findings that comments in the model leave. Whether one is of use depends on the nodes: none is called unused."""
    from frrcompile.cli.model_findings import meanings
    from frrcompile.lint.catalog import catalog

    for path, text in texts.items():
        here = [finding for finding in findings if finding.span.path == path]
        rest = [finding for finding in findings if finding.span.path != path]
        findings = rest + suppress.apply(text, path, here, (), {*catalog(), *meanings()})
    return findings
