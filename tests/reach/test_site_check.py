"""What the site check finds: each case as it was met, and the same case as it is right."""

from __future__ import annotations

import re

import pytest

from frrcompile.diagnostics import Diagnostic
from frrcompile.pipeline.reach import check_reach
from frrcompile.pipeline.routers import compiled
from frrcompile.pipeline.site import build, load_site
from frrcompile.reach.alike import groups
from frrcompile.render.secret import placeholder
from tests.conftest import ROOT

SITE = """\
nodes: {k0: {index: 0}, k1: {index: 1}}
router: {asn: 64514, ebgp-requires-policy: false}
pools: {vtep-ipv4: 100.65.0.0/24, router-id: 10.0.0.0/24}
underlay:
  neighbors:
    - {address: 192.0.2.1, remote-as: 64512, allowas-in: origin}
"""

VTEPS = """\
prefix-lists: {vteps: [{action: permit, prefix: 100.65.0.0/24, le: 32}]}
route-maps:
  vteps: [{action: permit, match: {prefix-list: vteps}}]
  all: [{action: permit}]
"""

HUB = """\
nodes:
  hub: {index: 0}
  a: {index: 1, override: {router: {asn: 64601}}}
  b: {index: 2, override: {router: {asn: 64602}}}
router: {asn: 64600, ebgp-requires-policy: false}
pools: {vtep-ipv4: 100.65.0.0/24, router-id: 10.0.0.0/24}
underlay:
  no-transit: false
  neighbors:
    - {address: 100.65.0.1, remote-as: 64601, nodes: {names: [hub]}}
    - {address: 100.65.0.2, remote-as: 64602, nodes: {names: [hub]}}
    - {address: 100.65.0.0, remote-as: 64600, nodes: {names: [a, b]}}
"""
"""Two nodes that reach each other through a third."""

CHAIN = """\
nodes:
  a: {index: 0, override: {router: {asn: 64601}}}
  left: {index: 1, override: {router: {asn: 64701}}}
  right: {index: 2, override: {router: {asn: 64702}}}
  b: {index: 3, override: {router: {asn: 64601}}}
router: {asn: 64600, ebgp-requires-policy: false}
pools: {vtep-ipv4: 100.65.0.0/24, router-id: 10.0.0.0/24}
underlay:
  no-transit: false
  neighbors:
    - {address: 100.65.0.1, remote-as: 64701, nodes: {names: [a]}}
    - {address: 100.65.0.0, remote-as: 64601, remove-private-as: {}, nodes: {names: [left]}}
    - {address: 100.65.0.2, remote-as: 64702, remove-private-as: {}, nodes: {names: [left]}}
    - {address: 100.65.0.1, remote-as: 64701, remove-private-as: {}, nodes: {names: [right]}}
    - {address: 100.65.0.3, remote-as: 64601, remove-private-as: {}, nodes: {names: [right]}}
    - {address: 100.65.0.2, remote-as: 64702, nodes: {names: [b]}}
"""
"""Two nodes of one AS, with two others between them."""

L2VNI = "l2vnis: [{vni: 110}]\n"


def check(model: str) -> list[Diagnostic]:
    """The findings of the site check in a good model."""
    loaded = load_site({"model.yaml": model.encode()})
    assert loaded.site, loaded.findings
    return check_reach(loaded, {})


def codes(model: str) -> list[str]:
    return [finding.code for finding in check(model)]


def neighbor(fields: str) -> str:
    """The site with other fields of its neighbor."""
    return SITE.replace("allowas-in: origin", fields)


# name: (model, the code of the only finding, its field, what it says)
LOST = {
    "one AS on external sessions, without allowas-in": (
        neighbor("bfd: {}"),
        "MOD801",
        "underlay.neighbors[0]",
        ["the VTEP's prefix 100.65.0.0/32 of node k0 does not reach node k1", "own AS 64514", "allowas-in: 1"],
    ),
    "a MAC address whose next hop is the lower one": (
        SITE.replace("allowas-in: origin}", "allowas-in: 1}").rstrip()
        + "\n    - {address: 192.0.2.2, remote-as: 64513, next-hop-self: true, per-family: {l2vpn-evpn: {import: none}}}\n"
        + "route-maps: {none: [{action: deny}]}\n"
        + L2VNI,
        "MOD803",
        "underlay.neighbors[1].next-hop-self",
        ["the type-2 routes of VNI 110 of node k0", "192.0.2.2 in the place of the VTEP"],
    ),
    "a prefix list that matches no type-3 route": (
        neighbor("allowas-in: origin, export: vteps") + VTEPS + L2VNI,
        "MOD802",
        "underlay.neighbors[0].export",
        [
            "the type-3 route of VNI 110 of node k0",
            "matches no type-3 route",
            "`per-family: {ipv4-unicast: {export: vteps}}`",
            "or add `{action: permit, match: {route-type: multicast}}` to vteps",
        ],
    ),
    "a policy that denies type-3 routes": (
        neighbor("allowas-in: origin, export: most")
        + "route-maps: {most: [{action: deny, match: {route-type: multicast}}, {action: permit}]}\n"
        + L2VNI,
        "MOD802",
        "route-maps.most[0]",
        ["put `{action: permit, match: {route-type: multicast}}` before entry 10 of most"],
    ),
    "a prefix list without le": (
        neighbor("allowas-in: origin, export: vteps") + VTEPS.replace(", le: 32", ""),
        "MOD802",
        "prefix-lists.vteps[0]",
        ["permits 100.65.0.0/24 with the prefix length 24", "100.65.0.0/32", "`le: 32`"],
    ),
    "an import policy that denies": (
        neighbor("allowas-in: origin, import: none") + "route-maps: {none: [{action: deny}]}\n",
        "MOD802",
        "route-maps.none[0]",
        [
            "entry 10 of route map none denies it",
            "import of the session with 192.0.2.1",
            "put an entry that permits 100.65.0.0/32 before entry 10 of none",
        ],
    ),
    "a node on the way that carries no transit": (
        HUB.replace("no-transit: false", "no-transit: true"),
        "MOD803",
        "underlay.no-transit",
        ["of node a does not reach node b", "`no-transit` is on", "session with 100.65.0.2", "`no-transit: false`"],
    ),
    "an AS for two nodes, which meet at a third": (
        HUB.replace("64602", "64601"),
        "MOD801",
        "underlay.neighbors[2]",
        ["own AS 64601"],
    ),
    "private AS numbers that no node on the way removes": (
        CHAIN.replace("remove-private-as: {}, ", "").replace(
            "nodes: {names: [a]}", "allowas-in: 1, nodes: {names: [a]}"
        ),
        "MOD801",
        "underlay.neighbors[5]",
        ["own AS 64601"],
    ),
    "an AS path list that denies": (
        neighbor("allowas-in: origin, import: paths")
        + 'as-path-lists: {paths: [{action: deny, regex: "_64514$"}, {action: permit, regex: ".*"}]}\n'
        + "route-maps: {paths: [{action: permit, match: {as-path-list: paths}}]}\n",
        "MOD802",
        "underlay.neighbors[0].import",
        ["no entry of route map paths matches it"],
    ),
    "a route map that goes on past the entry that permits": (
        neighbor("allowas-in: origin, import: jumps")
        + "route-maps: {jumps: [{action: permit, goto: 30}, {action: permit, seq: 20}, {action: deny, seq: 30}]}\n",
        "MOD802",
        "route-maps.jumps[2]",
        ["entry 30 of route map jumps denies it"],
    ),
    "a session that is shut down": (
        neighbor("allowas-in: origin, shutdown: {message: new cable}"),
        "MOD803",
        "underlay.neighbors[0].shutdown",
        ["the session with 192.0.2.1 is shut down"],
    ),
    "a called route map that matches nothing": (
        neighbor("allowas-in: origin, import: outer")
        + "route-maps: {outer: [{action: permit, call: inner}], inner: [{action: permit, match: {tag: 7}}]}\n",
        "MOD802",
        "underlay.neighbors[0].import",
        ["no entry of route map inner matches it"],
    ),
    "no-export on the way out": (
        neighbor("allowas-in: origin, export: kept")
        + "route-maps: {kept: [{action: permit, set: {communities: [no-export]}}]}\n",
        "MOD803",
        "underlay.neighbors[0].export",
        ["community no-export", "the leaves do not pass it on"],
    ),
    "next-hop-self in l2vpn-evpn": (
        neighbor("allowas-in: origin, next-hop-self: true") + L2VNI,
        "MOD803",
        "underlay.neighbors[0].next-hop-self",
        ["the type-2 routes of VNI 110", "`next-hop-self` puts the address of the session", "next-hop-self: false"],
    ),
    "the same local AS on both nodes": (
        SITE.replace("allowas-in: origin", "local-as: {asn: 65000, prepend: false, replace: true}"),
        "MOD801",
        "underlay.neighbors[0]",
        ["its AS path has the router's local AS 65000"],
    ),
    "an aggregate that suppresses the VTEPs": (
        SITE + "  aggregates: [{prefix: 100.65.0.0/24, summary-only: true}]\n",
        "MOD805",
        "underlay.aggregates[0]",
        ["the aggregate 100.65.0.0/24 with `summary-only` suppresses it"],
    ),
    "a limit below the number of nodes": (
        neighbor("allowas-in: origin, maximum-prefix: {limit: 1}").replace(
            "k1: {index: 1}", "k1: {index: 1}, k2: {index: 2}"
        ),
        "MOD806",
        "underlay.neighbors[0].maximum-prefix",
        ["its limit is 1", "3 routes in ipv4-unicast"],
    ),
    "an IPv6 VTEP on FRR 10.5": (
        SITE.replace("vtep-ipv4: 100.65.0.0/24", 'vtep-ipv6: "2001:db8::/112"')
        .replace("underlay:", "frr: {version: '10.5'}\nunderlay:")
        .replace("allowas-in", "extended-nexthop: true, allowas-in")
        + "l2vnis: [{vni: 110, underlay: ipv6}]\n",
        "MOD805",
        "l2vnis[0].underlay",
        ["FRR 10.5 announces the router id as next hop", "FRR 10.6 and newer"],
    ),
    "a VRF's network that no table has": (
        SITE + "vrfs: {red: {table: 10, l3vni: {vni: 100, advertise: [ipv4]}, networks: [10.9.0.0/24]}}\n",
        "MOD805",
        "vrfs.red.networks[0]",
        ["the network 10.9.0.0/24", "`import-check` is on"],
    ),
    "route targets that differ": (
        SITE.replace("k1: {index: 1}", "k1: {index: 1, override: {l2vnis: [{vni: 110, export-rts: ['2:2']}]}}") + L2VNI,
        "MOD804",
        "l2vnis[0].export-rts",
        [
            "VNI 110: node k0 imports *:110 (any AS), node k1 exports 2:2, so that the type-3 route of VNI 110 does not reach node k0"
        ],
    ),
    "route targets of a VRF that differ": (
        SITE
        + "vrfs: {red: {table: 10, l3vni: {vni: 100, advertise: [ipv4], import-rts: ['64514:101']}, networks: [10.9.0.0/24]}}\n"
        + "l2vnis: [{vni: 110, vrf: red, gateway: {ipv4: 10.9.0.1/24}}]\n",
        "MOD804",
        "vrfs.red.l3vni.import-rts",
        ["VRF red: node k1 imports 64514:101, node k0 exports 64514:100, so that the network 10.9.0.0/24"],
    ),
    "a host whose routes no VRF passes on": (
        SITE
        + "vrfs: {red: {table: 10, l3vni: {vni: 100, advertise: [ipv4]}, "
        + "host-session: {asn: 65000, ipv4: {pool: 10.1.0.0/24}, import: none}}}\n"
        + "route-maps: {none: [{action: deny}]}\n",
        "MOD802",
        "route-maps.none[0]",
        ["what the host 10.1.0.2 announces", "entry 10 of route map none denies it"],
    ),
}


@pytest.mark.parametrize("name", LOST)
def test_one_finding_for_one_cause(name: str) -> None:
    model, code, field, said = LOST[name]
    findings = check(model)
    assert [finding.code for finding in findings] == [code], findings
    (finding,) = findings
    assert finding.field == field
    for words in said:
        assert words in f"{finding.message} {finding.help}"


LEAVES = SITE.rstrip().replace("allowas-in: origin", "FIELDS") + "".join(
    f"\n    - {{address: 192.0.2.{n}, remote-as: 6451{n}, FIELDS}}" for n in (2, 3)
)
"""The site with three leaves; FIELDS stands for what the neighbors have."""


@pytest.mark.parametrize("fields", ["bfd: {}", "allowas-in: origin, export: vteps", "shutdown: {message: new cable}"])
def test_the_help_names_every_session_with_the_same_cause(fields: str) -> None:
    findings = check(LEAVES.replace("FIELDS", fields) + "\n" + VTEPS + L2VNI)
    assert findings
    for finding in findings:
        assert "sessions with 192.0.2.2, 192.0.2.3 too" in finding.help, finding


def test_the_help_names_no_session_that_the_same_repair_opens() -> None:
    (finding,) = check(
        LEAVES.replace("FIELDS", "allowas-in: origin, export: none") + "\nroute-maps: {none: [{action: deny}]}\n"
    )
    assert "192.0.2.2" not in finding.help


RIGHT = {
    "an AS path list that permits": (
        neighbor("allowas-in: origin, import: paths")
        + 'as-path-lists: {paths: [{action: permit, regex: "^64512_"}]}\n'
        + "route-maps: {paths: [{action: permit, match: {as-path-list: paths}}]}\n"
    ),
    "a route map that goes on past the entry that denies": (
        neighbor("allowas-in: origin, import: jumps")
        + "route-maps: {jumps: [{action: permit, goto: 30}, {action: deny, seq: 20}, {action: permit, seq: 30}]}\n"
    ),
    "a route target of any AS": (
        SITE + "vrfs: {red: {table: 1100, l3vni: {vni: 100, import-rts: ['*:100']}, "
        "redistribute: {ipv4: {connected: {}}}, networks: [10.9.0.0/24], "
        "static-routes: [{prefix: 10.9.0.0/24, blackhole: true}]}}\n"
    ),
    "private AS numbers that a node on the way removes": CHAIN,
    "a node on the way that carries transit": HUB,
    "one AS with allowas-in": SITE,
    "an AS for each node": neighbor("bfd: {}").replace(
        "k1: {index: 1}", "k1: {index: 1, override: {router: {asn: 64515}}}"
    ),
    "internal sessions with a reflecting leaf": neighbor("bfd: {}").replace("remote-as: 64512", "remote-as: internal"),
    "a policy for one family": (
        neighbor("allowas-in: origin, per-family: {ipv4-unicast: {export: vteps}}") + VTEPS + L2VNI
    ),
    "policies for both families, with ebgp-requires-policy": (
        neighbor("allowas-in: origin, import: all, export: all, per-family: {ipv4-unicast: {export: vteps}}").replace(
            "-policy: false", "-policy: true"
        )
        + VTEPS
        + L2VNI
    ),
    "no-export to an internal leaf": (
        neighbor("export: kept").replace("remote-as: 64512", "remote-as: internal")
        + "route-maps: {kept: [{action: permit, set: {communities: [no-export]}}]}\n"
    ),
    "a limit that only warns": neighbor("allowas-in: origin, maximum-prefix: {limit: 1, warning-only: true}").replace(
        "k1: {index: 1}", "k1: {index: 1}, k2: {index: 2}"
    ),
    "an IPv6 VTEP on FRR 10.6": LOST["an IPv6 VTEP on FRR 10.5"][0].replace("10.5", "10.6"),
    "harmless raw lines": SITE + 'raw: [{lines: "router bgp 64514\\n bgp bestpath as-path multipath-relax\\nexit"}]\n',
    "VNIs on different nodes": SITE + "l2vnis: [{vni: 110, nodes: {names: [k0]}}, {vni: 111, nodes: {names: [k1]}}]\n",
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_carries_traffic_has_no_finding(name: str) -> None:
    assert check(RIGHT[name]) == []


UNKNOWN = {
    "an AS path with an AS that the model does not say": (
        neighbor("allowas-in: origin, import: paths").replace("remote-as: 64512", "remote-as: external")
        + 'as-path-lists: {paths: [{action: permit, regex: "^64512_"}]}\n'
        + "route-maps: {paths: [{action: permit, match: {as-path-list: paths}}]}\n",
        "`match as-path-list`",
    ),
    "raw lines of a neighbor": (
        SITE + 'raw: [{lines: "router bgp 64514\\n neighbor 192.0.2.1 weight 5\\nexit"}]\n',
        "raw line",
    ),
    "match interface": (
        neighbor("allowas-in: origin, import: some")
        + "route-maps: {some: [{action: permit, match: {interface: eth1}}]}\n",
        "`match interface`",
    ),
    "a VTEP that others announce": (SITE + "vtep: {interface: vtep0}\n" + L2VNI, "a VTEP that others announce"),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_not_followed_is_said(name: str) -> None:
    model, said = UNKNOWN[name]
    findings = check(model)
    assert {finding.code for finding in findings} == {"MOD809"}
    assert said in findings[0].message


def test_a_node_whose_vtep_a_policy_leaves_out_is_found_among_many_that_are_alike() -> None:
    nodes = ", ".join(f"k{n}: {{index: {n}}}" for n in range(40))
    model = neighbor("allowas-in: origin, export: vteps").replace("k0: {index: 0}, k1: {index: 1}", nodes)
    findings = check(model + VTEPS.replace("100.65.0.0/24", "100.65.0.0/27"))
    assert [finding.code for finding in findings] == ["MOD802"]
    assert "the VTEP's prefix 100.65.0.32/32 of node k32" in findings[0].message


def _many(count: int, fields: str) -> str:
    """The site with many nodes; N stands for a node's number."""
    nodes = ", ".join(f"k{n}: {{index: {n}, {fields.replace('N', str(n))}}}" for n in range(count))
    return SITE.replace("k0: {index: 0}, k1: {index: 1}", nodes)


def test_nodes_with_an_as_each_are_alike() -> None:
    """Two of them are followed: each pair of 200 would take minutes."""
    many = _many(200, "override: {router: {asn: 6500N}}").replace("allowas-in: origin", "bfd: {}")
    pool = _many(200, "labels: {}").replace("allowas-in: origin", "bfd: {}")
    pool = pool.replace("asn: 64514, ", "").replace("pools: {", "pools: {asn: 65000-65999, ")
    for model in (many, pool):
        loaded = load_site({"model.yaml": model.encode()})
        assert loaded.site, loaded.findings
        assert groups(loaded.site) == [loaded.names]
        assert check(model + L2VNI) == []


def test_the_node_that_is_compiled_alone_has_its_own_as() -> None:
    model = SITE.replace("k1: {index: 1}", "k1: {index: 1, override: {router: {asn: 64515}}}")
    loaded = load_site({"model.yaml": model.replace("allowas-in: origin", "bfd: {}").encode()})
    for name in loaded.names:
        node = build(loaded, name)[0]
        assert node
        assert check_reach(loaded, {name: node}) == []


@pytest.mark.parametrize(
    "more",
    [
        "l2vnis: [{vni: 110, import-rts: ['64999:110']}]\n",
        "route-maps: {far: [{action: permit, set: {prepend: [65003]}}]}\n",
        "vrfs: {red: {table: 10, asn: 65003}}\n",
        "community-lists: {far: [{action: permit, extended-communities: ['rt 65003:110']}]}\n",
    ],
)
def test_an_as_that_the_site_names_elsewhere_tells_nodes_apart(more: str) -> None:
    model = _many(5, "override: {router: {asn: 6500N}}") + more
    loaded = load_site({"model.yaml": model.encode()})
    assert loaded.site
    assert len(groups(loaded.site)) > 1


def test_kinds_of_nodes_that_are_left_out_are_said() -> None:
    model = _many(70, "labels: {rack: rN}")
    for n in range(70):
        model += f"    - {{address: 192.0.3.{n}, remote-as: 64512, allowas-in: 1, nodes: {{labels: {{rack: r{n}}}}}}}\n"
    (finding,) = check(model)
    assert (finding.code, finding.field) == ("MOD809", "nodes.k64")
    assert "6 of the 70 kinds of nodes, from node k64 on" in finding.message


def test_every_example_carries_traffic() -> None:
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        loaded = load_site({str(path): path.read_bytes()})
        assert loaded.site, path
        assert check_reach(loaded, {}) == [], path


def test_the_first_model_of_the_readme_has_no_finding() -> None:
    (model, *_) = re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    loaded = load_site({"model.yaml": model.encode()})
    assert compiled(loaded, loaded.names, placeholder).findings == ()
