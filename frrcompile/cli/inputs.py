"""What there is to lint: files as they were named, and those of folders that are frr.confs or models."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from frrcompile import regular
from frrcompile.cli.recognition import is_model, top_keys
from frrcompile.links import REFUSED, may_follow

CONFIGURATIONS = (".conf",)
MODELS = (".yaml", ".yml", ".json")
NO_CONFIGURATION = "support_bundle_commands.conf"
"""FRR's package puts it beside frr.conf: it lists commands to run, and is none itself."""

MAX_BYTES = 64 * 1024 * 1024
"""Bytes of an input at most: some 40,000 tenants in a frr.conf."""


class Input(NamedTuple):
    """Something to lint: a file, a model that several files make together, or standard input ("-") with its `content`."""

    paths: tuple[str, ...]
    is_model: bool
    content: bytes | None = None

    @property
    def path(self) -> str:
        """What the user calls it."""
        return self.paths[0]

    @property
    def size(self) -> int:
        """About how many bytes it has; 0 where that cannot be told."""
        if self.content is not None:
            return len(self.content)
        try:
            return sum(Path(path).stat().st_size for path in self.paths)
        except OSError:
            return 0


def gather(named: Sequence[str]) -> tuple[list[Input], list[str]]:
    """The inputs that arguments stand for, each once, and what is wrong with the rest. Reads standard input."""
    found: list[Input] = []
    failures: list[str] = []
    named = list(dict.fromkeys(named))
    models = tuple(name for name in named if name.endswith(MODELS) and not Path(name).is_dir())
    # A model may be in several files, as for `compile`: then some of those that are named are no whole model.
    together = len(models) > 1 and not all(map(_has_nodes, models))
    for name in named:
        if name == "-":
            content = read_stdin()
            found.append(Input((name,), is_model(content), content))
        elif Path(name).is_dir():
            inside = list(_inside(name, failures))
            if not inside:
                failures.append(f"{name}: no *.conf in this folder, and no model")
            found += inside
        elif name not in models:
            found.append(Input((name,), False))
        elif not together:
            found.append(Input((name,), True))
        elif name == models[0]:
            found.append(Input(models, True))
    first = {os.path.realpath(one.path): one for one in reversed(found)}
    return [one for one in found if first[os.path.realpath(one.path)] is one], failures


def read(path: str) -> bytes:
    """A regular file's bytes. Raises OSError, also where it has more than `MAX_BYTES` or is no regular file."""
    return regular.read(path, MAX_BYTES)


def model_files(paths: Sequence[str], stdin: bytes | None = None) -> dict[str, bytes]:
    """The files of a model by their names; `stdin` is what standard input ("-") had, if it is read. Raises OSError."""
    return {path: (read_stdin() if stdin is None else stdin) if path == "-" else read(path) for path in paths}


def read_stdin() -> bytes:
    """What standard input has. Raises OSError where that is more than `MAX_BYTES`."""
    return regular.stream(sys.stdin.buffer, "standard input", MAX_BYTES)


def _inside(folder: str, failures: list[str]) -> Iterator[Input]:
    def unreadable(error: OSError) -> None:
        failures.append(f"{error.filename}: {error.strerror}")

    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = os.path.normpath(str(Path(parent) / name))
            if name.startswith(".") or name == NO_CONFIGURATION:
                continue
            if name.endswith((*CONFIGURATIONS, *MODELS)) and not may_follow(path, folder):
                failures.append(f"{path}: {REFUSED}")
            elif name.endswith(CONFIGURATIONS):
                yield Input((path,), False)
            elif name.endswith(MODELS) and _is_model_file(path, failures):
                yield Input((path,), True)


def _is_model_file(path: str, failures: list[str]) -> bool:
    try:
        return is_model(read(path))
    except OSError as error:
        failures.append(f"{path}: {error.strerror}")
        return False


def _has_nodes(path: str) -> bool:
    try:
        return "nodes" in top_keys(read(path))
    except OSError:
        return True  # to be told when it is linted
