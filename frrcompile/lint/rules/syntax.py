"""Syntax: what `vtysh -C` of the release rejects."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from frrcompile.diagnostics import Label, Severity, nearest
from frrcompile.facts.boundaries import EARLY_EXIT_ENDS_READING
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.endings import exits_behind
from frrcompile.lint.registry import Problem, rule
from frrcompile.syntax.commands.matcher import Match, Verdict
from frrcompile.syntax.commands.table import Table, table
from frrcompile.syntax.lines import Statement
from frrcompile.syntax.nodes import nodes
from frrcompile.syntax.tree import Block, Item

SUGGESTED = 100
"""How many lines get a "did you mean": looking for it takes longer than all the rest, and who has more has other troubles."""

NEAR = 50
"""How many blocks before a line are looked at for the one that it was meant for."""


@rule("FRR001", "unknown-command", Severity.ERROR)
def unknown_command(config: Configuration) -> Iterator[Problem]:
    """FRR has no such command here.

    What: Neither the block that the line stands in nor any around it has a command that begins so, nor has any other.
    Why: vtysh skips the line and goes on; `vtysh -C` and frr-reload.py refuse the file (vtysh/vtysh.c,
        vtysh_config_from_file).
    Bad:
        router bgp 65000
         neighbour 192.0.2.1 remote-as 65001
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
    """
    for count, (command, match, left, homes) in enumerate(config.derive(_unknown)):
        if match.reached == 0 and not homes and left is None:
            yield Problem(
                command.word(0),
                f"FRR has no command {command.words[0]!r} {_where(command)}",
                help=_suggestion(command, match, count),
            )


@rule("FRR002", "incomplete-command", Severity.ERROR)
def incomplete_command(config: Configuration) -> Iterator[Problem]:
    """The command ends too early.

    What: What the line says is the beginning of a command, and something that must follow is missing.
    Why: FRR answers `Command incomplete` and takes nothing of it (lib/command_match.c).
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
    """
    for command, match in _refused(config, Verdict.INCOMPLETE):
        yield Problem(command, f"the command is not complete: {_allowed(match.expected)} must follow")


@rule("FRR003", "ambiguous-command", Severity.ERROR)
def ambiguous_command(config: Configuration) -> Iterator[Problem]:
    """A shortened keyword could be several.

    What: FRR takes the beginning of a keyword for the keyword, but here several begin so.
    Why: FRR answers `Ambiguous command` and takes nothing of it (lib/command_match.c).
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 d
    Good:
        router bgp 65000
         neighbor 192.0.2.1 disable-connected-check
    """
    for command, match in _refused(config, Verdict.AMBIGUOUS):
        at = min(match.reached, len(command.words) - 1)
        word = command.words[at]
        yield Problem(
            command.word(at), f"{word!r} is ambiguous: {_allowed(match.expected)}", help="write the keyword out"
        )


@rule("FRR004", "wrong-word", Severity.ERROR)
def wrong_word(config: Configuration) -> Iterator[Problem]:
    """The command is known, but not with this word or number.

    What: The line begins as a command that exists here, and then has a word that cannot stand there: a number out of range, a
        name where an address must be, a keyword that does not exist, or one word too many.
    Why: FRR answers `Unknown command` for the whole line and takes nothing of it (lib/command_match.c).
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 4294967296
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 4294967295
    """
    for count, (command, match, left, homes) in enumerate(config.derive(_unknown)):
        if match.reached == 0 or left is not None or homes:
            continue
        word = command.words[match.reached]
        if not match.expected:
            yield Problem(command.word(match.reached), f"nothing may follow here, but {word!r} does")
        else:
            yield Problem(
                command.word(match.reached),
                f"{word!r} cannot stand here: {_allowed(match.expected)} can",
                help=_suggestion(command, match, count),
            )


@rule("FRR005", "command-of-another-block", Severity.ERROR)
def command_of_another_block(config: Configuration) -> Iterator[Problem]:
    """The command exists, but in another block.

    What: Neither the block that the line stands in nor any around it has this command; blocks of another kind have it.
    Why: FRR answers `Unknown command`. It asks only the block and those around it (lib/command.c,
        command_config_read_one_line).
    Bad:
        advertise-all-vni
    Good:
        router bgp 65000
         address-family l2vpn evpn
          advertise-all-vni
         exit-address-family
        exit
    """
    for command, _, left, homes in config.derive(_unknown):
        if left is None and homes:
            blocks = " or ".join(f"`{home}`" for home in homes[:3])
            yield Problem(command, f"FRR has this command in {blocks}, not {_where(command)}")


@rule("FRR006", "block-left-before", Severity.ERROR)
def block_left_before(config: Configuration) -> Iterator[Problem]:
    """The block that this line is to leave, or to add to, was left by a line before.

    What: A line that the block does not have ended it, since a block around it has that line. What follows is then
        outside, and its `exit-...` has nothing to leave.
    Why: vtysh goes up from block to block until one has the command, and stays there (vtysh/vtysh.c). `vtysh -C` then
        blames the `exit-address-family`, and not the line that was wrong.
    Bad:
        router bgp 65000
         address-family ipv4 unicast
          bgp router-id 192.0.2.1
          neighbor 192.0.2.2 activate
         exit-address-family
    Good:
        router bgp 65000
         bgp router-id 192.0.2.1
         address-family ipv4 unicast
          neighbor 192.0.2.2 activate
         exit-address-family
    """
    for command, _, left, _ in config.derive(_unknown):
        if left is not None:
            block, line = left
            yield Problem(
                command,
                f"`{' '.join(block.words)}` is not open here any more: line {line.number} left it",
                labels=(Label(line.span, "this line belongs to a block around it, and ends it"),),
                help=f"move line {line.number} out of the block, or remove it",
            )


@rule("FRR007", "line-behind-exit", Severity.ERROR, until=EARLY_EXIT_ENDS_READING)
def line_behind_exit(config: Configuration) -> Iterator[Problem]:
    """FRR has left the configuration before this line.

    What: An `exit` at the top leaves the configuration, and what follows is no configuration any more.
    Why: vtysh of FRR 8.4 and 8.5 takes what follows for commands of an operator who may only look, and refuses it. From FRR 9.0
        it stops reading there, with a warning (see FRR101).
    Bad:
        hostname r1
        exit
        hostname r2
    Good:
        hostname r1
    """
    # One more `exit` ends vtysh with an exit code of 0, as if nothing was refused: FRR101 reports that.
    if config.left and config.unread and not exits_behind(config, config.left):
        yield Problem(
            config.unread,
            f"FRR has left the configuration at line {config.left.statement.number}",
            labels=(config.left.label("this leaves the configuration"),),
            help=f"remove line {config.left.statement.number}",
        )


def _refused(config: Configuration, verdict: Verdict) -> Iterator[tuple[Command, Match]]:
    return ((command, match) for command, match in config.refused if match.verdict is verdict)


class _Unknown(NamedTuple):
    """A line that no block around it has, why, the block that had it and the line that left that block, and the blocks
    that have it elsewhere; of these it is told only where no block was left.
    """

    command: Command
    match: Match
    left: tuple[Block, Statement] | None
    homes: Sequence[str]


def _unknown(config: Configuration) -> list[_Unknown]:
    known = table(config.release)
    elsewhere = lru_cache(lambda words: _elsewhere(known, words))
    return [
        _Unknown(command, match, left := _left_by(config, command), elsewhere(command.words) if not left else ())
        for command, match in _refused(config, Verdict.UNKNOWN)
    ]


def _where(command: Command) -> str:
    return f"under `{' '.join(command.block.words)}`" if command.block else "at the top"


def _allowed(expected: tuple[str, ...]) -> str:
    """What may stand in a place, a few of many."""
    names = sorted(expected, key=lambda name: name.isupper())
    shown = [name if name.startswith("(") or name.isupper() else f"`{name}`" for name in names[:8]]
    if len(names) > 8:
        return ", ".join(shown) + f" or one of {len(names) - 8} more"
    return " or ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]])) or "the end of the line"


def _suggestion(command: Command, match: Match, count: int) -> str:
    if count >= SUGGESTED:
        return ""
    word = command.words[min(match.reached, len(command.words) - 1)]
    near = nearest(word, [name for name in match.expected if not name.isupper() and not name.startswith("(")])
    return f"did you mean `{near}`?" if near else ""


def _elsewhere(known: Table, words: Sequence[str]) -> list[str]:
    """How the blocks begin that have the command; none where no block has it."""
    first = words[1] if words[0] == "no" and len(words) > 1 else words[0]
    homes = known.nodes_with(first)
    having = (node for node in nodes().values() if node.frr in homes and known.matcher(node.frr).accepts(words))
    return list(dict.fromkeys(node.title for node in having if node.title))


def _left_by(config: Configuration, command: Command) -> tuple[Block, Statement] | None:
    """The last block before the line that has its command and was ended by another line, and that other line."""
    known = table(config.release)
    ended = config.derive(_ended)
    before = bisect_right(ended, command.statement.number, key=lambda pair: pair[1].number)
    takes: dict[str, bool] = {}
    for block, ended_by in reversed(ended[max(0, before - NEAR) : before]):
        if block.node not in takes:
            node = nodes()[block.node]
            takes[block.node] = known.matcher(node.frr).accepts(command.words) or node.closes(command.words)
        if takes[block.node]:
            return block, ended_by
    return None


def _ended(config: Configuration) -> list[tuple[Block, Statement]]:
    """The blocks that were ended by a line that belongs further up, and those lines, in their order."""
    found: list[tuple[Block, Statement]] = []
    waiting: list[Block] = []

    def look(items: Sequence[Item]) -> None:
        for item in items:
            statement = item.header if isinstance(item, Block) else item
            if isinstance(statement, Statement):
                found.extend((block, statement) for block in waiting)
                waiting.clear()
            if isinstance(item, Block):
                look(item.children)
                if item.closer is not None:
                    found.extend((block, item.closer) for block in waiting)
                    waiting.clear()
                else:
                    waiting.append(item)

    look(config.tree.children)
    return found
