"""`frrcompile import`: another project's resources in, a model out."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from frrcompile import output
from frrcompile.cli.compile import usage

if TYPE_CHECKING:
    from frrcompile.interop.openperouter.selector import SiteNode

EPILOG = """\
examples:
  frrcompile import openperouter underlay.yaml vnis.yaml -o site.yaml
  frrcompile import openperouter all.yaml --node k0=0,topology.kubernetes.io/rack=r1 --node k1=1,topology.kubernetes.io/rack=r2
  frrcompile import openperouter node-config.yaml openpe_*.yaml      the static files of a host, of any release
  kubectl get underlays,l3vnis,l2vnis,l3passthroughs -A -o yaml | frrcompile import openperouter -

The model is written even where some of a resource is not carried over; each such field is a finding, and the exit code 1.
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "import",
        description="Makes a model from the resources of OpenPERouter (Underlay, L3VNI, L2VNI, L3Passthrough, RawFRRConfig), also of its "
        "releases v0.1 and v0.2, and from its static files.",
        epilog=EPILOG,
    )
    parser.add_argument("what", choices=["openperouter"], help="whose resources")
    parser.add_argument("file", nargs="+", metavar="FILE", help="a file of resources, or - for standard input")
    parser.add_argument(
        "--node",
        action="append",
        default=[],
        metavar="NAME=INDEX[,LABEL=VALUE]...",
        help="a node, its index and its labels; by default that of node-config.yaml, or node-0 with index 0",
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write to FILE, whole or not at all, in place of standard output"
    )
    parser.set_defaults(run=run, named=("file", "output"))


def run(arguments: argparse.Namespace) -> int:
    """Imports; 0 done, 1 findings, 2 unreadable input or wrong use."""
    from frrcompile import atomic
    from frrcompile.cli import findings
    from frrcompile.cli.inputs import model_files
    from frrcompile.interop.openperouter import convert

    nodes: list[SiteNode] = []
    for written in arguments.node:
        node = read_node(written)
        if node is None or node.name in [other.name for other in nodes]:
            problem = "is there twice" if node else "allowed: NAME=INDEX[,LABEL=VALUE]..., the index from 0 to 65535"
            return usage(f"--node: found {written!r}; {problem}")
        nodes.append(node)
    imported = convert(model_files(arguments.file), nodes)
    code = findings.show(imported.findings)
    model = imported.text()
    if not model:
        return code
    if arguments.output and arguments.output != "-":
        atomic.replace(arguments.output, model, mode=0o600 if imported.secret else None, keep=True)
    else:
        output.data(model)
    return code


def read_node(written: str) -> SiteNode | None:
    """A node as written on the command line; None where it is not written so."""
    from frrcompile.facts.number import number
    from frrcompile.interop.openperouter.selector import SiteNode

    first, *rest = written.split(",")
    name, _, written_index = first.partition("=")
    labels = dict(label.partition("=")[::2] for label in rest)
    index = number(written_index)
    if not name or index is None or index > 65535 or any("=" not in label for label in rest):
        return None
    return SiteNode(name, index, labels)
