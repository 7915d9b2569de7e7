"""Folders of models with their compiled files beside them: where each file belongs, and which belong to no model.

`NAME.yaml` has `NAME/NODE.conf` for each of its nodes, and `NAME/plumb.json` with the links of all. `input.yaml` has them
beside it, and where it has one node the file is `frr.conf`: a folder for each case. Secrets are never in them: placeholders
stand in their place.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from frrcompile import regular
from frrcompile.links import REFUSED, may_follow

MODELS = (".yaml", ".yml", ".json")
INPUT = "input"
"""The stem of a model that has its files beside it."""

MAX_BYTES = 64 * 1024 * 1024

LINKS = "plumb.json"
"""The file with the links of a model's nodes."""

MARKERS = {".conf": b"! frrcompile: ", ".json": b'{\n  "frrcompile": "plumb",\n'}
"""How everything begins that was made from a model; what begins otherwise is never removed."""


class LayoutError(ValueError):
    """A folder in which two models would have the same files, or in which a link leads out of it."""


@dataclass(frozen=True, slots=True)
class Case:
    """A model and the folder of its compiled files."""

    model: Path
    folder: Path

    def files(self, nodes: Collection[str]) -> dict[str, Path]:
        """The file of each node."""
        if self.folder == self.model.parent and len(nodes) == 1:
            return dict.fromkeys(nodes, self.folder / "frr.conf")
        return {node: self.folder / f"{node}.conf" for node in nodes}

    @property
    def links(self) -> Path:
        """The file with the links of all nodes."""
        return self.folder / LINKS


def case_of(model: Path) -> Case:
    """Where the files of a model belong."""
    return Case(model, model.parent if model.stem == INPUT else model.with_suffix(""))


def cases(directory: Path, is_model: Callable[[Path], bool]) -> list[Case]:
    """The models below a folder, in the order of their paths. Raises LayoutError, and OSError where it cannot be read.

    A file named `input` is a model whatever it says, so that a mistyped one is told and not passed over.
    """
    found = [
        case_of(path)
        for path in _walk(directory)
        if path.suffix in MODELS
        and path.name != LINKS
        and (path.stem == INPUT or not may_follow(path, directory) or is_model(path))
    ]
    for case in found:
        if not may_follow(case.model, directory):
            raise LayoutError(f"{case.model}: {REFUSED}")
        if case.folder != directory and not regular.stays_in(case.folder, directory):
            raise LayoutError(f"{case.folder}: it is a link out of {directory}, and is not followed")
    first: dict[Path, Case] = {}
    for case in found:
        if (other := first.setdefault(case.folder, case)) is not case:
            raise LayoutError(f"{case.model}: its files would be those of {other.model}; rename one of the two")
    return found


def left_over(directory: Path, expected: Collection[Path], unknown: Collection[Path]) -> list[Path]:
    """The compiled files below a folder that no model makes any more.

    `expected` are those that one does make. Of the folders `unknown` nobody can say, as their models do not compile.
    """
    return [
        path
        for path in _walk(directory)
        if (path.suffix == ".conf" or path.name == LINKS)
        and path not in expected
        and path.parent not in unknown
        and not path.is_symlink()  # what a link leads to says nothing of the link
        and is_compiled(path)
    ]


def is_compiled(path: Path) -> bool:
    """Whether a file was made from a model, by how it begins. Raises OSError."""
    with regular.looked_at(path) as handle:
        return regular.content(handle, path, MAX_BYTES).startswith(MARKERS[path.suffix])


def _walk(directory: Path) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        raise error

    for parent, folders, names in os.walk(directory, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))
