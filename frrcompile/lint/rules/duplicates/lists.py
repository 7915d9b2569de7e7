"""Lists of every kind: numbers and entries that are there twice, entries that nothing reaches, names of two kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.entries import Entry, EntryList, lists_of
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.symbols import Kind, symbols_of

COMMUNITIES = (Kind.COMMUNITY_LIST, Kind.LARGE_COMMUNITY_LIST, Kind.EXTCOMMUNITY_LIST)
SETS = (Kind.COMMUNITY_LIST, Kind.LARGE_COMMUNITY_LIST)
ALL_PATHS = ((".*",), ("^.*$",))
"""Regular expressions that everything matches."""


@rule("FRR304", "list-number-twice", Severity.WARNING)
def list_number_twice(config: Configuration) -> Iterator[Problem]:
    """Two entries of a list with one number: the later takes the earlier's place.

    What: `seq N` twice in a prefix-list, access-list, community-list or as-path list, with another content.
    Why: an entry is found by its number and overwritten (lib/plist.c, lib/filter_nb.c, bgpd/bgp_clist.c,
        bgpd/bgp_filter.c; tried with FRR 8.4, 10.3 and 10.7). Nothing is said.
    Bad:
        ip prefix-list pods seq 5 permit 10.244.0.0/16
        ip prefix-list pods seq 5 permit 10.245.0.0/16
    Good:
        ip prefix-list pods seq 5 permit 10.244.0.0/16
        ip prefix-list pods seq 10 permit 10.245.0.0/16
    """
    for one in lists_of(config):
        for first, second in one.replaced:
            yield Problem(
                second.command,
                f"entry {second.number} of {one.kind} `{one.name}` takes the place of line "
                f"{first.command.statement.number}",
                labels=(first.command.label("without effect"),),
                help="give it a number of its own",
            )


@rule("FRR305", "list-entry-twice", Severity.WARNING)
def list_entry_twice(config: Configuration) -> Iterator[Problem]:
    """The same entry twice in a list.

    What: two entries of a list that permit, or deny, the same under two numbers.
    Why: nothing reaches the second. FRR drops it without a word where it has no number, and in community-lists, as-path
        lists and access-lists (until 8.5 in every list) also where it has one (lib/filter_cli.c, `plist_is_dup`;
        bgpd/bgp_clist.c, `community_list_dup_check`; tried with FRR 8.4, 10.3 and 10.7).
    Bad:
        ip prefix-list pods seq 5 permit 10.244.0.0/16
        ip prefix-list pods seq 10 permit 10.244.0.0/16
    Good:
        ip prefix-list pods seq 5 permit 10.244.0.0/16
    """
    for one in lists_of(config):
        for first, second in one.twice:
            if list(first.command.words) != list(second.command.words):  # the same line twice is told by another rule
                yield Problem(
                    second.command,
                    f"{one.kind} `{one.name}` has this entry already",
                    labels=(first.command.label("the same entry"),),
                    help="take one of them out",
                )


@rule("FRR308", "community-or-path-entry-unreachable", Severity.WARNING)
def community_or_path_entry_unreachable(config: Configuration) -> Iterator[Problem]:
    """An entry of a community-list or as-path list that an earlier one covers is never asked.

    What: an entry behind one that everything matches (`.*`), behind one with the same content and the other action, or
        behind one that wants fewer of its communities.
    Why: the first entry that matches decides, and a standard community-list's entry matches routes that have at least its
        communities (bgpd/bgp_clist.c, `community_list_match`; bgpd/bgp_filter.c, `as_list_apply`).
    Bad:
        bgp as-path access-list spine seq 5 permit .*
        bgp as-path access-list spine seq 10 deny _65001_
    Good:
        bgp as-path access-list spine seq 5 deny _65001_
        bgp as-path access-list spine seq 10 permit .*
    """
    for one in lists_of(config):
        if one.kind in COMMUNITIES or one.kind is Kind.AS_PATH_LIST:
            told = {id(second) for _, second in one.twice}
            for cover, entry in _unreachable(config, one):
                if id(entry) not in told:
                    yield Problem(
                        entry.command,
                        f"never asked: entry {cover.number} of {one.kind} `{one.name}` matches all that this one does",
                        labels=(cover.command.label("matches before it"),),
                        help="move it before that entry, or take it out",
                    )


@rule("FRR309", "list-of-two-kinds", Severity.ERROR)
def list_of_two_kinds(config: Configuration) -> Iterator[Problem]:
    """A community-list is standard or expanded, not both.

    What: `bgp community-list standard NAME` and `bgp community-list expanded NAME` with one name; the same with large and
        extended ones.
    Why: bgpd refuses the second, "Community name conflict" (bgpd/bgp_clist.c, `community_list_set`), and the load goes on;
        `vtysh -C` lets it pass.
    Bad:
        bgp community-list standard pods seq 5 permit 65000:1
        bgp community-list expanded pods seq 10 permit 65000:.*
    Good:
        bgp community-list standard pods seq 5 permit 65000:1
        bgp community-list expanded pods-all seq 10 permit 65000:.*
    """
    kinds: dict[tuple[str, str], Command] = {}
    for command in config.of("config", "bgp"):
        words = command.words
        if len(words) < 5 or not words[1].endswith("community-list") or words[2] not in ("standard", "expanded"):
            continue
        first = kinds.setdefault((words[1], words[3]), command)
        if first.words[2] != words[2] and not command.negated:
            yield Problem(
                command,
                f"{words[1]} `{words[3]}` is {first.words[2]} already; FRR refuses this line",
                labels=(first.label(f"{first.words[2]} here"),),
                help="give one of them another name",
            )


def _unreachable(config: Configuration, one: EntryList) -> Iterator[tuple[Entry, Entry]]:
    standard = one.kind in SETS and _is_plain(config, one)
    earlier: list[tuple[Entry, frozenset[object]]] = []
    exact: dict[tuple[object, ...], Entry] = {}
    everything: Entry | None = None
    for entry in one.in_order():
        words = frozenset(entry.content)
        cover = everything or exact.get(entry.content)
        if cover is None and standard and _is_standard(entry):
            cover = next((before for before, fewer in earlier if fewer <= words), None)
        if cover is not None:
            yield cover, entry
            continue
        exact[entry.content] = entry
        if entry.content in ALL_PATHS:
            everything = entry
        elif standard and _is_standard(entry) and len(earlier) < LONGEST:
            earlier.append((entry, words))


LONGEST = 200
"""How many entries of a community-list are compared with each other, so that a long list does not take long."""


def _is_standard(entry: Entry) -> bool:
    words: Sequence[str] = entry.command.words
    return words[2] == "standard" or (words[2].isdecimal() and int(words[2]) < 100)


def _is_plain(config: Configuration, one: EntryList) -> bool:
    """Whether all that use the list match by "has at least these", without `exact-match` and `any`."""
    uses = symbols_of(config).uses(one.kind)
    return not any(use.name == one.name and use.command.words[-1] in ("exact-match", "any") for use in uses)
