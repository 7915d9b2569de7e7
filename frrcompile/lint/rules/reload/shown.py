"""What the reload rules share: how a line is replaced by what FRR shows, and where it is left out."""

from __future__ import annotations

from frrcompile.diagnostics import Edit, Span
from frrcompile.lint.configuration import Command
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
