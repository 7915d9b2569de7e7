"""All nodes of a site at once, over all cores, with progress on a terminal."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from frrcompile import output
from frrcompile.cli import findings
from frrcompile.cli.writing import write
from frrcompile.diagnostics import Diagnostic, has_errors
from frrcompile.pipeline.alike import folded
from frrcompile.pipeline.cores import cores, spread
from frrcompile.pipeline.reach import check_reach
from frrcompile.pipeline.routers import Secrets, compile_node
from frrcompile.pipeline.site import Loaded

PROGRESS_SECONDS = 0.2
FEW = 4  # nodes for which another process is not worth its start


def compile_all(loaded: Loaded, directory: Path, secrets: Secrets) -> int:
    """Writes DIRECTORY/NODE.conf for every node, or nothing at all where one of them has an error; the exit code."""
    directory.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".frrcompile-", dir=directory))
    try:
        names = loaded.names
        workers = min(cores(), len(names)) if len(names) > FEW else 1
        task = partial(_compile_node, loaded, staging, secrets)
        told = list(loaded.findings)
        seen = set(told)
        for found in _progress(spread(task, names, workers=workers, largest=32), len(names)):
            told += [finding for finding in found if finding not in seen]
            seen.update(found)
        if not has_errors(told):
            told += check_reach(loaded, {})
            for name in names:
                (staging / f"{name}.conf").replace(directory / f"{name}.conf")
        return findings.show(folded(told))
    except OSError as error:  # it names the file in the folder that is removed
        name = Path(error.filename or staging).name
        raise OSError(
            error.errno, error.strerror, str(directory if name == staging.name else directory / name)
        ) from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _compile_node(loaded: Loaded, staging: Path, secrets: Secrets, name: str) -> list[Diagnostic]:
    """Writes the frr.conf of a node, from whatever process."""
    router, found = compile_node(loaded, name, secrets)
    if router:
        write(staging / f"{name}.conf", router.text, router.node)
    return found


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
