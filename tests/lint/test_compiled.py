"""Everything that the compiler writes lints clean, and comes back as the tree that it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given

from frrcompile.diagnostics import Severity
from frrcompile.facts.releases import KNOWN, MEASURED, NEWEST, OLDEST, Release, parse, spell
from frrcompile.lint.engine import lint
from frrcompile.pipeline.site import build, load_site
from frrcompile.render.emit import frr_conf
from frrcompile.syntax import Block, Tree, read
from frrcompile.syntax.commands.table import table
from tests.conftest import ROOT, ends
from tests.models.scalars import Data
from tests.models.strategies import as_yaml, opened, sites
from tests.models.test_properties import bounded

GOLDEN = sorted(ROOT.glob("golden/*/frr.conf"))

each_release = pytest.mark.parametrize("release", ends(MEASURED))


def complaints(text: str, release: Release) -> list[str]:
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


MODELS = [*sorted(ROOT.glob("golden/*/input.yaml")), *sorted(ROOT.glob("examples/*.yaml"))]


@pytest.mark.parametrize("release", ends(KNOWN))
@pytest.mark.parametrize("path", MODELS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_compiled_for_a_release_lints_clean_by_it(path: Path, release: Release) -> None:
    loaded = load_site({str(path): path.read_bytes()}, frr=spell(release))
    assert loaded.site
    for name in loaded.site.nodes:
        router, findings = build(loaded, name)
        assert router, findings
        assert complaints(frr_conf(router, opened), release) == []


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compiled")


# What the text cannot help: the model says it, and a policy that is drawn at random is often a silly one.
SAID_BY_THE_MODEL = {
    "FRR441": "an external session without policies; the compiler warns of it, too (MOD212)",
    "FRR224": "a route-map that permits nothing",
    "FRR503": "an L3VNI with `advertise: []`",
    "FRR225": "a list that permits nothing",
    "FRR306": "an entry of a prefix list behind one that covers it",
    "FRR308": "an entry of a community list that is not reached",
    "FRR313": "an entry of a route-map that is not reached",
    "FRR721": "a range of neighbours that anybody is in",
}


@bounded(40)
@given(sites())
def test_a_random_model_lints_clean(directory: Path, site: Data) -> None:
    version = str(site.get("frr", {}).get("version") or spell(NEWEST))
    for name, found, warned in _complaints(directory, site, parse(version)):
        assert [text for text in found if text.split()[1] not in SAID_BY_THE_MODEL] == [], name
        if any("FRR441" in text for text in found):
            assert "MOD212" in warned, "the compiler says it, too"


@each_release
@bounded(8)
@given(site=sites(version=spell(OLDEST)))
def test_a_random_model_compiled_for_a_release_lints_clean_by_it(directory: Path, site: Data, release: Release) -> None:
    for name, found, _ in _complaints(directory, site, release):
        assert [text for text in found if text.split()[1] not in SAID_BY_THE_MODEL] == [], name


def _complaints(directory: Path, site: Data, release: Release) -> Iterator[tuple[str, list[str], set[str]]]:
    """For each node that the model has, compiled for a release: what there is to complain of, and what the compiler found."""
    path = directory / "model.yaml"
    path.write_text(as_yaml(site))
    loaded = load_site({str(path): path.read_bytes()}, frr=spell(release))
    assert loaded.site
    for name in loaded.site.nodes:
        router, findings = build(loaded, name)
        assert router, findings
        yield name, complaints(frr_conf(router, opened), release), {finding.code for finding in findings}


@each_release
@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.parent.name)
def test_command_tables_and_headers_alone_see_one_tree(path: Path, release: Release) -> None:
    text = path.read_text()
    tree = read(text, table=table(release))
    assert outline(tree) == outline(read(text))
    assert tree.text() == text
