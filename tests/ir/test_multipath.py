"""Paths through several leaves: when they count as equal, and how many are used together."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compiling import frr_conf_of

SITE = """\
nodes: {{k0: {{index: 0}}}}
router: {{asn: 64514, ebgp-requires-policy: false{router}}}
vtep: {{ipv4: 100.65.0.1}}
underlay: {{neighbors: [{neighbors}]{underlay}}}
vrfs: {{red: {{table: 1100, l3vni: {{vni: 100}}}}}}
"""
ONE = "{address: 192.0.2.1, remote-as: 64512}"
TWO = "{address: 192.0.2.2, remote-as: 64513}"
INTERNAL = "{address: 192.0.2.3, remote-as: internal}"
RELAX = " bgp bestpath as-path multipath-relax\n"


def conf(directory: Path, *neighbors: str, router: str = "", underlay: str = "") -> str:
    return frr_conf_of(SITE.format(router=router, neighbors=", ".join(neighbors), underlay=underlay), directory)


@pytest.mark.parametrize(
    ("neighbors", "router", "relaxed"),
    [
        ((ONE, TWO), "", True),
        (("{range: 192.0.2.0/24, remote-as: 64512}",), "", True),
        ((ONE,), "", False),
        ((ONE, INTERNAL), "", False),
        ((ONE,), ", multipath-relax: true", True),
        ((ONE, TWO), ", multipath-relax: false", False),
    ],
)
def test_paths_count_as_equal_where_leaves_may_have_different_ases(
    tmp_path: Path, neighbors: tuple[str, ...], router: str, relaxed: bool
) -> None:
    instances = 2  # of the VRF and of the underlay
    assert conf(tmp_path, *neighbors, router=router).count(RELAX) == (instances if relaxed else 0)


def test_a_limit_is_in_both_unicast_families(tmp_path: Path) -> None:
    made = conf(tmp_path, ONE, underlay=", maximum-paths: {ebgp: 4, ibgp: 2}")
    assert made.count("  maximum-paths 4\n") == made.count("  maximum-paths ibgp 2\n") == 2


def test_a_limit_that_frr_does_not_show_is_left_out(tmp_path: Path) -> None:
    assert "maximum-paths" not in conf(tmp_path, ONE, underlay=", maximum-paths: {ebgp: 256}")
