"""Why the rules are there: what they refuse passes `vtysh -C`, and then FRR refuses it, drops it, or makes something else of it.

Each case is compiled with the rules switched off, so that FRR gets the very lines that the compiler would have written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from frrcompile.ir.lower import lower
from frrcompile.ir.scope import Scope
from frrcompile.model.check import check
from frrcompile.model.load import parse
from frrcompile.render.emit import frr_conf
from tests.compiling import compile_text
from tests.frr import patience
from tests.frr.router import Router
from tests.frr.shown import load, shown


@dataclass(frozen=True, slots=True)
class Case:
    """What a part of the model says, the rule that refuses it, and what FRR does with its lines.

    `changes` are lines that FRR does not show (`-`) and lines that it shows in their place (`+`); one with a version before
    it is of FRRs whose version begins so. BGP and VRF stand for the headers of the VRF's blocks.
    """

    code: str
    says: str
    changes: str

    def of(self, version: str, name: str = "") -> set[str]:
        """The changes that are expected of an FRR version."""
        text = self.changes.replace("BGP", f"router bgp 64514 vrf {name}").replace("VRF", f"vrf {name}")
        lines = [re.fullmatch(r"(?:(\S+) )?([-+] .*)", line.strip()) for line in text.splitlines() if line.strip()]
        return {line[2] for line in lines if line and version.startswith(line[1] or "")}


def model(*more: str, underlay: str = "", neighbor: str = "", version: str = "10.7") -> str:
    """A model with more in it."""
    return f"""\
nodes: {{node-0: {{index: 0}}}}
frr: {{version: {version}}}
router: {{asn: 64514, id: 10.0.0.1}}
underlay:
  neighbors: [{{address: 192.0.2.1, remote-as: 64512{neighbor}}}]
  {underlay}
vtep: {{ipv4: 100.65.0.1}}
""" + "".join(more)


def neighbor(code: str, says: str, changes: str) -> Case:
    """A case of one neighbour."""
    return Case(code, f"neighbors: [{{address: 192.0.2.9, {says}}}]", changes)


def unnumbered(code: str, interface: str, says: str, changes: str) -> Case:
    """A case of one unnumbered neighbour; an interface is of one VRF only."""
    return Case(code, f"neighbors: [{{interface: {interface}, {says}}}]", changes)


VRFS = {
    "same-peer": Case(
        "MOD202",
        "neighbors: [{address: 192.0.2.9, remote-as: 1}, {address: 192.0.2.9, remote-as: 2}]",
        "- BGP | neighbor 192.0.2.9 remote-as 1",
    ),
    "overlap": Case(
        "MOD203",
        "neighbors: [{range: 10.0.0.0/8, remote-as: 1}, {range: 10.1.0.0/16, remote-as: 2}]",
        "- BGP | bgp listen range 10.1.0.0/16 peer-group from-10.1.0.0_16",
    ),
    "local-range": Case(
        "MOD203",
        'neighbors: [{range: "fe80::/64", remote-as: 1}]',
        "- BGP | bgp listen range fe80::/64 peer-group from-fe80.._64",
    ),
    "hops-and-ttl": neighbor(
        "MOD204", "remote-as: 1, ebgp-multihop: 2, ttl-security: 1", "- BGP | neighbor 192.0.2.9 ttl-security hops 1"
    ),
    "hops-internal": neighbor(
        "MOD204", "remote-as: internal, ebgp-multihop: 2", "- BGP | neighbor 192.0.2.9 ebgp-multihop 2"
    ),
    "hops-own-as": neighbor(
        "MOD204", "remote-as: 64514, ebgp-multihop: 2", "- BGP | neighbor 192.0.2.9 ebgp-multihop 2"
    ),
    "hops-direct": unnumbered(
        "MOD204", "x0", "remote-as: external, ebgp-multihop: 2", "- BGP | neighbor x0 ebgp-multihop 2"
    ),
    "ttl-direct": unnumbered(
        "MOD204", "x1", "remote-as: external, ttl-security: 2", "- BGP | neighbor x1 ttl-security hops 2"
    ),
    "check-direct": unnumbered(
        "MOD204",
        "x2",
        "remote-as: external, disable-connected-check: true",
        "- BGP | neighbor x2 disable-connected-check",
    ),
    "source-direct": unnumbered(
        "MOD204", "x3", "remote-as: external, source: lo", "- BGP | neighbor x3 update-source lo"
    ),
    "keepalive": neighbor(
        "MOD205",
        "remote-as: 1, timers: {hold: 9, keepalive: 4}",
        "- BGP | neighbor 192.0.2.9 timers 4 9\n+ BGP | neighbor 192.0.2.9 timers 3 9",
    ),
    "no-hold": neighbor(
        "MOD205",
        "remote-as: 1, timers: {hold: 0, keepalive: 4}",
        "- BGP | neighbor 192.0.2.9 timers 4 0\n+ BGP | neighbor 192.0.2.9 timers 0 0",
    ),
    "as-own": neighbor("MOD207", "remote-as: 1, local-as: {asn: 64514}", "- BGP | neighbor 192.0.2.9 local-as 64514"),
    "as-neighbors": neighbor("MOD207", "remote-as: 1, local-as: {asn: 1}", "8.4 - BGP | neighbor 192.0.2.9 local-as 1"),
    "as-internal": neighbor(
        "MOD207", "remote-as: internal, local-as: {asn: 7}", "8.4 - BGP | neighbor 192.0.2.9 local-as 7"
    ),
    "as-own-number": unnumbered(
        "MOD207",
        "x4",
        "remote-as: 64514, local-as: {asn: 7}",
        "8.4 - BGP | neighbor x4 local-as 7\n10. + BGP | neighbor x4 ebgp-multihop",
    ),
    "as-own-later": unnumbered(
        "MOD207", "x5", "remote-as: 64514, local-as: {asn: 64514}", "- BGP | neighbor x5 local-as 64514"
    ),
    "client": neighbor(
        "MOD208",
        "remote-as: 1, route-reflector-client: true",
        "- BGP | address-family ipv4 unicast | neighbor 192.0.2.9 route-reflector-client",
    ),
    "client-in": neighbor(
        "MOD208",
        "remote-as: external, families: {ipv4-unicast: {route-reflector-client: true}}",
        "- BGP | address-family ipv4 unicast | neighbor 192.0.2.9 route-reflector-client",
    ),
    "private-as": neighbor(
        "MOD216",
        "remote-as: internal, remove-private-as: {}",
        "- BGP | address-family ipv4 unicast | neighbor 192.0.2.9 remove-private-AS",
    ),
    "vpn": neighbor(
        "MOD210",
        "remote-as: 1, families: {ipv4-vpn: {}}",
        """
        - BGP | address-family ipv4 vpn
        - BGP | address-family ipv4 vpn | neighbor 192.0.2.9 activate
        + BGP | address-family ipv4 unicast
        + BGP | address-family ipv4 unicast | neighbor 192.0.2.9 activate
        """,
    ),
    "itself": Case(
        "MOD303",
        "leak: {from: [itself], families: [ipv4]}",
        "- BGP | address-family ipv4 unicast\n- BGP | address-family ipv4 unicast | import vrf itself",
    ),
    "nobody": Case("MOD303", "leak: {from: [not-there]}", "8.4 + router bgp 64514 vrf not-there"),
    "distances": Case(
        "MOD304",
        "static-routes: [{prefix: 10.0.0.0/8, via: 192.0.2.1, distance: 5}, {prefix: 10.0.0.0/8, via: 192.0.2.1}]",
        "- VRF | ip route 10.0.0.0/8 192.0.2.1 5",
    ),
    "single": Case(
        "MOD306",
        "aggregates: [{prefix: 10.0.0.1/32}]",
        """
        - BGP | address-family ipv4 unicast
        - BGP | address-family ipv4 unicast | aggregate-address 10.0.0.1/32
        """,
    ),
    "aggregates": Case(
        "MOD306",
        "aggregates: [{prefix: 10.0.0.0/8}, {prefix: 10.0.0.0/8, summary-only: true}]",
        "- BGP | address-family ipv4 unicast | aggregate-address 10.0.0.0/8",
    ),
    "tags": Case(
        "MOD305",
        "static-routes: [{prefix: 10.0.0.0/8, via: 192.0.2.1, tag: 1}, {prefix: 10.0.0.0/8, via: 192.0.2.2, tag: 2}]",
        """
        8.4 - VRF | ip route 10.0.0.0/8 192.0.2.1 tag 1
        8.4 + VRF | ip route 10.0.0.0/8 192.0.2.1 tag 2
        10.3 - VRF | ip route 10.0.0.0/8 192.0.2.1 tag 1
        10.3 + VRF | ip route 10.0.0.0/8 192.0.2.1 tag 2
        """,  # 10.7 shows both, and yet has one
    ),
}
"""Each in a VRF of its own, so that one FRR reads them all at once."""

POLICIES = {
    "prefix-lists.number": Case(
        "MOD604",
        "[{action: permit, prefix: 10.0.0.0/8, seq: 5}, {action: permit, prefix: 11.0.0.0/8, seq: 5}]",
        "- ip prefix-list number seq 5 permit 10.0.0.0/8",
    ),
    "community-lists.number": Case(
        "MOD604",
        "[{action: permit, communities: [1:1], seq: 5}, {action: permit, communities: [1:2], seq: 5}]",
        "- bgp community-list standard number seq 5 permit 1:1",
    ),
    "route-maps.number": Case(
        "MOD604",
        "[{action: permit, seq: 10, match: {tag: 1}}, {action: permit, seq: 10, set: {metric: 1}}, {action: deny, seq: 10}]",
        """
        - route-map number permit 10
        - route-map number permit 10 | match tag 1
        - route-map number permit 10 | set metric 1
        + route-map number deny 10 | match tag 1
        + route-map number deny 10 | set metric 1
        """,
    ),
    "community-lists.10": Case(
        "MOD611",
        "[{action: permit, communities: [65000:1]}]",
        "- bgp community-list standard 10 seq 5 permit 65000:1\n+ bgp community-list 10 seq 5 permit 65000:1",
    ),
    "community-lists.11": Case(
        "MOD611",
        '[{action: permit, large-communities: ["65000:1:1"]}]',
        "- bgp large-community-list standard 11 seq 5 permit 65000:1:1",
    ),
    "community-lists.12": Case(
        "MOD611",
        "[{action: permit, extended-communities: [rt 65000:1]}]",
        "- bgp extcommunity-list standard 12 seq 5 permit rt 65000:1\n+ bgp extcommunity-list 12 seq 5 permit rt 65000:1",
    ),
    "community-lists.zero": Case(
        "MOD612",
        "[{action: permit, communities: [0:0, 1:1]}]",
        """
        8.4 - bgp community-list standard zero seq 5 permit 0:0 1:1
        8.4 + bgp community-list standard zero seq 5 permit internet 1:1
        """,
    ),
    "route-maps.zero": Case(
        "MOD612",
        "[{action: permit, set: {communities: [0:0]}}]",
        "8.4 - route-map zero permit 10 | set community 0:0\n8.4 + route-map zero permit 10 | set community internet",
    ),
    "prefix-lists.twice": Case(
        "MOD613",
        "[{action: permit, prefix: 10.0.0.0/8}, {action: permit, prefix: 10.0.0.0/8}]",
        "8.4 - ip prefix-list twice seq 10 permit 10.0.0.0/8",
    ),
    "as-path-lists.number": Case(
        "MOD604",
        "[{action: permit, regex: ^1$, seq: 5}, {action: permit, regex: ^2$, seq: 5}]",
        "- bgp as-path access-list number seq 5 permit ^1$",
    ),
    "as-path-lists.twice": Case(
        "MOD613",
        "[{action: permit, regex: ^1$}, {action: permit, regex: ^1$}]",
        "- bgp as-path access-list twice seq 10 permit ^1$",
    ),
    "community-lists.twice": Case(
        "MOD613",
        "[{action: permit, communities: [1:1, 1:2]}, {action: permit, communities: [1:2, 1:1]}]",
        "- bgp community-list standard twice seq 10 permit 1:1 1:2",
    ),
    "community-lists.large": Case(
        "MOD613",
        '[{action: permit, large-communities: ["1:1:1"]}, {action: permit, large-communities: ["1:1:1"]}]',
        "- bgp large-community-list standard large seq 10 permit 1:1:1",
    ),
    "community-lists.extended": Case(
        "MOD613",
        "[{action: permit, extended-communities: [rt 1:1]}, {action: permit, extended-communities: [rt 1:1]}]",
        "- bgp extcommunity-list standard extended seq 10 permit rt 1:1",
    ),
}
"""Each a policy of its own."""

INNOCENT = "route-maps: {innocent: [{action: permit, set: {metric: 1}}]%s}\n"

TOGETHER = {
    "a VNI of two VRFs": Case(
        "MOD401",
        model(
            "vrfs: {a: {table: 1, l3vni: {vni: 100}}, b: {table: 2, l3vni: {vni: 100}}, ",
            "innocent: {table: 3, l3vni: {vni: 101}}}\n",
        ),
        "- vrf b | vni 100\n10. - vrf a | vni 100\n10. - vrf innocent | vni 101",
    ),
    "a VRF called default": Case(
        "MOD301",
        model("vrfs: {default: {table: 1, asn: 64516, l3vni: {vni: 100}}}\n"),
        "- router bgp 64514\n- router bgp 64516 vrf default\n+ router bgp 64516\n- vrf default | vni 100\n+ vni 100",
    ),
    "next after deny": Case(
        "MOD609",
        model(INNOCENT % ", bad: [{action: deny, next: true}]"),
        "- route-map bad deny 10 | on-match next\n10. - route-map innocent permit 10",
    ),
    "goto after deny": Case(
        "MOD609",
        model(INNOCENT % ", bad: [{action: deny, goto: 20}, {action: permit}]"),
        "- route-map bad deny 10 | on-match goto 20\n10. - route-map innocent permit 10",
    ),
    "goto an entry before": Case(
        "MOD614",
        model(INNOCENT % ", bad: [{action: permit}, {action: permit, goto: 10}]"),
        "- route-map bad permit 20 | on-match goto 10\n10. - route-map innocent permit 10",
    ),
    "a multicast next hop": Case(
        "MOD610",
        model(INNOCENT % ", bad: [{action: permit, set: {next-hop: 224.0.0.1}}]"),
        "- route-map bad permit 10 | set ip next-hop 224.0.0.1\n10. - route-map innocent permit 10 | set metric 1",
    ),
    "a blackhole beside a next hop": Case(
        "MOD305",
        model(
            underlay="static-routes: [{prefix: 10.0.0.0/8, via: 192.0.2.1}, {prefix: 10.0.0.0/8, blackhole: true}, "
            "{prefix: 11.0.0.0/8, blackhole: true}]"
        ),
        "- ip route 10.0.0.0/8 192.0.2.1\n- ip route 10.0.0.0/8 blackhole\n- ip route 11.0.0.0/8 blackhole",
    ),
}
"""Each read by an FRR of its own: what is innocent is lost with them."""

NEXT_HOPS = {
    "224.0.0.1": "",
    "0.0.0.0": "",
    "127.0.0.1": "10.",
    "240.0.0.1": "8.4 10.3",
    "::": "",
    "::1": "",
    "ff02::1": "",
    "fe80::1": "",
}
"""What MOD610 refuses, and the FRRs that refuse it: all, or those whose versions begin so."""


def without_rules(text: str) -> str:
    """The frr.conf that the compiler would write if no rule refused the model."""
    root, findings = parse(text, "model.yaml")
    assert root, findings
    site, findings = check(root)
    assert site, findings
    return frr_conf(lower(Scope(site, "node-0")))


def changes(conf: str, running: str) -> set[str]:
    """What FRR does not show of what it read (`-`), and what it shows otherwise (`+`)."""
    wanted, found = shown(conf), shown(running)
    return {f"- {line}" for line in wanted - found} | {f"+ {line}" for line in found - wanted}


def refused(text: str, directory: Path) -> set[tuple[str, str]]:
    """The codes of what the rules find in a model, each with the part of the model that it is about."""
    router, findings = compile_text(text, directory)
    assert router is None
    return {(finding.code, ".".join(re.split(r"[.[]", finding.field)[:2])) for finding in findings}


eventually = partial(patience.eventually, seconds=20)


def test_what_frr_drops_or_changes(router: Router, tmp_path: Path) -> None:
    version = router.installation.version
    more = "vrfs:\n"
    more += "".join(f"  {name}: {{table: {n}, {case.says}}}\n" for n, (name, case) in enumerate(VRFS.items(), 1))
    for section in ("prefix-lists", "community-lists", "as-path-lists", "route-maps"):
        of = {place.split(".")[1]: case for place, case in POLICIES.items() if place.startswith(section)}
        more += f"{section}:\n" + "".join(f'  "{name}": {case.says}\n' for name, case in of.items())
    wanted = {(case.code, f"vrfs.{name}") for name, case in VRFS.items()}
    wanted |= {(case.code, place) for place, case in POLICIES.items() if case.code != "MOD612" or case.of(version)}
    assert refused(model(more, version=version), tmp_path) == wanted
    conf = without_rules(model(more, version=version))
    assert router.check(conf).returncode == 0
    said = load(router, conf)
    expected = {line for name, case in (VRFS | POLICIES).items() for line in case.of(version, name)}
    assert changes(conf, router.running()) == expected, said


@pytest.mark.parametrize("name", TOGETHER)
def test_what_frr_refuses_with_what_is_beside_it(name: str, router: Router, tmp_path: Path) -> None:
    """More may be lost: 10.3's mgmtd died of some of them."""
    case = TOGETHER[name]
    assert {code for code, _ in refused(case.says, tmp_path)} == {case.code}
    conf = without_rules(case.says)
    assert router.check(conf).returncode == 0
    said = load(router, conf)
    assert case.of(router.installation.version) <= changes(conf, router.running()), said


def test_lengths_out_of_order_and_all_that_comes_later(router: Router, tmp_path: Path) -> None:
    """MOD605. 10.7's mgmtd keeps a line that it refused for the next change, and so refuses each, until it is taken back."""
    bad = model(
        "prefix-lists: {innocent: [{action: permit, prefix: 10.0.0.0/8}], a: [{action: permit, prefix: 10.0.0.0/24, ge: 28, le: 26}],",
        " b: [{action: permit, prefix: 10.0.0.0/24, ge: 23}], c: [{action: permit, prefix: 10.0.0.0/24, le: 23}]}\n",
    )
    assert refused(bad, tmp_path) == {("MOD605", f"prefix-lists.{name}") for name in "abc"}
    conf = without_rules(bad)
    assert router.check(conf).returncode == 0
    load(router, conf)
    lost = {line for line in changes(conf, router.running()) if line.startswith("- ip prefix-list ")}
    assert {line.split()[3] for line in lost} == {"a", "b", "c", "innocent"}
    later = "ip route 10.0.0.0/8 blackhole\n"
    load(router, later)
    assert (shown(later) <= shown(router.running())) != router.installation.version.startswith("10.7")
    load(router, "".join(f"no ip prefix-list {name}\n" for name in "abc"))
    load(router, later)
    assert shown(later) <= shown(router.running())


def test_bgpd_loses_route_maps_that_are_shown(router: Router, tmp_path: Path) -> None:
    """MOD610: what bgpd of 10.x refuses, mgmtd keeps and shows. The next file's innocent lines are there already, by what
    is shown, so bgpd never gets them: it denies what they would permit. 8.4 refuses the one entry.
    """
    text = model(INNOCENT % ', later: [{action: permit, set: {next-hop: "fe80::1"}}]')
    assert refused(text, tmp_path) == {("MOD610", "route-maps.later")}
    bad = without_rules(text)
    good = without_rules(text.replace('"fe80::1"', '"2001:db8::1"'))
    assert router.check(bad).returncode == 0
    load(router, bad)
    assert router.reload(good).returncode == 0
    assert router.judge(good) == []
    known = re.findall(r"route-map: (\w+)", router.vtysh("-d", "bgpd", "-c", "show route-map"))
    assert sorted(known) == (["innocent", "later"] if router.installation.version.startswith("8.4") else ["later"])


def test_next_hops(router: Router, tmp_path: Path) -> None:
    """MOD610: which next hops FRR refuses, typed one after another."""
    for address, versions in NEXT_HOPS.items():
        text = model(INNOCENT % f', bad: [{{action: permit, set: {{next-hop: "{address}"}}}}]')
        assert refused(text, tmp_path) == {("MOD610", "route-maps.bad")}, address
        words = re.findall(r" (set ip.*)", without_rules(text))
        typed = ["configure terminal", "no route-map bad", "route-map bad permit 10", *words]
        said = router.vtysh(*(part for command in typed for part in ("-c", command)), check=False)
        expected = not versions or router.installation.version.startswith(tuple(versions.split()))
        assert ("Configuration failed" in said) == expected, (address, said)


def test_zebra_and_bgpd_die_of_route_maps_that_call_each_other(router: Router, tmp_path: Path) -> None:
    text = model("route-maps: {a: [{action: permit, call: b}], b: [{action: permit, call: a}]}\n")
    assert refused(text, tmp_path) == {("MOD607", "route-maps.b")}
    conf = without_rules(text)
    assert router.check(conf).returncode == 0
    load(router, conf)
    assert eventually(lambda: not {"zebra", "bgpd"} & set(router.pids)), router.pids


def test_a_limit_in_evpn_takes_the_rest_of_the_family_elsewhere(router: Router, tmp_path: Path) -> None:
    """MOD211, and the only case that `vtysh -C` sees; it blames the line that ends the family."""
    version = router.installation.version
    families = ", families: {ipv4-unicast: {}, l2vpn-evpn: {maximum-prefix: {limit: 5}, export: innocent}}"
    text = model(INNOCENT % "", neighbor=families, version=version)
    conf = without_rules(text)
    load(router, conf)
    if not version.startswith("8.4"):
        assert changes(conf, router.running()) == set()
        return
    assert refused(text, tmp_path) == {("MOD211", "underlay.neighbors")}
    assert "exit-address-family" in router.check(conf).stderr
    there, here = (
        f"router bgp 64514 | address-family {name} | neighbor 192.0.2.1" for name in ("l2vpn evpn", "ipv4 unicast")
    )
    assert changes(conf, router.running()) == {
        *(f"- {there} {what}" for what in ("maximum-prefix 5", "route-map innocent out")),
        *(f"+ {here} {what}" for what in ("maximum-prefix 5", "route-map innocent out")),
    }


def test_what_is_shown_as_written_and_works_otherwise(router: Router, tmp_path: Path) -> None:
    """MOD601 and MOD602: policies that are not there deny everything. MOD603: a BFD profile that is not there is BFD's
    defaults. MOD305: a route has one tag.
    """
    text = model(
        "route-maps: {named: [{action: permit, match: {prefix-list: nothing}}]}\n",
        underlay="static-routes: [{prefix: 10.1.0.0/16, via: 10.2.0.8, tag: 1}, {prefix: 10.1.0.0/16, via: 10.2.0.9, tag: 2}]\n"
        "  redistribute: {ipv4: {static: {policy: nowhere}, connected: {policy: named}}}",
        neighbor=", bfd: {profile: slow}",
    )
    wanted = {
        ("MOD603", "underlay.neighbors"),
        ("MOD601", "underlay.redistribute"),
        ("MOD602", "route-maps.named"),
        ("MOD305", "underlay.static-routes"),
    }
    assert refused(text, tmp_path) == wanted
    conf = without_rules(text)
    assert router.check(conf).returncode == 0
    for address in ("10.2.0.1/16", "192.0.2.5/24"):
        router.inside("ip", "address", "add", address, "dev", "lo")
    load(router, "bgp route-map delay-timer 1\n" + conf)
    assert not [line for line in changes(conf, router.running()) if "ip route" not in line and "timer" not in line]
    assert eventually(lambda: "tag 2" in router.cmd("show ip route 10.1.0.0/16"))
    assert "tag 1" not in router.cmd("show ip route 10.1.0.0/16")

    def announced() -> set[str]:
        return set(re.findall(r"10\.\d\.0\.0/16", router.cmd("show bgp ipv4 unicast")))

    def by_default() -> bool:
        """Whether BFD runs by its defaults, with a packet every 300 ms."""
        return "Receive interval: 300ms" in router.cmd("show bfd peers")

    assert announced() == set()
    assert eventually(by_default)
    load(router, "route-map nowhere permit 10\nexit\nip prefix-list nothing seq 5 permit 10.0.0.0/8 le 32\n")
    load(router, "bfd\n profile slow\n  receive-interval 1000\n exit\nexit\n")
    assert eventually(lambda: not by_default())
    assert eventually(lambda: announced() == {"10.1.0.0/16", "10.2.0.0/16"}), "with the policies they are announced"


def test_a_range_that_is_shut_down_gracefully(router: Router, tmp_path: Path) -> None:
    """MOD218: 10.7 takes the line, and answers it with an error. 8.4 does not know it."""
    bad = model(underlay="networks: [10.0.0.0/8]").replace(
        "address: 192.0.2.1, remote-as: 64512", "range: 192.0.2.0/24, remote-as: 64512, graceful-shutdown: true"
    )
    assert {code for code, _ in refused(bad, tmp_path)} == {"MOD218"}
    said = load(router, without_rules(bad))
    assert ("No Unknown peer belonging to peer-group" in said) == router.installation.version.startswith("10.7")
