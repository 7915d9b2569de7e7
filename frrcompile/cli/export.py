"""`frrcompile export`: a model in, another project's resources out."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from frrcompile import output
from frrcompile.cli.compile import node_name, usage

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

EPILOG = """\
examples:
  frrcompile export frr-k8s node.yaml --prefix 10.244.0.0/24
  frrcompile export frr-k8s site.yaml --all | kubectl apply -f -

Without --prefix the host announces nothing. With --all each node gets the same prefixes: where nodes announce different
ones, export each node by itself.
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "export",
        description="Writes the FRRConfiguration with which frr-k8s is the other end of a node's host sessions.",
        epilog=EPILOG,
    )
    parser.add_argument("what", choices=["frr-k8s"], help="for whom")
    parser.add_argument("model", nargs="+", metavar="MODEL", help="a model's file, or - for standard input")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--node", metavar="NAME", help="the node; may be left out where the model has only one")
    which.add_argument("--all", action="store_true", help="one document for each node")
    parser.add_argument(
        "--prefix",
        action="append",
        default=[],
        metavar="CIDR",
        help="a prefix that every exported node's host announces to all VRFs; may be repeated; none by default",
    )
    parser.add_argument("--namespace", default="frr-k8s-system", help="frr-k8s' namespace (%(default)s)")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write to FILE, whole or not at all, in place of standard output"
    )
    parser.set_defaults(run=run, named=("model", "output"))


def run(arguments: argparse.Namespace) -> int:
    """Exports; 0 done, 1 findings, 2 unreadable input or wrong use."""
    from ipaddress import ip_network

    import yaml

    from frrcompile import atomic
    from frrcompile.cli import findings
    from frrcompile.cli.inputs import model_files
    from frrcompile.interop.frr_k8s import configuration
    from frrcompile.pipeline.site import build, load_site

    prefixes: list[IPv4Network | IPv6Network] = []
    for written in arguments.prefix:
        try:
            prefixes.append(ip_network(written))
        except ValueError as error:
            return usage(f"--prefix: found {written!r}; allowed: a prefix such as 10.244.0.0/24 ({error})")
    loaded = load_site(model_files(arguments.model))
    if loaded.site is None:
        return findings.show(loaded.findings)
    if arguments.all:
        names = list(loaded.names)
    elif name := node_name(loaded, arguments.node):
        names = [name]
    else:
        return 2
    found, documents = list(loaded.findings), []
    for name in names:
        node, problems = build(loaded, name)
        found += problems
        if node:
            document, problems = configuration(node, loaded.source, prefixes, arguments.namespace)
            found += problems
            documents += [document] if document else []
    code = findings.show(list(dict.fromkeys(found)))
    text = yaml.safe_dump_all(documents, sort_keys=True, explicit_start=True) if documents else ""
    if code:
        return code
    if arguments.output and arguments.output != "-":
        atomic.replace(arguments.output, text, keep=True)
    else:
        output.data(text)
    return code
