"""Prefix-lists and access-lists: ranges that cannot be, and entries that an earlier one covers."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.entries import covered, lists_of
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.symbols import Kind

PREFIX_LISTS = (Kind.PREFIX_LIST4, Kind.PREFIX_LIST6)
ACCESS_LISTS = (Kind.ACCESS_LIST4, Kind.ACCESS_LIST6)


@rule("FRR303", "impossible-prefix-range", Severity.ERROR)
def impossible_prefix_range(config: Configuration) -> Iterator[Problem]:
    """A prefix-list entry with lengths that cannot be takes every list and route-map of the load with it.

    What: `ge` below the prefix's own length, `le` below it, or `ge` above `le`.
    Why: FRR wants length <= ge <= le (lib/filter_nb.c). It refuses the entry, and because vtysh sends prefix-lists,
        access-lists and route-maps together, all of them (seen in FRR 8.4, 10.3 and 10.7); `vtysh -C` says nothing, and
        `vtysh -f` and a reload of 8.4 and 10.3 exit 0.
    Bad:
        ip prefix-list pods seq 5 permit 10.244.0.0/16 ge 8 le 4
    Good:
        ip prefix-list pods seq 5 permit 10.244.0.0/16 ge 20 le 24
    """
    for one in lists_of(config):
        for entry in one.impossible:
            span = entry.range
            if span is None:
                continue
            found = f"prefix length {span.length}, from {span.low} to {span.high}"
            yield Problem(
                entry.command,
                f"lengths that cannot be: {found}; FRR refuses all prefix-lists and route-maps of this load",
                help=f"allowed: {span.length} <= ge <= le <= {span.bits}",
            )


@rule("FRR306", "prefix-list-entry-shadowed", Severity.WARNING)
def prefix_list_entry_shadowed(config: Configuration) -> Iterator[Problem]:
    """A prefix-list entry that an earlier one covers is never asked.

    What: an entry all of whose prefixes match an entry with a lower number, by network and by `ge` and `le`.
    Why: of the entries that match, the one with the lowest number decides (lib/plist.c,
        `prefix_list_apply_which_prefix`).
    Bad:
        ip prefix-list pods seq 5 permit 10.0.0.0/8 le 24
        ip prefix-list pods seq 10 deny 10.244.0.0/16
    Good:
        ip prefix-list pods seq 5 deny 10.244.0.0/16
        ip prefix-list pods seq 10 permit 10.0.0.0/8 le 24
    """
    yield from _shadowed(config, PREFIX_LISTS)


@rule("FRR307", "access-list-entry-shadowed", Severity.WARNING)
def access_list_entry_shadowed(config: Configuration) -> Iterator[Problem]:
    """An access-list entry that an earlier one covers is never asked.

    What: an entry behind `permit any` or `deny any`, or inside the network of an entry with a lower number.
    Why: the first entry that matches decides (lib/filter.c, `access_list_apply`); without `exact-match` a network matches
        all that lie inside it.
    Bad:
        access-list pods seq 5 permit any
        access-list pods seq 10 deny 10.0.0.0/8
    Good:
        access-list pods seq 5 deny 10.0.0.0/8
        access-list pods seq 10 permit any
    """
    yield from _shadowed(config, ACCESS_LISTS)


def _shadowed(config: Configuration, kinds: tuple[Kind, ...]) -> Iterator[Problem]:
    for one in lists_of(config):
        if one.kind not in kinds:
            continue
        told = {id(second) for _, second in one.twice}
        for cover, entry in covered(one.in_order()):
            if id(entry) not in told:
                same = "and does the same" if cover.permits == entry.permits else "and does the opposite"
                yield Problem(
                    entry.command,
                    f"never asked: entry {cover.number} of {one.kind} `{one.name}` covers it {same}",
                    labels=(cover.command.label("covers it"),),
                    help="move it before that entry, or take it out",
                )
