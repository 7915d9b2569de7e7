"""Our own list of what differs, line by line, for the cases in which frr-reload.py breaks down over its own.

8.4.4 and 10.3 end on `UnboundLocalError: rm_match` where a neighbour loses a route map and all that is new in BGP are new
blocks. Nothing is known here of commands that mean the same in other words, so such lines are taken away and added
again; the judge looks afterwards as ever.
"""

from __future__ import annotations

from frrcompile.syntax.reader import read  # at once: an import fails where no file descriptor is left
from reloader.residual import Difference, is_harmless

Path = tuple[str, ...]
# Blocks without a `no` of their own: they are gone when they are empty.
KEPT = ("address-family ", "interface ")


def differences(wanted: str, running: str) -> tuple[Difference, ...]:
    """What takes a router from `running`, as FRR shows it, to the file `wanted`."""
    want, have = lines(wanted), lines(running)
    found = []
    gone: list[Path] = []
    for path, opens in have.items():
        if path in want or any(path[: len(above)] == above for above in gone):
            continue
        if opens and path[-1].startswith(KEPT):
            continue
        if opens:
            gone.append(path)
        leaf = path[-1].removeprefix("no ") if path[-1].startswith("no ") else f"no {path[-1]}"
        found.append(Difference("delete", (*path[:-1], leaf)))
    found += [Difference("add", path) for path in want if path not in have]
    said = {path[0] for path in want if len(path) == 1}
    return tuple(one for one in found if not is_harmless(one, said))


def lines(text: str) -> dict[Path, bool]:
    """Every command with the contexts that it is in, and whether it opens one."""
    found: dict[Path, bool] = {}
    tree = read(text)
    headers = {block.header for _, block in tree.contexts()}
    closers = {block.closer for _, block in tree.contexts()}
    for around, command in tree.walk():
        if command not in closers and command.words != ("end",):
            path = (*(" ".join(block.words) for block in around), " ".join(command.words))
            found[path] = found.get(path, False) or command in headers
    return found
