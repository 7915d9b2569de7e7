"""The rules, a module or a folder for each family. A rule is a function decorated with `registry.rule`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from frrcompile.discovery import import_below
from frrcompile.lint.registry import Rule, registered


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """Every rule by its code, in the order of the codes. Raises ValueError for two rules of one code or name."""
    import_below(__name__, __path__)
    found = {one.code: one for one in sorted(registered, key=lambda one: one.code)}
    if len(found) != len(registered) or len({one.name for one in registered}) != len(registered):
        raise ValueError("two lint rules have one code or one name")
    return found
