"""Lists and sets that FRR numbers, sorts or splits."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Edit, Severity, Span
from frrcompile.facts.boundaries import RELOAD_NUMBERS_AS_PATHS
from frrcompile.facts.forms import sets
from frrcompile.facts.policies import ACTIONS, KINDS, list_end
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.shown import otherwise


@rule("FRR640", "unnumbered-entry", Severity.INFO)
def unnumbered_entry(config: Configuration) -> Iterator[Problem]:
    """An entry without a sequence number: what a reload adds goes to the end of the list, wherever the file has it.

    What: an entry of a prefix list, an access list or a community list without `seq`, where the list has several. Each
        list is reported once.
    Why: FRR numbers the entry when it comes (lib/plist.c: prefix_new_seq_get), and frr-reload.py ignores the numbers of such
        entries (tools/frr-reload.py): an entry put between two others is added behind the last, and the judge is content.
    Bad:
        ip prefix-list pods permit 10.244.0.0/16 le 28
        ip prefix-list pods deny any
    Good:
        ip prefix-list pods seq 5 permit 10.244.0.0/16 le 28
        ip prefix-list pods seq 10 deny any
    """
    lists: dict[tuple[str, ...], list[Command]] = {}
    for command, at in _entries(config):
        lists.setdefault(command.words[:at], []).append(command)
    for name, entries in lists.items():
        if len(entries) > 1:
            missing = next((entry for entry in entries if entry.words[len(name)] != "seq"), None)
            if missing is not None:
                what = f"an entry of `{' '.join(name)}` without `seq`: a reload adds a new entry behind all others"
                yield Problem(missing, what, help="number the entries of the list")


def _entries(config: Configuration) -> Iterator[tuple[Command, int]]:
    """The entries of lists, with the index behind the list's name."""
    for first in dict.fromkeys(kind.begins[0] for kind in KINDS):
        for command in config.of("config", first):
            at = 0 if command.negated else list_end(command.words)
            if at and len(command.words) > at and command.words[at] in _STARTS:
                yield command, at


_STARTS = frozenset({"seq", *ACTIONS})


@rule("FRR641", "entry-that-must-be-numbered", Severity.WARNING)
def entry_that_must_be_numbered(config: Configuration) -> Iterator[Problem]:
    """An entry without a sequence number that frr-reload.py takes for another one than FRR shows.

    What: an unnumbered entry of a community list that has a number for its name, or of a MAC access list; until FRR 9.1 of an
        AS path list, too.
    Why: FRR shows the entry with `seq 5`, and frr-reload.py, which knows that of other lists (tools/frr-reload.py), removes it and adds
        it again at each reload. In between the list permits what it does not when it is there.
    Bad:
        bgp community-list 1 permit 64512:1
    Good:
        bgp community-list 1 seq 5 permit 64512:1
    """
    counts: dict[tuple[str, ...], int] = {}
    for command, at in _entries(config):
        words = command.words
        name = tuple(words[:at])
        counts[name] = counts.get(name, 0) + 5
        numbered = words[0] == "bgp" and words[2].isdigit() and words[1] == "community-list"
        old = words[:2] in (["bgp", "as-path"], ("bgp", "as-path")) and config.release < RELOAD_NUMBERS_AS_PATHS
        if words[at] != "seq" and (numbered or old or words[0] == "mac"):
            start = command.word(at)
            place = Span(start.path, start.line, start.column, start.line, start.column)
            what = f"FRR shows this with `seq {counts[name]}`: each reload removes the entry, and adds it again"
            yield Problem(command, what, help="number it", edit=Edit(place, f"seq {counts[name]} "))


@rule("FRR642", "communities-out-of-order", Severity.WARNING)
def communities_out_of_order(config: Configuration) -> Iterator[Problem]:
    """Communities that FRR sorts, or of which it drops the second of two.

    What: the communities of a route-map's `set community` or of a standard list's entry in another order than that of their
        numbers, or one of them twice; `additive` not at the end.
    Why: bgpd sorts them when it reads them (bgpd/bgp_community.c: community_uniq_sort), and frr-reload.py compares texts: it takes the
        line back and adds it again at each reload.
    Bad:
        route-map pods permit 10
         set community 64512:2 64512:1
        exit
    Good:
        route-map pods permit 10
         set community 64512:1 64512:2
        exit
    """
    yield from otherwise(config, sets.COMMUNITIES)


@rule("FRR643", "route-target-both", Severity.WARNING)
def route_target_both(config: Configuration) -> Iterator[Problem]:
    """`route-target both` in a VRF's EVPN family is shown as two lines, and several targets as a line for each.

    What: `both`, or several targets in one line, right in `address-family l2vpn evpn`. In a `vni` block frr-reload.py knows `both`.
    Why: bgpd writes a line for each direction and target (bgpd/bgp_evpn_vty.c: bgp_config_write_evpn_info); frr-reload.py takes
        them back and adds the file's at each reload: the VRF's routes go and come.
    Bad:
        router bgp 64512
        exit
        router bgp 64512 vrf red
         address-family l2vpn evpn
          route-target both 64512:100
         exit-address-family
        exit
    Good:
        router bgp 64512
        exit
        router bgp 64512 vrf red
         address-family l2vpn evpn
          route-target import 64512:100
          route-target export 64512:100
         exit-address-family
        exit
    """
    yield from otherwise(config, sets.TARGETS)
