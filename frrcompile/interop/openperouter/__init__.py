"""OpenPERouter's resources become a model with the same meaning; what cannot be carried over is a finding.

Facts about what OpenPERouter makes of its resources are from its public sources (github.com/openperouter/openperouter,
internal/conversion, internal/frr, internal/ipam) and the descriptions in its resource definitions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from frrcompile.diagnostics import Diagnostic, Severity, Span, bounded
from frrcompile.interop.codes import NO_UNDERLAY
from frrcompile.interop.fields import Report
from frrcompile.interop.openperouter import resources, text
from frrcompile.interop.openperouter.kinds import sort
from frrcompile.interop.openperouter.selector import SiteNode
from frrcompile.interop.openperouter.site import site
from frrcompile.model.secrets import masked
from frrcompile.model.tree import Node
from frrcompile.pipeline.site import Files, build, site_of

DEFAULT_NODE = SiteNode("node-0", 0)


@dataclass(frozen=True, slots=True)
class Imported:
    """A model's tree, whose places are those of the resources, and what was found; None where nothing could be read."""

    tree: Node | None
    findings: tuple[Diagnostic, ...]

    def text(self) -> str:
        """The model as YAML; empty where there is no node that has an Underlay."""
        return text.write(self.tree) if self.tree and self.tree.child("underlay") else ""

    @property
    def secret(self) -> bool:
        """Whether the model holds a password."""
        return self.tree is not None and any(path[-1:] == ("password",) for path, _ in self.tree.walk())


def convert(files: Files, nodes: Sequence[SiteNode] = ()) -> Imported:
    """Reads the resources of all files and makes the site of these nodes. Never raises.

    Without nodes they are those of the files' `node-config.yaml`, or one node with index 0.

    The rules of the model are asked too, so that a model without errors compiles for every node.
    """
    report = Report()
    read = resources.read(files, report)
    if read.unreadable:
        return Imported(None, tuple(masked(bounded(read.unreadable), read.trees)))
    origin = read.resources[0].spec.span if read.resources else Span.of_file(next(iter(files)))
    tree = site(sort(read.resources, report), nodes or read.nodes or (DEFAULT_NODE,), report, origin)
    report.leftovers()
    trees = [*read.trees, tree]
    findings = masked(bounded(_sorted(report.findings)), trees)
    if not tree.child("underlay"):
        return Imported(tree, tuple(findings) or (_nothing(origin),))
    return Imported(tree, tuple(_sorted([*findings, *masked(bounded(_rules(tree)), trees)])))


def _rules(tree: Node) -> list[Diagnostic]:
    """What compiling the model would say, at the places of the resources."""
    loaded = site_of(tree)
    return [*loaded.findings, *(finding for name in loaded.names for finding in build(loaded, name)[1])]


def _nothing(origin: Span) -> Diagnostic:
    return Diagnostic(NO_UNDERLAY, Severity.ERROR, "there is no resource of OpenPERouter in these files", origin)


def _sorted(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(dict.fromkeys(findings), key=lambda finding: finding.place)
