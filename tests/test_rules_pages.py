"""docs/rules/: a page for each thing that the linter finds, made from its docstring and from what it says of its example."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pytest

from frrcompile.cli.explain import releases, shown
from frrcompile.lint.catalog import Entry, catalog
from frrcompile.report.text import Sources, render
from tests.conftest import ROOT

PAGES = ROOT / "docs" / "rules"
HOW = "pytest tests/test_rules_pages.py --update-golden"
NOTE = "Made from the rules by `" + HOW + "`."

COMMANDS = (
    "bgpd",
    "bfdd",
    "zebra",
    "vtysh",
    "mgmtd",
    "staticd",
    "ospfd",
    "isisd",
    "pathd",
    "pbrd",
    "pimd",
    "ripd",
    "ldpd",
    "eigrpd",
)

FIXABLE = "`frrcompile lint --fix` repairs it."


def page(entry: Entry) -> str:
    """One entry's page."""
    documentation = entry.page
    return "\n".join(
        [
            f"# {entry.code}: {entry.name}\n",
            f"{documentation.summary}\n",
            f"A finding of severity {entry.severity}, of the family [{entry.family}](README.md#{entry.family})"
            f"{releases(entry)}." + (f" {FIXABLE}" if entry.fixable else "") + "\n",
            f"## What\n\n{sentence(documentation.what)}\n",
            f"## Why\n\n{sentence(documentation.why)}\n",
            f"## Bad\n\n```\n{shown(documentation.bad)}```\n",
            f"```\n{said(entry)}```\n",
            f"## Good\n\n```\n{shown(documentation.good)}```",
            "",
        ]
    )


def sentence(text: str) -> str:
    """With a capital letter, unless it begins with a command's name."""
    first = text.split(" ", 1)[0]
    return text[0].upper() + text[1:] if first.isalpha() and first.islower() and first not in COMMANDS else text


def said(entry: Entry) -> str:
    """What the linter says of the bad example."""
    return render(entry.findings(entry.page.bad, "frr.conf"), Sources({"frr.conf": entry.page.bad}))


def index() -> Iterator[str]:
    """The pages by family."""
    yield f"# What the linter finds\n\n{NOTE} A code stays with its meaning. What the compiler finds in models, FRR900 and up,"
    yield "is on [another page](../findings.md).\n"
    yield "An **error** is a file that FRR refuses, or that does other than what is written; a **warning** is probably not meant;"
    yield "an **info** is a matter of style and changes no exit code. FRR0xx at severity error is what `vtysh -C` of that version"
    yield "refuses. *Fix*: `frrcompile lint --fix` repairs it.\n"
    for family, entries in groupby(catalog().values(), key=lambda entry: entry.family):
        yield f"## {family}\n\n| code | name | severity | fix | |\n|---|---|---|---|---|"
        for entry in entries:
            fix = "fix" if entry.fixable else ""
            summary = entry.page.summary.replace("|", "\\|")
            yield f"| [{entry.code}]({entry.code}.md) | {entry.name} | {entry.severity} | {fix} | {summary} |"
        yield ""


def pages() -> dict[str, str]:
    """Every file of docs/rules/."""
    return {f"{code}.md": page(entry) for code, entry in catalog().items()} | {"README.md": "\n".join(index())}


def test_the_pages_are_what_the_rules_say(request: pytest.FixtureRequest) -> None:
    expected = pages()
    if request.config.getoption("--update-golden"):
        for path in PAGES.glob("*.md"):
            path.unlink()
        for name, text in expected.items():
            (PAGES / name).write_text(text, newline="")
    found = {path.name: path.read_bytes().decode() for path in PAGES.glob("*.md")}
    assert found.keys() == expected.keys(), f"run: {HOW}"
    for name, text in expected.items():
        assert found[name] == text, f"run: {HOW}"
