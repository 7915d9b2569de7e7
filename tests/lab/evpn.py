"""A lab of two routers with an EVPN session: each kind of change of VNIs and VRFs is made on one, and watched on both."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from frrcompile.diff import difference
from frrcompile.diff.commands import WAIT, commands
from tests.frr.changing import release_of
from tests.lab import plan
from tests.lab.machine import Report
from tests.lab.topology import Cable, Topology

SETTLED = 4.0
"""Seconds after a change: bgpd sends what it has to within its 5 seconds' pace for neighbours outside of the AS, which is 0 here."""


def _links(own: int) -> str:
    lines = [f"addr add 100.65.0.{own}/32 dev lo", f"addr add 10.0.0.{own}/30 dev eth1", "link set eth1 up"]
    for vrf, table, vni in (("red", 1100, 100), ("blue", 1200, 200)):
        lines += [f"link add {vrf} type vrf table {table}", f"link set {vrf} up", *_vni(vni, own)]
        lines += [f"link set br{vni} master {vrf}", f"link set br{vni} up", f"link set vni{vni} up"]
    for vni in (10, 20):
        lines += [*_vni(vni, own), f"link set br{vni} up", f"link set vni{vni} up"]
    lines.append(f"addr add 10.{own}.20.{own}/24 dev br20")
    return "".join(f"{line}\n" for line in lines)


def _vni(vni: int, own: int) -> list[str]:
    return [
        f"link add br{vni} address aa:bb:cc:00:{own:02}:{vni % 97:02} type bridge",
        f"link set br{vni} addrgenmode none",
        f"link add vni{vni} type vxlan id {vni} local 100.65.0.{own} dstport 4789 nolearning",
        f"link set vni{vni} addrgenmode none",
        f"link set vni{vni} master br{vni}",
        f"link set vni{vni} type bridge_slave neigh_suppress on learning off",
    ]


TOPOLOGY = Topology(
    hosts={}, routers={"one": _links(1), "two": _links(2)}, cables=(Cable("one", "eth1", "two", "eth1"),)
)


def conf(own: int, other: int) -> str:
    """What a router is configured with to begin with."""
    instances = "".join(
        f"""\
router bgp 6500{own} vrf {vrf}
 no bgp network import-check
 address-family ipv4 unicast
  network 10.{own}.{number}.0/24
  redistribute static
 exit-address-family
 address-family l2vpn evpn
  advertise ipv4 unicast
  rd 6500{own}:{vni}
  route-target import 1:{vni}
  route-target export 1:{vni}
 exit-address-family
exit
"""
        for number, (vrf, vni) in enumerate((("red", 100), ("blue", 200)))
    )
    return f"""\
vrf red
 vni 100
 ip route 10.{own}.7.0/24 blackhole
exit-vrf
vrf blue
 vni 200
exit-vrf
{instances}router bgp 6500{own}
 bgp router-id 100.65.0.{own}
 no bgp ebgp-requires-policy
 no bgp default ipv4-unicast
 no bgp network import-check
 neighbor 10.0.0.{other} remote-as 6500{other}
 neighbor 10.0.0.{other} timers connect 1
 neighbor 10.0.0.{other} advertisement-interval 0
 address-family ipv4 unicast
  network 100.65.0.{own}/32
  neighbor 10.0.0.{other} activate
 exit-address-family
 address-family l2vpn evpn
  neighbor 10.0.0.{other} activate
  advertise-all-vni
  vni 10
   rd 6500{own}:10
   route-target import 1:10
   route-target export 1:10
  exit-vni
  vni 20
   route-target import 1:20
   route-target export 1:20
  exit-vni
 exit-address-family
exit
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A change of the first router: each of `old` in the place where it first stands becomes the one of `new`."""

    name: str
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    sample: bool = False

    def after(self, text: str) -> str:
        """The configuration once it is made."""
        for old, new in zip(self.old, self.new, strict=True):
            assert old in text, self.name
            text = text.replace(old, new, 1)
        return text


def _line(name: str, old: str, new: str = "", *, sample: bool = False) -> Kind:
    return Kind(name, (old,), (new,), sample)


RED_VRF = "vrf red\n vni 100\n ip route 10.1.7.0/24 blackhole\nexit-vrf\n"
RED = "router bgp 65001 vrf red\n"
RED_INSTANCE = conf(1, 2)[conf(1, 2).index(RED) : conf(1, 2).index("router bgp 65001 vrf blue")]

KINDS: tuple[Kind, ...] = (
    Kind("nothing, to compare with", sample=True),
    _line("the L3VNI of a VRF withdrawn", "vrf red\n vni 100\n", "vrf red\n", sample=True),
    Kind(
        "the L3VNI moved to another VRF",
        ("vrf red\n vni 100\n", " vni 200\n"),
        ("vrf red\n", " vni 100\n"),
    ),
    _line("another L3VNI", "vrf red\n vni 100\n", "vrf red\n vni 101\n"),
    Kind("a VRF ends, and its instance", (RED_VRF, RED_INSTANCE), ("", "")),
    _line("a VRF's instance ends", RED_INSTANCE),
    _line("a VRF's instance made anew: another AS", RED, RED.replace("65001", "65011"), sample=True),
    _line("export route target of a VRF", "route-target export 1:100", "route-target export 1:109"),
    _line("import route target of a VRF", "route-target import 1:100", "route-target import 1:109"),
    _line("route targets of a VRF", "  route-target import 1:100\n  route-target export 1:100\n"),
    _line("RD of a VRF", "rd 65001:100", "rd 65001:109"),
    _line("advertise ipv4 unicast", "  advertise ipv4 unicast\n"),
    _line("a VRF's network", "  network 10.1.0.0/24\n"),
    _line("a VRF's redistribute", "  redistribute static\n"),
    _line("a VRF's static route", " ip route 10.1.7.0/24 blackhole\n"),
    _line(
        "one static route more",
        " ip route 10.1.7.0/24 blackhole\n",
        " ip route 10.1.7.0/24 blackhole\n ip route 10.1.8.0/24 blackhole\n",
    ),
    _line(
        "default-originate ipv4", "  advertise ipv4 unicast\n", "  advertise ipv4 unicast\n  default-originate ipv4\n"
    ),
    _line("advertise-pip off", "  advertise ipv4 unicast\n", "  advertise ipv4 unicast\n  no advertise-pip\n"),
    _line("advertise-all-vni", "  advertise-all-vni\n", sample=True),
    _line("flooding disable", "  advertise-all-vni\n", "  advertise-all-vni\n  flooding disable\n"),
    _line("advertise-svi-ip", "  advertise-all-vni\n", "  advertise-all-vni\n  advertise-svi-ip\n"),
    _line("advertise-default-gw", "  advertise-all-vni\n", "  advertise-all-vni\n  advertise-default-gw\n"),
    _line("dup-addr-detection off", "  advertise-all-vni\n", "  advertise-all-vni\n  no dup-addr-detection\n"),
    _line("RD of a VNI", "rd 65001:10\n", "rd 65001:19\n"),
    _line("export route target of a VNI", "route-target export 1:10\n", "route-target export 1:19\n"),
    _line("import route target of a VNI", "route-target import 1:10\n", "route-target import 1:19\n"),
    _line("a VNI's own block", "  vni 20\n   route-target import 1:20\n   route-target export 1:20\n  exit-vni\n"),
    _line("EVPN of the neighbour", "l2vpn evpn\n  neighbor 10.0.0.2 activate\n", "l2vpn evpn\n"),
    _line("loopback of the VTEP", "  network 100.65.0.1/32\n"),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """How often the session went down, and the routes that each router has of the other, with the time that each was sent."""

    dropped: int
    routes: dict[str, int]


def steps(version: str, kinds: Sequence[Kind]) -> list[plan.Step]:
    """The lab: each change is made, and taken back."""
    release = release_of(version)
    base = conf(1, 2)
    todo = TOPOLOGY.steps()
    todo += [
        plan.Start(name=f"start {name}", router=plan.Router(name, version, text, ("mgmtd", "zebra", "staticd", "bgpd")))
        for name, text in (("two", conf(2, 1)), ("one", base))
    ]
    todo.append(
        plan.Until(name="routes", router="one", daemon="bgpd", command=_OF_RED, pattern=r"10\.2\.0\.0/24", seconds=60)
    )
    todo += _look("begin")
    for kind in kinds:
        changed = kind.after(base)
        for way, old, new in (("set", base, changed), ("unset", changed, base)):
            todo += _change(f"{kind.name}, {way}", commands(difference(old, new, release), release))
            todo += _look(f"{kind.name}, {way}")
    return todo


def _change(label: str, lines: list[str]) -> Iterator[plan.Step]:
    """Types the lines, and waits where they say so."""
    for number, part in enumerate("\n".join(lines).split(WAIT)):
        if number:
            yield plan.Run(name=f"{label}: wait {number}", namespace="one", argv=("sleep", str(SETTLED)))
        yield plan.Load(name=f"{label}: commands {number}", router="one", conf=f"{part}\n")


_OF_RED = "show bgp vrf red ipv4 unicast json"
_ASKED = {
    "one": (
        "show bgp neighbors 10.0.0.2 json",
        _OF_RED,
        "show bgp vrf blue ipv4 unicast json",
        "show bgp l2vpn evpn route detail json",
    ),
    "two": (_OF_RED, "show bgp vrf blue ipv4 unicast json", "show bgp l2vpn evpn route detail json"),
}


def _look(label: str) -> list[plan.Step]:
    found: list[plan.Step] = [plan.Run(name=f"{label}: wait", namespace="one", argv=("sleep", str(SETTLED)))]
    for router, asked in _ASKED.items():
        found += [
            plan.Ask(name=f"{label}: {router}: {command}", router=router, daemon="bgpd", command=command)
            for command in asked
        ]
    return found


@dataclass(frozen=True, slots=True)
class Seen:
    """What happened between two looks: the session went down, routes went, routes came again, routes are new."""

    reset: bool
    gone: tuple[str, ...]
    again: tuple[str, ...]
    new: tuple[str, ...]


def seen(report: Report, before: str, after: str) -> Seen:
    """What happened between two looks, by their labels."""
    first, then = _moment(report, before), _moment(report, after)
    both = first.routes.keys() & then.routes.keys()
    return Seen(
        first.dropped != then.dropped,
        tuple(sorted(first.routes.keys() - then.routes.keys())),
        tuple(sorted(route for route in both if then.routes[route] > first.routes[route] + 1)),
        tuple(sorted(then.routes.keys() - first.routes.keys())),
    )


def _moment(report: Report, label: str) -> Moment:
    def said(router: str, command: str) -> dict[str, Any]:
        found = json.loads(report[f"{label}: {router}: {command}"].text)
        assert isinstance(found, dict)
        return found

    routes: dict[str, int] = {}
    for router, asked in _ASKED.items():
        for command in asked:
            if "l2vpn" in command:
                routes |= {f"{router}: {name}": sent for name, sent in _evpn(said(router, command)).items()}
            elif "vrf" in command:
                found = said(router, command).get("routes", {})
                own = "10.1." if router == "one" else "10.2."
                routes |= {
                    f"{router}: {command.split()[3]} {prefix}": 0 for prefix in found if not prefix.startswith(own)
                }
    (peer,) = said("one", _ASKED["one"][0]).values()
    return Moment(int(peer.get("connectionsDropped", 0)), routes)


def _evpn(answer: dict[str, Any]) -> dict[str, int]:
    """The neighbour's routes of an EVPN table, by RD and prefix, with the time that each was sent."""
    return {
        f"{rd} {prefix}": path["lastUpdate"]["epoch"]
        for rd, prefixes in answer.items()
        if isinstance(prefixes, dict)
        for prefix, route in prefixes.items()
        if isinstance(route, dict)
        for paths in route.get("paths", ())
        for path in paths
        if path.get("peer", {}).get("type") == "external"
    }
