"""Everything that the compiler writes lints clean, and comes back as the tree that it was."""

from __future__ import annotations

import re
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
    "FRR225": "a list that permits nothing",
    "FRR306": "an entry of a prefix list behind one that covers it",
    "FRR308": "an entry of a community list that is not reached",
    "FRR313": "an entry of a route-map that is not reached",
    "FRR721": "a range of neighbours that anybody is in",
}


def said_by(site: Data, text: str) -> bool:
    """Whether a model says what a complaint is about: an L3VNI without an instance is right with `advertise: []` alone."""
    if quiet := re.search(r" FRR503 VRF (\S+) has the L3VNI", text):
        return bool(site["vrfs"][quiet[1]]["l3vni"].get("advertise") == [])
    return text.split()[1] in SAID_BY_THE_MODEL


@pytest.mark.parametrize("advertise", [[], ["ipv4"], None])
def test_an_l3vni_lacks_an_instance_only_where_the_model_says_so(directory: Path, advertise: list[str] | None) -> None:
    l3vni = {"vni": 100} if advertise is None else {"vni": 100, "advertise": advertise}
    site = {
        "nodes": {"k0": {"index": 0}},
        "router": {"asn": 64514, "ebgp-requires-policy": False},
        "underlay": {"neighbors": [{"address": "192.0.2.1", "remote-as": 64512}]},
        "vtep": {"ipv4": "100.65.0.1"},
        "vrfs": {"red": {"table": 1100, "l3vni": l3vni}},
    }
    ((_, found, _),) = _complaints(directory, site, NEWEST)
    assert [text.split()[1] for text in found] == ([] if advertise != [] else ["FRR503"])
    assert all(said_by(site, text) for text in found)


@bounded(40)
@given(sites())
def test_a_random_model_lints_clean(directory: Path, site: Data) -> None:
    version = str(site.get("frr", {}).get("version") or spell(NEWEST))
    for name, found, warned in _complaints(directory, site, parse(version)):
        assert [text for text in found if not said_by(site, text)] == [], name
        if any("FRR441" in text for text in found):
            assert "MOD212" in warned, "the compiler says it, too"


@each_release
@bounded(8)
@given(site=sites(version=spell(OLDEST)))
def test_a_random_model_compiled_for_a_release_lints_clean_by_it(directory: Path, site: Data, release: Release) -> None:
    for name, found, _ in _complaints(directory, site, release):
        assert [text for text in found if not said_by(site, text)] == [], name


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
