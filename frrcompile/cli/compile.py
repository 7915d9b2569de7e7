"""`frrcompile compile`: a model in, frr.conf out."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from frrcompile import output

if TYPE_CHECKING:
    from frrcompile.ir.node import Node
    from frrcompile.pipeline.site import Loaded

EPILOG = """\
examples:
  frrcompile compile node.yaml
  frrcompile compile site.yaml tenants.yaml --node k0 -o /etc/frr/frr.conf
  frrcompile compile site.yaml --all -o configs     a file for each node: configs/NODE.conf
  frrcompile compile node.yaml --bundle etc-frr     the directory that FRR boots from
  frrcompile compile node.yaml --ir                 what was decided, as JSON
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "compile",
        description="Compiles a model (YAML; several files are merged) into the frr.conf of one node, or of all.",
        epilog=EPILOG,
    )
    parser.add_argument("model", nargs="+", metavar="MODEL", help="a model's file, or - for standard input")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--node", metavar="NAME", help="the node; may be left out where the model has only one")
    which.add_argument("--all", action="store_true", help="all nodes; -o names a directory")
    parser.add_argument("--frr", metavar="VERSION", help="the FRR version, in place of the model's `frr.version`")
    parser.add_argument(
        "-o", "--output", metavar="FILE|DIR", help="write there, whole or not at all, and not to stdout"
    )
    parser.add_argument("--bundle", metavar="DIR", help="write frr.conf, daemons and vtysh.conf into DIR")
    secrets_option(parser)
    parser.add_argument("--ir", action="store_true", help="print the intermediate representation as JSON")
    parser.set_defaults(run=run, named=("model", "output", "bundle", "secrets_dir"))


def secrets_option(parser: argparse.ArgumentParser) -> None:
    """Adds `--secrets-dir`."""
    parser.add_argument(
        "--secrets-dir",
        action="append",
        default=[],
        metavar="DIR",
        help="a `password-file` may be below DIR; without it only below the model's folder",
    )


def run(arguments: argparse.Namespace) -> int:
    """Compiles; 0 done, 1 findings, 2 unreadable input or wrong use."""
    from frrcompile.cli import findings
    from frrcompile.cli.inputs import model_files
    from frrcompile.ir import dialect
    from frrcompile.pipeline.site import load_site

    if arguments.frr and not dialect.is_version(arguments.frr):
        return usage(f"--frr: found {arguments.frr!r}; allowed: {', '.join(dialect.VERSIONS)}")
    if arguments.all and (not arguments.output or arguments.bundle or arguments.ir):
        return usage("--all needs -o DIR, and writes one frr.conf for each node: no --bundle, no --ir")
    loaded = load_site(model_files(arguments.model), frr=arguments.frr)
    if loaded.site is None:
        return findings.show(loaded.findings)
    if arguments.all:
        from pathlib import Path

        from frrcompile.cli.fleet import compile_all
        from frrcompile.render.secret import opener

        return compile_all(loaded, Path(arguments.output), opener(arguments.model, arguments.secrets_dir))
    name = node_name(loaded, arguments.node)
    return 2 if name is None else _compile_one(loaded, name, arguments)


def node_name(loaded: Loaded, wanted: str | None, *, every: str = "--all") -> str | None:
    """The node that is meant; None, with a sentence on standard error, where it is not there or not clear.

    `every` is the verb's option that takes all nodes, and empty where it has none.
    """
    from frrcompile.diagnostics import nearest

    names = loaded.names
    few = ", ".join(names[:10]) + (", ..." if len(names) > 10 else "")
    if wanted in names:
        return wanted
    if wanted is None and len(names) == 1:
        return names[0]
    if wanted is None:
        usage(
            f"the model has {len(names)} nodes: name one with --node ({few})" + (f", or take {every}" if every else "")
        )
    else:
        near = nearest(wanted, names)
        usage(f"the model has no node {wanted!r}: " + (f"did you mean {near!r}?" if near else f"it has {few}"))
    return None


def _compile_one(loaded: Loaded, name: str, arguments: argparse.Namespace) -> int:
    from frrcompile.cli import findings
    from frrcompile.pipeline.reach import check_reach
    from frrcompile.pipeline.routers import secret_finding
    from frrcompile.pipeline.site import build
    from frrcompile.render.secret import SecretError

    router, problems = build(loaded, name)
    everything = [*loaded.findings, *problems]
    if router:
        everything += check_reach(loaded, {name: router})
        try:
            _write(router, arguments)
        except SecretError as error:
            everything.append(secret_finding(loaded, name, error))
    return findings.show(everything)


def _write(router: Node, arguments: argparse.Namespace) -> None:
    from frrcompile.cli.writing import write
    from frrcompile.render.secret import opener

    secrets = opener(arguments.model, arguments.secrets_dir)
    if arguments.ir:
        from frrcompile.ir.dump import dump

        text = dump(router)
    else:
        from frrcompile.render.emit import frr_conf

        text = frr_conf(router, secrets)
    if arguments.bundle:
        from pathlib import Path

        from frrcompile.render.bundle import bundle

        directory = Path(arguments.bundle)
        files = bundle(router, secrets)
        directory.mkdir(parents=True, exist_ok=True)
        for file, content in files.items():
            write(directory / file, content, router)
    if arguments.output and arguments.output != "-":
        write(arguments.output, text, router)
    elif not arguments.bundle or arguments.ir:
        output.data(text)


def usage(message: str) -> int:
    """Says what is wrong with the command line; 2."""
    output.complain(message)
    return 2
