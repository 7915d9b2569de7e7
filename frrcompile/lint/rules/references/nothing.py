"""Route-maps and lists that have entries and permit nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.rules.references.undefined import LISTS
from frrcompile.lint.symbols import Definition, Kind, symbols_of

EVERYTHING = frozenset({"any", "0.0.0.0/0", "::/0", ".*", "internet"})
"""Words of an entry that denies all on purpose."""


@rule("FRR224", "route-map-permits-nothing", Severity.WARNING)
def route_map_permits_nothing(config: Configuration) -> Iterator[Problem]:
    """A route-map of which every entry denies permits nothing.

    What: a route-map in use with denying entries only, at least one of which picks what it denies by a `match`.
    Why: what no entry matches is denied (lib/routemap.c, `route_map_apply_ext`), so the `match` makes no difference: a
        permitting entry at the end is probably missing.
    Bad:
        route-map no-default deny 10
         match tag 5
        exit
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 route-map no-default in
        exit
    Good:
        route-map no-default deny 10
         match tag 5
        exit
        route-map no-default permit 20
        exit
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 route-map no-default in
        exit
    """
    symbols = symbols_of(config)
    used = symbols.used_names(Kind.ROUTE_MAP)
    for name in symbols.names(Kind.ROUTE_MAP):
        entries = symbols.definitions(Kind.ROUTE_MAP, name)
        denies = name in used and all(entry.command.words[2] == "deny" for entry in entries)
        if denies and any(_matches(config, entry) for entry in entries):
            yield Problem(
                entries[-1].command,
                f"every entry of route-map `{name}` denies, and FRR denies what none of them matches",
                help=f"end it with an entry that permits: `route-map {name} permit 65535`",
            )


@rule("FRR225", "list-permits-nothing", Severity.WARNING)
def list_permits_nothing(config: Configuration) -> Iterator[Problem]:
    """A list of which every entry denies permits nothing.

    What: a prefix-list, access-list, community-list or as-path list in use with denying entries only, which name what they
        deny.
    Why: what no entry matches is denied (lib/plist.c, `prefix_list_apply_which_prefix`; lib/filter.c; bgpd/bgp_clist.c), so
        the list is the same as one `deny any`: a permitting entry at the end is probably missing.
    Bad:
        ip prefix-list no-default seq 5 deny 10.0.0.0/8
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 prefix-list no-default in
        exit
    Good:
        ip prefix-list no-default seq 5 deny 10.0.0.0/8
        ip prefix-list no-default seq 10 permit any
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 prefix-list no-default in
        exit
    """
    symbols = symbols_of(config)
    for kind in LISTS:
        used = symbols.used_names(kind)
        for name in symbols.names(kind):
            entries = symbols.definitions(kind, name) if name in used else ()
            if any(_permits(entry.command.words) for entry in entries):
                continue
            denied = [_denied(entry.command.words) for entry in entries]
            if any(denied) and EVERYTHING.isdisjoint(word for words in denied for word in words):
                yield Problem(
                    entries[-1].command,
                    f"every entry of {kind} `{name}` denies, and FRR denies what none of them matches",
                    help="end it with an entry that permits the rest",
                )


def _matches(config: Configuration, entry: Definition) -> bool:
    block = entry.command.opens
    return block is not None and any(one.words[0] == "match" for one in config.within(block))


def _permits(words: Sequence[str]) -> bool:
    """Whether the entry permits. A list may be called `permit`, but its name is not the only such word then."""
    return "permit" in words[2:] and not _denied(words)


def _denied(words: Sequence[str]) -> Sequence[str]:
    """What the entry denies; nothing where it permits, and for a description."""
    for index, word in enumerate(words[2:], 2):
        if word in ("permit", "description", "remark"):
            return ()
        if word == "deny":
            return words[index + 1 :]
    return ()
