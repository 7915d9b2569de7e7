"""What holds for all models: random valid ones compile to text that the parser reads, wrong ones never raise."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from frrcompile.diagnostics import has_errors
from frrcompile.ir.dump import dump
from frrcompile.pipeline.site import build, load_site
from frrcompile.render.emit import frr_conf
from frrcompile.report.text import Sources, render
from frrcompile.syntax import read
from tests.conftest import examples
from tests.models.mutations import mutated
from tests.models.scalars import Data
from tests.models.shrinking import shrink
from tests.models.strategies import as_yaml, opened, sites


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


def bounded(full: int) -> settings:
    """The same examples in every run, so that a change does not fail by chance. There is no shrinking, which takes
    minutes here: add `Phase.shrink` for as long as a smaller example is needed.
    """
    return settings(
        max_examples=examples(full),
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )


def texts(site: Data, directory: Path) -> dict[str, tuple[str, str]]:
    """Each node's frr.conf and intermediate representation; all nodes must be good."""
    path = directory / "model.yaml"
    path.write_text(as_yaml(site))
    loaded = load_site({str(path): path.read_bytes()})
    assert loaded.site, loaded.findings
    assert not has_errors(loaded.findings), loaded.findings
    found = {}
    for name in loaded.site.nodes:
        router, findings = build(loaded, name)
        assert router, findings
        found[name] = frr_conf(router, opened), dump(router)
    return found


@bounded(60)
@given(sites())
def test_a_valid_model_compiles_for_every_node_and_says_the_same_again(directory: Path, site: Data) -> None:
    made = texts(site, directory)
    assert made == texts(site, directory)
    for name, (conf, _) in made.items():
        assert conf.startswith(f"! frrcompile: {name}\n")
        assert conf.endswith("\n! frrcompile: end\n")
        assert read(conf).text() == conf


@bounded(3)
@given(sites(st.just(50)))
def test_fifty_vrfs_compile(directory: Path, site: Data) -> None:
    assert len(site["vrfs"]) == 50
    assert texts(site, directory)


@bounded(150)
@given(mutated(sites()))
def test_a_wrong_model_gets_findings_and_never_a_traceback(directory: Path, site: Data) -> None:
    path = directory / "model.yaml"
    path.write_text(as_yaml(site))
    loaded = load_site({str(path): path.read_bytes()})
    findings = list(loaded.findings)
    for name in loaded.site.nodes if loaded.site else ():
        router, problems = build(loaded, name)
        findings += problems
        assert router or problems
        if router:
            conf = frr_conf(router, opened)
            assert read(conf).text() == conf
    assert loaded.site or findings
    render(findings, Sources())


def test_shrinking_leaves_what_is_needed() -> None:
    data = {"a": [1, {"b": 2, "c": [3, 4]}], "d": {"e": 5}}
    assert shrink(data, lambda found: "4" in str(found), 10) == {"a": [{"c": [4]}]}
