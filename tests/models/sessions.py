"""Random BGP sessions: neighbours of the three kinds, and host sessions."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.models import scalars
from tests.models.policies import Policies
from tests.models.scalars import Data, Part

ADDRESSES4 = ("192.168.11.2", "192.168.11.9", "192.168.13.1", "10.50.0.9")
ADDRESSES6 = ("2001:db8:11::2", "2001:db8::1:0:0:1", "2001:0db8:0:0:1:0:0:A", "::ffff:198.51.100.1", "fe80::2")
RANGES4 = ("192.168.12.0/24", "198.51.100.0/25", "0.0.0.0/0")
RANGES6 = ("2001:db8:12::/64", "2001:db8:f000::/36")
PASSWORDS = {
    "password": scalars.passwords,
    "password-file": ("/run/secrets/leaf2", "/run/secrets/spine"),
    "password-env": ("LEAF2_PASSWORD", "_p"),
}
ALL_FAMILIES = ("ipv4-unicast", "ipv6-unicast", "ipv4-vpn", "ipv6-vpn", "l2vpn-evpn")


def family_policy(part: Part, policies: Policies, often: int = 4, internal: bool = False, name: str = "") -> None:
    """What FamilyPolicy has, in a family if it has a `name`."""
    part.maybe("soft-reconfiguration-inbound", scalars.booleans, often)
    if not name.endswith(("vpn", "evpn")):
        default = [{}, *({"policy": name} for name in policies.route_maps)]
        part.maybe("default-originate", default, often)
    if not internal and name != "l2vpn-evpn" and part.chance(often):
        removed = Part(part._draw, often=2)
        removed.maybe("all", scalars.booleans)
        removed.maybe("replace", scalars.booleans)
        part.data["remove-private-as"] = removed.data
    part.maybe("allowas-in", ("origin", *range(1, 11)), often)
    if policies.route_maps:
        part.maybe("import", policies.route_maps, often)
        part.maybe("export", policies.route_maps, often)
    if part.chance(often):
        limit = Part(part._draw, {"limit": part.pick((1, 1000, 4294967295))}, often=2)
        limit.maybe("threshold", (1, 75, 80, 100))
        limit.maybe("warning-only", scalars.booleans)
        if not limit.data.get("warning-only"):
            limit.maybe("restart", (1, 10, 65535))
        part.data["maximum-prefix"] = limit.data


def family_options(part: Part, policies: Policies, internal: bool, often: int = 4, name: str = "") -> None:
    """What FamilyOptions has."""
    family_policy(part, policies, often, internal, name)
    part.maybe("next-hop-self", (True, False, "force"), often)
    if internal:
        part.maybe("route-reflector-client", scalars.booleans, min(often, 3))


def session(part: Part, policies: Policies, often: int = 5) -> None:
    """What every session has."""
    part.maybe("description", scalars.descriptions, often)
    if part.chance(often):
        kind = part.pick(("password", "password", "password-file", "password-env"))
        part.data[kind] = part.pick(PASSWORDS[kind])
    part.maybe("port", (1, 179, 1179, 65535), often)
    timers = Part(part._draw, often=2)
    if part.chance(often):
        hold = timers.pick((0, 3, 9, 180, 65535))
        timers.data |= {"hold": hold, "keepalive": timers.pick(sorted({0, min(hold // 3, 3), hold // 3}))}
        timers.maybe("connect", (1, 10, 120, 65535))
        timers.maybe("advertisement-interval", (0, 5, 600))
        part.data["timers"] = timers.data
    if part.chance(often):
        part.data["bfd"] = {"profile": part.pick(policies.profiles)} if policies.profiles else {}
    part.maybe("shutdown", ({}, {"message": "new cable"}, {"message": "why not"}), often * 2)
    part.maybe("graceful-shutdown", scalars.booleans, often * 2)
    part.maybe("graceful-restart", ("enabled", "helper", "disabled"), often)


@st.composite
def neighbor(
    draw: st.DrawFn, policies: Policies, own_as: int, vrf: bool = False, kind: str = "", families: bool = True
) -> Data:
    """A neighbour of the underlay or of a VRF."""
    kind = kind or draw(st.sampled_from(("address4", "address4", "address6", "interface", "range4", "range6")))
    part = Part(draw, often=5)
    if kind == "interface":
        part.data["interface"] = draw(scalars.interfaces)
    else:
        field = kind[:-1]
        universe = {"address4": ADDRESSES4, "address6": ADDRESSES6, "range4": RANGES4, "range6": RANGES6}[kind]
        part.data[field] = draw(st.sampled_from(universe))
    internal = part.chance(4)
    part.data["remote-as"] = part.pick(("internal", own_as) if internal else ("external", *scalars.OTHER_AS))
    session(part, policies)
    if kind == "interface" or kind.startswith("range"):
        part.data.pop("port", None)
    if kind.startswith("range"):
        part.data.pop("graceful-shutdown", None)
    if kind != "interface":
        if not internal:
            hops = part.pick((None, None, None, "ebgp-multihop", "ttl-security"))
            if hops:
                part.data[hops] = part.pick((1, 2, 254) if hops == "ttl-security" else (1, 2, 254, 255))
            part.maybe("disable-connected-check", scalars.booleans)
        part.maybe("source", ("lo", "192.168.11.3") if "4" in kind else ("lo", "2001:db8:11::3"))
    if not internal and part.chance(5):
        asns = [asn for asn in (65100, 4200000001, *scalars.OTHER_AS) if asn not in (own_as, part.data["remote-as"])]
        local = {"asn": part.pick(asns)}
        if part.chance(2):
            local |= part.pick(
                ({"prepend": True}, {"prepend": False, "replace": True}, {"prepend": False, "replace": False})
            )
        part.data["local-as"] = local
    part.maybe("extended-nexthop", scalars.booleans)
    family_options(part, policies, internal, often=6)
    if families and part.chance(2):
        allowed: tuple[str, ...] = ("ipv4-unicast", "ipv6-unicast") if vrf else ALL_FAMILIES
        if kind.endswith("6") and not part.data.get("extended-nexthop"):
            allowed = tuple(name for name in allowed if name != "ipv4-unicast")
        chosen: Data = {}
        for name in draw(scalars.few(st.sampled_from(allowed), least=1, most=4)):
            options = Part(draw)
            family_options(options, policies, internal, often=4, name=name)
            chosen[name] = options.data or draw(st.sampled_from(({}, None)))
        part.data["families"] = chosen
        if not any(name.endswith("unicast") for name in chosen):
            part.data.pop("default-originate", None)
        if set(chosen) == {"l2vpn-evpn"}:
            part.data.pop("remove-private-as", None)
    return part.data


def per_family(draw: st.DrawFn, one: Data, policies: Policies, own_as: int, names: tuple[str, ...]) -> None:
    """What a neighbour does otherwise in one of its families, where they follow from the rest of the model."""
    if "families" not in one and draw(st.integers(0, 4)) == 4:
        options, name = Part(draw), draw(st.sampled_from(names))
        family_options(options, policies, one["remote-as"] in ("internal", own_as), often=2, name=name)
        if options.data:
            one["per-family"] = {name: options.data}


def own_families(one: Data) -> tuple[str, ...]:
    """The unicast families of a neighbour's address."""
    address = one.get("address") or one.get("range") or ""
    versions = ("ipv6",) if ":" in address else ("ipv4",) if address else ("ipv4", "ipv6")
    return tuple(f"{version}-unicast" for version in versions)


def peer(data: Data) -> str:
    """What tells a neighbour from another."""
    return str(data.get("address") or data.get("interface") or data.get("range"))


@st.composite
def host_session(draw: st.DrawFn, policies: Policies, number: int, own_as: int) -> Data:
    """A host session; `number` makes its subnets its own."""
    part = Part(draw, {"asn": draw(st.sampled_from([asn for asn in (64515, *scalars.OTHER_AS) if asn != own_as]))})
    if part.chance(4):
        part.data = {"remote-as": part.pick(("internal", "external"))}
    session(part, policies)
    internal = part.data.get("remote-as") == "internal"
    family_policy(part, policies, often=4, internal=internal)
    part.maybe("as-override", scalars.booleans, 3)
    if part.chance(4):
        part.data |= {"host-interface": f"frr{number}", "router-interface": f"rtr{number}"}
    subnets = {"ipv4": (f"10.{100 + number}.0.", "24"), "ipv6": (f"2001:db8:{100 + number}::", "64")}
    chosen = part.pick((("ipv4",), ("ipv6",), ("ipv4", "ipv6")))
    for family in chosen:
        start, length = subnets[family]
        if part.chance(2):
            ends = Part(draw, {"router": f"{start}1/{length}", "host": f"{start}{part.pick((2, 3))}/{length}"})
        else:
            ends = Part(draw, {"pool": f"{start}{'0' if family == 'ipv4' else ''}/{length}"})
        family_policy(ends, policies, internal=internal)
        part.data[family] = ends.data
    return part.data
