"""What changes below, and of, `router bgp` do."""

from __future__ import annotations

from frrcompile.diff.changes import Change
from frrcompile.diff.impact.level import Impact, Level
from frrcompile.diff.impact.rules import EVERYBODY, FAMILY, INTERNAL, NAMED, NEIGHBOR, POLICY, Rule, rule_for, wide_for
from frrcompile.diff.impact.sessions import MAKERS, Instance, family_of
from frrcompile.diff.impact.situation import UNKNOWN, Situation
from frrcompile.facts.releases import Release


def impact(change: Change, situation: Situation) -> Impact:
    """What one change does."""
    if not change.path:
        return _of_instance(change, situation)
    instance = situation.old.get(change.path[:1]) or situation.new[change.path[:1]]
    if change.key[0] == "neighbor" and len(change.key) > 2:
        return _of_neighbor(change, situation, instance)
    if len(change.path) > 2 or (change.key[0] == "vni" and change.node == "bgp-evpn"):
        return _of_vni(change, instance)
    return _wide(change, instance, situation.difference.new.release)


def _of_instance(change: Change, situation: Situation) -> Impact:
    path = (change.key,)
    old, new = situation.old.get(path), situation.new.get(path)
    if old is None:
        vrf = new.vrf if new else ""
        return Impact(Level.NONE, "a new instance: nothing that runs is touched", vrf=vrf)
    names = tuple(peer.name for peer in old.sessions)
    if new is None:
        return Impact(Level.WITHDRAW, "the instance ends with all of its sessions and routes", names, vrf=old.vrf)
    reason = "an instance's AS does not change: it ends, and another one begins"
    return Impact(Level.RECREATE, reason, names, vrf=old.vrf)


def _of_neighbor(change: Change, situation: Situation, instance: Instance) -> Impact:
    name, setting = change.key[1], change.key[2:]
    before, after = situation.old.get(instance.path), situation.new.get(instance.path)
    was = before.peers.get(name) if before else None
    becomes = after.peers.get(name) if after else None
    makes = len(change.path) == 1 and setting[0] in MAKERS
    if before is None or was is None or not _exists(was.settings):
        if makes:
            return Impact(Level.NONE, "a new neighbour: nothing that runs is touched", (), (), instance.vrf)
        return Impact(Level.NONE, f"goes with the new neighbour {name}", (), (), instance.vrf)
    members = tuple(one for one in before.members(name) if before.remote_as(before.peers[one]))
    if after is None or becomes is None or not _exists(becomes.settings):
        if makes:
            return Impact(Level.WITHDRAW, "the session ends, and its routes go", members, (), instance.vrf)
        return Impact(Level.NONE, f"goes with the neighbour {name}", (), (), instance.vrf)
    family = family_of(change.path)
    rule = _rule(change, bool(family), situation.difference.new.release)
    if rule is None:
        return Impact(Level.POLICY, UNKNOWN, members, (family,) if family else (), instance.vrf)
    if family and setting != ("activate",):
        members = tuple(one for one in members if family in before.families_of(one))
        if not members and not was.is_group:
            return Impact(Level.NONE, f"the session is not in {family}", (), (family,), instance.vrf)
    members = tuple(one for one in members if one == name or not _own(before, one, family, tuple(setting)))
    if was.is_group and not members:
        return Impact(Level.NONE, "no session is in the group", (), (), instance.vrf)
    families = (family,) if family else tuple(dict.fromkeys(f for one in members for f in before.families_of(one)))
    return Impact(rule.of(change.kind), rule.reason, members, families, instance.vrf)


def _rule(change: Change, in_family: bool, release: Release) -> Rule | None:
    """The rule for the worse one of what was said and what is."""
    found = [
        rule_for(FAMILY if in_family else NEIGHBOR, words[3:] if words[0] == "no" else words[2:], release)
        for words in (entry.words for entry in (change.old, change.new) if entry is not None)
    ]
    rules = [rule for rule in found if rule is not None]
    return max(rules, key=lambda rule: rule.of(change.kind)) if rules else None


def _exists(settings: dict[str, dict[tuple[str, ...], tuple[str, ...]]]) -> bool:
    return any((maker,) in settings.get("", {}) for maker in MAKERS)


def _own(instance: Instance, member: str, family: str, setting: tuple[str, ...]) -> bool:
    """Whether a member of a group says otherwise itself, so that the group's setting does not hold for it."""
    peer = instance.peers.get(member)
    return peer is not None and setting in peer.settings.get(family, {})


def _wide(change: Change, instance: Instance, release: Release) -> Impact:
    words = change.entry.words[1:] if change.entry.negated else change.entry.words
    rule = wide_for(words, release)
    family = family_of(change.path)
    families = (family,) if family else ()
    if rule is None:
        return Impact(POLICY, UNKNOWN, (), families, instance.vrf)
    members: tuple[str, ...] = ()
    if rule.to == EVERYBODY:
        members = tuple(peer.name for peer in instance.sessions)
    elif rule.to == INTERNAL:
        members = tuple(peer.name for peer in instance.sessions if instance.is_internal(peer))
    elif rule.to == NAMED:
        members = tuple(peer.name for peer in instance.sessions if instance.remote_as(peer) in words)
    off = change.kind == "removed" or (change.new is not None and change.new.negated)
    level = rule.removed if off and rule.removed is not None else rule.level
    reason = rule.reason if not off or rule.removed is None else f"{_ENDS}: {rule.reason}"
    if level >= Level.REFRESH and rule.to != "nobody" and not members:
        return Impact(Level.NONE, "the instance has no such session", (), families, instance.vrf)
    return Impact(level, reason, members, families, instance.vrf)


_ENDS = "no longer"


def _of_vni(change: Change, instance: Instance) -> Impact:
    """`vni N` in l2vpn evpn, and what stands below it."""
    header = change.key if len(change.path) < 3 else change.path[2]
    vni = (header[1],) if header[0] == "vni" and len(header) > 1 else ()
    what = change.key[0]
    if what == "vni":
        return Impact(
            Level.REFRESH, "the VNI's routes are announced again, with its own RD and RTs", (), (), instance.vrf, vni
        )
    if what == "rd":
        return Impact(
            Level.WITHDRAW, "the VNI's routes are withdrawn, and announced under the new RD", (), (), instance.vrf, vni
        )
    if what == "route-target":
        return Impact(Level.REFRESH, "the VNI's routes are announced again, or taken anew", (), (), instance.vrf, vni)
    return Impact(Level.REFRESH, "the VNI's routes are announced again", (), (), instance.vrf, vni)
