"""Finding the modules of a package, so that a new file counts without being named anywhere."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib import import_module


def import_below(package: str, folders: Iterable[str]) -> None:
    """Imports every module below a package, in the order of their names; `folders` is the package's `__path__`."""
    for folder in folders:
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            name, ending = os.path.splitext(entry.name)  # noqa: PTH122  pathlib takes longer to import than this to run
            if ending == ".py" and name != "__init__":
                import_module(f"{package}.{name}")
            elif not ending and name.isidentifier() and os.path.isfile(os.path.join(entry.path, "__init__.py")):  # noqa: PTH113, PTH118
                import_module(f"{package}.{name}")
                import_below(f"{package}.{name}", (entry.path,))
