"""Route-maps that call one another in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.symbols import Kind, symbols_of

Calls = dict[str, list[tuple[str, Command]]]


@rule("FRR204", "route-map-call-loop", Severity.ERROR, keywords=("call",))
def route_map_call_loop(config: Configuration) -> Iterator[Problem]:
    """Route-maps that call one another in a circle end bgpd and zebra.

    What: a `call` by which a route-map comes to itself, at once or by way of others.
    Why: FRR refuses a map that calls itself, and with it all route-maps and lists of that load; two that call each other
        make bgpd and zebra crash while they load (lib/routemap_northbound.c, lib/routemap.c; seen in FRR 8.4, 10.3 and
        10.7). `vtysh -C` says nothing.
    Bad:
        route-map one permit 10
         call two
        exit
        route-map two permit 10
         call one
        exit
    Good:
        route-map one permit 10
         call two
        exit
        route-map two permit 10
        exit
    """
    calls: Calls = {}
    for use in symbols_of(config).uses(Kind.ROUTE_MAP):
        block = use.command.block
        if use.command.words[0] == "call" and block is not None:
            calls.setdefault(block.words[1], []).append((use.name, use.command))
    for path in _circles(calls):
        names = [caller for caller, _ in path]
        *_, (_, command) = path
        circle = " -> ".join((*names, names[0]))
        ending = "FRR refuses all route-maps of this load" if len(names) == 1 else "bgpd and zebra crash on it"
        yield Problem(
            command,
            f"a circle of calls, {circle}: {ending}",
            labels=tuple(one.label("called here") for _, one in path[:-1]),
            help="take one of the calls out",
        )


def _circles(calls: Calls) -> Iterator[list[tuple[str, Command]]]:
    """For every call that closes a circle: the callers in it, each with its call, the closing one last."""
    done: set[str] = set()
    for start in calls:
        path: list[tuple[str, Iterator[tuple[str, Command]]]] = [(start, iter(calls[start]))]
        taken: list[Command] = []
        on_path = {start: 0}
        while path and start not in done:
            name, rest = path[-1]
            step = next(rest, None)
            if step is None:
                done.add(name)
                path.pop()
                del on_path[name]
                if taken:
                    taken.pop()
            elif step[0] in on_path:
                names = [one for one, _ in path]
                first = on_path[step[0]]
                yield list(zip(names[first:], [*taken[first:], step[1]], strict=True))
            elif step[0] in calls and step[0] not in done:
                on_path[step[0]] = len(path)
                path.append((step[0], iter(calls[step[0]])))
                taken.append(step[1])
