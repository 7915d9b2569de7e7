"""`frrcompile draw`: a model as a picture, and what a change adds to it and takes away."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from frrcompile.cli.compile import usage
from frrcompile.output import data

if TYPE_CHECKING:
    from frrcompile.diagnostics import Diagnostic
    from frrcompile.draw.picture import Picture
    from frrcompile.ir.node import Node
    from frrcompile.pipeline.site import Loaded

FORMATS = {"svg": (".svg",), "mermaid": (".mmd", ".mermaid"), "dot": (".dot", ".gv")}
"""The formats, and the endings of their files."""

EPILOG = """\
examples:
  frrcompile draw node.yaml -o node.svg
  frrcompile draw site.yaml -o site.svg                           the site, where it has several nodes
  frrcompile draw site.yaml --node k0 -o k0.mmd                   one node, as Mermaid text
  frrcompile draw site.yaml --against git:main:site.yaml -o change.svg

--against takes a model, or git:REV:PATH. Secrets are never drawn. SVG needs `pip install frrcompile[draw]`.

exit codes:
  0  done
  1  a model has errors
  2  an input that cannot be read, or wrong use
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "draw",
        description="Draws a node, or a site of several nodes: underlay, sessions, VTEPs, VNIs, VRFs and links.",
        epilog=EPILOG,
    )
    parser.add_argument("model", nargs="+", metavar="MODEL", help="a model's file, or - for standard input")
    parser.add_argument("--node", metavar="NAME", help="only this node, in detail")
    parser.add_argument("--against", metavar="OLD", help="colour what differs from this older model")
    parser.add_argument("-o", "--output", metavar="FILE", help="write there; its ending says the format")
    parser.add_argument("--format", choices=FORMATS, help="the format, where no ending says it (svg)")
    parser.set_defaults(run=run, named=("model", "against", "output"))


def run(arguments: argparse.Namespace) -> int:
    """Draws; 0 done, 1 findings, 2 unreadable input or wrong use."""
    from frrcompile import atomic
    from frrcompile.cli import findings
    from frrcompile.cli.compile import node_name
    from frrcompile.cli.inputs import model_files
    from frrcompile.cli.revision import RevisionError
    from frrcompile.diagnostics import has_errors
    from frrcompile.draw.layout import TooLargeError
    from frrcompile.pipeline.alike import folded
    from frrcompile.pipeline.site import load_site

    output = arguments.output if arguments.output != "-" else None
    form = arguments.format or _format_of(output)
    if form is None:
        return usage(f"-o {output}: allowed: {', '.join(_endings())}; or say --format {'|'.join(FORMATS)}")
    loaded = load_site(model_files(arguments.model))
    told = list(loaded.findings)
    if loaded.site is None:
        return findings.show(told)
    if arguments.node is not None and node_name(loaded, arguments.node) is None:
        return 2
    wanted = arguments.node or (loaded.names[0] if len(loaded.names) == 1 else None)
    new, problems = _built(loaded, wanted)
    told += problems
    old: list[Node] = []
    if arguments.against:
        try:
            before = _older(arguments.against)
        except RevisionError as error:
            return usage(str(error))
        told += before.findings
        if before.site:
            old, problems = _built(before, _same_node(before, wanted))
            told += problems
    told = folded(told)
    code = findings.show(told)
    if has_errors(told):
        return code
    picture = _picture(old, new, _title(arguments.model[0]) if wanted is None else None, arguments.against)
    try:
        text = _rendered(picture, form)
    except TooLargeError as error:
        return usage(f"the picture has {error}; take --format dot or mermaid, or one node with --node")
    except ModuleNotFoundError as error:
        if error.name != "graphlay":
            raise
        return usage(
            "SVG needs a library for its layout: pip install 'frrcompile[draw]'; or take --format mermaid or dot"
        )
    if output:
        atomic.replace(output, text, keep=True)
    else:
        data(text)
    return code


def _endings() -> list[str]:
    return [ending for some in FORMATS.values() for ending in some]


def _format_of(output: str | None) -> str | None:
    """The format that a file's ending says; SVG for standard output, None for an unknown ending."""
    if output is None:
        return "svg"
    return next((form for form, endings in FORMATS.items() if PurePath(output).suffix.lower() in endings), None)


def _built(loaded: Loaded, wanted: str | None) -> tuple[list[Node], list[Diagnostic]]:
    """The routers of a site, or of one of its nodes, and what is wrong with them."""
    from frrcompile.pipeline.site import build

    routers, told = [], []
    for name in [wanted] if wanted else loaded.names:
        if name in loaded.names:
            router, problems = build(loaded, name)
            if router and not wanted:
                # The picture of a site shows no VRF's instance, and those take most of the memory.
                router = replace(router, bgp=tuple(one for one in router.bgp if one.vrf is None))
            routers += [router] if router else []
            told += problems
    return routers, told


def _older(named: str) -> Loaded:
    """The older model. Raises RevisionError, and OSError where a file cannot be read."""
    from frrcompile.cli.inputs import model_files
    from frrcompile.cli.revision import GIT, Revision
    from frrcompile.pipeline.site import load_site

    return load_site({"-": Revision(named).content()} if named.startswith(GIT) else model_files([named]))


def _same_node(older: Loaded, wanted: str | None) -> str | None:
    """The node of the older model that is drawn against: of the same name, or its only one."""
    names = older.names
    return names[0] if wanted and wanted not in names and len(names) == 1 else wanted


def _title(model: str) -> str:
    """What a site is called: as its file, or its folder where the file has a name that says nothing."""
    path = PurePath(model)
    return path.parent.name if path.stem == "input" and path.parent.name else "site" if model == "-" else path.stem


def _picture(old: list[Node], new: list[Node], title: str | None, against: str | None) -> Picture:
    """The picture of a site that has a title, or else of one node; what is large in one of two models is so in both."""
    from frrcompile.draw import node, site
    from frrcompile.draw.against import compare

    if title is None:
        large = any(map(node.is_large, (*old, *new)))
        before, now = ([node.picture(one, large=large) for one in some] for some in (old, new))
    else:
        large = site.is_large(old) or site.is_large(new)
        before, now = ([site.picture(some, title, large=large)] if some else [] for some in (old, new))
    return compare(before[0] if before else None, now[0], against) if against else now[0]


def _rendered(picture: Picture, form: str) -> str:
    if form == "svg":
        from frrcompile.draw import svg

        return svg.render(picture)
    if form == "mermaid":
        from frrcompile.draw import mermaid

        return mermaid.render(picture)
    from frrcompile.draw import graphviz

    return graphviz.render(picture)
