"""Acting: lines that vtysh carries out itself while it reads a configuration, be it only to check it."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.syntax.acting import Act, Kind, act_of
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


def _problems(config: Configuration, kind: Kind, help: str) -> Iterator[Problem]:
    for statement, act in config.derive(_acts):
        if act.kind is kind:
            yield Problem(
                statement.span,
                f"vtysh carries this line out, also while it only checks the file: it {act.does}",
                help=help,
            )


def _acts(config: Configuration) -> list[tuple[Statement, Act]]:
    """Every line that vtysh carries out itself, wherever it stands: also where FRR does not know it or reads no further."""
    return [(line, act) for line in config.tree.lines() if isinstance(line, Statement) and (act := act_of(line.words))]
