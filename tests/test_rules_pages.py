"""docs/rules/: a page for each code, made from its docstring and from what is said of its example."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

import pytest

from frrcompile.cli.catalog import everything
from frrcompile.cli.explain import releases, shown
from frrcompile.documented import Entry
from frrcompile.pipeline.catalog import BASE, BASE_PATH
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

OVER_BASE = "Both examples are laid over [the smallest model](README.md)."
CONTROL_PICTURES = {number: 0x2400 + number for number in range(32) if number != 10}

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
            *(["", OVER_BASE] if entry.base else []),
            "",
        ]
    )


def sentence(text: str) -> str:
    """With a capital letter, unless it begins with a command's name."""
    first = text.split(" ", 1)[0]
    return text[0].upper() + text[1:] if first.isalpha() and first.islower() and first not in COMMANDS else text


def said(entry: Entry) -> str:
    """What is said of the bad example."""
    path = {"FRR": "frr.conf", "MOD": "model.yaml", "IMP": "resources.yaml"}[entry.code[:3]]
    found = entry.findings(entry.page.bad, path)
    text = render(found, Sources({path: entry.page.bad, BASE_PATH: BASE}))
    return text.translate(CONTROL_PICTURES)


def index() -> Iterator[str]:
    """The pages by family."""
    yield f"# What frrcompile finds\n\n{NOTE} A code stays with its meaning. FRRnnn are findings in a frr.conf, MODnnn about a model,"
    yield "IMPnnn about an import.\n"
    yield "An **error** is a file that FRR refuses, or that does other than what is written; a **warning** is probably not meant;"
    yield "an **info** is a matter of style and changes no exit code. FRR0xx at severity error is what `vtysh -C` of that version"
    yield "refuses. *Fix*: `frrcompile lint --fix` repairs it.\n"
    yield f"The examples of models are laid over the smallest model, as a node's `override` is:\n\n```yaml\n{BASE}```\n"
    for family, entries in groupby(everything(), key=lambda entry: entry.family):
        yield f"## {family}\n\n| code | name | severity | fix | |\n|---|---|---|---|---|"
        for entry in entries:
            fix = "fix" if entry.fixable else ""
            summary = entry.page.summary.replace("|", "\\|")
            yield f"| [{entry.code}]({entry.code}.md) | {entry.name} | {entry.severity} | {fix} | {summary} |"
        yield ""


def pages() -> dict[str, str]:
    """Every file of docs/rules/."""
    return {f"{entry.code}.md": page(entry) for entry in everything()} | {"README.md": "\n".join(index())}


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


def test_codes_and_names_are_there_once() -> None:
    entries = list(everything())
    assert len({entry.code for entry in entries}) == len({entry.name for entry in entries}) == len(entries)


def test_every_code_has_letters_and_three_digits() -> None:
    """A beginning of a code with three digits is that code, so that no selection reaches another number."""
    assert [entry.code for entry in everything() if not re.fullmatch(r"(FRR|MOD|IMP)[0-9]{3}", entry.code)] == []


def test_every_code_in_the_source_is_documented() -> None:
    known = {entry.code for entry in everything()}
    used = {
        code
        for path in (ROOT / "frrcompile").rglob("*.py")
        for code in re.findall(r'"((?:FRR|MOD|IMP)[0-9]{3})"', path.read_text())
    }
    assert used - known == set()
