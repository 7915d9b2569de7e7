"""What the reload rules share: how a line is replaced by what FRR shows, and where it is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from frrcompile.diagnostics import Edit, Span
from frrcompile.facts.families import BGP
from frrcompile.facts.forms.form import Form
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem


def left_out(command: Command) -> Edit:
    """An edit that removes a command's whole line."""
    line = command.statement
    return Edit(Span(line.path, line.number, 1, line.number + 1, 1), "")


def instead(command: Command, *lines: str, what: str = "") -> Problem:
    """That FRR shows a command as `lines`; the repair writes them."""
    indent = " " * (command.span.column - 1)
    shown = " and ".join(f"`{line}`" for line in lines)
    return Problem(
        command,
        what or f"FRR shows this as {shown}: frr-reload.py takes it back and adds it again at each reload",
        help=f"write {shown}",
        edit=Edit(command.span, f"\n{indent}".join(lines)),
    )


def otherwise(config: Configuration, forms: Iterable[Form]) -> Iterator[Problem]:
    """The lines that are not in the form in which this release shows them."""
    for form in forms:
        if form.never_converges(config.release):
            shown_for = cache(form.shown)  # a line often stands in many blocks
            for command in _lines(config, form):
                if not command.negated:
                    shown = shown_for(command.words)
                    if len(shown) != 1 or shown[0] != command.words:
                        yield instead(command, *map(" ".join, shown))


def _lines(config: Configuration, form: Form) -> Iterable[Command]:
    first, _, setting = form.key.partition(" ")
    if setting:
        return settings(config, setting)
    return (command for node in form.nodes for command in config.of(node, first))


def settings(config: Configuration, *names: str) -> Iterator[Command]:
    """The `neighbor X SETTING` lines of instances and families, those among them that take one back."""
    known = config.derive(_by_setting)
    return (command for name in names for command in known.get(name, ()))


def _by_setting(config: Configuration) -> Mapping[str, list[Command]]:
    found: dict[str, list[Command]] = {}
    for node in BGP:
        for command in config.of(node, "neighbor"):
            at = 2 + command.negated
            if at < len(command.words):
                found.setdefault(command.words[at], []).append(command)
    return found
