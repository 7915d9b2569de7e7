"""What frr-reload.py lists wrongly of interfaces and of segment routing: each line inside goes by a `no` of its own.

10.3 lists `no interface X` for a block that the file lacks. FRR takes that for no interface that the kernel has, and its
mgmtd may end on it. 10.7.1 lists no empty `link-params`, which zebra shows and acts on. Both show no `enable` in it: the
block is enabled where it is shown, in 8.4 as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from frrcompile.facts.pattern import Pattern
from frrcompile.facts.reload import LINE_BY_LINE
from reloader import plain
from reloader.residual import Difference

NO_INTERFACE = "no interface "
LINK_PARAMS = "link-params"


def concerned(listed: Iterable[Difference], texts: Mapping[str, str]) -> bool:
    """Whether `in_lines` may change the list; `texts` is what each daemon shows."""
    return any(_ends_interface(one) or _ends_container(one) for one in listed) or any(
        f"\n {LINK_PARAMS}" in text for text in texts.values()
    )


def in_lines(listed: Iterable[Difference], running: str, wanted: str) -> list[Difference]:
    """The list with the lines of each block that goes in the place of its header, where FRR asks for that."""
    have, want = plain.lines(running), plain.lines(wanted)
    return list(_of_containers(_of_interfaces(listed, have, want), have))


def _of_containers(listed: Iterable[Difference], have: Collection[plain.Path]) -> Iterator[Difference]:
    """The list with what is in each block of LINE_BY_LINE that goes. A block without lines is no difference."""
    for one in listed:
        if not _ends_container(one):
            yield one
            continue
        block = (*one.path[:-1], one.path[-1].removeprefix("no "))
        for path in have:
            between = path[len(block) - 1 : -1]
            if path[: len(block)] == block and all(map(_is_container, between)) and not _is_container(path[-1]):
                yield Difference("delete", (*path[:-1], _negated(path[-1])))


def _ends_container(one: Difference) -> bool:
    return (
        one.action == "delete"
        and one.path[-1].startswith("no ")
        and one.path[0].removeprefix("no ").startswith(("segment-routing", "router bgp "))
        and _is_container(one.path[-1].removeprefix("no "))
    )


def goes_by_lines(one: Difference) -> bool:
    """Whether it removes a line of a block that frr-reload.py removes as a whole, which FRR does not do."""
    headers = [part.removeprefix("no ") for part in one.path]
    return (
        headers[0].startswith("interface ") or headers[0] == "segment-routing" or "segment-routing srv6" in headers[1:]
    )


def _is_container(line: str) -> bool:
    return any(pattern.fits(line.split()) for pattern in _containers())


@lru_cache(maxsize=1)
def _containers() -> tuple[Pattern, ...]:
    return tuple(map(Pattern.parse, LINE_BY_LINE))


def _of_interfaces(
    listed: Iterable[Difference], have: Collection[plain.Path], want: Collection[plain.Path]
) -> list[Difference]:
    """The list with the lines of each interface that goes, and with each `link-params` that the file lacks, once."""
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
