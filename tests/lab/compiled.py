"""A node as frrcompile compiles it, through its command line."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from frrcompile.cli import main
from tests.interop import frr_k8s_speaker


@dataclass(frozen=True)
class Compiled:
    """The two halves of a compiled node: what FRR is told and what the kernel is told; and the model's text."""

    model: str
    conf: str
    links: dict[str, Any]  # as `--ir` prints them
    daemons: tuple[str, ...]


@functools.cache
def compiled(model: str, version: str) -> Compiled:
    """The only node of a model, for a version of FRR such as "10.3"; AssertionError when it is refused."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "model.yaml")
        path.write_text(model)
        conf = _frrcompile("compile", str(path), "--frr", version)
        ir = json.loads(_frrcompile("compile", str(path), "--frr", version, "--ir"))
    return Compiled(model, conf, ir["links"], ("mgmtd", "zebra", *ir["daemons"]))


@functools.cache
def exported(model: str, *prefixes: str) -> str:
    """The frr.conf of the speaker on the node's host, which announces `prefixes`: what frr-k8s makes of the export."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "model.yaml")
        path.write_text(model)
        options = (word for prefix in prefixes for word in ("--prefix", prefix))
        return frr_k8s_speaker.frr_conf(yaml.safe_load(_frrcompile("export", "frr-k8s", str(path), *options)))


def _frrcompile(*arguments: str) -> str:
    """Standard output of the command."""
    output, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        code = main(arguments)
    assert code == 0, errors.getvalue()
    return output.getvalue()
