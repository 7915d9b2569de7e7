"""Findings without the secrets of the text that they are about, whatever they quote of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

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

    @cache  # thousands of findings say the same
    def hide(said: str) -> str:
        return pattern.sub(MASK, said)

    return [_cut(_masked(finding, hide)) for finding in findings]


def _masked(finding: Diagnostic, hide: Callable[[str], str]) -> Diagnostic:
    edit = finding.edit
    message, help_, labels = finding.message, finding.help, finding.labels
    if (
        edit is None
        and hide(message) == message
        and hide(help_) == help_
        and all(hide(label.message) == label.message for label in labels)
    ):
        return finding
    return finding._replace(
        message=hide(message),
        help=hide(help_),
        labels=tuple(Label(label.span, hide(label.message)) for label in labels),
        edit=Edit(edit.span, redact(hide(edit.replacement))) if edit else None,
    )


def _cut(finding: Diagnostic) -> Diagnostic:
    if len(finding.message) <= LONGEST and len(finding.help) <= LONGEST:
        return finding
    return finding._replace(message=shortened(finding.message), help=shortened(finding.help))
