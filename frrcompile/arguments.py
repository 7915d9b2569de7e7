"""The parser of both command lines: its errors quote what was typed, and are printable."""

from __future__ import annotations

import argparse
from typing import NoReturn

from frrcompile.printable import one_line


class Parser(argparse.ArgumentParser):
    """argparse's parser. A wrong option's value is shown as one bounded line."""

    def error(self, message: str) -> NoReturn:
        """Prints the usage and the message, and ends the process with exit code 2."""
        super().error(one_line(message))
