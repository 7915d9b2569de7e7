"""A model, linted: the compiler's findings, and the linter's in the frr.conf of every node."""

from __future__ import annotations

from collections.abc import Mapping

from frrcompile.diagnostics import Diagnostic, has_errors
from frrcompile.ir import dialect
from frrcompile.lint import suppress
from frrcompile.lint.checking import Wish, check
from frrcompile.lint.file import Outcome
from frrcompile.lint.release import AUTO, release_for
from frrcompile.pipeline.alike import folded
from frrcompile.pipeline.placing import Placed, once, placed
from frrcompile.pipeline.reach import check_reach
from frrcompile.pipeline.routers import secret_finding
from frrcompile.pipeline.site import Files, Loaded, build, load_site, source_of
from frrcompile.render.secret import SecretError, allowed
from frrcompile.render.trace import traced
from frrcompile.report.masked import masked


def examine_model(files: Files, wish: Wish, frr: str | None) -> Outcome:
    """What is found in a model; `frr` is a version in place of the model's own. Opens no secret, but a name of a variable that
    is never opened is a finding. Never raises."""
    known = frr if frr and frr != AUTO and dialect.is_version(frr) else None
    loaded = load_site(files, frr=known)
    found = list(loaded.findings)
    emitted: list[Placed] = []
    notes: set[str] = set()
    for name in loaded.names:
        found += _of_node(loaded, name, wish, frr, emitted, notes)
    if loaded.site and not has_errors(found):
        found += check_reach(loaded, {})
    found = folded([*found, *once(emitted)])
    findings = wish.weigh(found if wish.isolated else _unsuppressed(found, loaded.texts))
    return Outcome(next(iter(files)), sorted(findings, key=lambda finding: finding.place), frozenset(notes))


def _of_node(
    loaded: Loaded,
    name: str,
    wish: Wish,
    frr: str | None,
    emitted: list[Placed],
    notes: set[str],
) -> list[Diagnostic]:
    """The compiler's findings about one node; the linter's, in its frr.conf, are appended to `emitted`."""
    router, findings = build(loaded, name)
    if router:
        # The linter's findings are made below, with all others.
        findings = [one for one in findings if one.code.startswith("MOD")]
        try:
            lines = traced(router, allowed)
        except SecretError as error:
            return [*findings, secret_finding(loaded, name, error)]
        text = "".join(f"{line.text}\n" for line in lines)
        judged = release_for(text, frr if frr and frr != AUTO else router.frr)
        notes.update({judged.note} if judged.note else ())
        if in_text := masked(check(text, name, judged.asked, wish), text):
            emitted += placed(in_text, name, lines, source_of(loaded, name), loaded.texts)
    return findings


def _unsuppressed(findings: list[Diagnostic], texts: Mapping[str, str]) -> list[Diagnostic]:
    """The findings that comments in the model leave. Whether one is of use depends on the nodes: none is called unused."""
    from frrcompile.pipeline.codes import KnownCodes

    for path, text in texts.items():
        here = [finding for finding in findings if finding.span.path == path]
        rest = [finding for finding in findings if finding.span.path != path]
        findings = rest + suppress.apply(text, path, here, (), tuple(KnownCodes()))
    return findings
