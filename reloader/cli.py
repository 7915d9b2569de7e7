"""frr-reloader: the command line."""

from __future__ import annotations

import argparse
import contextlib
import grp
import pwd
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from frrcompile.arguments import Parser
from frrcompile.output import complain
from reloader.settings import DEFAULT_STATE, DEFAULT_STATUS, Settings, WrongUseError

FRR_USER = "frr"
DESCRIPTION = """\
Brings a running FRR to the frr.conf that lands in a directory, and proves it: the file is checked, what differs is
applied, and then FRR is compared with it. A file that is refused changes nothing in FRR; one that FRR takes only in
part is rolled back to the last good one.
"""
EXAMPLES = """\
examples:
  frr-reloader --watch /etc/frr                                 beside FRR, where the volume is FRR's directory
  frr-reloader --watch /offered --boot-file /etc/frr/frr.conf   FRR boots what was verified last
  frr-reloader --watch /offered --once                          one look; the verdict is the exit code
  frr-reloader status                                           what came of the last file, in words
  frr-reloader wait --hash $(sha256sum frr.conf | cut -c-64)    until there is a verdict on this very file
  kill -HUP PID                                                 look now, and try a refused file again
  curl -X POST --unix-socket /run/frr-reloader/socket http://localhost/reload   the same; the answer is the verdict

exit codes: 0 good, unchanged, or told to end; 1 any other verdict; 2 wrong use, or it could not look; 3 a timeout.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code of one command line. Wrong use is one sentence on standard error."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        if words[:1] in (["status"], ["wait"]):
            return _ask(words[0], words[1:])
        return _run(_parser().parse_args(words))
    except SystemExit as end:  # argparse: --help, or wrong use
        return end.code if isinstance(end.code, int) else 2
    except WrongUseError as error:
        complain(str(error), "frr-reloader")
        return 2
    except (OSError, MemoryError, RuntimeError) as error:
        from reloader.limits import shortage

        if not shortage(error):
            raise
        complain(f"{shortage(error)}: it cannot start; raise the limit", "frr-reloader")
        return 2
    except KeyboardInterrupt:
        return 2


def _run(options: argparse.Namespace) -> int:
    from reloader.start import run  # here: status and wait need none of it

    settings = Settings(
        watch=options.watch.absolute(),
        file=options.file,
        state=options.state.absolute(),
        status=options.status.absolute(),
        boot_file=options.boot_file and options.boot_file.absolute(),
        config_dir=options.config_dir.absolute(),
        vtysh=options.vtysh.absolute(),
        frr_reload=options.frr_reload.absolute(),
        vty_socket=options.vty_socket.absolute(),
        pathspace=options.pathspace,
        engine=options.engine,
        allow_empty=options.allow_empty,
        once=options.once,
        poll=options.poll,
        step_timeout=options.step_timeout,
        lint=not options.no_lint,
        lint_ignore=tuple(options.lint_ignore),
        socket=options.socket and options.socket.absolute(),
        socket_group=options.socket_group,
        listen=options.listen,
        listen_names=tuple(options.listen_name),
        allow_tcp_reload=options.allow_tcp_reload,
        signal_listen=options.signal_listen,
        health_gate=options.health_gate,
        drift_check=options.drift_check,
        drift_repair=options.drift_repair,
    )
    return run(settings, options.log)


def _ask(verb: str, words: list[str]) -> int:
    from reloader import asking

    parser = Parser(prog=f"frr-reloader {verb}", allow_abbrev=False)
    parser.add_argument("--status", type=Path, default=DEFAULT_STATUS, metavar="FILE", help=_help_default())
    whose = "the sidecar's user, who is believed beside root, this user and frr: a name or an id"
    parser.add_argument("--user", type=user, metavar="USER", help=whose)
    if verb == "status":
        options = parser.parse_args(words)
        return asking.show(options.status, _believed(options.user))
    parser.add_argument("--hash", type=sha256, metavar="SHA256", help="of the file that is waited for (any offered)")
    parser.add_argument("--timeout", type=seconds, default=60.0, metavar="SECONDS", help="default: 60")
    options = parser.parse_args(words)
    return asking.wait(options.status, options.hash, options.timeout, _believed(options.user))


def _believed(named: int | None) -> tuple[int, ...]:
    """The ids of the users that may be the sidecar's: FRR's own user can change FRR by itself, and is trusted as FRR is."""
    with contextlib.suppress(KeyError):
        return (pwd.getpwnam(FRR_USER).pw_uid, *(() if named is None else (named,)))
    return () if named is None else (named,)


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="frr-reloader",
        usage="frr-reloader --watch DIR [options]\n       frr-reloader status|wait [--help]",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        allow_abbrev=False,
    )
    add = parser.add_argument_group("the file").add_argument
    add("--watch", type=Path, metavar="DIR", required=True, help="the directory where configurations land")
    add("--file", default="frr.conf", metavar="NAME", help="the file's name in it (frr.conf)")
    add("--allow-empty", action="store_true", help="take an empty file, which removes all configuration")
    add("--no-lint", action="store_true", help="do not refuse what frrcompile lint calls an error")
    ignored = (
        "do not refuse errors with these codes, such as FRR441,FRR3xx; what vtysh would carry out is refused anyway"
    )
    add("--lint-ignore", type=codes, action="append", default=[], metavar="CODES", help=ignored)
    add("--boot-file", type=Path, metavar="FILE", help="write each verified file here, where FRR boots from")
    add = parser.add_argument_group("FRR").add_argument
    add("--engine", choices=["batch", "frr-reload"], default="batch", help="how a file is applied (batch)")
    add("--vtysh", type=Path, default=Path("/usr/bin/vtysh"), metavar="PATH", help="(/usr/bin/vtysh)")
    frr_reload = Path("/usr/lib/frr/frr-reload.py")
    add("--frr-reload", type=Path, default=frr_reload, metavar="PATH", help=f"({frr_reload})")
    add("--vty-socket", type=Path, default=Path("/run/frr"), metavar="DIR", help="FRR's sockets (/run/frr)")
    add("--pathspace", metavar="NAME", help="FRR's -N NAME, where it runs with one")
    add("--config-dir", type=Path, default=Path("/etc/frr"), metavar="DIR", help="FRR's own; only compared (/etc/frr)")
    add = parser.add_argument_group("after a change").add_argument
    gate = "roll back where a BGP session that was Established is not so again by then (0: not looked at)"
    add("--health-gate", type=seconds, default=0.0, metavar="SECONDS", help=gate)
    add("--drift-check", type=seconds, default=300.0, metavar="SECONDS", help="compare FRR so often (300; 0: never)")
    add("--drift-repair", action="store_true", help="put right what somebody changed in FRR by hand")
    add = parser.add_argument_group("asking it (all off by default; HOST may be left out: 127.0.0.1)").add_argument
    paths = "POST /reload, GET /status /livez /readyz /metrics"
    add("--socket", type=Path, metavar="PATH", help=f"HTTP on a Unix socket: {paths}")
    members = "members of this group may use the socket too (only root and the sidecar's own user may)"
    add("--socket-group", type=group, metavar="GROUP", help=members)
    add("--listen", type=address, metavar="HOST:PORT", help="HTTP on TCP, without a password: the GET paths only")
    names = "accept this name in the Host header, beside IP addresses and localhost; may be given several times"
    add("--listen-name", type=host_name, action="append", default=[], metavar="NAME", help=names)
    allow = "allow POST /reload on --listen too, for all clients that reach it, web pages excepted (off)"
    add("--allow-tcp-reload", action="store_true", help=allow)
    port = "look when any TCP connection arrives here, whatever it sends; at most two looks a second"
    add("--signal-listen", type=address, metavar="HOST:PORT", help=port)
    add = parser.add_argument_group("the sidecar").add_argument
    add("--state", type=Path, default=DEFAULT_STATE, metavar="DIR", help=f"its memory ({DEFAULT_STATE})")
    add("--status", type=Path, default=DEFAULT_STATUS, metavar="FILE", help=_help_default())
    add("--once", action="store_true", help="one look, then end; the exit code is the verdict")
    add("--poll", type=period, default=3.0, metavar="SECONDS", help="look at least this often (3)")
    add("--step-timeout", type=period, default=180.0, metavar="SECONDS", help="the longest run of one program (180)")
    add("--log", choices=["text", "json"], default="text", help="form of the log on standard error (text)")
    return parser


def _help_default() -> str:
    return f"the status file ({DEFAULT_STATUS})"


def seconds(text: str) -> float:
    """A number of seconds."""
    value = float(text)
    if not 0 <= value < 1e9:
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds")
    return value


def codes(text: str) -> str:
    """Codes of the linter, or beginnings of codes, with commas between them."""
    if not re.fullmatch(r"FRR\d{0,3}X*(?:,FRR\d{0,3}X*)*", text.upper()):
        raise argparse.ArgumentTypeError(f'"{text}" is not a list of codes, such as FRR441,FRR3xx')
    return text


def period(text: str) -> float:
    """A number of seconds that is not too short to look or work in."""
    return max(0.05, seconds(text))


def address(text: str) -> tuple[str, int]:
    """HOST:PORT, [HOST]:PORT, :PORT or PORT; without a host the loopback address."""
    host, _, port = text.rpartition(":")
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise argparse.ArgumentTypeError(f'"{text}" is not HOST:PORT, such as 127.0.0.1:7080')
    return host.removeprefix("[").removesuffix("]") or "127.0.0.1", int(port)


def user(text: str) -> int:
    """The id of a user, given by its name or its id."""
    if text.isascii() and text.isdigit() and int(text) < 2**32 - 1:
        return int(text)
    try:
        return pwd.getpwnam(text).pw_uid
    except (KeyError, ValueError) as error:
        raise argparse.ArgumentTypeError(f'there is no user "{text}"; give a name from /etc/passwd or an id') from error


def group(text: str) -> int:
    """The id of a group, given by its name or its id."""
    if text.isascii() and text.isdigit() and int(text) < 2**32 - 1:
        return int(text)
    try:
        return grp.getgrnam(text).gr_gid
    except (KeyError, ValueError) as error:
        raise argparse.ArgumentTypeError(f'there is no group "{text}"; give a name from /etc/group or an id') from error


def host_name(text: str) -> str:
    """A host's name as it is compared with a Host header."""
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,253}", text):
        raise argparse.ArgumentTypeError(f'"{text}" is not the name of a host, such as node-0.example.net')
    return text.lower().rstrip(".")


def sha256(text: str) -> str:
    """A sha256 in hexadecimal."""
    if len(text) != 64 or not set(text.lower()) <= set("0123456789abcdef"):
        raise argparse.ArgumentTypeError(f'"{text}" is not a sha256: it has 64 hexadecimal digits')
    return text.lower()
