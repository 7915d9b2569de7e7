"""What differs between FRR releases: what a release lacks is refused with the release that has it; the text never differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from frrcompile.diagnostics import Diagnostic
from frrcompile.facts.releases import KNOWN, parse, spell
from frrcompile.ir import dialect
from frrcompile.pipeline.site import build, load_site
from frrcompile.render.emit import frr_conf
from frrcompile.render.secret import placeholder
from tests.conftest import ROOT
from tests.model.test_rules import BASE, neighbor

MODELS = [*sorted((ROOT / "golden").glob("*/input.yaml")), *sorted((ROOT / "examples").glob("*.yaml"))]

# name of the feature: (its code, a model that asks for it)
ASKING = {
    "WILDCARD_TARGET": (
        "MOD411",
        BASE + "vrfs: {red: {table: 1100, l3vni: {vni: 100, import-rts: ['*:100']}}}\n",
    ),
    "GRACEFUL_SHUTDOWN": ("MOD217", neighbor("graceful-shutdown: true")),
    "EVPN_LIMIT": ("MOD211", neighbor("families: {l2vpn-evpn: {maximum-prefix: {limit: 5}}}")),
    "ZERO_COMMUNITY": (
        "MOD612",
        BASE + "route-maps: {a: [{action: permit, set: {communities: [1:1, 0:0]}}]}\n",
    ),
    "RESERVED_NEXT_HOP": (
        "MOD610",
        BASE
        + "route-maps: {a: [{action: permit, set: {next-hop: 240.0.0.1}}]}\nraw: [{lines: allow-reserved-ranges}]\n",
    ),
}


def compiled(path: Path, version: str) -> tuple[dict[str, str], list[Diagnostic]]:
    """The frr.conf of each node for an FRR version, and what was found."""
    loaded = load_site({str(path): path.read_bytes()}, frr=version)
    found, confs = list(loaded.findings), {}
    for name in loaded.site.nodes if loaded.site else ():
        router, findings = build(loaded, name)
        found += findings
        if router:
            assert router.frr == dialect.known(version)
            confs[name] = frr_conf(router, placeholder)
    return confs, found


@pytest.mark.parametrize("path", MODELS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_release_gets_the_same_text(path: Path) -> None:
    newest, _ = compiled(path, dialect.NEWEST)
    assert newest
    for version in dialect.VERSIONS:
        confs, found = compiled(path, version)
        assert confs == newest, (version, found)


def test_a_version_counts_as_its_release(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text(ASKING["EVPN_LIMIT"][1])
    assert compiled(tmp_path / "model.yaml", "10.1.2")[1] == []
    assert [one.code for one in compiled(tmp_path / "model.yaml", "10.0.4")[1]] == ["MOD211"]


def test_every_feature_is_asked_for() -> None:
    assert {getattr(dialect, name) for name in ASKING} == set(dialect.FEATURES)
    assert all(feature.source and feature.since in KNOWN for feature in dialect.FEATURES)


@pytest.mark.parametrize("version", dialect.VERSIONS)
@pytest.mark.parametrize("name", ASKING)
def test_what_a_release_lacks_is_refused(name: str, version: str, tmp_path: Path) -> None:
    code, model = ASKING[name]
    feature: dialect.Feature = getattr(dialect, name)
    (tmp_path / "model.yaml").write_text(model)
    confs, found = compiled(tmp_path / "model.yaml", version)
    if parse(version) >= feature.since:
        assert confs
        assert found == []
        return
    assert confs == {}
    assert [finding.code for finding in found] == [code]
    assert found[0].message.startswith(f"FRR {version} has no ")
    assert f"FRR {spell(feature.since)} and newer have it" in found[0].message


def test_the_newest_release_is_meant_where_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text(ASKING["ZERO_COMMUNITY"][1])
    loaded = load_site({"model.yaml": (tmp_path / "model.yaml").read_bytes()})
    router, findings = build(loaded, "node-0")
    assert findings == []
    assert router
    assert router.frr == dialect.NEWEST
