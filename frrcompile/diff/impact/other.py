"""What changes outside of `router bgp` do: policies, VRFs and their VNIs, routes, interfaces, BFD."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ipaddress import ip_address, ip_interface

from frrcompile.diff.changes import Change
from frrcompile.diff.impact.level import Impact, Level
from frrcompile.diff.impact.policies import Name, Users, defined
from frrcompile.diff.impact.situation import UNKNOWN, Situation


def impact(change: Change, situation: Situation) -> Impact:
    """What one change does."""
    if change.node == "route-map":
        return _of_policy(change, ("route-map", change.path[-1][1]), situation)
    words = change.entry.words[1:] if change.entry.negated else change.entry.words
    if not change.path and (name := defined(words)) is not None:
        return _of_policy(change, name, situation)
    judge = _JUDGES.get((change.node, words[0])) or _JUDGES.get((change.node, ""))
    return judge(change, words, situation) if judge else Impact(Level.POLICY, UNKNOWN)


def _of_policy(change: Change, name: Name, situation: Situation) -> Impact:
    kind, called = name
    users = Users()
    for policies in situation.policies:
        found = policies.users(name)
        users.sessions |= found.sessions
        users.lines += found.lines
    if not users:
        return Impact(Level.NONE, f"nothing uses the {kind} {called}")
    if change.key[-1] in ("description", "remark"):
        return Impact(Level.NONE, "a text")
    names = tuple(sorted({neighbor for _, neighbor, _ in users.sessions}))
    families = tuple(sorted({family for _, _, family in users.sessions if family}))
    vrfs = {vrf for vrf, _, _ in users.sessions}
    if not names:
        return Impact(Level.POLICY, f"used by `{users.lines[0]}`")
    reason = "routes of the sessions that use it are evaluated again"
    return Impact(Level.POLICY, reason, names, families, vrfs.pop() if len(vrfs) == 1 else "")


def _vrf_of(change: Change) -> str:
    return change.path[0][1] if change.path and change.path[0][0] == "vrf" else ""


def _vrf(change: Change, words: tuple[str, ...], situation: Situation) -> Impact:
    if change.kind == "added":
        return Impact(Level.NONE, "a new VRF: nothing that runs is touched", vrf=words[1])
    vni = situation.difference.old.entry(((*change.key,),), ("vni",))
    vnis = vni.words[1:2] if vni is not None else ()
    return Impact(Level.WITHDRAW, "the VRF goes with all that is in it", vrf=words[1], vnis=vnis)


def _vni(change: Change, _words: tuple[str, ...], _situation: Situation) -> Impact:
    vrf = _vrf_of(change)
    if change.old is None:
        reason = "the VRF's routes are announced with this VNI; as an L2VNI, if it was one, it is withdrawn"
        return Impact(Level.POLICY, reason, vrf=vrf, vnis=change.entry.words[1:2])
    vnis = change.old.words[1:2]
    return Impact(Level.WITHDRAW, "the VNI's routes are withdrawn: its tenants lose them", vrf=vrf, vnis=vnis)


def _route(change: Change, _words: tuple[str, ...], _situation: Situation) -> Impact:
    vrf = _vrf_of(change)
    if change.kind == "removed":
        return Impact(Level.WITHDRAW, "the route goes", vrf=vrf)
    if change.kind == "changed":
        return Impact(Level.POLICY, "the route has another tag", vrf=vrf)
    return Impact(Level.NONE, "a route more", vrf=vrf)


def _router_id(_change: Change, _words: tuple[str, ...], situation: Situation) -> Impact:
    hit = tuple(
        peer.name
        for path, instance in situation.old.items()
        if situation.difference.old.entry(path, ("bgp", "router-id")) is None
        for peer in instance.sessions
    )
    if hit:
        return Impact(Level.RESET, "bgpd takes its router id from zebra, and closes its sessions", hit)
    return Impact(Level.NONE, "no BGP instance takes its router id from zebra")


def _interface(change: Change, words: tuple[str, ...], situation: Situation) -> Impact:
    name = change.path[0][1]
    down = words[0] == "shutdown" and change.new is not None and not change.new.negated
    gone = words[1:2] == ("address",) and change.new is None
    if words[0] == "shutdown" and not down:
        return Impact(Level.NONE, "the interface comes up")
    if not (down or gone):
        return Impact(
            Level.NONE, "a text" if words[0] == "description" else "an address more" if len(words) > 2 else UNKNOWN
        )
    reason = "the interface goes down" if down else "the address goes, and the connected route with it"
    hit = tuple(_reached(change, name, words, situation))
    return Impact(Level.WITHDRAW, f"{reason}; so do the sessions over it" if hit else reason, hit)


def _reached(change: Change, name: str, words: tuple[str, ...], situation: Situation) -> Iterator[str]:
    """The neighbours behind an interface, or in an address's subnet."""
    context = situation.difference.old.contexts.get(change.path)
    written = (
        [word for entry in context.entries.values() if entry.words[1:2] == ("address",) for word in entry.words[2:3]]
        if context
        else []
    )
    if words[1:2] == ("address",):
        written = list(words[2:3])
    networks = []
    for one in written:
        try:
            networks.append(ip_interface(one).network)
        except ValueError:
            continue
    for instance in situation.old.values():
        for peer in instance.sessions:
            if peer.name == name:
                yield peer.name
                continue
            try:
                address = ip_address(peer.name)
            except ValueError:
                continue
            if any(address in network for network in networks if network.version == address.version):
                yield peer.name


def _bfd(change: Change, _words: tuple[str, ...], situation: Situation) -> Impact:
    used = [
        key[1]
        for path in situation.old
        for key, entry in situation.difference.old.contexts[path].entries.items()
        if key[2:] == ("bfd", "profile") and change.path[1:2] == (("profile", entry.words[-1]),)
    ]
    if used:
        return Impact(Level.NONE, "BFD's timers are agreed upon again: its sessions stay up", tuple(used))
    return Impact(Level.NONE, "BFD only")


def _forwarding(change: Change, words: tuple[str, ...], _situation: Situation) -> Impact:
    if words[1:2] != ("forwarding",):
        return Impact(Level.NONE, "no session is touched")
    if change.new is not None and change.new.negated:
        return Impact(Level.WITHDRAW, "the router forwards no more")
    return Impact(Level.NONE, "the router forwards")


def _quiet(reason: str) -> Callable[[Change, tuple[str, ...], Situation], Impact]:
    return lambda _change, _words, _situation: Impact(Level.NONE, reason)


_TIMES = _quiet("logging and who may look: nothing that runs is touched")

_JUDGES: dict[tuple[str, str], Callable[[Change, tuple[str, ...], Situation], Impact]] = {
    ("config", "vrf"): _vrf,
    ("vrf", "vni"): _vni,
    ("vrf", "ip"): _route,
    ("vrf", "ipv6"): _route,
    ("config", "router-id"): _router_id,
    ("interface", ""): _interface,
    ("bfd", ""): _bfd,
    ("bfd-profile", ""): _bfd,
    ("bfd-peer", ""): _bfd,
    ("line-vty", ""): _TIMES,
    **{
        ("config", word): _TIMES
        for word in ("log", "debug", "service", "password", "enable", "banner", "line", "username", "key", "agentx")
    },
    ("config", "hostname"): _quiet("a name: neighbours see it after the next reset"),
    ("config", "domainname"): _quiet("a name: neighbours see it after the next reset"),
    ("config", "frr"): _quiet("the profile's defaults are for what is configured after it"),
}


def _ip(change: Change, words: tuple[str, ...], situation: Situation) -> Impact:
    if words[1:2] == ("route",):
        return _route(change, words, situation)
    if words[1:2] == ("router-id",):
        return _router_id(change, words, situation)
    if words[1:2] == ("forwarding",):
        return _forwarding(change, words, situation)
    return Impact(Level.POLICY, UNKNOWN)


_JUDGES |= {("config", "ip"): _ip, ("config", "ipv6"): _ip}
