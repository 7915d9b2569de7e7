"""Context: where FRR reads a line, and whether it reads it as it looks."""

from __future__ import annotations

from frrcompile.lint.rules.context import acting, nesting, text

__all__ = ["acting", "nesting", "text"]
