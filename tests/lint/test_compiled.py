"""Everything that the compiler writes lints clean, and comes back as the tree that it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from frrcompile.diagnostics import Severity
from frrcompile.lint.engine import lint
from frrcompile.syntax import Block, Tree, read
from frrcompile.syntax.commands.table import BUILT_IN, table
from tests.models.scalars import Data
from tests.models.strategies import sites
from tests.models.test_properties import bounded, texts

GOLDEN = sorted((Path(__file__).resolve().parents[2] / "golden").glob("*/frr.conf"))

each_release = pytest.mark.parametrize("release", BUILT_IN, ids=lambda release: "{}.{}".format(*release))


def complaints(text: str, release: tuple[int, int]) -> list[str]:
    """What a reviewer of the text would have to look at: errors and warnings."""
    return [
        f"{finding.span.line}: {finding.code} {finding.message}"
        for finding in lint(text, "frr.conf", release)
        if finding.severity is not Severity.INFO
    ]


def outline(tree: Tree) -> list[object]:
    """Contexts and commands by their words."""

    def one(item: object) -> object:
        if isinstance(item, Block):
            return [item.node, item.words, [one(child) for child in item.children], item.closer and item.closer.words]
        return getattr(item, "words", None)

    return [one(item) for item in tree.children]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.parent.name)
def test_a_golden_lints_clean(path: Path) -> None:
    assert complaints(path.read_text(), (10, 7)) == []


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compiled")


@bounded(40)
@given(sites())
def test_a_random_model_lints_clean(directory: Path, site: Data) -> None:
    version = str(site.get("frr", {}).get("version") or "10.7")
    major, minor = map(int, version.split(".")[:2])
    for name, (text, _) in texts(site, directory).items():
        assert complaints(text, (major, minor)) == [], name


@each_release
@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.parent.name)
def test_command_tables_and_headers_alone_see_one_tree(path: Path, release: tuple[int, int]) -> None:
    text = path.read_text()
    tree = read(text, table=table(release))
    assert outline(tree) == outline(read(text))
    assert tree.text() == text
