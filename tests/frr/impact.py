"""What changes do to live sessions: `python -m tests.frr.impact [--frr VERSION] [--sample] [--write]`.

Two routers of one version, a session for each kind of change between them. All changes are made at once, by the commands of
our own diff, then all are taken back; before and after it is looked whose session went down, whose routes were asked for
again, and whether each end has the other's prefix. That is held against what the diff said. `--write` keeps the result in
docs/impact.json and docs/impact.md.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from frrcompile.diff import difference
from frrcompile.diff.commands import commands
from frrcompile.diff.impact import Level, assess
from tests.frr import impact_page
from tests.frr.changing import load, release_of, type_in
from tests.frr.impact_kinds import KINDS, Kind
from tests.frr.installation import Installation, installations
from tests.frr.router import Router

UP_SECONDS = 60.0
LOOK_SECONDS = 6.0
"""How long sessions are looked at after a change: a reset shows at once, routes are sent again within bgpd's 5 seconds."""

FIRST, SECOND = "172.16.1.0/24", "172.17.0.0/16"
"""What the two routers announce: what else they have comes and goes with their other sessions."""

POLICIES = """\
route-map all permit 10
exit
route-map other permit 10
 set local-preference 50
exit
route-map none deny 10
exit
ip prefix-list some seq 5 permit 172.16.0.0/12 le 32
bgp as-path access-list any seq 5 permit .*
bfd
 profile fast
  receive-interval 200
 exit
exit
ip route 172.19.0.0/16 blackhole
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What one change did in one version; `way` is `set` or `unset`. `said` is the level that the diff gave it.

    `fewer` is whether an end of a session that stayed up has fewer prefixes of the other one than before.
    """

    kind: str
    version: str
    way: str
    said: str
    predicted: bool
    reset: bool
    asked: bool
    fewer: bool = False

    @property
    def true(self) -> bool:
        """Whether the prediction was right: a reset where one was said and only there, fewer prefixes only where not `none` was."""
        return self.predicted == self.reset and not (self.fewer and self.said == Level.NONE.word)


@dataclass(frozen=True, slots=True)
class Seat:
    """A kind and the addresses of its session."""

    kind: Kind
    number: int

    @property
    def instance(self) -> str:
        """The instance of the first router that it is in."""
        return f"view v{self.number}" if self.kind.wide else ""

    def nets(self) -> Iterator[tuple[str, bool]]:
        """The net of its session, and whether that is inside the AS."""
        yield f"10.{self.number // 60}.{4 * (self.number % 60)}", self.kind.internal

    @property
    def asn(self) -> int:
        """The first router's AS: an instance of its own may have the second router's."""
        return 65002 if self.kind.wide and self.kind.internal else 65001

    def neighbors(self) -> list[str]:
        """The second router's addresses."""
        return [f"{net}.2" for net, _ in self.nets()]


def seats(release: tuple[int, int], sample: bool) -> list[Seat]:
    """The kinds that a release has."""
    wanted = [kind for kind in KINDS if kind.since <= release and (kind.sample or not sample)]
    return [Seat(kind, number) for number, kind in enumerate(wanted)]


def _addresses(taken: Sequence[Seat], host: int) -> list[str]:
    return [_address(net, host) for seat in taken for net, _ in seat.nets()]


def _address(net: str, host: int) -> str:
    first, second, third = net.split(".")
    return f"{first}.{second}.{third}.{host}"


COMMON = (" no bgp ebgp-requires-policy", " no bgp network import-check", " timers bgp 3 9")


def tested(taken: Sequence[Seat], changed: bool) -> str:
    """The first router's configuration, before or after the change."""
    lines = [POLICIES.rstrip("\n")]
    for instance in dict.fromkeys(["", *(seat.instance for seat in taken)]):
        here = [seat for seat in taken if seat.instance == instance]
        lines.append(f"router bgp {here[0].asn if instance else 65001} {instance}".rstrip())
        said = [line for seat in here for _, line in (seat.kind.new if changed else seat.kind.old)]
        plain = {line.removeprefix("no ") for line in said} if instance else set()
        wide = [line for seat in here if seat.kind.wide for line in _lines(seat, "", changed)]
        if not any(line.startswith("bgp router-id") for line in said):
            lines.append(" bgp router-id 10.200.0.1")  # a view has none of its own
        lines += [line for line in COMMON if line.strip().removeprefix("no ") not in plain and not _timers(line, said)]
        lines += [f" {line}" for line in wide]
        for seat in here:
            for net, internal in seat.nets():
                name = _address(net, 2)
                own = [] if seat.kind.wide else _lines(seat, "", changed, name)
                if not any("remote-as" in line for line in own):
                    lines.append(f" neighbor {name} remote-as {seat.asn if internal else 65002}")
                lines.append(f" neighbor {name} timers connect 1") if not any(
                    "timers connect" in one for one in own
                ) else None
                lines += [f" {line}" for line in own]
        lines.append(" address-family ipv4 unicast")
        lines.append("  network 172.16.1.0/24")
        for seat in here:
            names = seat.neighbors()
            lines += [f"  {line}" for line in _lines(seat, "ipv4 unicast", changed, names[0])]
            if "default ipv4-unicast" in seat.kind.name:
                lines += [f"  neighbor {name} activate" for name in names]
            if "send-community, none" in seat.kind.name and changed:
                lines.append(f"  no neighbor {names[0]} send-community all")
        lines.append(" exit-address-family")
        for family in ("ipv6 unicast", "l2vpn evpn"):
            inside = [line for seat in here for line in _lines(seat, family, changed, seat.neighbors()[0])]
            if inside:
                lines += [f" address-family {family}", *(f"  {line}" for line in inside), " exit-address-family"]
        lines.append("exit")
    return "\n".join([*lines, ""])


def _timers(line: str, said: Sequence[str]) -> bool:
    return line.startswith(" timers bgp") and any(one.startswith("timers bgp") for one in said)


def _lines(seat: Seat, family: str, changed: bool, name: str = "") -> list[str]:
    written = seat.kind.new if changed else seat.kind.old
    return [line.replace("neighbor N ", f"neighbor {name} ") for where, line in written if where == family]


def other(taken: Sequence[Seat]) -> str:
    """The second router's configuration: it stays."""
    lines = []
    for title, apart in (("router bgp 65002", False), ("router bgp 65001 view internal", True)):
        lines += [title, " bgp router-id 10.200.0.2", *COMMON]
        for seat in taken:
            # bgpd takes a call in its default instance only: views of one side meet the other side's default one.
            if (seat.kind.internal and not seat.kind.wide) is apart:
                for name in (_address(net, 1) for net, _ in seat.nets()):
                    lines += [f" neighbor {name} remote-as {seat.asn}", f" neighbor {name} timers connect 1"]
        lines += [" address-family ipv4 unicast", "  network 172.17.0.0/16", " exit-address-family", "exit"]
    return "\n".join([*lines, ""])


@contextmanager
def pair(installation: Installation, taken: Sequence[Seat]) -> Iterator[tuple[Router, Router]]:
    """Two routers with a veth between them, and the addresses of all sessions on it."""
    with Router(installation) as one, Router(installation) as two:
        inside = [str(router._holder.pid) for router in (one, two)]
        link = "link add veth0 type veth peer name veth1 netns"
        subprocess.run(["nsenter", "-t", inside[0], "--net", "ip", *link.split(), inside[1]], check=True)
        for pid, device, host in zip(inside, ("veth0", "veth1"), (1, 2), strict=True):
            batch = [f"link set {device} up", *(f"addr add {one}/30 dev {device}" for one in _addresses(taken, host))]
            # Above all others: `update-source veth0` takes an address that is in no session's net.
            batch.append(f"addr add 10.200.0.{host}/24 dev {device}")
            subprocess.run(
                ["nsenter", "-t", pid, "--net", "ip", "-batch", "-"],
                input="\n".join([*batch, ""]),
                text=True,
                check=True,
            )
        yield one, two


@dataclass(frozen=True, slots=True)
class Look:
    """A session at one moment, and whether the neighbour's own prefix was let in."""

    up: bool
    dropped: int
    since: int
    asked: int
    prefix: bool


Looks = tuple[dict[str, Look], dict[str, Look]]
"""The sessions as the first router has them, and as the second one has."""


def look(router: Router, prefix: str) -> dict[str, Look]:
    """All sessions of a router by the neighbour's address, and of which the neighbours' own prefix came."""
    received = {
        path.get("peerId", "")
        for instance in json.loads(router.cmd("show bgp vrf all ipv4 unicast json")).values()
        for path in instance.get("routes", {}).get(prefix, ())
    }
    return {
        name: _look(peer, name in received)
        for instance in json.loads(router.cmd("show bgp vrf all neighbors json")).values()
        for name, peer in instance.items()
        if isinstance(peer, dict) and "bgpState" in peer
    }


def _look(peer: dict[str, Any], prefix: bool) -> Look:
    return Look(
        peer["bgpState"] == "Established",
        int(peer.get("connectionsDropped", 0)),
        int(peer.get("bgpTimerUpEstablishedEpoch", 0)),
        int(peer.get("messageStats", {}).get("routeRefreshSent", 0)),
        prefix,
    )


def settle(one: Router, two: Router, names: set[str], seconds: float = UP_SECONDS) -> Looks:
    """Waits until the first router's sessions are up and both ends have the other's prefix, as far as they come to that, and
    all is quiet; what both have then. Prefixes come some seconds behind their sessions.
    """
    deadline = time.monotonic() + seconds
    now = looks(one, two)
    while time.monotonic() < deadline:
        time.sleep(1.0)
        before, now = now, looks(one, two)
        up = all(now[0][name].up for name in names if name in now[0])
        if before == now and up and all(session.prefix for end in now for session in end.values()):
            break
    return now


def looks(one: Router, two: Router) -> Looks:
    """What both ends have at one moment."""
    return look(one, SECOND), look(two, FIRST)


def measure(installation: Installation, *, sample: bool = False) -> list[Result]:
    """Makes all changes, and takes them back."""
    release = release_of(installation.version)
    taken = seats(release, sample)
    old, new = tested(taken, False), tested(taken, True)
    results: list[Result] = []
    with pair(installation, taken) as (one, two):
        load(two, other(taken))
        load(one, old)
        names = {name for seat in taken for name in seat.neighbors()}
        for way, before, after in (("set", old, new), ("unset", new, old)):
            found = difference(before, after, release)
            assessment = assess(found)
            closed = {name for _, name in assessment.closed}
            first = settle(one, two, names, UP_SECONDS if way == "set" else 20.0)
            said = type_in(one, commands(found, release))
            if "bgpd" not in one.pids:
                said = [line for line in one.logs().splitlines() if line.startswith("bgpd")]
                raise RuntimeError("bgpd died: " + "\n".join(said[-30:]))
            for line in dict.fromkeys(said):
                print(f"  FRR {installation.version} said: {line}", file=sys.stderr)
            time.sleep(LOOK_SECONDS)
            then = looks(one, two)
            for seat in taken:
                levels = [
                    judged.impact.level
                    for judged in assessment.changes
                    if set(judged.impact.neighbors) & set(seat.neighbors()) or _is_of(judged.change.path, seat)
                ]
                yield_ = _result(seat, installation.version, way, max(levels, default=Level.NONE), closed, first, then)
                results += [yield_] if yield_ else []
    return results


def _is_of(path: tuple[tuple[str, ...], ...], seat: Seat) -> bool:
    return bool(path) and seat.kind.wide and path[0][2:] == ("view", f"v{seat.number}")


def _result(
    seat: Seat, version: str, way: str, said: Level, closed: set[str], first: Looks, then: Looks
) -> Result | None:
    """What happened to a kind's sessions; None where none of them was up to begin with."""
    watched = [name for name in seat.neighbors() if name in first[0] and first[0][name].up]
    if not watched and not (way == "unset" and "shutdown" in seat.kind.name):
        return None
    pairs = [(first[0][name], then[0].get(name)) for name in watched]
    reset = any(b is None or not b.up or b.dropped != a.dropped or b.since != a.since for a, b in pairs)
    ends = [(end, name) for name in watched for end, name in ((0, name), (1, _address(name.rpartition(".")[0], 1)))]
    return Result(
        seat.kind.name,
        version,
        way,
        said.word,
        predicted=bool(closed & set(seat.neighbors())),
        reset=reset or not pairs,
        asked=any(b is not None and b.asked > a.asked for a, b in pairs),
        fewer=not reset
        and any(then[end][name].prefix < first[end][name].prefix for end, name in ends if name in then[end]),
    )


def _happened(one: Result) -> str:
    return "reset" if one.reset else "up, fewer prefixes" if one.fewer else "up"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.frr.impact", description=__doc__)
    parser.add_argument("--frr", help="only the version that begins so")
    parser.add_argument("--sample", action="store_true", help="only the kinds that CI tries")
    parser.add_argument("--write", action="store_true", help="keep the result in docs/")
    options = parser.parse_args()
    results: list[Result] = []
    for installation in installations():
        if installation.version.startswith(options.frr or ""):
            results += measure(installation, sample=options.sample)
    wrong = [one for one in results if not one.true]
    for one in results:
        print(f"{'ok ' if one.true else 'NOT'} {one.version:7} {one.way:5} {one.said:8} {_happened(one):20} {one.kind}")
    if options.write:
        impact_page.keep_sessions([asdict(one) for one in results])
    print(f"{len(results) - len(wrong)} of {len(results)} as predicted")
    return 1 if wrong or not results else 0


if __name__ == "__main__":
    sys.exit(main())
