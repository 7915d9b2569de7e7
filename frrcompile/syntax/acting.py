"""Lines that are no configuration: vtysh or a daemon carries them out, or frr-reload.py misreads all that is behind them.

`vtysh -C`, `-m` (which frr-reload.py runs) and `-f` execute each line by their own command table. Most of these commands
only change the node or are sent to daemons; those here open files, run programs or print into the output that other
programs read. Every command of every node that `find .` lists was tried under `strace` with FRR 8.4.4, 10.3 and 10.7.1:
`output file` opens its file in each node, and behind an `exit` at the top vtysh is in its enable node, where it runs
`ping` and the like as programs, with its own user's rights. `clear` alone ends vtysh 10.7.1 in each node.

A daemon carries out the commands of `Kind.DAEMON` when FRR reads the file. They change FRR, and no rollback of the file takes the
change back. All commands of the configuration's nodes (`grammar/commands.json`) were read for others of that kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from frrcompile.facts.boundaries import LONG_LINES
from frrcompile.facts.releases import BEFORE_ALL, Release
from frrcompile.syntax.lines import Line, Statement

LINE_LIMITS = ((LONG_LINES, 8191), (BEFORE_ALL, 4095))
"""The longest line in bytes that vtysh reads as one, by the first release of FRR; the rest becomes a line of its own."""


ANY = "*"
"""In the words of a command: any one word."""


class Kind(Enum):
    """What FRR does with such a line."""

    FILE = "file"
    PROGRAM = "program"
    SESSION = "session"
    DAEMON = "daemon"
    HEADER = "header"


class Act(NamedTuple):
    """A command that is no configuration: `words` as vtysh completes them (ANY is a name).

    `more` is whether an argument must follow. With `alone` nothing may follow: with more words the line is another command,
    such as `line vty`, shortened, or `clear log filter-text`. `does` is what it does; its subject is the program that carries
    it out. `shortest` is the number of letters that the first word has at least, where other commands begin with the same ones.
    """

    words: tuple[str, ...]
    kind: Kind
    does: str
    more: bool = False
    shortest: int = 1
    alone: bool = False

    def fits(self, words: Sequence[str]) -> bool:
        """Whether the line's words are this command, each word whole or shortened."""
        if len(words) < len(self.words) + self.more or len(words[0]) < self.shortest or (self.alone and len(words) > 1):
            return False
        for word, whole in zip(words, self.words, strict=False):  # all() with a generator takes three times as long
            if not word or (whole is not ANY and not whole.startswith(word)):
                return False
        return True

    def verdict(self, line: str) -> str:
        """What FRR does with a line that is this command. `line` names it, such as "this line"."""
        if self.kind is Kind.DAEMON:
            return f"{line} is no configuration: FRR carries it out once, when it reads the file, and it {self.does}"
        if self.kind is Kind.HEADER:
            return f"frr-reload.py takes {line} for the header of a block: it {self.does}"
        return f"vtysh carries out {line} itself, also while it only checks the file: it {self.does}"


_PRINTS = "prints its own command list into the output that frr-reload.py reads as configuration"
_TERMINAL = "changes its own terminal session"
_DO = "leaves the configuration for this command, and ends the line without an error where it does not know it"
_FRAME = "tells every daemon that a configuration begins or ends"

ACTS = (
    Act(("output", "file"), Kind.FILE, "opens the file and creates it where it is missing", more=True),
    Act(("no", "output", "file"), Kind.FILE, "closes its own output file"),
    Act(("banner", "motd", "file"), Kind.FILE, "looks the file up, and no daemon ever shows the line", more=True),
    Act(("ping",), Kind.PROGRAM, "runs the program `ping`", more=True),
    Act(("traceroute",), Kind.PROGRAM, "runs the program `traceroute`", more=True),
    Act(("mtrace",), Kind.PROGRAM, "runs the program `mtracebis`", more=True),
    Act(("start-shell",), Kind.PROGRAM, "starts a shell", shortest=3),
    Act(("ssh",), Kind.PROGRAM, "runs the program `ssh`", more=True, shortest=3),
    Act(("telnet",), Kind.PROGRAM, "runs the program `telnet`", more=True, shortest=3),
    Act(("copy",), Kind.PROGRAM, "loads another file, or overwrites FRR's configuration file", more=True),
    Act(("write",), Kind.PROGRAM, "overwrites FRR's configuration file"),
    Act(("find",), Kind.SESSION, _PRINTS, more=True),
    Act(("list", "permutations"), Kind.SESSION, _PRINTS),
    Act(("show", "cli", "graph"), Kind.SESSION, _PRINTS),
    Act(("show",), Kind.SESSION, _PRINTS, more=True, shortest=3),
    Act(("list",), Kind.SESSION, _PRINTS, alone=True),
    Act(("clear",), Kind.SESSION, "ends on a segmentation fault in FRR 10.7", alone=True),
    Act(("terminal", "paginate"), Kind.SESSION, _TERMINAL),
    Act(("terminal", "length"), Kind.SESSION, _TERMINAL),
    Act(("terminal", "monitor"), Kind.SESSION, _TERMINAL),
    Act(("terminal", "no"), Kind.SESSION, _TERMINAL),
    Act(("no", "terminal"), Kind.SESSION, _TERMINAL),
    Act(("do",), Kind.SESSION, _DO, more=True, shortest=2),
    Act(("XFRR_start_configuration",), Kind.SESSION, _FRAME),
    Act(("XFRR_end_configuration",), Kind.SESSION, _FRAME),
    Act(
        ("mgmt",),
        Kind.DAEMON,
        "has mgmtd change or save configuration, which no rollback takes back",
        more=True,
        shortest=2,
    ),
    Act(("test", "es"), Kind.DAEMON, "has bgpd pretend to learn an Ethernet segment", more=True),
    Act(("no", "test", "es"), Kind.DAEMON, "has bgpd pretend to lose an Ethernet segment", more=True),
    Act(("rpki", "reset"), Kind.DAEMON, "ends and opens again the sessions with the RPKI caches"),
    Act(
        ("route-map", ANY, "optimization"),
        Kind.HEADER,
        "takes every line behind it for a line of that block, and cannot compare FRR with the file",
    ),
)
"""Every such command. `exit` and `quit` are not here: they are harmless without one of these behind them."""


def _by_first() -> dict[str, tuple[Act, ...]]:
    """The commands that a line's first word may begin, by each form of that word."""
    found: dict[str, tuple[Act, ...]] = {}
    for act in ACTS:
        first = act.words[0]
        for length in range(act.shortest, len(first) + 1):
            found[first[:length]] = (*found.get(first[:length], ()), act)
    return found


_BY_FIRST = _by_first()

FIRSTS = frozenset(_BY_FIRST) | {
    act.words[1][:length] for act in ACTS if act.words[0] == "no" for length in range(1, len(act.words[1]) + 1)
}
"""The words that these commands may begin with, also behind `no`, whole or shortened."""


def acts_in(lines: Iterable[Line]) -> list[tuple[Statement, Act]]:
    """The lines that are no configuration, each with its command."""
    begun = [line for line in lines if isinstance(line, Statement) and line.words[0] in _BY_FIRST]
    return [(line, act) for line in begun if (act := act_of(line.words))]


def act_of(words: Sequence[str]) -> Act | None:
    """The command that is no configuration and that a line's words are, None for any other line. Takes well under a microsecond."""
    acts = _BY_FIRST.get(words[0]) if words else None
    if acts is None:
        return None
    return next((act for act in acts if act.fits(words)), None)


def longest_line(release: Release) -> int:
    """The longest line in bytes, its line feed left aside, that vtysh of this release of FRR reads as one."""
    return next(limit for first, limit in LINE_LIMITS if release >= first)
