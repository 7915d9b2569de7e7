"""Everything that is neither a policy nor BGP: VRFs and their VNIs, static routes, interfaces, and what stands at the top."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diff.changes import Change
from frrcompile.diff.commands.definitions import OTHERS
from frrcompile.diff.commands.lists import list_name
from frrcompile.diff.commands.plan import Plan, by_line
from frrcompile.diff.configuration import Configuration, Entry, Key, Path

VNI: Key = ("vni",)
LINK_PARAMS: Key = ("link-params",)
RA_INTERVAL: Key = ("ipv6", "nd", "ra-interval")
RA_LIFETIME: Key = ("ipv6", "nd", "ra-lifetime")


def leave_vnis(plan: Plan, rebuilt: set[Path]) -> bool:
    """VNIs leave VRFs that end, that get another one, or whose instance is made anew; whether one's instance ends then."""
    ends = False
    for path, vni in _vnis(plan.difference.old):
        after = plan.difference.new.entry(path, VNI)
        if after is None or after.words != vni.words or _instance(path) in rebuilt:
            plan.say(path, ("no", *vni.words[:2]))
            ends = ends or _instance(path) in rebuilt
    return ends


def join_vnis(plan: Plan, rebuilt: set[Path]) -> None:
    """VNIs join their VRFs once the instances are there."""
    for path, vni in _vnis(plan.difference.new):
        before = plan.difference.old.entry(path, VNI)
        if before is None or before.words != vni.words or _instance(path) in rebuilt:
            plan.say(path, vni.words)


def change(plan: Plan) -> None:
    """What is set, before what is taken back: a route is never away where another one takes its place."""
    again = _links_anew(plan)
    changes = [one for one in plan.difference.changes if _is_rest(one, plan) and one.path not in again]
    early = [one for one in changes if _must_go_first(one, plan)]
    for one in early:
        plan.unset(one)
    for one in by_line(changes):
        if one.new is not None:
            if (*one.path, one.key) in plan.difference.new.contexts:
                plan.say((*one.path, one.key), ())
            else:
                plan.set(one)
    for one in changes:
        if one.new is None and one not in early and not _goes_with(one, plan) and not _is_vrf(one):
            plan.unset(one)


def _links_anew(plan: Plan) -> set[Path]:
    """Blocks `link-params` of which something goes: zebra has no `no` for most of it, so that they are made anew."""
    difference = plan.difference
    found = {one.path for one in difference.changes if one.path[-1:] == (LINK_PARAMS,) and one.new is None}
    for path in sorted(found):
        if plan.takes("interface", ("no", *LINK_PARAMS)):
            plan.say(path[:-1], ("no", *LINK_PARAMS))
        else:  # 8.4: zebra frees them all (zebra/interface.c, no_link_params_enable)
            plan.say(path, ("no", "enable"))
        if (context := difference.new.contexts.get(path)) is not None:
            for entry in context.entries.values():
                plan.say(path, entry.words)
    return found


def end(plan: Plan) -> None:
    """VRFs that the new configuration lacks, and BFD's empty block."""
    for one in plan.difference.changes:
        if _is_vrf(one) and one.new is None:
            plan.unset(one)
    old, new = plan.difference.old.contexts, plan.difference.new.contexts
    if (("bfd",),) in old and (("bfd",),) not in new:
        plan.say((), ("no", "bfd"))


def _vnis(config: Configuration) -> Iterator[tuple[Path, Entry]]:
    for path, context in config.contexts.items():
        if not path or context.node == "vrf":
            vni = context.entries.get(VNI)
            if vni is not None:
                yield path, vni


def _instance(path: Path) -> Path:
    """The BGP instance of a VRF's context."""
    return (("router", "bgp", "vrf", path[0][1]),) if path else (("router", "bgp"),)


def _is_rest(one: Change, plan: Plan) -> bool:
    if one.path and (one.path[0][:2] == ("router", "bgp") or one.node in OTHERS or one.node == "route-map"):
        return False
    if one.key == VNI and (not one.path or one.node == "vrf"):
        return False
    if one.path:
        return True
    key = one.key
    if key[0] == "route-map":
        return len(key) > 2 and not plan.opens(one)
    return key[:2] not in (("router", "bgp"), ("key", "chain")) and list_name(key) is None


def _is_vrf(one: Change) -> bool:
    return not one.path and one.key[0] == "vrf"


def _must_go_first(one: Change, plan: Plan) -> bool:
    """Whether what was must be taken back before anything new is said: FRR does not take the two together.

    Of routes to one prefix, staticd takes none to a black hole beside one to a next hop. Of router advertisements, zebra takes
    no lifetime below their interval (frr-zebra.yang); the lifetime's default is above every interval.
    """
    if one.old is None:
        return False
    old, new = plan.difference.old, plan.difference.new
    if one.key == RA_LIFETIME:
        return _words(old, one.path, RA_INTERVAL) != _words(new, one.path, RA_INTERVAL)
    if one.new is not None or one.key[1:2] != ("route",):
        return False
    others = new.contexts.get(one.path)
    same = [key for key in others.entries if key[:3] == one.key[:3]] if others else []
    return any(_black_hole(key) != _black_hole(one.key) for key in same)


def _words(config: Configuration, path: Path, key: Key) -> tuple[str, ...]:
    entry = config.entry(path, key)
    return entry.words if entry else ()


def _black_hole(route: Key) -> str:
    """The word for the black hole that a route leads to; empty for another next hop."""
    return next((word for word in route[3:4] if word in ("blackhole", "Null0", "reject")), "")


def _goes_with(one: Change, plan: Plan) -> bool:
    """Whether a block around it goes, by a command of its own (VRFs and interfaces lose their lines first)."""
    return any(
        plan.difference.old.entry(one.path[:depth], one.path[depth]) is not None
        and plan.difference.new.entry(one.path[:depth], one.path[depth]) is None
        and one.path[depth][0] != "vrf"
        for depth in range(len(one.path))
    )
