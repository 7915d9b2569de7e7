"""How help is laid out."""

from __future__ import annotations

import argparse
import os


def layout(prog: str) -> argparse.HelpFormatter:
    """Help as wide as the terminal, with its examples as they are written.

    argparse makes one for each argument that is declared; told no width, it loads shutil and three compressors to find it.
    """
    return argparse.RawDescriptionHelpFormatter(prog, width=_columns() - 2)


def _columns() -> int:
    """As `shutil.get_terminal_size` has it: what COLUMNS says, else the terminal, else 80."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told):
        return int(told)
    try:
        return os.get_terminal_size().columns or 80
    except OSError:
        return 80
