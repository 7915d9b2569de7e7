"""Every line of a compiled frr.conf has the place of the model that it came from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from pydantic import BaseModel

from frrcompile.ir.origin import Origin
from frrcompile.model.check import check
from frrcompile.model.site import Site
from frrcompile.model.tree import Node, spell
from frrcompile.pipeline.site import build, load_site, source_of
from frrcompile.render.emit import frr_conf
from frrcompile.render.trace import Line, traced
from tests.conftest import ROOT
from tests.models.scalars import Data
from tests.models.strategies import as_yaml, opened, sites
from tests.models.test_properties import bounded

MODELS = sorted([*(ROOT / "golden").glob("*/input.yaml"), *(ROOT / "examples").glob("*.yaml")])

WITHOUT_PLACE = {"!": "separates blocks; FRR does not read it"}
"""The only lines that no field and no thing of the model asks for."""


class Compiled:
    """A node's lines, and its model as the node has it."""

    def __init__(self, lines: list[Line], text: str, site: Site, root: Node) -> None:
        self.lines = lines
        self.text = text
        self.site = site
        self.root = root


def compiled(path: Path) -> Iterator[Compiled]:
    loaded = load_site({str(path): path.read_bytes()})
    assert loaded.site, loaded.findings
    for name in loaded.site.nodes:
        router, findings = build(loaded, name)
        assert router, findings
        root = source_of(loaded, name).root
        site, problems = check(root)
        assert site, problems
        yield Compiled(traced(router, opened), frr_conf(router, opened), site, root)


def value_at(site: Site, at: Origin) -> Any:
    """The value of the typed model at a place; a line of a text is its last step. Raises LookupError where nothing is."""
    value: Any = site
    for step in at:
        if isinstance(value, BaseModel):
            names = {field.alias: name for name, field in type(value).model_fields.items()}
            value = getattr(value, names[str(step)])
        elif isinstance(value, str):
            value = value.splitlines()[int(step)]
        else:
            value = value[step]
    return value


def unwritten(root: Node, at: Origin) -> Origin:
    """The end of a place that the document does not have."""
    node = root
    for number, step in enumerate(at):
        child = node.child(step)
        if child is None:
            return at[number:]
        node = child
    return ()


def assert_every_line_has_its_place(one: Compiled) -> None:
    assert "".join(f"{line.text}\n" for line in one.lines) == one.text, "the same lines as without places"
    for line in one.lines:
        if not line.at:
            assert line.text.strip() in WITHOUT_PLACE
            continue
        where = f"{line.text!r} from {spell(line.at)}"
        try:
            value = value_at(one.site, line.at)
        except LookupError:
            pytest.fail(f"{where}: the model has no such place")
        missing = unwritten(one.root, line.at)
        # A key such as `connected:` may stand without a value.
        assert value is not None or not missing, f"{where}: a field that says nothing makes no line"
        assert missing != line.at, f"{where}: the document has nothing there"
        # The line of a text, or an entry of a list that is a field's default: `advertise` of an L3VNI.
        assert len(missing) <= 2, f"{where}: the document has not the thing that it is a field of"


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.parent.name if path.stem == "input" else path.stem)
def test_lines_of_a_model_have_places(path: Path) -> None:
    for one in compiled(path):
        assert_every_line_has_its_place(one)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("traced")


@bounded(60)
@given(sites())
def test_lines_of_a_random_model_have_places(directory: Path, site: Data) -> None:
    path = directory / "model.yaml"
    path.write_text(as_yaml(site))
    for one in compiled(path):
        assert_every_line_has_its_place(one)


EXPECTED = {
    "! frrcompile: node-0": "nodes.node-0",
    "log syslog warnings": "frr.log.syslog",
    "debug bgp updates out": "frr.debug[1]",
    "ip prefix-list pods seq 100 deny 0.0.0.0/0 le 32": "prefix-lists.pods[1]",
    " match extcommunity targets": "route-maps.leaf-out[1].match.community-list",
    " on-match next": "route-maps.leaf-in[0].next",
    " set large-community 65000:1:1 65000:2:2 additive": "route-maps.leaf-in[0].set.large-communities",
    "  echo receive-interval 70": "bfd-profiles.echo.echo-receive-interval",
    "ip route 10.2.0.0/16 blackhole 250": "underlay.static-routes[1]",
    " vni 100": "vrfs.red.l3vni.vni",
    " bgp router-id 10.0.0.0": "pools.router-id",
    " bgp cluster-id 10.0.255.1": "router.cluster-id",
    " bgp graceful-restart preserve-fw-state": "router.graceful-restart.preserve-forwarding-state",
    " neighbor 192.169.10.5 remote-as 64515": "vrfs.red.host-session.asn",
    " neighbor 192.169.10.5 timers 10 30": "vrfs.red.host-session.timers.keepalive",
    "  neighbor 192.169.10.5 activate": "vrfs.red.host-session.ipv4",
    "  neighbor 192.169.10.5 allowas-in 2": "vrfs.red.host-session.ipv4.allowas-in",
    "  neighbor 192.169.30.2 allowas-in origin": "passthrough.allowas-in",
    " neighbor 192.168.11.2 bfd profile fast": "underlay.neighbors[0].bfd.profile",
    " neighbor 192.168.11.2 update-source 192.168.11.3": "underlay.neighbors[0].source",
    "  neighbor 192.168.11.2 allowas-in 2": "underlay.neighbors[0].families.l2vpn-evpn.allowas-in",
    "  neighbor 192.168.11.2 allowas-in origin": "underlay.neighbors[0].allowas-in",
    "  neighbor eth2.10 activate": "underlay.neighbors[3]",
    " neighbor from-192.168.12.0_24 peer-group": "underlay.neighbors[4].range",
    "  network 100.65.0.0/32": "pools.vtep-ipv4",
    "  network 192.168.200.0/24": "underlay.networks[0]",
    "  redistribute kernel": "underlay.redistribute.ipv6.kernel",
    "  import vrf default": "vrfs.red.leak.from[1]",
    "  advertise-all-vni": "vrfs.red.l3vni",
    "  advertise-svi-ip": "evpn.advertise-svi-ip",
    "   route-target export 64512:110": "l2vnis[0].export-rts[0]",
    " bgp log-neighbor-changes": "router.log-neighbor-changes",
    "log timestamp precision 3": "frr.log.timestamp-precision",
    " bgp bestpath compare-routerid": "raw[0].lines[1]",
}
"""Lines of the golden that has every field, and their places."""


def test_places_are_those_of_the_fields() -> None:
    first = next(compiled(ROOT / "golden" / "everything" / "input.yaml"))
    places: dict[str, set[str]] = {}
    for line in first.lines:
        places.setdefault(line.text, set()).add(spell(line.at))
    assert {text: places.get(text) for text in EXPECTED} == {text: {place} for text, place in EXPECTED.items()}


def test_a_place_counts_what_is_written_and_not_what_is_left(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(
        "nodes: {k0: {index: 0}}\n"
        "router: {asn: 64514}\n"
        "underlay:\n"
        "  networks: [10.0.0.0/8, 10.0.0.0/8, 10.1.0.0/16]\n"
        "  neighbors: [{address: 192.0.2.1, remote-as: 64512}]\n"
    )
    (one,) = compiled(path)
    assert [line.at[-1] for line in one.lines if "network 10." in line.text] == [0, 2]
