"""A frr.conf through reading, linting, repairing and every format of report."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from frrcompile.diagnostics import Diagnostic
from frrcompile.lint.checking import Wish
from frrcompile.lint.file import examine
from frrcompile.report import formats
from frrcompile.report.run import Run
from frrcompile.report.sources import Sources
from frrcompile.syntax import read
from frrcompile.syntax.commands.table import releases, table
from tests.fuzz import oracle, seeds
from tests.fuzz.target import Target

PATH = "frr.conf"


def run(data: bytes) -> None:
    data = oracle.planted(data)
    done = examine(data, PATH, Wish(), None, repair=True)
    oracle.findings(done.findings, "lint")
    reports(list(examine(data, PATH, Wish(), "8.4").findings), done.text)
    if done.text:
        oracle.expect(read(done.text, table=table(releases()[-1])).text() == done.text, "reading loses text")
    if done.repaired is not None:
        again = examine(done.repaired.encode(), PATH, Wish(), None, repair=True)
        oracle.expect(again.repaired is None, "what is repaired is repaired again", ascii(done.repaired[:300]))


def reports(found: list[Diagnostic], text: str) -> None:
    """Each format is printable, and its readers can read it."""
    run = Run(found, [PATH], sources=Sources({PATH: text}))
    for name in formats.FORMATS:
        said = formats.render(name, run)
        oracle.output(said, f"--format {name}")
        if name in ("json", "sarif", "gitlab"):
            json.loads(said)
        if name == "junit":
            ElementTree.fromstring(said)
        if name == "github":
            lines = said.splitlines()
            oracle.expect(all(line.startswith("::") for line in lines), "--format github has a line of another kind")


TARGET = Target(run, seeds.confs, seeds.words)
