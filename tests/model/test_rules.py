"""Each rule over the site and its nodes finds what its docstring says, once, and names both sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from frrcompile.pipeline.site import build, load_site
from tests.compiling import compile_text, frr_conf_of

BASE = """\
nodes: {node-0: {index: 0}}
router: {asn: 64514, ebgp-requires-policy: false}
underlay:
  interfaces: [{name: eth1}]
  neighbors:
    - {address: 192.0.2.1, remote-as: 64512}
vtep: {ipv4: 100.65.0.1}
"""


def neighbor(fields: str) -> str:
    """The base with another neighbour."""
    return BASE.replace("vtep:", f"    - {{address: 192.0.2.9, remote-as: 64513, {fields}}}\nvtep:")


def red(session: str, gateway: str = "") -> str:
    """The base with a VRF that has a host session, and an L2VNI with a gateway."""
    return (
        BASE
        + f"vrfs: {{red: {{table: 10, redistribute: {{ipv4: {{connected: {{}}}}}}, host-session: {{asn: 1, {session}}}}}}}\n"
        + (f"l2vnis: [{{vni: 110, vrf: red, gateway: {{{gateway}}}, host-leg: {{}}}}]\n" if gateway else "")
    )


def pool(vtep: str) -> str:
    """The base with a pool of VTEPs in place of the VTEP."""
    return BASE.replace("vtep: {ipv4: 100.65.0.1}", f"pools: {{vtep-ipv{6 if ':' in vtep else 4}: '{vtep}'}}")


# name: (model, line:column, code, what the message and its second side must say)
MISTAKES = {
    "a pool of multicast VTEPs": (
        pool("239.65.0.0/24"),
        "7:20",
        "MOD109",
        ["the VTEP", "pool 239.65.0.0/24", "224.0.0.0/4 is multicast"],
    ),
    "a pool of loopback VTEPs": (pool("127.5.0.0/24"), "7:20", "MOD109", ["127.0.0.0/8 is loopback"]),
    "a pool of reserved VTEPs": (pool("240.65.0.0/24"), "7:20", "MOD109", ["240.0.0.0/4 is reserved"]),
    "a pool of multicast IPv6 VTEPs": (pool("ff05::/112"), "7:20", "MOD109", ["ff00::/8 is multicast"]),
    "a link-local VTEP": (
        BASE.replace("100.65.0.1}", "100.65.0.1, ipv6: 'fe80::5'}"),
        "7:32",
        "MOD109",
        ["fe80::/10 is link-local"],
    ),
    "a host pool of multicast addresses": (
        red("ipv4: {pool: 239.10.0.0/24}"),
        "8:",
        "MOD109",
        ["host session of VRF red", "224.0.0.0/4 is multicast"],
    ),
    "an end of a host session that is loopback": (
        red("ipv4: {router: 127.1.0.1/24, host: 128.1.0.2/24}"),
        "8:",
        "MOD109",
        ["127.1.0.1"],
    ),
    "an interface with a multicast address": (
        BASE.replace("{name: eth1}", "{name: eth1, addresses: [224.0.0.9/24]}"),
        "4:41",
        "MOD109",
        ["interface eth1", "224.0.0.9"],
    ),
    "a gateway that is the network address": (
        red("ipv4: {pool: 10.9.0.0/24}", "ipv4: 10.0.0.0/24"),
        "9:",
        "MOD110",
        ["gateway of L2VNI 110", "the network address of 10.0.0.0/24", "10.0.0.1 to 10.0.0.254"],
    ),
    "a gateway that is the broadcast address": (
        red("ipv4: {pool: 10.9.0.0/24}", "ipv4: 10.0.0.255/24"),
        "9:",
        "MOD110",
        ["the broadcast address of 10.0.0.0/24"],
    ),
    "a host's end that is the broadcast address": (
        red("ipv4: {router: 10.0.0.1/24, host: 10.0.0.255/24}"),
        "8:",
        "MOD110",
        ["10.0.0.255"],
    ),
    "one host pool for two VRFs": (
        BASE
        + "vrfs:\n"
        + "  red: {table: 10, host-session: {asn: 1, ipv4: {pool: 10.0.0.0/24}}}\n"
        + "  blue: {table: 11, host-session: {asn: 1, ipv4: {pool: 10.0.0.0/24}}}\n",
        "10:57",
        "MOD503",
        ["VRF blue", "10.0.0.0/24 of VRF red", "9:56"],
    ),
    "host subnets of two VRFs that overlap": (
        BASE
        + "vrfs:\n"
        + "  red: {table: 10, host-session: {asn: 1, ipv4: {pool: 10.0.0.0/16}}}\n"
        + "  blue: {table: 11, host-session: {asn: 1, ipv4: {router: 10.0.7.1/24, host: 10.0.7.2/24}}}\n",
        "10:44",
        "MOD503",
        ["10.0.7.0/24, which overlaps 10.0.0.0/16 of VRF red"],
    ),
    "what is said of a family that a neighbor does not have": (
        neighbor("per-family: {ipv6-unicast: {export: all}}") + "route-maps: {all: [{action: permit}]}\n",
        "7:",
        "MOD213",
        ["does not have the family ipv6-unicast", "it has ipv4-unicast"],
    ),
    "per-family beside families": (
        neighbor("families: {ipv4-unicast: {}}, per-family: {ipv4-unicast: {allowas-in: 1}}"),
        "7:",
        "MOD213",
        ["`per-family` is for neighbors without `families`", "`families.ipv4-unicast`"],
    ),
    "a pool without an address for a node": (
        BASE.replace("{index: 0}", "{index: 4}").replace(
            "vtep: {ipv4: 100.65.0.1}", "pools: {vtep-ipv4: 100.65.0.0/30}"
        ),
        "7:20",
        "MOD103",
        ["100.65.0.0/30", "4 nodes", "index 4", "1:"],
    ),
    "a session's pool without an address for a node": (
        BASE.replace("{index: 0}", "{index: 1}")
        + "vrfs: {red: {table: 10, host-session: {asn: 1, ipv4: {pool: 10.0.0.0/30}}}}\n",
        "8:61",
        "MOD103",
        ["10.0.0.0/30"],
    ),
    "pools that overlap": (
        BASE.replace("vtep: {ipv4: 100.65.0.1}", "pools: {vtep-ipv4: 10.0.0.0/16}")
        + "vrfs: {red: {table: 10, host-session: {asn: 1, ipv4: {pool: 10.0.7.0/24}}}}\n",
        "8:61",
        "MOD104",
        ["10.0.7.0/24", "10.0.0.0/16", "7:20"],
    ),
    "ranges that overlap": (
        BASE.replace(
            "vtep:", "    - {range: 10.0.0.0/8, remote-as: 1}\n    - {range: 10.1.0.0/16, remote-as: 2}\nvtep:"
        ),
        "8:15",
        "MOD203",
        ["10.1.0.0/16", "10.0.0.0/8", "7:15"],
    ),
    "a link-local range": (
        BASE.replace("vtep:", '    - {range: "fe80::/64", remote-as: 1}\nvtep:'),
        "7:15",
        "MOD203",
        ["link-local"],
    ),
    "multihop and TTL security": (
        neighbor("ebgp-multihop: 2, ttl-security: 1"),
        "7:",
        "MOD204",
        ["exclude each other", "7:"],
    ),
    "multihop inside the AS": (
        BASE.replace("remote-as: 64512}", "remote-as: 64514, ebgp-multihop: 2}"),
        "6:61",
        "MOD204",
        ["external"],
    ),
    "a hold time without keepalives": (neighbor("timers: {hold: 9}"), "7:", "MOD205", ["`hold` needs `keepalive`"]),
    "keepalives longer than the hold time": (
        neighbor("timers: {hold: 9, keepalive: 10}"),
        "7:",
        "MOD205",
        ["10 s", "9 s"],
    ),
    "two passwords": (neighbor("password: a, password-env: B"), "7:", "MOD206", ["one password"]),
    "a local AS that is the own one": (neighbor("local-as: {asn: 64514}"), "7:", "MOD207", ["64514"]),
    "a local AS that is the neighbour's": (neighbor("local-as: {asn: 64513}"), "7:", "MOD207", ["neighbour's own AS"]),
    "replace-as without no-prepend": (
        neighbor("local-as: {asn: 65000, replace: true}"),
        "7:",
        "MOD207",
        ["`prepend: false`"],
    ),
    "a client of another AS": (neighbor("route-reflector-client: true"), "7:", "MOD208", ["internal"]),
    "a cluster id without clients": (
        BASE.replace("{asn: 64514,", "{asn: 64514, cluster-id: 1.1.1.1,"),
        "2:34",
        "MOD208",
        ["without a route reflector client"],
    ),
    "a limit that warns and restarts": (
        neighbor("maximum-prefix: {limit: 5, warning-only: true, restart: 3}"),
        "7:",
        "MOD209",
        ["`warning-only`"],
    ),
    "IPv4 over IPv6 without its next hops": (
        BASE.replace("vtep:", '    - {address: "2001:db8::1", remote-as: 1, families: {ipv4-unicast: {}}}\nvtep:'),
        "7:",
        "MOD210",
        ["extended-nexthop"],
    ),
    "EVPN with a VRF's neighbour": (
        BASE + "vrfs: {red: {table: 10, neighbors: [{address: 10.0.0.9, remote-as: 1, families: {l2vpn-evpn: {}}}]}}\n",
        "8:",
        "MOD210",
        ["l2vpn-evpn belongs to the underlay"],
    ),
    "routes from a VRF that is not there": (
        BASE + "vrfs: {red: {table: 10, leak: {from: [blu]}}, blue: {table: 20}}\n",
        "8:39",
        "MOD303",
        ["'blu'", "did you mean 'blue'?"],
    ),
    "a route to nowhere": (
        BASE.replace("  interfaces", "  static-routes: [{prefix: 10.0.0.0/8}]\n  interfaces"),
        "4:",
        "MOD304",
        ["10.0.0.0/8", "`via`"],
    ),
    "a route in two families": (
        BASE.replace("  interfaces", '  static-routes: [{prefix: 10.0.0.0/8, via: "2001:db8::1"}]\n  interfaces'),
        "4:",
        "MOD304",
        ["IPv4 route", "IPv6 address"],
    ),
    "an aggregate of one address": (
        BASE.replace("  interfaces", "  aggregates: [{prefix: 10.0.0.1/32}]\n  interfaces"),
        "4:25",
        "MOD306",
        ["10.0.0.1/32"],
    ),
    "a VTEP that nobody is told of": (
        BASE.replace("64512}", "64512, families: {l2vpn-evpn: {}}}") + "l2vnis: [{vni: 110}]\n",
        "7:14",
        "MOD403",
        ["100.65.0.1", "ipv4-unicast"],
    ),
    "VNIs that nobody is told of": (
        BASE.replace("64512}", "64512, families: {ipv4-unicast: {}}}") + "l2vnis: [{vni: 110}]\n",
        "8:",
        "MOD404",
        ["110", "l2vpn-evpn"],
    ),
    "a route distinguisher twice": (
        BASE + "l2vnis: [{vni: 110, rd: '1.1.1.1:1'}, {vni: 120, rd: '1.1.1.1:1'}]\n",
        "8:54",
        "MOD405",
        ["1.1.1.1:1", "8:25"],
    ),
    "a gateway without a VRF": (
        BASE + "l2vnis: [{vni: 110, gateway: {ipv4: 10.0.0.1/24}, host-leg: {}}]\n",
        "8:",
        "MOD406",
        ["110", "`vrf`"],
    ),
    "a segment in a VRF that is not there": (BASE + "l2vnis: [{vni: 110, vrf: red}]\n", "8:26", "MOD406", ["'red'"]),
    "subnets that overlap": (
        BASE
        + "vrfs: {red: {table: 10}}\n"
        + "l2vnis:\n"
        + "  - {vni: 110, vrf: red, gateway: {ipv4: 10.0.0.1/16}, host-leg: {}}\n"
        + "  - {vni: 120, vrf: red, gateway: {ipv4: 10.0.7.1/24}, host-leg: {}}\n",
        "11:42",
        "MOD407",
        ["10.0.7.0/24", "10.0.0.0/16", "10:42"],
    ),
    "an MTU that does not fit": (BASE + "l2vnis: [{vni: 110, mtu: 1500}]\n", "8:26", "MOD408", ["1500", "1450"]),
    "an MTU that does not fit over IPv6": (
        BASE + "l2vnis: [{vni: 110, mtu: 1450, underlay: ipv6}]\n",
        "8:26",
        "MOD408",
        ["1430"],
    ),
    "a prefix list that is not there": (
        BASE + "route-maps: {a: [{action: permit, match: {prefix-list: pods}}]}\n",
        "8:56",
        "MOD602",
        ["'pods'", "match no route"],
    ),
    "a BFD profile that is not there": (neighbor("bfd: {profile: fast}"), "7:", "MOD603", ["'fast'"]),
    "lengths out of order": (
        BASE + "prefix-lists: {a: [{action: permit, prefix: 10.0.0.0/24, ge: 28, le: 26}]}\n",
        "8:70",
        "MOD605",
        ["26", "28"],
    ),
    "a length below the prefix's own": (
        BASE + "prefix-lists: {a: [{action: permit, prefix: 10.0.0.0/24, ge: 23}]}\n",
        "8:62",
        "MOD605",
        ["23", "24 to 32"],
    ),
    "a list of two families": (
        BASE + 'prefix-lists: {a: [{action: permit, prefix: 10.0.0.0/24}, {action: permit, prefix: "::/0"}]}\n',
        "8:",
        "MOD605",
        ["IPv4", "IPv6"],
    ),
    "a community list of two kinds": (
        BASE
        + "community-lists: {a: [{action: permit, communities: [1:1]}, {action: permit, large-communities: [1:1:1]}]}\n",
        "8:",
        "MOD606",
        ["two kinds"],
    ),
    "route maps that call each other": (
        BASE + "route-maps: {a: [{action: permit, call: b}], b: [{action: permit, call: a}]}\n",
        "8:",
        "MOD607",
        ["a -> b -> a"],
    ),
    "nothing to add": (
        BASE + "route-maps: {a: [{action: permit, set: {additive: true}}]}\n",
        "8:",
        "MOD608",
        ["nothing to add"],
    ),
    "a bridge described in two ways": (
        BASE + "l2vnis: [{vni: 110, host-bridge: {name: b}}, {vni: 120, host-bridge: {name: b, kind: ovs}}]\n",
        "8:",
        "MOD702",
        ["'b'", "two ways"],
    ),
    "a VLAN sub-interface without a VLAN": (
        BASE.replace("{name: eth1}", "{name: eth1, attach: vlan}"),
        "4:",
        "MOD703",
        ["sub-interface of eth1", "`vlan: 10`"],
    ),
    **{
        f"a VLAN with {attach}": (
            BASE.replace("{name: eth1}", f"{{name: eth1, vlan: 10, attach: {attach}}}"),
            "4:35",
            "MOD703",
            [f"`attach: {attach}`", "`vlan: 10`", "contradict", "`name: eth1.10`"],
        )
        for attach in ("move", "macvlan", "present")
    },
    **{
        f"another name with {attach}": (
            BASE.replace("{name: eth1}", f"{{name: eth1, link-name: x, attach: {attach}}}"),
            "4:40",
            "MOD703",
            ["`link-name` of eth1", f"`attach: {attach}`", "remove"],
        )
        for attach in ("move", "present")
    },
    "another name for what moves by default": (
        BASE.replace("{name: eth1}", "{name: eth1, link-name: x}"),
        "4:40",
        "MOD703",
        ["`link-name` of eth1", "keeps its name"],
    ),
    "a VLAN of a NIC that moves": (
        BASE.replace("{name: eth1}", "{name: eth1, vlan: 10}, {name: eth1}"),
        "4:16",
        "MOD704",
        ["eth1 moves", "VLAN sub-interface", "4:40"],
    ),
    "a macvlan of a NIC that moves": (
        BASE.replace("{name: eth1}", "{name: eth1}, {name: eth1, attach: macvlan}"),
        "4:30",
        "MOD704",
        ["eth1 moves", "macvlan", "4:16"],
    ),
    "a VLAN of a NIC twice": (
        BASE.replace("{name: eth1}", "{name: eth1, vlan: 10}, {name: eth1, vlan: 10, link-name: b}"),
        "4:59",
        "MOD704",
        ["VLAN 10 of eth1", "twice", "4:35"],
    ),
    "a VLAN sub-interface with a long name": (
        BASE.replace("{name: eth1}", "{name: enp65s0f0np0, vlan: 4094}"),
        "4:23",
        "MOD705",
        ["'enp65s0f0np0.4094'", "17 bytes", "15", "`link-name`"],
    ),
    "a macvlan with a long name": (
        BASE.replace("{name: eth1}", "{name: enp65s0f0np0x, attach: macvlan}"),
        "4:23",
        "MOD705",
        ["'mv-enp65s0f0np0x'", "16 bytes"],
    ),
    "two ends on the host": (
        BASE + "l2vnis: [{vni: 110, host-leg: {}, host-bridge: {}}]\n",
        "8:21",
        "MOD706",
        ["L2VNI 110", "`host-bridge`", "`host-leg`", "8:35"],
    ),
    "a host leg called as a NIC that moves": (
        BASE + "l2vnis: [{vni: 110, host-leg: {name: eth1}}]\n",
        "8:21",
        "MOD701",
        ["the host", "'eth1'", "4:16"],
    ),
    "a host leg called as a NIC that the host keeps": (
        BASE.replace("{name: eth1}", "{name: eth1, attach: macvlan}")
        + "l2vnis: [{vni: 110, host-bridge: {name: eth1}}]\n",
        "8:21",
        "MOD701",
        ["the host", "'eth1'", "4:16"],
    ),
    "two host legs of one name": (
        BASE + "l2vnis: [{vni: 110, host-leg: {name: hl2-120}}, {vni: 120, host-leg: {}}]\n",
        "8:",
        "MOD701",
        ["the host", "'hl2-120'"],
    ),
    "a macvlan called as a bridge": (
        BASE.replace("{name: eth1}", "{name: eth1, attach: macvlan, link-name: br110}") + "l2vnis: [{vni: 110}]\n",
        "8:",
        "MOD701",
        ["FRR's namespace", "'br110'", "4:16"],
    ),
    "two nodes with one index": (
        BASE.replace("{index: 0}}", "{index: 0}, node-1: {index: 0}}"),
        "1:45",
        "MOD102",
        ["index 0", "1:25", "node-0"],
    ),
    "a router id for two nodes": (
        BASE.replace("{index: 0}}", "{index: 0}, node-1: {index: 1}}")
        .replace("64514,", "64514, id: 1.1.1.1,")
        .replace("vtep: {ipv4: 100.65.0.1}", ""),
        "2:26",
        "MOD105",
        ["1.1.1.1", "node-0 and node-1", "`override`"],
    ),
    "a VTEP for two nodes": (
        BASE.replace("{index: 0}}", "{index: 0}, node-1: {index: 1}}"),
        "7:14",
        "MOD105",
        ["100.65.0.1"],
    ),
    "an IPv6 VTEP over an IPv4 underlay": (
        BASE.replace("{name: eth1}", "{name: eth1, addresses: [192.0.2.2/24]}").replace(
            "100.65.0.1}", '100.65.0.1, ipv6: "2001:db8::1"}'
        )
        + "l2vnis: [{vni: 110, underlay: ipv6}]\n",
        "8:31",
        "MOD107",
        ["no interface", "IPv6"],
    ),
    "an entry that denies and goes on": (
        BASE + "route-maps: {a: [{action: deny, next: true}, {action: permit}]}\n",
        "8:",
        "MOD609",
        ["next"],
    ),
    "a next hop that is nobody's": (
        BASE + "route-maps: {a: [{action: permit, set: {next-hop: 224.0.0.1}}]}\n",
        "8:",
        "MOD610",
        ["224.0.0.1"],
    ),
    "a next hop of a reserved range": (
        BASE + "route-maps: {a: [{action: permit, set: {next-hop: 240.0.0.1}}]}\n",
        "8:",
        "MOD610",
        ["240.0.0.1 is a reserved address"],
    ),
    "a community list called by a number": (
        BASE + "community-lists: {'100': [{action: permit, communities: [1:1]}]}\n",
        "8:",
        "MOD611",
        ["'100'"],
    ),
    "the community of all routes": (
        BASE + "frr: {version: 8.4}\ncommunity-lists: {a: [{action: permit, communities: [0:0]}]}\n",
        "9:",
        "MOD612",
        ["0:0"],
    ),
    "a blackhole beside a next hop": (
        BASE.replace(
            "  interfaces",
            "  static-routes: [{prefix: 10.0.0.0/8, via: 192.0.2.1}, {prefix: 10.0.0.0/8, blackhole: true}]\n  interfaces",
        ),
        "4:",
        "MOD305",
        ["10.0.0.0/8"],
    ),
    "a limit in EVPN on FRR 8.4": (
        neighbor("families: {l2vpn-evpn: {maximum-prefix: {limit: 5}}}") + "frr: {version: 8.4}\n",
        "7:",
        "MOD211",
        ["maximum-prefix"],
    ),
    "an entry that is there already": (
        BASE + "prefix-lists: {a: [{action: permit, prefix: 10.0.0.0/8}, {action: permit, prefix: 10.0.0.0/8}]}\n",
        "8:",
        "MOD613",
        ["written twice", "8:"],
    ),
    "an override of the nodes": (
        BASE.replace("{index: 0}", "{index: 0, override: {nodes: {}, router: {id: 1.1.1.1}}}"),
        "1:",
        "MOD010",
        ["list of nodes"],
    ),
}


def test_the_base_is_good(tmp_path: Path) -> None:
    assert compile_text(BASE, tmp_path)[1] == []


@pytest.mark.parametrize("name", MISTAKES)
def test_a_rule_finds_it(name: str, tmp_path: Path) -> None:
    model, place, code, words = MISTAKES[name]
    router, findings = compile_text(model, tmp_path)
    assert router is None
    found = [finding for finding in findings if finding.code == code]
    assert len(found) == 1, findings
    where = f"{found[0].span.line}:{found[0].span.column}"
    assert where.startswith(place), (where, found)
    labels = [f"{label.span.line}:{label.span.column} {label.message}" for label in found[0].labels]
    said = " ".join([found[0].message, found[0].help, *labels])
    assert [word for word in words if word not in said] == []


def test_lengths_may_begin_at_the_prefixs_own(tmp_path: Path) -> None:
    entries = "{prefix: 10.0.0.0/24, ge: 24}, {prefix: 10.1.0.0/24, le: 24}, {prefix: 0.0.0.0/0, ge: 0}"
    conf = frr_conf_of(BASE + f"prefix-lists: {{a: [{entries.replace('{', '{action: permit, ')}]}}\n", tmp_path)
    assert [line for line in conf.splitlines() if "prefix-list" in line] == [
        "ip prefix-list a seq 5 permit 10.0.0.0/24 ge 24",
        "ip prefix-list a seq 10 permit 10.1.0.0/24 le 24",
        "ip prefix-list a seq 15 permit 0.0.0.0/0 ge 0",
    ]


def _host_import(*entries: str) -> str:
    """The base with a host session whose policy has a prefix list of these entries."""
    return (
        red("import: from-host, ipv4: {pool: 10.9.0.0/24}")
        + "route-maps: {from-host: [{action: permit, match: {prefix-list: pods}}]}\n"
        + f"prefix-lists: {{pods: [{', '.join(f'{{action: permit, {entry}}}' for entry in entries)}]}}\n"
    )


WARNINGS = {
    "a host's import that permits a short prefix only": (
        _host_import("prefix: 10.244.0.0/16"),
        "10:23",
        "MOD615",
        "permits 10.244.0.0/16 only",
    ),
    "a family's import that permits a short IPv6 prefix only": (
        _host_import("prefix: '2001:db8::/48'").replace(
            "import: from-host, ipv4: {pool: 10.9.0.0/24}", "ipv6: {pool: '2001:db8:9::/64', import: from-host}"
        ),
        "10:23",
        "MOD615",
        "a /64 of a node's pods",
    ),
    "a selector that names no node": (
        neighbor("nodes: {names: [node-0, node-7]}").replace("allowas-in: 1,", ""),
        "7:",
        "MOD111",
        "'node-7', which the site does not have",
    ),
    "labels that no node has": (
        BASE + "vrfs: {red: {table: 10, nodes: {labels: {rack: r1}}}}\n",
        "8:",
        "MOD111",
        "selects no node: none has the labels {rack: r1}",
    ),
    "a node without the labels": (
        BASE + "raw: [{lines: 'bgp session-dscp 46', nodes: {names: [node-0], labels: {rack: r1}}}]\n",
        "8:",
        "MOD111",
        "none of those that it names has the labels",
    ),
    "a session over an interface that is not there": (
        BASE.replace("vtep:", "    - {interface: eth2, remote-as: external}\nvtep:"),
        "7:",
        "MOD214",
        "no interface 'eth2': the underlay has eth1",
    ),
    "a source that is not there": (neighbor("source: eth7"), "7:", "MOD214", "no interface 'eth7'"),
    "a static route over a link that is called otherwise": (
        BASE.replace(
            "{name: eth1}]",
            "{name: eth1, vlan: 10, addresses: [192.0.2.9/24]}]\n  static-routes: [{prefix: 10.0.0.0/8, interface: eth1}]",
        ),
        "5:",
        "MOD214",
        "no interface 'eth1': the underlay has eth1.10",
    ),
    "a router id that RFC 4271 refuses": (
        BASE.replace("asn: 64514,", "asn: 64514, id: 240.0.0.1,"),
        "2:26",
        "MOD112",
        "240.0.0.1",
    ),
    "an external session without policies": (
        BASE.replace(", ebgp-requires-policy: false", "").replace("64512}", "64512, export: all}")
        + "route-maps: {all: [{action: permit}]}\n",
        "6:",
        "MOD212",
        "import in ipv4-unicast",
    ),
    "a route target that nothing exports": (
        BASE + "l2vnis: [{vni: 110, import-rts: ['64514:110', '64514:111']}]\n",
        "8:47",
        "MOD106",
        "64514:111",
    ),
    "a pool of multicast router ids": (
        BASE + "pools: {router-id: 239.0.0.0/24}\n",
        "8:20",
        "MOD112",
        "from the pool 239.0.0.0/24",
    ),
    "a family that is not announced": (
        BASE
        + "vrfs: {red: {table: 10, l3vni: {vni: 100, advertise: [ipv6]}, "
        + "host-session: {asn: 1, ipv4: {pool: 10.0.0.0/24}}}}\n",
        "8:",
        "MOD108",
        "stay on the node",
    ),
}


@pytest.mark.parametrize("name", WARNINGS)
def test_a_rule_warns(name: str, tmp_path: Path) -> None:
    model, place, code, words = WARNINGS[name]
    router, findings = compile_text(model, tmp_path)
    assert router is not None, "a warning refuses nothing"
    assert [finding.code for finding in findings] == [code]
    assert f"{findings[0].span.line}:{findings[0].span.column}".startswith(place)
    assert words in findings[0].message


FOR_OTHER_NODES = """\
nodes: {k0: {index: 0}, k1: {index: 1}, k2: {index: 2}}
router: {asn: 64514, ebgp-requires-policy: false}
pools: {vtep-ipv4: 100.65.0.0/24, router-id: 10.0.0.0/24}
underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: origin, nodes: {names: [k0, k2, k4]}}]}
l2vnis: [{vni: 110}]
"""


def test_a_selector_that_names_no_node_may_mean_the_one_that_no_selector_names() -> None:
    loaded = load_site({"m.yaml": FOR_OTHER_NODES.encode()})
    assert [finding.help for finding in loaded.findings] == ["did you mean 'k1', which no selector names?"]
    far = load_site({"m.yaml": FOR_OTHER_NODES.replace("k0, k2, k4", "k0, k1, k2, spine").encode()})
    assert [finding.help for finding in far.findings] == ["the site has k0, k1, k2"]


def test_a_node_that_no_neighbor_is_for_is_named() -> None:
    _, findings = build(load_site({"m.yaml": FOR_OTHER_NODES.encode()}), "k1")
    assert [finding.code for finding in findings] == ["MOD403", "MOD404"]
    for finding in findings:
        assert "no neighbor of the underlay is for node k1" in finding.message
        assert "add k1 to `nodes` of a neighbor" in finding.help


RIGHT = {
    "a host's import with le": _host_import("prefix: 10.244.0.0/16, le: 24"),
    "a host's import of a short prefix next to others": _host_import(
        "prefix: 10.96.0.0/12", "prefix: 10.244.0.0/16, le: 24"
    ),
    "a host's import of a node's pods": _host_import("prefix: 10.244.0.0/24"),
    "a host's import of a default route": _host_import("prefix: 0.0.0.0/0"),
    "a host's import with an entry without a list": _host_import("prefix: 10.244.0.0/16").replace(
        "[{action: permit, match:", "[{action: permit, match: {tag: 7}}, {action: permit, match:"
    ),
    "reserved addresses that FRR may use": pool("240.65.0.0/24") + "raw: [{lines: allow-reserved-ranges}]\n",
    "a gateway of a /31": red("ipv4: {pool: 10.9.0.0/24}", "ipv4: 10.0.0.0/31"),
    "a host's end that is the network address": red("ipv4: {router: 10.0.0.1/24, host: 10.0.0.0/24}"),
    "a link-local gateway": red("ipv4: {pool: 10.9.0.0/24}", "ipv6: 'fe80::1/64'"),
    "one host pool for VRFs of two nodes": (
        BASE.replace("{index: 0}}", "{index: 0}, node-1: {index: 1}}").replace(
            "vtep: {ipv4: 100.65.0.1}", "pools: {vtep-ipv4: 100.65.0.0/24}"
        )
        + "vrfs:\n"
        + "  red: {table: 10, nodes: {names: [node-0]}, host-session: {asn: 1, ipv4: {pool: 10.0.0.0/24}}}\n"
        + "  blue: {table: 11, nodes: {names: [node-1]}, host-session: {asn: 1, ipv4: {pool: 10.0.0.0/24}}}\n"
    ),
    "links that others make": BASE.replace("  interfaces: [{name: eth1}]\n", "").replace(
        "vtep:", "    - {interface: eth2, remote-as: external}\nvtep:"
    ),
    "a source that the model makes": neighbor("source: br110") + "l2vnis: [{vni: 110}]\n",
    "a router id in 127.0.0.0/8": BASE.replace("asn: 64514,", "asn: 64514, id: 127.0.0.9,"),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_rule_finds_nothing(name: str, tmp_path: Path) -> None:
    router, findings = compile_text(RIGHT[name], tmp_path)
    assert router
    assert findings == []
