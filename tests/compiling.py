"""A model's text through all passes, for tests."""

from __future__ import annotations

from pathlib import Path

from frrcompile.diagnostics import Diagnostic
from frrcompile.ir.node import Node
from frrcompile.pipeline.site import build, load_site
from frrcompile.render.emit import frr_conf


def compile_text(text: str, directory: Path, node: str | None = None) -> tuple[Node | None, list[Diagnostic]]:
    """The router of the (first) node, or None, and all findings. The file is called model.yaml."""
    path = directory / "model.yaml"
    path.write_text(text)
    loaded = load_site({str(path): path.read_bytes()})
    if loaded.site is None:
        return None, list(loaded.findings)
    router, findings = build(loaded, node or next(iter(loaded.site.nodes)))
    return router, [*loaded.findings, *findings]


def frr_conf_of(text: str, directory: Path) -> str:
    """The frr.conf of a model that is good."""
    router, findings = compile_text(text, directory)
    assert router, findings
    return frr_conf(router)
