"""Every code that a finding can have, whether the linter or the compiler says it, and what it means."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from frrcompile.diagnostics import Severity
from frrcompile.report.run import Explanation


class KnownCodes(Collection[str]):
    """Every code of the linter and of the compiler; looked up at the first use, as most commands name none."""

    def __iter__(self) -> Iterator[str]:
        from frrcompile.lint.catalog import catalog
        from frrcompile.pipeline.model_findings import meanings

        return iter((*catalog(), *meanings()))

    def __contains__(self, code: object) -> bool:
        return code in tuple(self)

    def __len__(self) -> int:
        return len(tuple(self))


@lru_cache
def explanation(code: str) -> Explanation | None:
    """What the code means; None where there is no such code."""
    from frrcompile.lint.catalog import catalog
    from frrcompile.pipeline.model_findings import meanings

    if entry := catalog().get(code):
        page = entry.page
        text = f"{page.summary}\n\nWhat: {page.what}\n\nWhy: {page.why}"
        return Explanation(code, entry.name, entry.severity, page.summary, text, entry.family)
    if meaning := meanings().get(code):
        return Explanation(code, "", Severity.ERROR, meaning.split(". ")[0].rstrip(".") + ".", meaning, "model")
    return None
