"""`frrcompile schema`: the model's JSON Schema, for editors."""

from __future__ import annotations

import argparse

from frrcompile import output
from frrcompile.printable import as_json

EPILOG = """\
examples:
  frrcompile schema > frrcompile.schema.json
  frrcompile schema --format markdown > model.md     the reference for people

and in the first line of a model, for the YAML language server:
  # yaml-language-server: $schema=frrcompile.schema.json
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "schema",
        description="Prints what a model may say: every field with its meaning, allowed values, default and an example.",
        epilog=EPILOG,
    )
    parser.add_argument(
        "--format",
        choices=["json", "markdown"],
        default="json",
        help="a JSON Schema for editors, or a page for people (json)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints; 0."""
    if arguments.format == "markdown":
        output.document(reference())
        return 0
    from frrcompile.model.schema import schema

    output.document(as_json(schema()) + "\n")
    return 0


def reference() -> str:
    """The reference of the model as a page."""
    from frrcompile.facts.boundaries import IPV6_VTEPS
    from frrcompile.facts.releases import spell
    from frrcompile.ir.dialect import FEATURES
    from frrcompile.model.reference import markdown

    lacking = [(feature.what, spell(feature.since)) for feature in FEATURES]
    return "\n".join(markdown([*lacking, ("VXLAN between IPv6 VTEPs", spell(IPV6_VTEPS))])) + "\n"
