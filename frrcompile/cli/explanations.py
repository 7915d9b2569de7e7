"""What a code means, whether the linter or the compiler says it."""

from __future__ import annotations

from functools import lru_cache

from frrcompile.cli.model_findings import meanings
from frrcompile.diagnostics import Severity
from frrcompile.lint.catalog import catalog
from frrcompile.report.run import Explanation


@lru_cache
def explanation(code: str) -> Explanation | None:
    """What the code means; None where there is no such code."""
    if entry := catalog().get(code):
        page = entry.page
        text = f"{page.summary}\n\nWhat: {page.what}\n\nWhy: {page.why}"
        return Explanation(code, entry.name, entry.severity, page.summary, text, entry.family)
    if meaning := meanings().get(code):
        return Explanation(code, "", Severity.ERROR, meaning.split(". ")[0].rstrip(".") + ".", meaning, "model")
    return None
