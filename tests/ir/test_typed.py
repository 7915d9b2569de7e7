"""The representation holds typed values: no text in it is a command of FRR, or a part of one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from frrcompile.ir.dump import dump
from frrcompile.ir.node import Node
from frrcompile.pipeline.site import build, load_site
from tests.conftest import ROOT
from tests.models.scalars import Data
from tests.models.strategies import as_yaml, sites
from tests.models.test_properties import bounded

THE_OPERATOR_S_OWN = ("debug", "raw", "description", "shutdown_message", "regex")
"""Texts that the operator writes in the words that FRR shows."""

EVERYTHING = ROOT / "golden" / "everything" / "input.yaml"


def routers(path: Path) -> Iterator[Node]:
    loaded = load_site({str(path): path.read_bytes()})
    assert loaded.site, loaded.findings
    for name in loaded.site.nodes:
        router, findings = build(loaded, name)
        assert router, findings
        yield router


def several_words(value: Any, where: str = "") -> Iterator[str]:
    """The texts of the representation that have a blank: a value that is typed needs none."""
    if isinstance(value, dict):
        for key, below in value.items():
            if key not in THE_OPERATOR_S_OWN:
                yield from several_words(below, f"{where}.{key}")
    elif isinstance(value, list):
        for below in value:
            yield from several_words(below, where)
    elif isinstance(value, str) and " " in value:
        yield f"{where}: {value!r}"


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("typed")


def test_the_golden_with_every_field_has_no_words_of_frr() -> None:
    for router in routers(EVERYTHING):
        assert list(several_words(json.loads(dump(router)))) == []


@bounded(40)
@given(sites())
def test_a_random_model_has_no_words_of_frr(directory: Path, site: Data) -> None:
    path = directory / "model.yaml"
    path.write_text(as_yaml(site))
    for router in routers(path):
        assert list(several_words(json.loads(dump(router)))) == []


def test_values_are_printed_with_their_types(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(
        "nodes: {k0: {index: 0}}\n"
        "router: {asn: 64514, id: 192.0.2.1, ebgp-requires-policy: false}\n"
        "underlay:\n"
        "  static-routes: [{prefix: 10.9.0.0/16, blackhole: true}]\n"
        "  neighbors:\n"
        "    - address: 192.0.2.9\n"
        "      remote-as: external\n"
        "      local-as: {asn: 65100, prepend: false}\n"
        "      ebgp-multihop: 2\n"
        "      graceful-restart: helper\n"
        "      allowas-in: 3\n"
        "      next-hop-self: force\n"
        "      maximum-prefix: {limit: 10, restart: 5}\n"
    )
    (router,) = (json.loads(dump(router)) for router in routers(path))
    (instance,) = router["bgp"]
    (neighbor,) = instance["neighbors"]
    (family,) = instance["families"]
    (member,) = family["members"]
    (route,) = router["routes"]
    assert neighbor["local_as"] == {"asn": 65100, "prepend": False, "replace": False}
    assert (neighbor["remote_as"], neighbor["ebgp_multihop"], neighbor["graceful_restart"]) == ("external", 2, "helper")
    assert (family["name"], member["allowas_in"], member["next_hop_self"]) == ("ipv4-unicast", 3, "always")
    assert member["maximum_prefix"] == {"limit": 10, "threshold": None, "warning_only": False, "restart": 5}
    assert (route["family"], route["via"], route["interface"]) == ("ipv4", None, None)
