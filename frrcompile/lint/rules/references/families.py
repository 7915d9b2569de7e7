"""Lists and prefixes of one address family where the other is meant."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Edit, Severity
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.symbols import Effect, Kind, Symbols, Use, symbols_of

OTHER = {
    Kind.PREFIX_LIST4: Kind.PREFIX_LIST6,
    Kind.PREFIX_LIST6: Kind.PREFIX_LIST4,
    Kind.ACCESS_LIST4: Kind.ACCESS_LIST6,
    Kind.ACCESS_LIST6: Kind.ACCESS_LIST4,
}
"""The lists that there are once for each address family."""


def exists_in_the_other(symbols: Symbols, use: Use) -> bool:
    """Whether a list that is not there in the family asked for is there in the other one."""
    return use.kind in OTHER and use.name in symbols.names(OTHER[use.kind])


def has_definition(symbols: Symbols, use: Use, name: str) -> str:
    """Where the name that is suggested is defined, for a message: ` (line 12)`."""
    found = symbols.definitions(use.kind, name, use.scope)
    return f" (line {found[0].command.statement.number})" if found else ""


@rule("FRR208", "list-of-the-other-family", Severity.ERROR)
def list_of_the_other_family(config: Configuration) -> Iterator[Problem]:
    """A list that is only there for the other address family is not there.

    What: `match ip address prefix-list NAME`, or an IPv4 family's `neighbor X prefix-list NAME`, where NAME is an
        `ipv6 prefix-list` only; or the other way round, or with access-lists.
    Why: FRR keeps the lists of each family apart (lib/plist.c, `prefix_list_lookup`), so that the name means nothing here:
        a `match` never matches, and a session's filter denies everything.
    Bad:
        ipv6 prefix-list pods seq 5 permit 2001:db8::/32 le 64
        route-map from-pods permit 10
         match ip address prefix-list pods
        exit
    Good:
        ipv6 prefix-list pods seq 5 permit 2001:db8::/32 le 64
        route-map from-pods permit 10
         match ipv6 address prefix-list pods
        exit
    """
    symbols = symbols_of(config)
    for use in symbols.undefined(*OTHER):
        if use.effect is not Effect.UNSURE and exists_in_the_other(symbols, use):  # isisd asks for both families
            other = OTHER[use.kind]
            first = symbols.definitions(other, use.name)[0].command
            yield Problem(
                use.span,
                f"`{use.name}` is an {other} only, and an {use.kind} is wanted here; {use.effect}",
                labels=(first.label(f"the {other}"),),
                help=f"use a list of the right family, or define {use.kind} `{use.name}`",
            )


@rule("FRR209", "ipv6-prefix-in-ipv4-list", Severity.ERROR)
def ipv6_prefix_in_ipv4_list(config: Configuration) -> Iterator[Problem]:
    """An IPv6 prefix in an `ip prefix-list` goes to another list.

    What: `ip prefix-list NAME ... 2001:db8::/32`.
    Why: vtysh takes `ip` for the beginning of `ipv6` where only that fits (lib/command_match.c), so FRR has an entry of
        `ipv6 prefix-list NAME`, and the IPv4 list goes without (seen in FRR 8.4, 10.3 and 10.7).
    Bad:
        ip prefix-list pods seq 5 permit 2001:db8::/32
    Good:
        ipv6 prefix-list pods seq 5 permit 2001:db8::/32
    """
    for command in config.of("config", "ipv6"):
        words = command.words
        at = 1 if command.negated else 0
        if words[at + 1 : at + 2] and words[at + 1] == "prefix-list" and command.statement.words[at] != "ipv6":
            yield Problem(
                command,
                f"an IPv6 prefix in an IPv4 list: FRR puts it into `ipv6 prefix-list {words[at + 2]}`",
                help="begin the line with `ipv6`",
                edit=Edit(command.word(at), "ipv6"),
            )
