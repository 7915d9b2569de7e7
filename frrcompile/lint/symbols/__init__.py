"""Names in a frr.conf: where each is defined, where it is used, and what FRR does where it is not there."""

from __future__ import annotations

from frrcompile.lint.symbols.contexts import Contexts, contexts_of
from frrcompile.lint.symbols.table import Definition, Symbols, Use, symbols_of
from frrcompile.lint.symbols.words import Effect, Kind

__all__ = ["Contexts", "Definition", "Effect", "Kind", "Symbols", "Use", "contexts_of", "symbols_of"]
