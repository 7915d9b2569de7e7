"""Whatever a rule calls an error in the configurations of FRR's own tests is truly one, file by file.

A file that a rule of severity error tells of is in the tally of the rule's family, `tally/<family>.yaml`, with the reason;
a file that is there must be found. What vtysh itself rejects (FRR0xx) is compared with vtysh elsewhere. And what the
compiler writes has neither errors nor warnings.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from frrcompile.diagnostics import Severity
from frrcompile.lint.engine import lint
from frrcompile.lint.rules import rules
from tests.syntax import corpus

RELEASE = (10, 7)
TALLY = Path(__file__).parent / "tally"
UNREVIEWED = "realworld"  # a folder of the corpus whose errors are not in the tally yet
GOLDEN = Path(__file__).resolve().parents[2] / "golden"

Found = set[tuple[str, str]]
"""Codes of rules, each with a file."""


def tallied() -> Found:
    """What the tallies say, all families together."""
    return {
        (code, file)
        for path in sorted(TALLY.glob("*.yaml"))
        for code, files in (yaml.safe_load(path.read_text()) or {}).items()
        for file in files
    }


@pytest.fixture(scope="module")
def errors() -> Found:
    """What the rules of severity error find in the corpus."""
    codes = {code for code, one in rules().items() if one.severity is Severity.ERROR and not code.startswith("FRR0")}
    return {
        (finding.code, path.relative_to(corpus.FOLDER).as_posix())
        for path in corpus.files()
        if path.relative_to(corpus.FOLDER).parts[0] != UNREVIEWED
        for finding in lint(corpus.text(path), "frr.conf", RELEASE, codes)
        if finding.code in codes
    }


def test_every_error_in_the_corpus_is_known_to_be_true(errors: Found) -> None:
    assert errors - tallied() == set()


def test_every_file_of_the_tally_is_found(errors: Found) -> None:
    assert tallied() - errors == set()


def test_a_tally_is_of_its_own_family() -> None:
    for path in sorted(TALLY.glob("*.yaml")):
        for code, files in (yaml.safe_load(path.read_text()) or {}).items():
            assert rules()[code].family == path.stem
            assert all(isinstance(reason, str) and reason for reason in files.values()), code


@pytest.mark.parametrize("path", sorted(GOLDEN.rglob("*.conf")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_the_compiler_writes_has_neither_errors_nor_warnings(path: Path) -> None:
    found = lint(path.read_text(), path.name, RELEASE)
    assert [finding for finding in found if finding.severity is not Severity.INFO] == []
