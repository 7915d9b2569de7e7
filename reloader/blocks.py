"""What frr-reload.py lists wrongly of interfaces: each line inside goes by a `no` of its own.

10.3 lists `no interface X` for a block that the file lacks. FRR takes that for no interface that the kernel has, and its
mgmtd may end on it. 10.7.1 lists no empty `link-params`, which zebra shows and acts on. Both show no `enable` in it: the
block is enabled where it is shown, in 8.4 as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reloader import plain
from reloader.residual import Difference

NO_INTERFACE = "no interface "
LINK_PARAMS = "link-params"


def concerned(listed: Iterable[Difference], texts: Mapping[str, str]) -> bool:
    """Whether `of_interfaces` may change the list; `texts` is what each daemon shows."""
    return any(_ends_interface(one) for one in listed) or any(f"\n {LINK_PARAMS}" in text for text in texts.values())


def of_interfaces(listed: Iterable[Difference], running: str, wanted: str) -> list[Difference]:
    """The list with the lines of each interface that goes, and with each `link-params` that the file lacks, once."""
    have, want = plain.lines(running), plain.lines(wanted)
    links = [path for path in have if path[1:] == (LINK_PARAMS,) and path[0].startswith("interface ")]
    gone = {path for path in links if path not in want}
    enabled = {Difference("add", (*path, "enable")) for path in links}
    kept: list[Difference] = []
    for one in listed:
        if _ends_interface(one):
            header = one.path[0].removeprefix("no ")
            inside = (path for path in have if path[:1] == (header,) and len(path) == 2)
            kept += [Difference("delete", (header, _negated(path[1]))) for path in inside if path not in gone]
        elif one not in enabled and (one.path[0], *(line.removeprefix("no ") for line in one.path[1:2])) not in gone:
            kept.append(one)
    return [*kept, *(Difference("delete", (header, f"no {LINK_PARAMS}")) for header, _ in sorted(gone))]


def _ends_interface(one: Difference) -> bool:
    return len(one.path) == 1 and one.path[0].startswith(NO_INTERFACE)


def _negated(line: str) -> str:
    return line.removeprefix("no ") if line.startswith("no ") else f"no {line}"
