"""The two sides of a diff: whatever was named, as the frr.confs that are in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from frrcompile.cli.inputs import CONFIGURATIONS, MODELS, NO_CONFIGURATION, read, read_stdin
from frrcompile.cli.recognition import is_model
from frrcompile.golden import case_of
from frrcompile.links import REFUSED, may_follow

if TYPE_CHECKING:
    from frrcompile.ir.secret import SecretSource

GIT = "git:"

File = tuple[str, str, Callable[[], bytes]]
"""A file of a folder: its name there, what the user calls it, and its content."""


class SideError(Exception):
    """A side that cannot be had: a message for people. Empty where it has been told already."""


class Wanted(NamedTuple):
    """What is wanted of both sides: one node or all, the version of FRR, and the folders that may hold passwords.

    `executed` says that the result is to be executed, so that every password must be the right one.
    """

    node: str | None = None
    frr: str | None = None
    folders: tuple[str, ...] = ()
    executed: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One side: its frr.confs by the names that the two sides are matched by, and what the user calls each."""

    texts: dict[str, str]
    paths: dict[str, str]
    whole: bool
    """Whether it is one frr.conf or one node, to be compared with the other side's only one, whatever its name."""


def side(named: str, wanted: Wanted) -> Side:
    """What is on a side. Raises SideError, and OSError where a file cannot be read."""
    if named.startswith(GIT):
        return _of_git(named, wanted)
    if named == "-":
        return _of_file("-", read_stdin(), wanted)
    if Path(named).is_dir():
        files = [
            (str(PurePosixPath(Path(parent, name).relative_to(named))), os.path.normpath(str(Path(parent, name))))
            for parent, folders, names in os.walk(named)
            if _sorted(folders)
            for name in sorted(names)
        ]
        return _of_folder(named, ((inside, path, partial(_read_below, named, path)) for inside, path in files), wanted)
    return _of_file(named, read(named), wanted)


def _read_below(folder: str, path: str) -> bytes:
    if not may_follow(path, folder):
        raise SideError(f"{path}: {REFUSED}")
    return read(path)


def _sorted(folders: list[str]) -> bool:
    folders[:] = sorted(name for name in folders if not name.startswith("."))
    return True


def _of_git(named: str, wanted: Wanted) -> Side:
    from frrcompile.cli.revision import Revision, RevisionError

    try:
        there = Revision(named)
        if there.is_file():
            return _of_file(named, there.content(), wanted)
        return _of_folder(named, there.files(), wanted)
    except RevisionError as error:
        raise SideError(str(error)) from None


def _of_folder(named: str, files: Iterable[File], wanted: Wanted) -> Side:
    texts: dict[str, str] = {}
    paths: dict[str, str] = {}
    goldens: set[str] = set()
    for inside, path, content in files:
        name = PurePosixPath(inside)
        if any(part.startswith(".") for part in name.parts) or name.name == NO_CONFIGURATION:
            continue
        stem = str(name.with_suffix(""))
        if inside.endswith(CONFIGURATIONS):
            texts[stem], paths[stem] = _decoded(path, content()), path
        elif inside.endswith(MODELS) and is_model(model := content()):
            compiled = _compiled(path, model, wanted._replace(node=None))
            for one, text in compiled.items():
                texts[f"{stem}:{one}"], paths[f"{stem}:{one}"] = text, f"{path}:{one}"
            goldens |= {str(golden.with_suffix("")) for golden in case_of(Path(name)).files(compiled).values()}
    for golden in goldens & texts.keys():  # it is what its model makes, which is there itself
        del texts[golden], paths[golden]
    if (node := wanted.node) is not None:
        kept = [name for name in texts if node in (name, PurePosixPath(name).name, name.rpartition(":")[2])]
        if not kept:
            raise SideError(f"{named}: no file of this folder is for node {node!r}")
        return Side({node: texts[kept[0]]}, {node: paths[kept[0]]}, True)
    if not texts:
        raise SideError(f"{named}: no *.conf in this folder, and no model")
    return Side(texts, paths, False)


def _of_file(path: str, content: bytes, wanted: Wanted) -> Side:
    if path.endswith(MODELS) or (not path.endswith(CONFIGURATIONS) and is_model(content)):
        texts = _compiled(path, content, wanted)
        return Side(texts, {name: f"{path}:{name}" for name in texts}, len(texts) == 1)
    name = wanted.node or PurePosixPath(path.removeprefix(GIT).rpartition(":")[2]).stem
    return Side({name: _decoded(path, content)}, {name: path}, True)


def _decoded(path: str, content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SideError(
            f"{path}:{line}:1: byte 0x{content[error.start]:02x} is not UTF-8: a frr.conf is UTF-8 text"
        ) from None


def _compiled(path: str, content: bytes, wanted: Wanted) -> dict[str, str]:
    """The frr.confs of a model's nodes, or of one of them. What is wrong with the model is told on standard error."""
    from frrcompile.cli import findings
    from frrcompile.cli.compile import node_name
    from frrcompile.diagnostics import has_errors
    from frrcompile.ir import dialect
    from frrcompile.pipeline.routers import compiled
    from frrcompile.pipeline.site import load_site
    from frrcompile.render.secret import opener

    known = wanted.frr if wanted.frr and dialect.is_version(wanted.frr) else None
    no_file = path == "-" or path.startswith(GIT)
    loaded = load_site({"-" if no_file else path: content}, frr=known)
    names = loaded.names
    if loaded.site and wanted.node is not None:
        chosen = node_name(loaded, wanted.node)
        if chosen is None:
            raise SideError("")
        names = (chosen,)
    open_ = opener([] if no_file else [path], wanted.folders)
    made = compiled(loaded, names, open_ if wanted.executed else partial(_opened, open_))
    if has_errors(made.findings):
        findings.show(made.findings)
        raise SideError("")
    return {name: router.text for name, router in made.routers.items()}


def _opened(open_: Callable[[SecretSource], str], source: SecretSource) -> str:
    """A secret, to be compared and never shown; where it is not here, a text that tells it from others."""
    import hashlib

    from frrcompile.render.secret import SecretError

    try:
        return open_(source)
    except SecretError:
        return hashlib.sha256(f"{source.env} {source.file}".encode()).hexdigest()[:16]
