"""One frr.conf as a file: read, judged, repaired where that is wanted, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from frrcompile.diagnostics import MORE, Diagnostic
from frrcompile.facts.releases import Release
from frrcompile.lint.checking import Wish, check
from frrcompile.lint.encoding import no_text
from frrcompile.lint.release import release_for


class Outcome(NamedTuple):
    """What came of one input. Its findings quote no secret.

    `fixed` are the edits that went into `repaired`, the text as it is after them (None where it stays); `spoiled` says
    that they were taken back, as FRR would have refused the result. `failures` are why something could not be read.
    """

    path: str
    findings: Sequence[Diagnostic] = ()
    notes: frozenset[str] = frozenset()
    failures: Sequence[str] = ()
    text: str = ""
    repaired: str | None = None
    fixed: int = 0
    spoiled: bool = False
    refused: frozenset[str] = frozenset()
    """The lines that FRR refuses, of `text` and of `repaired`: any word of them may be a secret."""


def examine(content: bytes, path: str, wish: Wish, frr: str | None, *, repair: bool = False) -> Outcome:
    """What is found in the bytes of a frr.conf; `frr` is the wanted version, as `release_for` takes it.

    With `repair`, what is found after the safe edits, and the text with them; nothing is written. Never raises.
    """
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        return Outcome(path, [no_text(content, path, error)])
    judged = release_for(text, frr)
    notes = frozenset({judged.note} if judged.note else ())
    if not repair:
        findings = check(text, path, judged.asked, wish)
        refused = _refused(text, findings, judged.asked, wish) if findings else frozenset()
        return Outcome(path, _masked(findings, text, refused), notes, text=text, refused=refused)
    from frrcompile.lint.fix import fix

    all_of_them = wish._replace(most=None)
    done = fix(text, lambda version: check(version, path, judged.asked, all_of_them))
    refused = _refused(done.text, done.findings, judged.asked, wish)
    if done.edits:
        refused |= _refused(text, None, judged.asked, wish)
    return Outcome(
        path,
        _masked(done.findings, done.text, refused),
        notes,
        text=text,
        repaired=done.text if done.edits else None,
        fixed=done.edits,
        spoiled=done.spoiled,
        refused=refused,
    )


def _refused(text: str, findings: Sequence[Diagnostic] | None, release: Release, wish: Wish) -> frozenset[str]:
    """The lines of a text that FRR refuses; `findings` are what was found and wanted in it, where it was looked at.

    Where there are too many, all behind the last one that is known count as refused.
    """
    from frrcompile.lint.engine import lint
    from frrcompile.report.masked import REFUSED

    if findings is None or "frrcompile:" in text or not all(map(wish.selection.takes, REFUSED)):
        findings = lint(text, "-", release, REFUSED)
    found = [finding for finding in findings if finding.code in REFUSED]
    lines = text.split("\n") if found else []
    numbers = {finding.span.line for finding in found}
    numbers.update(range(min((one.span.line for one in found if one.message == MORE), default=len(lines)), len(lines)))
    return frozenset(lines[number - 1].rstrip("\r") for number in numbers if number <= len(lines))


def _masked(findings: Sequence[Diagnostic], text: str, refused: frozenset[str]) -> Sequence[Diagnostic]:
    if not findings:
        return findings
    from frrcompile.report.masked import masked

    return masked(findings, text, refused)
