"""docs/findings.md: every code with what it means and a real example, made from the rules and from what tests them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from frrcompile.pipeline.model_findings import meanings, rule_meanings
from frrcompile.report.text import Sources, render
from tests.compiling import compile_text
from tests.conftest import BLOG_NODE, ROOT
from tests.model.test_refusals import ONE_MISTAKE, WHOLE_DOCUMENTS
from tests.model.test_rules import MISTAKES, WARNINGS

PAGE = ROOT / "docs" / "findings.md"


def examples(directory: Path) -> Iterator[tuple[str, str]]:
    """A finding of each code, as a user sees it."""
    blog = BLOG_NODE.read_text()
    models = [model for model, *_ in MISTAKES.values()] + [model for model, *_ in WARNINGS.values()]
    models += [blog.replace(before, after) for before, after, *_ in ONE_MISTAKE.values()]
    models += [text for text, *_ in WHOLE_DOCUMENTS.values() if len(text) < 100]
    for model in models:
        _, findings = compile_text(model, directory)
        for finding in findings:
            # A NUL would make the page a binary file to git and to grep.
            yield (
                finding.code,
                render([finding], Sources()).replace(f"{directory}/", "").replace("\0", "\N{SYMBOL FOR NULL}"),
            )


def page(directory: Path) -> str:
    shown: dict[str, str] = {}
    for code, text in examples(directory):
        shown.setdefault(code, text)
    parts = [
        "# Findings about a model\n",
        "Made from the rules and their tests by `pytest tests/test_findings_page.py --update-golden`. "
        "A code stays with its meaning. A warning refuses nothing.\n",
    ]
    for code, meaning in meanings().items():
        parts.append(f"## {code}\n\n{meaning}\n")
        if code in shown:
            parts.append(f"```\n{shown[code]}```\n")
    return "\n".join(parts)


def test_the_page_is_what_the_rules_say(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    expected = page(tmp_path)
    if request.config.getoption("--update-golden"):
        PAGE.write_text(expected)
    assert PAGE.read_text() == expected, "run: pytest tests/test_findings_page.py --update-golden"


def test_every_code_has_its_place_on_the_page() -> None:
    used = set()
    for room in ("model", "ir", "pipeline"):
        for path in (ROOT / "frrcompile" / room).rglob("*.py"):
            if path.name != "model_findings.py":  # which says what they mean
                used |= set(re.findall(r'"(FRR9\d\d)"', path.read_text()))
    assert used == set(meanings())


def test_every_rule_has_a_case(tmp_path: Path) -> None:
    tried = {code for code, _ in examples(tmp_path)}
    assert set(rule_meanings()) - tried == set()
