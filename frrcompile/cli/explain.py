"""`frrcompile explain`: what a finding means, why it matters, and how to write it right."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from frrcompile import output
from frrcompile.cli.layout import layout
from frrcompile.printable import QUOTED, shortened

if TYPE_CHECKING:
    from frrcompile.documented import Entry

WIDTH = 100

EPILOG = """\
examples:
  frrcompile explain FRR701
  frrcompile explain vty-password-in-the-clear MOD006
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "explain",
        description="Says what a finding means, why it matters, and shows it written wrong and right.",
        epilog=EPILOG,
        formatter_class=layout,
    )
    parser.add_argument("code", nargs="+", metavar="CODE", help="a code such as FRR701 or MOD401, or a rule's name")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Explains; 0, or 2 where there is no such code."""
    from frrcompile.cli.catalog import entry_of, everything
    from frrcompile.diagnostics import nearest
    from frrcompile.lint.select import LETTERS, nearest_code

    texts, unknown = [], False
    for word in arguments.code:
        if entry := entry_of(word):
            texts.append("\n".join(_explained(entry)))
        else:
            names = {entry.name: entry.code for entry in everything()}
            is_code = word.upper().startswith(LETTERS)
            near = nearest_code(word, names.values()) if is_code else nearest(word, names)
            hint = f"did you mean {near}?" if near else "`frrcompile rules` lists what there is"
            output.complain(f"unknown code {shortened(word, QUOTED)!r}; {hint}")
            unknown = True
    if texts:
        output.show(f"\n\n{'-' * WIDTH}\n\n".join(texts) + "\n")
    return 2 if unknown else 0


def _explained(entry: Entry) -> Iterator[str]:
    page = entry.page
    yield f"{entry.code} {entry.name} ({entry.severity}, {entry.family}{releases(entry)})"
    for title, text in (("", page.summary), ("What: ", page.what), ("Why: ", page.why)):
        yield ""
        yield textwrap.fill(title + text, WIDTH, break_long_words=False, break_on_hyphens=False)
    for title, lines in (("Bad:", page.bad), ("Good:", page.good)):
        yield ""
        yield title
        yield textwrap.indent(shown(lines).rstrip("\n"), "    ")
    if entry.base:
        yield ""
        yield "Both are laid over this model:"
        yield textwrap.indent(entry.base.rstrip("\n"), "    ")


def shown(example: str) -> str:
    """An example with a sign for what cannot be seen."""
    return example.translate(_SIGNS)


_SIGNS = {number: chr(0x2400 + number) for number in range(32)} | {10: "\n", 9: "→", 0xA0: "⍽"}


def releases(entry: Entry) -> str:
    """The releases of FRR that an entry is for, where these are not all: `, FRR 8.4 to before 10.0`."""
    from frrcompile.facts.releases import AFTER_ALL, BEFORE_ALL, spell

    first, end = ("" if release in (BEFORE_ALL, AFTER_ALL) else spell(release) for release in entry.releases)
    if not first and not end:
        return ""
    if not end:
        return f", from FRR {first}"
    return f", FRR {first} to before {end}" if first else f", before FRR {end}"
