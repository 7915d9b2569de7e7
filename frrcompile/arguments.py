"""The parser of both command lines: its errors quote what was typed, and are printable; its help fits the terminal."""

from __future__ import annotations

import argparse
import os

from frrcompile.printable import one_line

TYPE_CHECKING = False  # as in `typing`, whose import takes a fifth of a bare Python's start
if TYPE_CHECKING:
    from typing import Any, NoReturn


class Parser(argparse.ArgumentParser):
    """argparse's parser. A wrong option's value is shown as one bounded line."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"formatter_class": _layout, **options})

    def error(self, message: str) -> NoReturn:
        """Prints the usage and the message, and ends the process with exit code 2."""
        super().error(one_line(message))


def _layout(prog: str) -> argparse.HelpFormatter:
    """Help as wide as the terminal, with its examples as they are written.

    argparse makes one for each argument that is declared. Without a width, it imports shutil and three compressors to find it.
    """
    return argparse.RawDescriptionHelpFormatter(prog, width=_columns() - 2)


def _columns() -> int:
    """The terminal's width as `shutil.get_terminal_size` finds it: from COLUMNS, else from the terminal, else 80."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told):
        return int(told)
    try:
        return os.get_terminal_size().columns or 80
    except OSError:
        return 80
