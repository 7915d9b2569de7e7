"""Every code that a finding can have, whether the linter or the compiler says it, and what it means."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from frrcompile.documented import Entry
from frrcompile.report.run import Explanation


class KnownCodes(Collection[str]):
    """Every code of the linter and of the compiler; looked up at the first use, as most commands name none."""

    def __iter__(self) -> Iterator[str]:
        from frrcompile.lint.catalog import catalog

        yield from catalog()
        from frrcompile.pipeline.catalog import codes

        yield from codes()

    def __contains__(self, code: object) -> bool:
        return any(code == known for known in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@lru_cache
def entry_of(code: str) -> Entry | None:
    """What is known of a code; None where there is no such code."""
    if code.startswith("MOD"):
        from frrcompile.pipeline.catalog import catalog
    else:
        from frrcompile.lint.catalog import catalog
    return catalog().get(code)


@lru_cache
def explanation(code: str) -> Explanation | None:
    """What the code means, for reports; None where there is no such code."""
    entry = entry_of(code)
    if not entry:
        return None
    page = entry.page
    text = f"{page.summary}\n\nWhat: {page.what}\n\nWhy: {page.why}"
    return Explanation(code, entry.name, entry.severity, page.summary, text, entry.family)
