"""Nesting: lines that FRR reads in another block than they seem to stand in, or does not read at all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain

from frrcompile.diagnostics import Edit, Label, Severity, Span
from frrcompile.facts.boundaries import EARLY_EXIT_ENDS_READING
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.endings import (
    Unclosed,
    closer_of,
    count,
    exits_behind,
    indent,
    unclosed,
)
from frrcompile.lint.registry import Problem, rule
from frrcompile.syntax.commands.table import table
from frrcompile.syntax.lines import Statement
from frrcompile.syntax.nodes import closing_words, nodes
from frrcompile.syntax.tree import Block


@rule("FRR101", "early-exit", Severity.ERROR)
def early_exit(config: Configuration) -> Iterator[Problem]:
    """An `exit` where nothing is open ends the file: FRR does not read the lines after it.

    What: an `exit` or `quit` at the top level with commands after it. Usually there is one `exit` too many further up.
    Why: vtysh stops reading there (vtysh/vtysh.c: vtysh_read_config). From FRR 9.0, `vtysh -C` warns and accepts the file without
        having read the rest. FRR 8.4 and 8.5 refuse what follows (FRR007); with a second such `exit` further down, their
        exit code is 0 all the same.
    Bad:
        vrf red
         vni 100
        exit-vrf
        exit
        ip route 192.0.2.0/24 blackhole
    Good:
        vrf red
         vni 100
        exit-vrf
        ip route 192.0.2.0/24 blackhole
    """
    if config.left is not None and config.unread is not None:
        follows = "FRR does not read what follows"
        if config.release < EARLY_EXIT_ENDS_READING:
            if not exits_behind(config, config.left):
                return  # FRR007
            follows = "FRR refuses what follows, and the exit code of vtysh is 0"
        what = f"`{config.left.text}` with nothing to leave: {follows}"
        label = config.unread.label("the first command that is not read")
        yield Problem(config.left, what, (label,), help="remove it, or find the block that was closed twice")


@rule("FRR102", "block-left-open", Severity.INFO)
def block_left_open(config: Configuration) -> Iterator[Problem]:
    """A block that nothing closes ends where a line comes that it does not know.

    What: a block without `exit` (`exit-vrf`, `exit-address-family`) that a line ends which is no header itself, or in a file that
        closes other blocks of the kind. The first of each kind is reported, with how many there are.
    Why: vtysh walks up until a level knows the line (vtysh/vtysh.c: vtysh_mark_file), so that the place where the block
        ends changes with the commands that it knows in a version of FRR.
    Bad:
        interface eth0
         ip address 192.0.2.1/24
        ip forwarding
        interface eth1
         ip address 198.51.100.1/24
        exit
    Good:
        interface eth0
         ip address 192.0.2.1/24
        exit
        ip forwarding
    """
    waiting = [one for one in config.derive(unclosed) if one.ender is not None]
    if not waiting:
        return
    closed = {command.opens.node for command in config.commands if command.opens is not None and command.opens.closer}
    headers = {command.statement.number for command in config.commands if command.opens is not None}
    found: dict[str, list[Unclosed]] = {}
    for one in waiting:
        if one.block.node in closed or (one.ender and one.ender.number not in headers):
            found.setdefault(one.block.node, []).append(one)
    for node, blocks in found.items():
        first = min(blocks, key=lambda one: one.block.header.number)
        closer = closer_of(node)
        others = f", nor are {count(len(blocks) - 1, 'other block')} of this kind" if len(blocks) > 1 else ""
        label = Label(first.ender.span, "it ends here, where it does not know the line") if first.ender else None
        what = f"this block is not closed by `{closer}`{others}"
        yield Problem(first.block.header.span, what, (label,) if label else (), help=f"write `{closer}` at its end")


def _line_before(line: Statement, block: Block, closer: str) -> Edit:
    """An edit that closes a block before a line, indented as the block's header."""
    at = Span(line.path, line.number, 1, line.number, 1)
    return Edit(at, " " * indent(block.header) + closer + "\n")


@rule("FRR103", "vrf-read-as-vrf-policy", Severity.ERROR)
def vrf_read_as_vrf_policy(config: Configuration) -> Iterator[Problem]:
    """`vrf X` in an open `router bgp` is not the VRF: FRR takes it for `vrf-policy X`, abbreviated.

    What: a `vrf X` after BGP lines, without the `exit` that leaves `router bgp`.
    Why: vtysh completes `vrf` to the only command of the BGP node that begins so, `vrf-policy` (bgpd/rfapi/bgp_rfapi_cfg.c).
        What follows lands elsewhere: `vni 100` in the default VRF.
    Bad:
        router bgp 64512
         bgp router-id 192.0.2.1
        !
        vrf red
         vni 100
    Good:
        router bgp 64512
         bgp router-id 192.0.2.1
        exit
        !
        vrf red
         vni 100
        exit-vrf
    """
    for command in config.opened("vrf-policy"):
        written = command.statement.words[0]
        if "vrf".startswith(written) and command.block is not None:
            label = Label(command.block.header.span, "this block is still open")
            what = f"in `{' '.join(command.block.words)}` this is `vrf-policy {command.words[-1]}`, and no VRF"
            edit = _line_before(command.statement, command.block, "exit") if command.block.closer is None else None
            yield Problem(command, what, (label,), help="close `router bgp` with `exit` before it", edit=edit)


@rule("FRR104", "line-taken-by-open-block", Severity.ERROR)
def line_taken_by_open_block(config: Configuration) -> Iterator[Problem]:
    """A line that stands behind a block, by its indentation, but that the block takes since nothing closed it.

    What: a line that the block and the level above both know, indented as the level above, where the block's own lines
        are indented deeper and no `exit` stands between.
    Why: FRR ignores indentation, and leaves a block by itself only for a line that the block does not know
        (vtysh/vtysh.c). A static route after an open `vrf red` is a route of VRF red.
    Bad:
        vrf red
         vni 100
        !
        ip route 192.0.2.0/24 198.51.100.1
    Good:
        vrf red
         vni 100
        exit-vrf
        !
        ip route 192.0.2.0/24 198.51.100.1
    """
    for one in config.derive(unclosed):
        for command in _dedented(config, one.block):
            if _known_above(config, one.block.node, command):
                here, closer = " ".join(one.block.words), closer_of(one.block.node)
                yield Problem(
                    command,
                    f"FRR takes this for a line of `{here}`, which is still open",
                    (Label(one.block.header.span, "this block is not closed"),),
                    help=f"write `{closer}` before it; if it does belong to the block, indent it",
                    edit=_line_before(command.statement, one.block, closer),
                )
                break


def _dedented(config: Configuration, block: Block) -> Iterator[Command]:
    """The commands of a block that stand no deeper than its header, after one that does."""
    outer, deeper = indent(block.header), False
    for command in config.within(block):
        if indent(command.statement) > outer:
            deeper = True
        elif deeper:
            yield command


def _known_above(config: Configuration, node: str, command: Command) -> bool:
    """Whether a level around a node has the command, too. `end` is every level's; `vrf` in `router bgp` is FRR103's."""
    known = table(config.release)
    if command.words[0] == "end" or (command.opens is not None and command.opens.node == "vrf-policy"):
        return False
    return any(known.matcher(nodes()[name].frr).accepts(command.words) for name in nodes()[node].ancestors)


@rule("FRR105", "line-leaves-block", Severity.WARNING)
def line_leaves_block(config: Configuration) -> Iterator[Problem]:
    """A line that stands in a block, by its indentation, but that belongs further up, so that FRR has left the block.

    What: a line indented as those of the block before it, which the block does not know and a level above does.
    Why: FRR ignores indentation; the line, and all after it, are read above (vtysh/vtysh.c). In an address family the
        symptom is an `exit-address-family` that is refused some lines later.
    Bad:
        interface eth0
         ip address 192.0.2.1/24
         route-map all permit 10
        exit
    Good:
        interface eth0
         ip address 192.0.2.1/24
        exit
        route-map all permit 10
        exit
    """
    for one in config.derive(unclosed):
        ender, header = one.ender, one.block.header
        if ender is None or indent(ender) <= indent(header):
            continue
        before = [command.statement for command in config.within(one.block)]
        if before and all(indent(ender) >= indent(line) > indent(header) for line in before):
            here = " ".join(one.block.words)
            yield Problem(
                ender.span,
                f"`{here}` does not know this: FRR leaves the block here, and reads what follows further up",
                (Label(header.span, "the block that it seems to stand in"),),
                help=f"move it out of the block, or write `{closer_of(one.block.node)}` before it and indent it less",
            )


@rule("FRR106", "exit-of-another-block", Severity.WARNING)
def exit_of_another_block(config: Configuration) -> Iterator[Problem]:
    """An `exit` that is indented as the block around, but closes the inner one.

    What: an `exit` that stands as deep as an outer block's header, while an inner block is still open.
    Why: FRR ignores indentation, and `exit` leaves one level only (lib/command.c: cmd_exit): the outer block stays open.
    Bad:
        router bgp 64512
         address-family ipv4 unicast
          network 192.0.2.0/24
        exit
        route-map all permit 10
        exit
    Good:
        router bgp 64512
         address-family ipv4 unicast
          network 192.0.2.0/24
         exit-address-family
        exit
        route-map all permit 10
        exit
    """
    for command in config.headers if config.derive(unclosed) else ():
        block = command.opens
        if (
            block is None
            or block.closer is None
            or command.block is None
            or block.closer.words[0] not in {"exit", "quit"}
        ):
            continue
        outer = command.block.header
        if command.block.closer is None and indent(block.closer) <= indent(outer) < indent(block.header):
            yield Problem(
                block.closer.span,
                f"this closes `{' '.join(block.words)}`; `{' '.join(command.block.words)}` stays open",
                (Label(block.header.span, "what it closes"), Label(outer.span, "what stays open")),
                help=f"write `{closer_of(block.node)}` before it",
                edit=_line_before(block.closer, block, closer_of(block.node)),
            )


@rule("FRR107", "nothing-to-close", Severity.ERROR)
def nothing_to_close(config: Configuration) -> Iterator[Problem]:
    """An `exit-address-family` or the like where no such block is open.

    What: a closer of a certain kind of block, outside of it: the block was closed already, or never opened. FRR006 tells
        of those whose block another line has left.
    Why: FRR refuses the closer as an unknown command: it is installed in the nodes that it closes only (bgpd/bgp_vty.c:
        exit_address_family_cmd, vtysh/vtysh.c: exit_vrf_config_cmd).
    Bad:
        router bgp 64512
         address-family ipv4 unicast
          network 192.0.2.0/24
         exit
         exit-address-family
        exit
    Good:
        router bgp 64512
         address-family ipv4 unicast
          network 192.0.2.0/24
         exit-address-family
        exit
    """
    closers = closing_words()
    stray = [c for c in config.unknown if c.opens is None and len(c.words) == 1 and c.words[0] in closers]
    if not stray:
        return
    endings = sorted(_endings(config), key=lambda ending: ending[1].number)
    for kind in {command.words[0] for command in stray}:
        closed = {name for name, node in nodes().items() if node.closes([kind])}
        its = [(block, by) for block, by in endings if block.node in closed]
        for command in stray:
            if command.words[0] == kind:
                before = bisect_left(its, command.statement.number, key=lambda ending: ending[1].number)
                yield from _nothing_open(command, its[before - 1] if before else None)


def _nothing_open(command: Command, last: tuple[Block, Statement] | None) -> Iterator[Problem]:
    """A closer, and the last block of its kind before it with the line that ended that."""
    if last is None or last[1] is last[0].closer:
        labels = (Label(last[1].span, f"this closed `{' '.join(last[0].words)}`"),) if last else ()
        yield Problem(
            command, f"`{command.words[0]}` with no such block open: FRR refuses it", labels, help="remove it"
        )


def _endings(config: Configuration) -> Iterator[tuple[Block, Statement]]:
    """Every block with the line that ended it, its closer or another one."""
    yield from ((one.block, one.ender) for one in config.derive(unclosed) if one.ender is not None)
    for command in config.commands:
        if command.opens is not None and command.opens.closer is not None:
            yield command.opens, command.opens.closer


@rule("FRR108", "end-in-the-middle", Severity.INFO)
def end_in_the_middle(config: Configuration) -> Iterator[Problem]:
    """An `end` that ends nothing, with commands after it.

    What: `end` before the last command. Only at the very end of a file does it say what it seems to.
    Why: vtysh skips the line, without leaving a block (vtysh/vtysh.c: vtysh_mark_file), while a daemon that reads the file by
        itself leaves the configuration there (lib/command.c: config_end).
    Bad:
        vrf red
         vni 100
        end
        ip route 192.0.2.0/24 blackhole
    Good:
        vrf red
         vni 100
        exit-vrf
        ip route 192.0.2.0/24 blackhole
        end
    """
    last = config.commands[-1] if config.commands else None
    ends = chain.from_iterable(config.of(node, "end") for node in nodes())
    for command in chain(ends, config.unknown):
        if command.words == ("end",) and last and command.span.line < last.span.line:
            what = "`end` in the middle: vtysh skips it, and reads on in the block that is open"
            yield Problem(command, what, help="close the block with its `exit`, and leave this line out")
