"""The formats by name; each is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module

from frrcompile.report.run import Run
from frrcompile.report.text import render as render_text

FORMATS = {
    "text": "text",
    "json": "listing",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
}
"""The formats, and the module that writes each."""


def render(name: str, run: Run, *, colour: bool = False) -> str:
    """The run's report in the format `name`; `colour` is for text."""
    if name == "text":
        return render_text(run.findings, run.sources, colour=colour)
    report: str = import_module(f"frrcompile.report.{FORMATS[name]}").render(run)
    return report
