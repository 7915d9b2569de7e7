"""Every code that frrcompile has, of frr.confs, models and imports, with its documentation."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.documented import Entry


def everything() -> Iterator[Entry]:
    """Every entry, family by family: the linter's, the compiler's, then those of exports and imports."""
    from frrcompile.interop.catalog import catalog as of_interop
    from frrcompile.lint.catalog import catalog as of_linter
    from frrcompile.pipeline.catalog import catalog as of_compiler

    families: dict[str, list[Entry]] = {}
    for entry in (*of_linter().values(), *of_compiler().values(), *of_interop().values()):
        families.setdefault(entry.family, []).append(entry)
    return (entry for entries in families.values() for entry in entries)


def entry_of(word: str) -> Entry | None:
    """What is known of a code or a rule's name, in upper or lower case; None where there is no such one."""
    code, name = word.upper(), word.lower()
    return next((entry for entry in everything() if entry.code == code or entry.name == name), None)
