"""`frrcompile schema`: the model's JSON Schema, for editors."""

from __future__ import annotations

import argparse

from frrcompile import output
from frrcompile.cli.layout import layout
from frrcompile.printable import as_json

EPILOG = """\
example:
  frrcompile schema > frrcompile.schema.json

and in the first line of a model, for the YAML language server:
  # yaml-language-server: $schema=frrcompile.schema.json
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "schema",
        description="Prints the JSON Schema of models: every field with its meaning, default and an example.",
        epilog=EPILOG,
        formatter_class=layout,
    )
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Prints; 0."""
    from frrcompile.model.schema import schema

    output.document(as_json(schema()) + "\n")
    return 0
