"""The command as a process of its own, forked from this one: what it imports is there, and no interpreter starts.

It has its own folder, environment, streams and exit code. A value that this process has cached is cached for it, too: a test
of what is read once, such as `$FRRCOMPILE_TABLES`, needs a new interpreter.
"""

from __future__ import annotations

import os
import resource
import selectors
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from frrcompile.cli import VERBS, process
from frrcompile.facts.releases import NEWEST
from frrcompile.lint.engine import lint

for _module, _ in VERBS.values():
    import_module(f"frrcompile.cli.{_module}")
import_module("frrcompile.pipeline.lint_model")
import_module("frrcompile.render.emit")
lint("nonsense\n", "any", NEWEST)

SECONDS = 120  # of a command that hangs
IN_A_PIPE = 65536  # bytes that Linux takes without a reader


def run(
    words: Sequence[str | bytes], cwd: Path, *, stdin: bytes = b"", environment: Mapping[str, str], memory: int = -1
) -> subprocess.CompletedProcess[bytes]:
    """Runs `frrcompile WORDS` in a folder. `memory` bounds its address space, in bytes. Raises TimeoutExpired."""
    assert len(stdin) <= IN_A_PIPE
    (given, fill), (out, to_out), (err, to_err) = os.pipe(), os.pipe(), os.pipe()
    os.write(fill, stdin)
    os.close(fill)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # xdist has a thread; the child uses nothing of it
        child = os.fork()
    if not child:
        _become(words, cwd, (given, to_out, to_err), environment, memory)
    for descriptor in (given, to_out, to_err):
        os.close(descriptor)
    try:
        written = _read(out, err)
    except subprocess.TimeoutExpired:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(child, 0)
    return subprocess.CompletedProcess(words, os.waitstatus_to_exitcode(status), written[out], written[err])


def _become(
    words: Sequence[str | bytes], cwd: Path, streams: Sequence[int], environment: Mapping[str, str], memory: int
) -> NoReturn:
    """What the child does; nothing of pytest's is run in it, whatever happens."""
    try:
        for number, descriptor in enumerate(streams):
            os.dup2(descriptor, number)
        os.closerange(3, max(streams) + 1)
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(environment)
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        sys.argv = ["frrcompile", *map(os.fsdecode, words)]
        sys.stdin = open(0, encoding="utf-8", errors="surrogateescape")  # noqa: SIM115  as UTF-8 mode has them
        sys.stdout = open(1, "w", encoding="utf-8", errors="surrogateescape")  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1)  # noqa: SIM115
        try:
            process()
        except SystemExit as end:  # argparse
            sys.stdout.flush()
            os._exit(int(end.code or 0))
    finally:
        os._exit(99)


def _read(*descriptors: int) -> dict[int, bytes]:
    """What is written into pipes, to their ends."""
    found = dict.fromkeys(descriptors, b"")
    deadline = time.monotonic() + SECONDS
    with selectors.DefaultSelector() as selector:
        for descriptor in descriptors:
            selector.register(descriptor, selectors.EVENT_READ)
        try:
            while selector.get_map():
                ready = selector.select(max(0.0, deadline - time.monotonic()))
                if not ready:
                    raise subprocess.TimeoutExpired("frrcompile", SECONDS)
                for key, _ in ready:
                    if piece := os.read(key.fd, IN_A_PIPE):
                        found[key.fd] += piece
                    else:
                        selector.unregister(key.fd)
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
    return found
