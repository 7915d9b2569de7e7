"""How the examples print: headings, and texts as quotations."""

from __future__ import annotations

import sys

TERMINAL = sys.stdout.isatty()


def say(text: str) -> None:
    """A heading."""
    print(f"\n\x1b[1m== {text}\x1b[0m" if TERMINAL else f"\n== {text}", flush=True)


def indented(text: str) -> str:
    """A text, as a quotation."""
    return "\n".join("   " + line for line in text.splitlines())
