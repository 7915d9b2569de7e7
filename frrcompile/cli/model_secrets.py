"""The secrets of models that findings are about, so that no excerpt of a model shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from frrcompile.cli.inputs import MODELS, read
from frrcompile.diagnostics import Diagnostic


class Secrets(NamedTuple):
    """The secrets of the models, and the models of which nothing could be read: any word of theirs may be one."""

    known: frozenset[str]
    broken: frozenset[str]


def secrets_of(findings: Iterable[Diagnostic]) -> Secrets:
    """Reads the models again that the findings are about, if they may hold a secret."""
    from frrcompile.announced import is_hinted
    from frrcompile.model.load import parse
    from frrcompile.model.secrets import secrets

    spans = (span for one in findings for span in (one.span, *(label.span for label in one.labels)))
    known: set[str] = set()
    broken: set[str] = set()
    for path in {span.path for span in spans if span.path.endswith(MODELS)}:
        try:
            text = read(path).decode("utf-8-sig", errors="replace")
        except OSError:
            continue  # no line of it is shown
        if is_hinted(text):
            root, _ = parse(text, path)
            if root is None:
                broken.add(path)
            else:
                known |= secrets(root)
    return Secrets(frozenset(known), frozenset(broken))
