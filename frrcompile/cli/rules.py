"""`frrcompile rules`: what the linter looks for."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from frrcompile import output
from frrcompile.printable import as_json

if TYPE_CHECKING:
    from frrcompile.documented import Entry

EPILOG = """\
examples:
  frrcompile rules
  frrcompile rules --format json

FRRnnn are findings in a frr.conf, MODnnn about a model, IMPnnn about an import.
`frrcompile explain CODE` says more about one.
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "rules",
        description="Lists all rules by family: code, severity, whether --fix repairs it, name and summary.",
        epilog=EPILOG,
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="(%(default)s)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Lists; 0."""
    from frrcompile.cli.catalog import everything

    entries = list(everything())
    if arguments.format == "json":
        output.document(as_json([_object(entry) for entry in entries]) + "\n")
    else:
        output.show("".join(f"{line}\n" for line in _table(entries)))
    return 0


def _table(entries: list[Entry]) -> Iterator[str]:
    name = max(len(entry.name) for entry in entries)
    severity = max(len(entry.severity) for entry in entries)
    for count, (family, some) in enumerate(groupby(entries, key=lambda entry: entry.family)):
        yield f"{chr(10) if count else ''}{family}"
        for entry in some:
            fix = "fix" if entry.fixable else "   "
            yield f"  {entry.code}  {entry.severity:{severity}}  {fix}  {entry.name:{name}}  {entry.page.summary}"


def _object(entry: Entry) -> dict[str, object]:
    return {
        "code": entry.code,
        "name": entry.name,
        "family": entry.family,
        "severity": entry.severity.value,
        "fixable": entry.fixable,
        "summary": entry.page.summary,
    }
