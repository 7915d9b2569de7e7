"""Where the grammar's data files are."""

from __future__ import annotations

from pathlib import Path


def grammar_file(name: str) -> Path:
    """The path of a file of `grammar/`: inside the installed package if it is there, else beside it in the checkout.

    A wheel carries `grammar/` as `frrcompile/grammar/` (pyproject's force-include); an editable install does not.
    Raises FileNotFoundError where neither has it, which only a broken installation causes.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "grammar", package.parent / "grammar"):
        path = folder / name
        if path.is_file():
            return path
    raise FileNotFoundError(f"frrcompile is not whole: grammar file {name!r} is neither in {package} nor beside it")
