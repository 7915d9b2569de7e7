"""What OpenPERouter's resources mean, and that the model means the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from frrcompile.cli import main
from frrcompile.diagnostics import Span
from frrcompile.interop.growth import bare, difference, grow
from frrcompile.interop.openperouter import Imported
from frrcompile.interop.openperouter.selector import SiteNode
from frrcompile.interop.openperouter.text import write
from frrcompile.model.load import parse
from frrcompile.model.merge import overlay
from frrcompile.model.tree import Entry, Node
from tests.compiling import frr_conf_of
from tests.frr.router import Router
from tests.interop.importing import L3VNI, NODE, UNDERLAY, codes, imported, plain

SESSION = L3VNI.replace(
    "vni: 100}", "vni: 100, hostSession: {asn: 64516, hostASN: 64515, localCIDR: {ipv4: 192.169.10.0/24}}}"
)
PASSTHROUGH = """\
apiVersion: network.openperouter.io/v1alpha1
kind: L3Passthrough
metadata: {name: pass}
spec: {hostSession: {asn: 64514, hostASN: 64700, localCIDR: {ipv4: 192.169.20.0/24, ipv6: "fd00:20::/64"}}}
"""
NODES = (SiteNode("k0", 0, {"rack": "r1"}), SiteNode("k1", 1, {"rack": "r2"}))


def neighbor(found: Imported) -> Any:
    (one,) = plain(found)["underlay"]["neighbors"]
    return one


def underlay(*lines: str) -> str:
    """The plain Underlay with more in its neighbour."""
    end = "address: 192.168.11.2}]"
    assert UNDERLAY.count(end) == 1
    return UNDERLAY.replace(end, ", ".join(["address: 192.168.11.2", *lines]) + "}]")


def with_spec(document: str, line: str) -> str:
    """A resource with one more line in its spec, which is written over several lines."""
    assert document.count("spec:\n") == 1
    return document.replace("spec:\n", f"spec:\n  {line}\n")


def test_a_node_passes_routes_on_as_openperouters_does(tmp_path: Path) -> None:
    assert plain(imported(tmp_path, UNDERLAY))["underlay"]["no-transit"] == "false"


def test_addresses_are_openperouters(tmp_path: Path) -> None:
    found = imported(tmp_path, UNDERLAY, SESSION, nodes=[SiteNode("k3", 3)])
    assert codes(found) == []
    assert plain(found)["router"]["id"] == "10.0.0.4"
    assert plain(found)["vrfs"]["red"]["host-session"]["ipv4"] == {"pool": "192.169.10.0/24"}
    conf = frr_conf_of(found.text(), tmp_path)
    assert " neighbor 192.169.10.5 remote-as 64515\n" in conf
    assert "  network 100.65.0.3/32\n" in conf
    assert "  network 192.169.10.5/32\n" in conf


def test_a_pool_that_does_not_end_in_zero_is_written_out(tmp_path: Path) -> None:
    found = imported(
        tmp_path, UNDERLAY, SESSION.replace("192.169.10.0/24", "192.169.10.16/28"), nodes=[SiteNode("k", 2)]
    )
    ends = {"router": "192.169.10.16/28", "host": "192.169.10.19/28"}
    assert plain(found)["vrfs"]["red"]["host-session"]["ipv4"] == ends


def test_what_nodes_share_stands_once(tmp_path: Path) -> None:
    found = imported(tmp_path, UNDERLAY, SESSION, nodes=NODES)
    assert plain(found)["nodes"] == {
        "k0": {"index": "0", "labels": {"rack": "r1"}},
        "k1": {
            "index": "1",
            "labels": {"rack": "r2"},
            "override": {
                "router": {"id": "10.0.0.2"},
                "vrfs": {
                    "red": {
                        "networks": ["192.169.10.3/32"],
                    }
                },
            },
        },
    }


def test_one_node_alone_and_among_others_is_the_same(tmp_path: Path) -> None:
    """A node's router does not depend on how much of it is written in its override."""
    restart = "gracefulRestart: {restartTimeSeconds: 60}"
    first = with_spec(UNDERLAY, f"nodeSelector: {{matchLabels: {{rack: r1}}}}\n  {restart}")
    second = with_spec(UNDERLAY, "nodeSelector: {matchLabels: {rack: r2}}")
    second = second.replace("100.65.0.0/24", '"fd00:65::/112"').replace("192.168.11.2", '"fd00:11::2"')
    red = SESSION.replace("spec: {", "spec: {nodeSelector: {matchLabels: {rack: r1}}, vxlanPort: 4790, ")
    other = L3VNI.replace("spec: {", "spec: {nodeSelector: {matchLabels: {rack: r2}}, ").replace("vni: 100", "vni: 101")
    documents = (
        first,
        second,
        red,
        other,
        PASSTHROUGH.replace("spec: {", "spec: {nodeSelector: {matchLabels: {rack: r1}}, "),
    )
    both = imported(tmp_path, *documents, nodes=NODES)
    assert codes(both) == []
    for node in NODES:
        alone = imported(tmp_path, *documents, nodes=[node])
        assert set(codes(alone)) == {"IMP004"}
        assert frr_conf_of_node(both, node.name, tmp_path) == frr_conf_of_node(alone, node.name, tmp_path)


def frr_conf_of_node(found: Imported, name: str, directory: Path) -> str:
    from frrcompile.render.emit import frr_conf
    from tests.compiling import compile_text

    router, findings = compile_text(found.text(), directory, name)
    assert router, findings
    return frr_conf(router)


SELECTORS: dict[str, tuple[str, list[str], Any]] = {
    "labels": ("matchLabels: {rack: r2}", ["k1"], {"labels": {"rack": "r2"}}),
    "one value": ("matchExpressions: [{key: rack, operator: In, values: [r1]}]", ["k0"], {"labels": {"rack": "r1"}}),
    "hostname": ("matchLabels: {kubernetes.io/hostname: k1}", ["k1"], {"names": ["k1"]}),
    "values": ("matchExpressions: [{key: rack, operator: In, values: [r1, r3]}]", ["k0"], {"names": ["k0"]}),
    "not": ("matchExpressions: [{key: rack, operator: NotIn, values: [r1]}]", ["k1"], {"names": ["k1"]}),
    "exists": ("matchExpressions: [{key: rack, operator: Exists}]", ["k0", "k1"], {"names": ["k0", "k1"]}),
    "no such label": ("matchExpressions: [{key: x, operator: DoesNotExist}]", ["k0", "k1"], {"names": ["k0", "k1"]}),
}


@pytest.mark.parametrize("name", SELECTORS)
def test_selectors(name: str, tmp_path: Path) -> None:
    written, nodes, words = SELECTORS[name]
    selecting = L3VNI.replace("spec: {", f"spec: {{nodeSelector: {{{written}}}, ")
    found = imported(tmp_path, UNDERLAY, selecting, nodes=NODES)
    assert codes(found) == []
    assert plain(found)["vrfs"]["red"]["nodes"] == words
    having = [node.name for node in NODES if "vrf red" in frr_conf_of_node(found, node.name, tmp_path)]
    assert having == nodes


def test_an_ebgp_neighbour_may_send_our_as_and_an_internal_one_gets_our_next_hop(tmp_path: Path) -> None:
    external = neighbor(imported(tmp_path, UNDERLAY))
    assert external == {"address": "192.168.11.2", "remote-as": "64512", "allowas-in": "3"}
    internal = neighbor(imported(tmp_path, UNDERLAY.replace("asn: 64512", "type: Internal"), L3VNI))
    families = {"ipv4-unicast": {"next-hop-self": "force"}, "l2vpn-evpn": {}}
    assert internal == {"address": "192.168.11.2", "remote-as": "internal", "families": families}


def test_an_ipv6_neighbour_carries_ipv4_routes_too(tmp_path: Path) -> None:
    found = imported(tmp_path, UNDERLAY.replace("192.168.11.2", '"fd00:11::2"'), L3VNI)
    assert codes(found) == []
    assert neighbor(found) == {
        "address": "fd00:11::2",
        "remote-as": "64512",
        "allowas-in": "3",
        "disable-connected-check": "true",
        "extended-nexthop": "true",
        "families": {"ipv4-unicast": {}, "ipv6-unicast": {}, "l2vpn-evpn": {}},
    }


def test_a_passthrough_is_of_the_underlay_and_brings_its_families(tmp_path: Path) -> None:
    found = imported(tmp_path, UNDERLAY, PASSTHROUGH)
    assert codes(found) == []
    assert list(neighbor(found)["families"]) == ["ipv4-unicast", "ipv6-unicast"]
    assert plain(found)["underlay"]["networks"] == ["192.169.20.2/32", "fd00:20::2/128"]
    assert plain(found)["passthrough"] == {
        "asn": "64700",
        "as-override": "false",
        "host-interface": "pt-host",
        "router-interface": "pt-ns",
        "ipv4": {"pool": "192.169.20.0/24"},
        "ipv6": {"pool": "fd00:20::/64"},
        "timers": {"connect": "5"},
    }
    assert "192.169.20.2 allowas-in" not in frr_conf_of(found.text(), tmp_path)


def test_a_session_carries_the_families_of_the_vteps(tmp_path: Path) -> None:
    both = UNDERLAY.replace("[100.65.0.0/24]", '[100.65.0.0/24, "fd00:65::/112"]')
    conf = frr_conf_of(imported(tmp_path, both.replace("asn: 64512", "type: Internal")).text(), tmp_path)
    assert conf.count("neighbor 192.168.11.2 activate") == 2
    assert "address-family ipv6 unicast" in conf


def test_links_have_openperouters_names(tmp_path: Path) -> None:
    session = plain(imported(tmp_path, UNDERLAY, SESSION))["vrfs"]["red"]["host-session"]
    assert (session["host-interface"], session["router-interface"]) == ("host-e-100", "pe-e-100")


@pytest.mark.parametrize(("kind", "word"), [("External", "external"), ("Internal", "internal")])
def test_a_host_may_be_of_any_as_or_of_ours(kind: str, word: str, tmp_path: Path) -> None:
    found = imported(tmp_path, UNDERLAY, SESSION.replace("hostASN: 64515", f"hostType: {kind}"))
    assert codes(found) == []
    session = plain(found)["vrfs"]["red"]["host-session"]
    assert (session.get("asn"), session["remote-as"]) == (None, word)
    assert f" neighbor 192.169.10.2 remote-as {word}\n" in frr_conf_of(found.text(), tmp_path)


@pytest.mark.parametrize("written", ["hostType: Foreign", "hostType: External, hostASN: 64515"])
def test_a_host_of_no_clear_as(written: str, tmp_path: Path) -> None:
    found = imported(tmp_path, UNDERLAY, SESSION.replace("hostASN: 64515", written))
    assert [finding.field for finding in found.findings] == ["spec.hostSession.hostType"]


@pytest.mark.parametrize("written", ["{}", "{clusterID: 192.0.2.7}"])
def test_a_reflector_without_clients_is_none(written: str, tmp_path: Path) -> None:
    found = imported(tmp_path, with_spec(UNDERLAY, f"routeReflector: {written}"))
    assert codes(found) == ["IMP007"]
    assert "cluster-id" not in plain(found)["router"]


def test_the_default_cluster_of_a_reflector(tmp_path: Path) -> None:
    client = "[{type: ipv4unicast, properties: [{type: routeReflectorClient}]}]"
    internal = underlay(f"addressFamilies: {client}").replace("asn: 64512", "type: Internal")
    found = imported(tmp_path, with_spec(internal, "routeReflector: {}"))
    assert codes(found) == []
    assert plain(found)["router"]["cluster-id"] == "192.0.2.1"


def test_sessions_carry_their_options(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        underlay(
            "holdTimeSeconds: 9",
            "keepaliveTimeSeconds: 3",
            "port: 1179",
            "properties: [{type: ebgpMultiHop}]",
            "bfd: {transmitInterval: 100, sessionMode: Passive}",
            'password: "#secret"',
        ),
    )
    assert codes(found) == []
    assert found.secret
    assert neighbor(found) == {
        "address": "192.168.11.2",
        "remote-as": "64512",
        "port": "1179",
        "password": "#secret",
        "ebgp-multihop": "255",
        "timers": {"hold": "9", "keepalive": "3"},
        "bfd": {"profile": "neighbor-192.168.11.2"},
        "allowas-in": "3",
    }
    assert plain(found)["bfd-profiles"] == {
        "neighbor-192.168.11.2": {"transmit-interval": "100", "passive-mode": "true"}
    }


def test_neighbours_with_equal_bfd_share_a_profile_and_others_do_not(tmp_path: Path) -> None:
    def rack(name: str, bfd: str) -> str:
        return with_spec(underlay(f"bfd: {bfd}"), f"nodeSelector: {{matchLabels: {{rack: {name}}}}}")

    same = imported(tmp_path, rack("r1", "{detectMultiplier: 5}"), rack("r2", "{detectMultiplier: 5}"), nodes=NODES)
    assert list(plain(same)["bfd-profiles"]) == ["neighbor-192.168.11.2"]
    other = imported(tmp_path, rack("r1", "{detectMultiplier: 5}"), rack("r2", "{detectMultiplier: 6}"), nodes=NODES)
    assert list(plain(other)["bfd-profiles"]) == ["neighbor-192.168.11.2", "neighbor-192.168.11.2-2"]
    assert "bfd profile neighbor-192.168.11.2-2\n" in frr_conf_of_node(other, "k1", tmp_path)


def test_graceful_restart_shortens_the_time_between_attempts(tmp_path: Path) -> None:
    found = imported(tmp_path, with_spec(UNDERLAY, "gracefulRestart: {}"))
    words = {"restart-time": "120", "stalepath-time": "360", "preserve-forwarding-state": "true"}
    assert plain(found)["router"]["graceful-restart"] == words
    assert neighbor(found)["timers"] == {"connect": "5"}
    found = imported(
        tmp_path, with_spec(underlay("connectTimeSeconds: 7"), "gracefulRestart: {restartTimeSeconds: 60}")
    )
    assert plain(found)["router"]["graceful-restart"] == words | {"restart-time": "60"}
    assert neighbor(found)["timers"] == {"connect": "7"}


def test_a_gateway_is_announced_in_its_vrf(tmp_path: Path) -> None:
    l2vni = """\
apiVersion: network.openperouter.io/v1alpha1
kind: L2VNI
metadata: {name: l2}
spec:
  vni: 110
  routingDomain: {type: L3VNI, l3vni: {name: red}}
  gatewayIPs: [10.1.0.1/24, "fd00:1::1/64"]
  hostMaster: {type: OVSBridge, ovsBridge: {lifecycle: External, name: br-x}}
"""
    found = imported(tmp_path, UNDERLAY, L3VNI, l2vni)
    assert codes(found) == []
    assert plain(found)["vrfs"]["red"]["networks"] == ["10.1.0.0/24", "fd00:1::/64"]
    assert plain(found)["l2vnis"] == [
        {
            "vni": "110",
            "vrf": "red",
            "gateway": {"ipv4": "10.1.0.1/24", "ipv6": "fd00:1::1/64", "mac": "00:f3:00:00:00:6f"},
            "host-bridge": {"name": "br-x", "kind": "ovs", "create": "false"},
        }
    ]


def test_the_veth_that_openperouter_leaves_for_others_keeps_its_name(tmp_path: Path) -> None:
    l2vni = """\
apiVersion: network.openperouter.io/v1alpha1
kind: L2VNI
metadata: {name: l2}
spec: {vni: 110}
"""
    found = imported(tmp_path, UNDERLAY, l2vni)
    assert codes(found) == []
    assert plain(found)["l2vnis"] == [{"vni": "110", "host-leg": {"name": "host-e-110"}}]


def test_route_targets_keep_their_direction(tmp_path: Path) -> None:
    targets = L3VNI.replace("vni: 100", 'vni: 100, importRTs: ["64514:30", "64514:31"], exportRTs: ["10.0.0.1:5"]')
    found = imported(tmp_path, UNDERLAY, targets)
    words = {"vni": "100", "import-rts": ["64514:30", "64514:31"], "export-rts": ["10.0.0.1:5"]}
    assert plain(found)["vrfs"]["red"]["l3vni"] == words
    assert "route-target import 64514:30\n" in frr_conf_of(found.text(), tmp_path)


def test_a_range_takes_as_many_neighbours_as_openperouter_lets_it(tmp_path: Path) -> None:
    found = imported(tmp_path, UNDERLAY.replace("address: 192.168.11.2", "listenRange: 192.168.11.0/24"))
    assert plain(found)["raw"] == [{"priority": "0", "lines": "router bgp 64514\n bgp listen limit 65535\nexit\n"}]


SCALARS = [
    "64514:30",
    "0100",
    "0",
    "-1",
    "1e3",
    "true",
    "yes",
    "null",
    "~",
    "",
    "#x",
    "a: b",
    "two\nlines\n",
    " \n",
    "é",
    "'",
]


def test_text_is_read_back_as_it_was() -> None:
    here = Span.of_file("x")
    written = Node(here, {"all": Entry(here, Node(here, [Node(here, value) for value in (*SCALARS, None)]))})
    read, findings = parse(write(written), "x")
    assert read, findings
    assert read.plain() == written.plain()
    assert "!!" not in write(written), "a tag is nothing for people"


CONFLICTS = {
    "two underlays": ((UNDERLAY, UNDERLAY), "IMP006"),
    "two passthroughs": ((UNDERLAY, PASSTHROUGH, PASSTHROUGH), "IMP006"),
    "a VRF twice": ((UNDERLAY, L3VNI, L3VNI.replace("vni: 100", "vni: 101")), "IMP006"),
    "no underlay": ((L3VNI,), "IMP005"),
    "nothing": (("{apiVersion: v1, kind: ConfigMap}\n",), "IMP003"),
    "not a mapping": ((UNDERLAY, "[1, 2]\n"), "IMP002"),
    "no spec": ((UNDERLAY, L3VNI[: L3VNI.index("spec")]), "IMP002"),
    "a list where a value belongs": ((UNDERLAY.replace("asn: 64514", "asn: [64514]"),), "IMP002"),
    "what the model's own rules refuse": ((UNDERLAY, L3VNI.replace("vni: 100", "vni: 0")), "MOD008"),
    "a key twice": ((UNDERLAY + "  asn: 3\n",), "MOD003"),
    "no YAML": (("a: [\n",), "MOD002"),
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_what_cannot_be_is_found(name: str, tmp_path: Path) -> None:
    documents, code = CONFLICTS[name]
    found = imported(tmp_path, *documents)
    assert code in codes(found)
    for finding in found.findings:
        assert str(finding.span).startswith(f"{tmp_path}/resources.yaml:")


def test_a_list_of_resources_is_read(tmp_path: Path) -> None:
    items = "".join("- " + part.replace("\n", "\n  ").rstrip() + "\n" for part in (UNDERLAY, L3VNI))
    found = imported(tmp_path, f"apiVersion: v1\nkind: List\nitems:\n{items}")
    assert codes(found) == []
    assert plain(found) == plain(imported(tmp_path, UNDERLAY, L3VNI))


def test_a_difference_laid_over_its_base_is_what_was_wanted() -> None:
    base = {"a": {"b": "1", "c": ["1"]}, "d": "2", "networks": ["x"]}
    wanted = {"a": {"c": ["2"], "e": {"f": "3"}}, "g": "4"}
    said = difference(base, wanted)
    assert said == {"a": {"b": None, "c": ["2"], "e": {"f": "3"}}, "d": None, "networks": [], "g": "4"}
    here = Span.of_file("x")
    laid = overlay(grow(base, here), grow(said, here)).plain()
    assert laid == bare({"a": {"b": None, "c": ["2"], "e": {"f": "3"}}, "d": None, "networks": [], "g": "4"})


def test_verb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    resources, model = tmp_path / "resources.yaml", tmp_path / "model.yaml"
    resources.write_text(underlay("password: hunter2"))
    assert main(["import", "openperouter", str(resources)]) == 0
    shown = capsys.readouterr()
    assert "node-0: {index: 0}" in shown.out
    assert shown.err == ""
    assert main(["import", "openperouter", str(resources), "--node", "k=7,rack=r1", "-o", str(model)]) == 0
    assert main(["compile", str(model)]) == 0
    assert "bgp router-id 10.0.0.8" in capsys.readouterr().out
    assert model.stat().st_mode & 0o777 == 0o600, "the model has a password in it"
    resources.write_text(underlay("passwordSecret: leaf"))
    assert main(["import", "openperouter", str(resources), "-o", str(model)]) == 1
    assert f"{resources}:8:" in capsys.readouterr().err
    assert main(["compile", str(model)]) == 0, "what can be carried over is written all the same"
    resources.write_bytes(b"\xff")
    assert main(["import", "openperouter", str(resources)]) == 2
    assert main(["import", "openperouter", str(tmp_path / "none.yaml")]) == 2


@pytest.mark.parametrize("nodes", [["k"], ["k="], ["k=x"], ["=1"], ["k=65536"], ["k=1,rack"], ["k=1", "k=2"], ["k=²"]])
def test_a_node_is_a_name_and_an_index(nodes: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "resources.yaml"
    path.write_text(UNDERLAY)
    assert main(["import", "openperouter", str(path), *(f"--node={node}" for node in nodes)]) == 2
    assert "--node" in capsys.readouterr().err


def test_frr_keeps_an_imported_node_as_it_is(router: Router, tmp_path: Path) -> None:
    clients = "192.168.11.2}, {type: Internal, listenRange: 10.9.0.0/24}"
    document = with_spec(UNDERLAY.replace("192.168.11.2}", clients), "gracefulRestart: {}")
    found = imported(tmp_path, document, SESSION, PASSTHROUGH, nodes=[NODE])
    assert codes(found) == []
    conf = frr_conf_of(found.text(), tmp_path)
    assert "bgp listen limit 65535" in conf
    router.load(conf)
    assert router.judge(conf) == []
