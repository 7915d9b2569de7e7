"""`frrcompile compile`: a model in, frr.conf out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frrcompile.ir.node import Node

EPILOG = """\
examples:
  frrcompile compile node.yaml
  frrcompile compile site.yaml tenants.yaml --node k0 -o /etc/frr/frr.conf
  frrcompile compile node.yaml --bundle etc-frr     the directory that FRR boots from
  frrcompile compile node.yaml --ir                 what was decided, as JSON
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "compile",
        help="compile a model into frr.conf",
        description="Compiles a model (YAML; several files are merged) into the frr.conf of one node.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("model", nargs="+", metavar="MODEL", help="a model's file, or - for standard input")
    parser.add_argument("--node", metavar="NAME", help="the node; may be left out where the model has only one")
    parser.add_argument("--frr", metavar="VERSION", help="the FRR version, in place of the model's `frr.version`")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write to FILE, whole or not at all, in place of standard output"
    )
    parser.add_argument("--bundle", metavar="DIR", help="write frr.conf, daemons and vtysh.conf into DIR")
    parser.add_argument("--ir", action="store_true", help="print the intermediate representation as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Compiles; 0 done, 1 findings, 2 unreadable input or wrong use."""
    from frrcompile.cli import findings
    from frrcompile.ir import dialect
    from frrcompile.ir.build import build, load_site

    if arguments.frr and not dialect.known(arguments.frr):
        return _usage(f"--frr: found {arguments.frr!r}; allowed: {', '.join(dialect.VERSIONS)}")
    loaded = load_site(arguments.model, frr=arguments.frr)
    if loaded.site is None:
        return findings.show(loaded.findings)
    names = list(loaded.site.nodes)
    if arguments.node is None and len(names) > 1:
        return _usage(
            f"the model has {len(names)} nodes: name one with --node ({', '.join(names[:10])}{', ...' if len(names) > 10 else ''})"
        )
    name = arguments.node or names[0]
    if name not in names:
        from frrcompile.diagnostics import nearest

        near = nearest(name, names)
        return _usage(
            f"the model has no node {name!r}"
            + (f": did you mean {near!r}?" if near else f"; it has {', '.join(names[:10])}")
        )
    router, problems = build(loaded, name)
    code = findings.show((*loaded.findings, *problems))
    if router is None:
        return code
    _write(router, arguments)
    return code


def _write(router: Node, arguments: argparse.Namespace) -> None:
    from frrcompile import atomic

    if arguments.ir:
        from frrcompile.ir.dump import dump

        text = dump(router)
    else:
        from frrcompile.render.emit import frr_conf

        text = frr_conf(router)
    if arguments.bundle:
        from frrcompile.render.bundle import bundle

        directory = Path(arguments.bundle)
        directory.mkdir(parents=True, exist_ok=True)
        for file, content in bundle(router).items():
            atomic.write(directory / file, content)
    if arguments.output and arguments.output != "-":
        atomic.write(arguments.output, text)
    elif not arguments.bundle or arguments.ir:
        sys.stdout.write(text)


def _usage(message: str) -> int:
    print(f"frrcompile: {message}", file=sys.stderr)
    return 2
