"""The desired state as JSON."""

from __future__ import annotations

import json

from frrcompile.golden import MARKERS
from frrcompile.plumb.dump import MARKER, dump
from frrcompile.plumb.state import Desired
from tests.conftest import BLOG_NODE, ROOT
from tests.plumb.test_plan import desired


def test_a_link_is_a_line_with_its_kind_and_what_is_not_as_usual() -> None:
    text = dump({"k0": desired(BLOG_NODE)})
    links = json.loads(text)["nodes"]["k0"]["router"]["links"]
    assert {"name": "red", "vrf": {"table": 1100}} in links
    assert [link["vxlan"] for link in links if "vxlan" in link] == [{"vni": 100, "local": "100.65.0.2", "port": 4789}]
    assert text.count('\n          {"name"') == len(links) + 1, "and the host's"


def test_nothing_is_lost() -> None:
    found = desired(ROOT / "golden" / "everything" / "input.yaml")
    node = json.loads(dump({"n": found}))["nodes"]["n"]
    for side in ("host", "router"):
        for part in ("links", "addresses", "sysctls"):
            assert len(node[side].get(part, ())) == len(getattr(found.side(side), part))
    assert node["ovs"] == [{"bridge": "br-tenant", "link": "hl2-110", "create": False}]
    assert node["pod_mtu"] == found.pod_mtu


def test_a_node_without_links() -> None:
    assert json.loads(dump({"n": Desired()})) == {
        "frrcompile": "plumb",
        "nodes": {"n": {"pod_mtu": None, "host": {}, "router": {}}},
    }


def test_what_is_made_is_known_again() -> None:
    assert MARKER.encode() == MARKERS[".json"]
    assert dump({}).startswith(MARKER)
