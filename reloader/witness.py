"""Whether frr-reload.py has seen what FRR runs: the daemons themselves say so, over their sockets.

It reads the running configuration from vtysh, and cannot tell a silent vtysh from an FRR without any. On 8.4.4, 10.3 and
10.7.1 it lists `no hostname NAME` for the host name that every FRR shows, unless the file has the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from reloader import masking, running
from reloader.process import Finished
from reloader.residual import Difference

HOSTNAME = "hostname "
INTERFACE = "interface "
BLIND = "vtysh failed: it does not show frr-reload.py the configuration that FRR runs"


def blind(listed: Collection[Difference], texts: Mapping[str, str], said: Collection[str]) -> str:
    """Why the list says nothing about what FRR runs; empty where it does, or where no daemon shows a host name.

    `texts` is what each daemon shows, `said` the file's lines.
    """
    if any(one.action == "delete" for one in listed):
        return ""
    names = {line for line in said if line.startswith(HOSTNAME)}
    if names - {one.path[0] for one in listed}:
        return ""  # the same in FRR
    shown = any(line.startswith(HOSTNAME) for text in texts.values() for line in text.split("\n"))
    return BLIND if shown else ""


def beyond(texts: Mapping[str, str], said: Collection[str], vtysh: Callable[[], Finished], seconds: float) -> str:
    """Why an empty list cannot be believed: vtysh does not show all that the daemons have beyond the file; else empty.

    Only lines at the top count. `vtysh` asks for what it shows, in at most so many seconds: only where a daemon has a line
    that is not in the file, word for word.
    """
    unsaid = _unsaid(texts, said)
    if not unsaid:
        return ""
    shown = vtysh()
    if not shown.ended_well:
        return shown.failure("vtysh", seconds) or f"vtysh failed: it shows nothing (exit code {shown.code})"
    hidden = unsaid.keys() - {line.strip() for line in shown.output.split("\n")}
    if not hidden:
        return ""
    line = min(hidden)
    more = f", nor {len(hidden) - 1} other lines" if len(hidden) > 1 else ""
    return f'vtysh failed: it does not show "{masking.line(line)}", which {unsaid[line]} has{more}'


def _unsaid(texts: Mapping[str, str], said: Collection[str]) -> dict[str, str]:
    """The lines at the top that a daemon has and the file does not, and the last such daemon."""
    return {
        line: name
        for name, text in texts.items()
        for line in _at_the_top(text.split("\n"))
        if line not in said and not running.NOISE.fullmatch(line)
    }


def _at_the_top(text: Sequence[str]) -> Iterator[str]:
    """The commands at the top, without interfaces that have no line: mgmtd 10.3 shows those, and vtysh does not."""
    for line, below in zip(text, [*text[1:], ""], strict=True):
        if line and line[0] not in " !" and (below.startswith(" ") or not line.startswith(INTERFACE)):
            yield line.rstrip()


def lines(text: str) -> frozenset[str]:
    """A file's lines at the top and below, without indentation."""
    return frozenset(map(str.strip, text.split("\n")))
