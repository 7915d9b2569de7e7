"""Findings without the secrets of the text that they are about, whatever they quote of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from frrcompile.diagnostics import Diagnostic, Edit, Label
from frrcompile.redact import MASK, redact, secrets
from frrcompile.report.printable import LONGEST, shortened

SHORTEST = 3
"""The least letters of a word of a secret to be looked for by itself; the whole secret is always looked for."""


def masked(findings: Sequence[Diagnostic], text: str) -> list[Diagnostic]:
    """The findings about `text`, with none of its secrets in what they say, nor a message that is endless."""
    if not findings or not (hidden := secrets(text)):
        return [_cut(finding) for finding in findings]
    words = {word for secret in hidden for word in (secret, *secret.split()) if len(word) >= SHORTEST or word == secret}
    either = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)")
    return [_cut(_masked(finding, pattern)) for finding in findings]


def _masked(finding: Diagnostic, pattern: re.Pattern[str]) -> Diagnostic:
    if not finding.edit and not pattern.search(" ".join((finding.message, finding.help, *_said(finding.labels)))):
        return finding

    def hide(said: str) -> str:
        return pattern.sub(MASK, said)

    edit = finding.edit
    return finding._replace(
        message=hide(finding.message),
        help=hide(finding.help),
        labels=tuple(Label(label.span, hide(label.message)) for label in finding.labels),
        edit=Edit(edit.span, redact(hide(edit.replacement))) if edit else None,
    )


def _said(labels: Iterable[Label]) -> Iterator[str]:
    return (label.message for label in labels)


def _cut(finding: Diagnostic) -> Diagnostic:
    if len(finding.message) <= LONGEST and len(finding.help) <= LONGEST:
        return finding
    return finding._replace(message=shortened(finding.message), help=shortened(finding.help))
