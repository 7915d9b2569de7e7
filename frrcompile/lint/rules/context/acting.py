"""Acting: lines that vtysh or a daemon carries out instead of configuring anything, or that frr-reload.py misreads."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.syntax.acting import FIRSTS, Act, Kind, acts_in
from frrcompile.syntax.lines import Statement


@rule("FRR117", "vtysh-acts-on-file", Severity.ERROR)
def vtysh_acts_on_file(config: Configuration) -> Iterator[Problem]:
    """vtysh opens or looks up a file itself, while it only checks the configuration.

    What: `output file`, which `vtysh -C`, `-m` (frr-reload.py) and `-f` open in every block, and `banner motd file`.
    Why: vtysh carries out its own commands while it reads a file (vtysh/vtysh.c: vtysh_output_file; lib/command.c:
        cmd_banner_motd_file), with the rights of the user who checks. No daemon shows these lines, so that no reload converges.
    Bad:
        output file /var/log/frr/commands
    Good:
        log file /var/log/frr/frr.log
    """
    yield from _problems(config, Kind.FILE, "remove the line; `banner motd file` belongs in vtysh.conf")


@rule("FRR118", "vtysh-runs-program", Severity.ERROR)
def vtysh_runs_program(config: Configuration) -> Iterator[Problem]:
    """Behind an `exit` too many vtysh runs programs and overwrites files, while it only checks the configuration.

    What: a command of vtysh's enable node that starts a program, loads another file or writes FRR's configuration.
    Why: an `exit` at the top takes `vtysh -m` (frr-reload.py), and `quit` also `-C` and `-f`, to the enable node, and the
        lines behind it are carried out there (vtysh/vtysh.c: vtysh_exit, vtysh_mark_file).
    Bad:
        exit
        write memory
    Good:
        log file /var/log/frr/frr.log
    """
    yield from _problems(config, Kind.PROGRAM, "remove the line: it is no configuration")


@rule("FRR119", "vtysh-session-command", Severity.ERROR)
def vtysh_session_command(config: Configuration) -> Iterator[Problem]:
    """A command of a vtysh session, which prints text or changes the terminal: it is no configuration.

    What: `find`, `list`, `show`, `terminal`, `do`, `clear` alone, and the marks that vtysh itself puts around a configuration.
    Why: vtysh carries it out while it reads the file (vtysh/vtysh.c: vtysh_install_default). What it prints is read by
        frr-reload.py as lines of the configuration. vtysh 10.7.1 ends on a segmentation fault at a bare `clear`.
    Bad:
        terminal paginate
    Good:
        log timestamp precision 3
    """
    yield from _problems(config, Kind.SESSION, "remove the line: it is no configuration")


@rule("FRR120", "action-command", Severity.ERROR)
def action_command(config: Configuration) -> Iterator[Problem]:
    """A daemon carries the line out once, when FRR reads the file: it is an action and no configuration.

    What: `mgmt` with any of its commands, `test es`, and `rpki reset`.
    Why: mgmtd loads, saves, edits and commits configuration for `mgmt` (mgmtd/mgmt_vty.c), the others change bgpd's state. FRR
        shows no such line in its configuration, so no comparison finds what it did, and no rollback takes it back.
    Bad:
        mgmt load-config /etc/frr/other.json merge
    Good:
        log timestamp precision 3
    """
    yield from _problems(config, Kind.DAEMON, "remove the line, and write what it configures as lines of the file")


@rule("FRR121", "header-of-no-block", Severity.ERROR)
def header_of_no_block(config: Configuration) -> Iterator[Problem]:
    """frr-reload.py takes a line of its own for the header of a block, and puts the lines behind it into that block.

    What: `route-map NAME optimization`, which opens no block in FRR.
    Why: frr-reload.py knows headers by their first word (tools/frr-reload.py: load_contexts). It never finds this file in FRR.
        FRR optimizes every route map unless a line `no route-map NAME optimization` says otherwise.
    Bad:
        route-map PODS permit 10
        exit
        route-map PODS optimization
    Good:
        route-map PODS permit 10
        exit
    """
    yield from _problems(config, Kind.HEADER, "remove the line: it is FRR's default")


def _problems(config: Configuration, kind: Kind, help: str) -> Iterator[Problem]:
    for statement, act in config.derive(_acts):
        if act.kind is kind:
            yield Problem(statement.span, act.verdict("this line"), help=help)


def _acts(config: Configuration) -> list[tuple[Statement, Act]]:
    """Every line that is no configuration, wherever it stands: also where FRR does not know it or reads no further."""
    if config.left is not None:
        return acts_in(config.tree.lines())
    begun = chain(config.begun_by(FIRSTS), config.shortened, config.unknown)
    lines = {one.statement.number: one.statement for one in begun}
    return acts_in(lines[number] for number in sorted(lines))
