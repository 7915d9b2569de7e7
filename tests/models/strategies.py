"""Random valid sites as plain data: valid by construction, so that Hypothesis throws hardly any away."""

from __future__ import annotations

import copy
from typing import Any

import yaml
from hypothesis import strategies as st

from frrcompile.facts.releases import parse
from frrcompile.ir import dialect
from frrcompile.ir.secret import SecretSource
from tests.models import scalars
from tests.models.policies import PREFIXES4, PREFIXES6, Policies, policies
from tests.models.scalars import Data, Part, few
from tests.models.sessions import host_session, neighbor, own_families, peer, per_family

NODES = ("node-0", "node-1", "node-2")
VRF_NAMES = ("red", "blue", "Green_3", "default-x", "v", "abcdefghijklmno", *(f"tenant{n}" for n in range(44)))
NETWORKS = ("10.9.0.0/24", "10.9.1.0/25", "0.0.0.0/0", "192.0.2.1/32", "2001:db8:9::/48", "::/0", "2001:db8::1/128")
AGGREGATES = ("10.0.0.0/8", "172.16.0.0/12", "2001:db8::/32", "0.0.0.0/0", "::/0")
BLACKHOLES = ("10.0.0.0/8", "192.0.2.1/32", "2001:db8::/32")
RAW = (
    "route-map raw permit 10\nexit\n",
    "access-list raw seq 5 permit 10.0.0.0/8\n",
)
LEVELS = ("emergencies", "alerts", "critical", "errors", "warnings", "notifications", "informational", "debugging")
DEBUG = ("zebra events", "bgp updates", "bgp neighbor-events", "zebra vxlan", "bgp zebra")


DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # libyaml's is many times as fast


def as_yaml(site: Data) -> str:
    """The site as the text of a model."""
    text: str = yaml.dump(site, Dumper=DUMPER, sort_keys=False, allow_unicode=True, width=1000)
    return text


@st.composite
def sites(
    draw: st.DrawFn, vrfs: st.SearchStrategy[int] | None = None, own_as: int | None = None, version: str | None = None
) -> Data:
    """A site of one to three nodes. Most have few VRFs; `vrfs` draws their number, at most 50. It is valid for the
    FRR that it is given, or else for the one that it names.
    """
    part = Part(draw)
    drawn = draw(policies())
    own_as = own_as or draw(st.sampled_from(scalars.OWN_AS))
    site: Data = {"nodes": draw(nodes())}
    if part.chance(2):
        site["frr"] = draw(frr())
    if part.chance():
        site["version"] = 1
    site |= {"router": draw(router(own_as)), "pools": {}, "underlay": {}}
    if "id" not in site["router"] and not part.chance():
        site["pools"]["router-id"] = part.pick(("10.0.0.0/24", "10.0.0.0/16"))
    families = draw(vtep(site))
    site["underlay"] = draw(underlay(drawn, own_as))
    number = draw(vrfs if vrfs is not None else st.sampled_from((0, 1, 1, 2, 2, 3, 4)))
    _vrfs(draw, part, site, drawn, own_as, families, number)
    _per_family(draw, site, drawn, own_as, families)
    _cluster(part, site)
    if families:
        _l2vnis(draw, site, families)
        part.maybe("evpn", ({"advertise-svi-ip": True}, {"advertise-svi-ip": False}))
        site |= part.data
    if part.chance(3):
        site["passthrough"] = draw(host_session(drawn, 90, own_as)) | draw(selected())
    if part.chance(5):
        site["raw"] = [
            {"lines": lines, "priority": part.pick((0, 50, 1000))} | draw(selected())
            for lines in draw(few(st.sampled_from(RAW), least=1, most=2))
        ]
    if len(site["nodes"]) > 1:
        shared(site)
    elif part.chance(4):
        del site["router"]["asn"]
        site["pools"]["asn"] = f"{own_as}-{part.pick((own_as, 4294967295))}"
    whole = {name: value for name, value in (site | drawn.data).items() if value or name in ("nodes", "router")}
    return fitting(whole, version or site.get("frr", {}).get("version") or dialect.NEWEST)


def fitting(site: Data, version: str) -> Data:
    """The site without what this FRR lacks: `maximum-prefix` in l2vpn-evpn (MOD211), `graceful-shutdown` of a session (MOD217),
    import targets of any AS (MOD411)."""
    site = copy.deepcopy(site)
    if parse(version) < dialect.EVPN_LIMIT.since:
        for one in site["underlay"]["neighbors"]:
            families = one.get("families")
            if families is None or "l2vpn-evpn" in families:
                one.pop("maximum-prefix", None)
            ((families or {}).get("l2vpn-evpn") or {}).pop("maximum-prefix", None)
            one.get("per-family", {}).get("l2vpn-evpn", {}).pop("maximum-prefix", None)
    if parse(version) < dialect.GRACEFUL_SHUTDOWN.since:
        for session in _sessions(site):
            session.pop("graceful-shutdown", None)
    if parse(version) < dialect.WILDCARD_TARGET.since:
        for vrf in site.get("vrfs", {}).values():
            if "*:100" in vrf.get("l3vni", {}).get("import-rts", ()):
                del vrf["l3vni"]["import-rts"]
    return site


def _sessions(site: Data) -> list[Data]:
    """All sessions of a site."""
    vrfs = site.get("vrfs", {}).values()
    found = [*site["underlay"]["neighbors"], *(one for vrf in vrfs for one in vrf.get("neighbors", ()))]
    return [*found, *(vrf["host-session"] for vrf in vrfs if "host-session" in vrf), site.get("passthrough", {})]


def opened(secret: SecretSource) -> str:
    """A secret's source, in the secret's place: no file or variable is needed."""
    return secret.file or secret.env or (secret.literal.reveal() if secret.literal else "")


def shared(site: Data) -> None:
    """No address that is one node's only is said for several of them."""
    site["router"].pop("id", None)
    for family, pool in (("ipv4", "100.65.0.0/24"), ("ipv6", "2001:db8:65::/112")):
        if site.get("vtep", {}).pop(family, None):
            site.setdefault("pools", {})[f"vtep-{family}"] = pool
    for nic in site["underlay"].get("interfaces", ()):
        nic.pop("addresses", None)


@st.composite
def selected(draw: st.DrawFn) -> Data:
    """The field `nodes` of what may be on some nodes only."""
    return draw(
        st.sampled_from(
            (
                {},
                {},
                {},
                {"nodes": {"names": ["node-0"]}},
                {"nodes": {"labels": {"rack": "r1"}}},
                {"nodes": {"names": ["node-0", "node-2"], "labels": {"rack": "r2"}}},
            )
        )
    )


@st.composite
def nodes(draw: st.DrawFn) -> Data:
    found: Data = {}
    for name in NODES[: draw(st.sampled_from((1, 1, 2, 3)))]:
        part = Part(draw, {"index": len(found) * draw(st.sampled_from((1, 50)))})
        part.maybe("labels", ({"rack": "r1"}, {"rack": "r2"}, {"rack": "r1", "a/b": ""}), 2)
        part.maybe("override", ({"router": {"id": "10.0.9.1"}}, {"vtep": {"interface": "lo"}}), 6)
        found[name] = part.data
    return found


@st.composite
def frr(draw: st.DrawFn) -> Data:
    part = Part(draw, often=2)
    part.maybe("version", ("8.4", "10.3", "10.7.1"))
    log = Part(draw, often=2)
    log.maybe("file", ("/var/log/frr/frr.log",))
    log.maybe("syslog", LEVELS)
    log.maybe("stdout", LEVELS)
    log.maybe("timestamp-precision", (0, 3, 6))
    if "file" in log.data:
        log.maybe("level", LEVELS)
    part.data["log"] = log.data
    part.maybe("debug", few(st.sampled_from(DEBUG), least=1))
    return part.data


@st.composite
def router(draw: st.DrawFn, own_as: int) -> Data:
    part = Part(draw, {"asn": own_as}, often=2)
    part.maybe("id", ("10.0.0.1", "255.255.255.254"))
    part.maybe("import-check", (False, True))
    part.maybe("ebgp-requires-policy", (False, True))
    part.maybe("multipath-relax", (False, True))
    part.maybe("graceful-shutdown", (False, True), 6)
    part.maybe("log-neighbor-changes", (False, True))
    if part.chance(3):
        restart = Part(draw, often=2)
        restart.maybe("restart-time", scalars.seconds)
        restart.maybe("stalepath-time", scalars.seconds)
        restart.maybe("preserve-forwarding-state", scalars.booleans)
        part.data["graceful-restart"] = restart.data
    return part.data


@st.composite
def vtep(draw: st.DrawFn, site: Data) -> tuple[str, ...]:
    """The families of the VTEPs, whose addresses go into `site`."""
    families: tuple[str, ...] = draw(st.sampled_from((("ipv4",), ("ipv4",), ("ipv4", "ipv6"), ("ipv6",), ())))
    own: Data = {}
    given_ = {"ipv4": ("100.65.0.2", "100.65.0.0/24"), "ipv6": ("2001:db8:65::2", "2001:db8:65::/112")}
    for family in families:
        address, pool = given_[family]
        if draw(st.booleans()):
            own[family] = address
        else:
            site["pools"][f"vtep-{family}"] = pool
    if own and draw(st.integers(0, 5)) == 5:
        own["interface"] = "vtep0"
    site["vtep"] = own
    return families


def routing(draw: st.DrawFn, part: Part, drawn: Policies, often: int = 3, vrf: bool = False) -> None:
    """What Routing has."""
    part.maybe("networks", few(st.sampled_from(NETWORKS), least=1), often)
    part.maybe("maximum-paths", ({"ebgp": 1}, {"ebgp": 8, "ibgp": 4}, {"ibgp": 2}, {"ebgp": 256}), often)
    if part.chance(often):
        part.data["aggregates"] = [
            {"prefix": prefix} | draw(st.sampled_from(({}, {"summary-only": True}, {"summary-only": False})))
            for prefix in draw(few(st.sampled_from(AGGREGATES), least=1, most=2))
        ]
    if part.chance(often):
        redistribute: Data = {}
        for family in draw(few(st.sampled_from(("ipv4", "ipv6")), least=1)):
            protocols = draw(few(st.sampled_from(("connected", "static", "kernel")), least=1))
            through: list[Any] = [{}, None, *({"policy": name} for name in drawn.route_maps)]
            redistribute[family] = {protocol: draw(st.sampled_from(through)) for protocol in protocols}
        part.data["redistribute"] = redistribute
    if part.chance(often):
        routes = draw(st.lists(static_route(vrf), min_size=1, max_size=4))
        unique = {(route["prefix"], route.get("via"), route.get("interface")): route for route in routes}
        black = {route["prefix"] for route in routes if route.get("blackhole")}  # no next hops beside it
        found = [r for r in unique.values() if r.get("blackhole") or r["prefix"] not in black]
        paths: dict[tuple[str, int], Data] = {}
        for route in found:  # and one tag for what is one path
            first = paths.setdefault((route["prefix"], route.get("distance", 1)), route)
            route.pop("tag", None) if "tag" not in first else route.update(tag=first["tag"])
        part.data["static-routes"] = found


@st.composite
def static_route(draw: st.DrawFn, vrf: bool = False) -> Data:
    """In a VRF a prefix has a blackhole in all models or in none: 8.4 does not bear the change (limit-vrf-blackhole)."""
    prefix = draw(st.sampled_from((*PREFIXES4, *PREFIXES6, "10.1.0.0/16", "2001:db8:3::/48")))
    part = Part(draw, {"prefix": prefix})
    gateways = ("2001:db8:11::2", "fe80::1", "::ffff:192.0.2.1") if ":" in prefix else ("192.168.11.2", "10.50.0.9")
    kinds = ("via", "interface", "both", "blackhole")
    kind = part.pick((kinds[3:] if prefix in BLACKHOLES else kinds[:3]) if vrf else kinds)
    if kind == "blackhole" or part.chance(9):
        part.data["blackhole"] = kind == "blackhole"
    if kind in ("via", "both"):
        part.data["via"] = part.pick(gateways if kind == "both" else [g for g in gateways if not g.startswith("fe80")])
    if kind in ("interface", "both"):
        part.data["interface"] = part.pick(scalars.interfaces)
    part.maybe("distance", (1, 20, 255))
    part.maybe("tag", scalars.tags)
    return part.data


@st.composite
def underlay(draw: st.DrawFn, drawn: Policies, own_as: int) -> Data:
    part = Part(draw)
    if part.chance(2):
        part.data["interfaces"] = [
            Part(draw, data).data
            for data in draw(
                few(
                    st.sampled_from(
                        (
                            {"name": "eth1", "addresses": ["192.168.11.3/24", "2001:db8:11::3/64"], "mtu": 9000},
                            {"name": "eth2", "vlan": 10},
                            {"name": "bond0", "vlan": 4094, "mtu": 1600},
                            {"name": "eno3", "attach": "move"},
                            {"name": "eno4", "attach": "vlan", "vlan": 20, "link-name": "fabric0"},
                            {
                                "name": "eno5",
                                "attach": "macvlan",
                                "addresses": ["192.168.15.3/24", "2001:db8:15::3/64"],
                            },
                            {"name": "eno6", "attach": "macvlan", "link-name": "fabric1"},
                            {"name": "net1", "attach": "present", "mtu": 9000},
                        )
                    ),
                    least=1,
                )
            )
        ]
    # The first one is everywhere and takes all families that the VTEPs and VNIs need.
    found = [draw(neighbor(drawn, own_as, families=False))]
    for other in draw(st.lists(neighbor(drawn, own_as), max_size=4)):
        if peer(other) in map(peer, found) or (other.get("range") and any(one.get("range") for one in found)):
            continue
        found.append(other | draw(selected()))
    part.data["neighbors"] = found
    part.maybe("no-transit", scalars.booleans, 2)
    routing(draw, part, drawn)
    return part.data


def _per_family(draw: st.DrawFn, site: Data, drawn: Policies, own_as: int, vteps: tuple[str, ...]) -> None:
    """What neighbours do otherwise in one of the families that follow from the VTEPs and VNIs, or from their address."""
    evpn = any("l3vni" in one and "nodes" not in one for one in site["vrfs"].values())
    for one in site["underlay"]["neighbors"]:
        names = tuple(f"{version}-unicast" for version in vteps) or own_families(one)
        per_family(draw, one, drawn, own_as, (*names, "l2vpn-evpn") if evpn else names)
    for vrf in site["vrfs"].values():
        for one in vrf.get("neighbors", ()):
            per_family(draw, one, drawn, vrf.get("asn", own_as), own_families(one))


def _cluster(part: Part, site: Data) -> None:
    """A cluster id, where some node that is a client is everywhere."""
    for one in site["underlay"]["neighbors"]:
        if "nodes" not in one and "per-family" not in one and one.get("route-reflector-client") and part.chance(2):
            site["router"]["cluster-id"] = part.pick(("10.255.255.1", "1.2.3.4"))


def _vrfs(
    draw: st.DrawFn, part: Part, site: Data, drawn: Policies, own_as: int, families: tuple[str, ...], number: int
) -> None:
    names = draw(st.permutations(VRF_NAMES[:number] if number > 4 else VRF_NAMES[:6]))[:number]
    found: Data = {}
    for name in names:
        # Many VRFs are simple ones: the draws of one example are limited.
        found[name] = draw(vrf(drawn, VRF_NAMES.index(name), own_as, families, 3 if number <= 4 else 9))
    everywhere = [name for name, one in found.items() if "nodes" not in one]
    for name, one in found.items():
        others = [other for other in [*everywhere, "default"] if other != name]
        if part.chance(4 if number <= 4 else 15):
            leak = Part(draw, {"from": draw(few(st.sampled_from(others), least=1))})
            leak.maybe("families", (["ipv4"], ["ipv6"], ["ipv6", "ipv4"]))
            if drawn.route_maps:
                leak.maybe("policy", drawn.route_maps)
            one["leak"] = leak.data
    site["vrfs"] = found


@st.composite
def vrf(draw: st.DrawFn, drawn: Policies, number: int, own_as: int, families: tuple[str, ...], often: int) -> Data:
    part = Part(draw, {"table": draw(st.sampled_from((1100, 4000000000))) + number}, often=often)
    if number % 3:  # a VRF's AS never changes: see known_limits.py
        part.data["asn"] = (64516, 4200000516)[number % 3 - 1]
    asn = part.data.get("asn", own_as)
    if families and not part.chance(4):
        l3vni = Part(draw, {"vni": draw(st.sampled_from((100, 16777000))) + number}, often=often)
        vni_options(draw, l3vni, families, number)
        l3vni.maybe("router-mac", (f"aa:bb:cc:00:00:{number:02x}",))
        l3vni.maybe("advertise", (["ipv4"], ["ipv6"], ["ipv6", "ipv4"], []))
        part.data["l3vni"] = l3vni.data
    if part.chance(2 if often <= 3 else often):
        part.data["host-session"] = draw(host_session(drawn, number, asn))
    if part.chance():
        found: list[Data] = []
        for other in draw(st.lists(neighbor(drawn, asn, vrf=True), min_size=1, max_size=2)):
            if peer(other) not in map(peer, found) and not (
                other.get("range") and any(one.get("range") for one in found)
            ):
                found.append(other | draw(selected()))
        part.data["neighbors"] = found
    routing(draw, part, drawn, often=max(4, often), vrf=True)
    if part.chance(5):
        part.data |= draw(selected())
    return part.data


def vni_options(draw: st.DrawFn, part: Part, families: tuple[str, ...], number: int) -> None:
    """What VniOptions has."""
    part.maybe("port", (4789, 8472))
    if "ipv4" not in families or len(families) == 2:
        part.data["underlay"] = draw(st.sampled_from(families))
    part.maybe("rd", (f"10.0.0.1:{100 + number}", f"64512:{100 + number}", f"4200000000:{100 + number}"))
    imported = scalars.targets if "vni" in part.data and number >= 300 else scalars.targets | st.just("*:100")
    part.maybe("import-rts", st.lists(imported, min_size=1, max_size=3))
    part.maybe("export-rts", st.lists(scalars.targets, min_size=1, max_size=3))


def _l2vnis(draw: st.DrawFn, site: Data, families: tuple[str, ...]) -> None:
    routed = [name for name, one in site["vrfs"].items() if "nodes" not in one]
    found = []
    for number in range(draw(st.sampled_from((0, 0, 1, 2, 3)))):
        one = Part(draw, {"vni": 2000 + number})
        vni_options(draw, one, families, 300 + number)
        if routed and one.chance(2):
            one.data["vrf"] = one.pick(routed)
            gateway = Part(draw, {"ipv4": f"10.200.{number}.1/24"})
            gateway.maybe("ipv6", (f"2001:db8:200:{number}::1/64",))
            gateway.maybe("mac", ("00:00:5e:00:01:01",))
            one.data["gateway"] = gateway.data
        bridge = Part(draw, {"name": f"br-t{number}"} if one.chance(2) else {})
        bridge.maybe("kind", ("linux", "ovs"), 2)
        if "name" in bridge.data:
            bridge.maybe("create", (True, False), 2)
        if one.chance():
            one.data["host-leg"] = one.pick(({}, {"name": f"tenant{number}"}))
        else:
            one.maybe("host-bridge", (bridge.data,))
        one.maybe("mtu", (1280, 1400))
        one.maybe("suppress-neighbors", (False, True))
        found.append(one.data | draw(selected()))
    site["l2vnis"] = found
