"""Which policies `no-transit` gives to which neighbors. What they do is proven by tests/frr/test_two_leaves.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compiling import frr_conf_of

SITE = """\
nodes: {{k0: {{index: 0}}}}
router: {{asn: 64514, ebgp-requires-policy: {required}}}
vtep: {{ipv4: 100.65.0.1}}
underlay: {{neighbors: [{neighbors}]{underlay}}}
passthrough: {{asn: 64515, ipv4: {{pool: 192.168.30.0/24}}, import: all, export: all}}
route-maps: {{all: [{{action: permit}}]}}
"""
ONE = "{address: 192.0.2.1, remote-as: 64512}"
TWO = "{address: 192.0.2.2, remote-as: 64513, import: all}"
INTERNAL = "{address: 192.0.2.3, remote-as: internal}"
RANGE = "{range: 192.0.2.0/24, remote-as: 64512}"


def policies(directory: Path, *neighbors: str, required: str = "false", underlay: str = "") -> list[str]:
    """The lines of the neighbors of the fabric that name a route map."""
    text = SITE.format(required=required, neighbors=", ".join(neighbors), underlay=underlay)
    lines = frr_conf_of(text, directory).splitlines()
    return [line.strip() for line in lines if " route-map " in line and "192.168.30" not in line]


@pytest.mark.parametrize(
    ("neighbors", "guarded"),
    [((ONE,), 0), ((RANGE,), 1), ((ONE, TWO), 2), ((ONE, INTERNAL), 1), ((INTERNAL, INTERNAL.replace("3", "4")), 0)],
)
def test_external_neighbors_are_guarded_where_a_node_has_another_neighbor(
    tmp_path: Path, neighbors: tuple[str, ...], guarded: int
) -> None:
    found = policies(tmp_path, *neighbors)
    assert len([line for line in found if "no-transit/" in line]) == 2 * guarded
    assert not any("192.0.2.3" in line for line in found)


def test_one_word_switches_it_off(tmp_path: Path) -> None:
    assert policies(tmp_path, ONE, TWO, underlay=", no-transit: false") == ["neighbor 192.0.2.2 route-map all in"]


def test_the_policy_of_the_model_is_called(tmp_path: Path) -> None:
    assert policies(tmp_path, ONE, TWO) == [
        "neighbor 192.0.2.1 route-map no-transit/in in",
        "neighbor 192.0.2.1 route-map no-transit/out out",
        "neighbor 192.0.2.2 route-map no-transit/in/all in",
        "neighbor 192.0.2.2 route-map no-transit/out out",
    ]


def test_a_session_that_lacks_a_policy_still_exchanges_nothing(tmp_path: Path) -> None:
    """A policy of ours in place of the one that is missing would open what `ebgp-requires-policy` keeps shut."""
    assert policies(tmp_path, ONE, TWO, required="true") == ["neighbor 192.0.2.2 route-map no-transit/in/all in"]
