"""All nodes of a site at once, over all cores, with progress on a terminal."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from frrcompile import atomic, output
from frrcompile.cli.raw import build_checked
from frrcompile.diagnostics import Diagnostic, has_errors
from frrcompile.ir.build import Loaded, secret_finding
from frrcompile.ir.secret import SecretSource
from frrcompile.render.emit import frr_conf
from frrcompile.render.secret import SecretError

PROGRESS_SECONDS = 0.2
FEW = 4  # nodes for which another process is not worth its start

_site: Loaded
_secrets: Callable[[SecretSource], str]
_staging: Path


def compile_all(loaded: Loaded, directory: Path, secrets: Callable[[SecretSource], str]) -> int:
    """Writes DIRECTORY/NODE.conf for every node, or nothing at all where one of them has an error; the exit code.

    `secrets` opens a secret.
    """
    from frrcompile.cli import findings

    assert loaded.site is not None
    global _site, _secrets, _staging
    directory.mkdir(parents=True, exist_ok=True)
    _site, _secrets, _staging = loaded, secrets, Path(tempfile.mkdtemp(prefix=".frrcompile-", dir=directory))
    try:
        names = list(loaded.site.nodes)
        told = list(loaded.findings)
        seen = set(told)
        for found in _progress(_compiled(names), len(names)):
            told += [finding for finding in found if finding not in seen]
            seen.update(found)
        if not has_errors(told):
            for name in names:
                (_staging / f"{name}.conf").replace(directory / f"{name}.conf")
        return findings.show(told)
    finally:
        shutil.rmtree(_staging, ignore_errors=True)


def _compiled(names: list[str]) -> Iterator[list[Diagnostic]]:
    workers = min(len(os.sched_getaffinity(0)), len(names))
    if workers == 1 or len(names) <= FEW:
        yield from map(_compile_node, names)
        return
    # Forked, so that every worker has the typed site without reading it again.
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        yield from pool.imap(_compile_node, names, chunksize=max(1, min(32, len(names) // (4 * workers))))


def _compile_node(name: str) -> list[Diagnostic]:
    router, findings = build_checked(_site, name)
    if router:
        from frrcompile.cli.compile import mode_of

        try:
            atomic.replace(_staging / f"{name}.conf", frr_conf(router, _secrets), mode=mode_of(router), keep=True)
        except SecretError as error:
            findings.append(secret_finding(_site, name, error.at, str(error)))
    return findings


def _progress(results: Iterator[list[Diagnostic]], total: int) -> Iterator[list[Diagnostic]]:
    """Passes the results on, and counts them on a terminal."""
    shown = output.is_terminal(on_stderr=True)
    last = time.monotonic()
    for count, result in enumerate(results, 1):
        yield result
        if shown and (count == total or time.monotonic() - last > PROGRESS_SECONDS):
            last = time.monotonic()
            output.progress(f"{count} of {total} nodes compiled")
    if shown and total:
        output.tell("\n")
