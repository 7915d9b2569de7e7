"""OpenPERouter's resources, read from files of one or more documents, a `List` of them included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from frrcompile.diagnostics import Diagnostic, Severity, Span
from frrcompile.interop.codes import FOREIGN, SHAPE
from frrcompile.interop.fields import Fields, Report
from frrcompile.model.compose import documents
from frrcompile.model.findings import no_text
from frrcompile.model.load import parse
from frrcompile.model.tree import Node
from frrcompile.pipeline.site import Files

GROUPS = ("network.openperouter.io", "openpe.openperouter.github.io")
"""The API's group, and the one that it had before; samples of both are about."""
KINDS = ("Underlay", "L3VNI", "L2VNI", "L3Passthrough", "RawFRRConfig", "L3VPN")
DISAGREE = "MOD005"


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource: `name` and `namespace` are its metadata's, `spec` what it wants."""

    kind: str
    name: str
    namespace: str
    spec: Fields


def read(files: Files, report: Report) -> tuple[list[Resource], list[Node], list[Diagnostic]]:
    """The resources of all files in their order, their documents, and why a file is no YAML."""
    found: list[Resource] = []
    trees: list[Node] = []
    unreadable: list[Diagnostic] = []
    for path, data in files.items():
        roots, problems = _documents(data, path)
        unreadable += problems
        trees += roots
        for root in roots:
            found += _resources(root, report)
    return found, trees, unreadable


def _documents(data: bytes, path: str) -> tuple[list[Node], list[Diagnostic]]:
    """The documents of a text, each for itself, and what is wrong with them as YAML."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, start = data.count(b"\n", 0, error.start) + 1, data.rfind(b"\n", 0, error.start)
        span = Span(path, line, error.start - start, line, error.start - start + 1)
        return [], [no_text(span, "a byte is not UTF-8: this is not a YAML text")]
    # A model's reader joins documents, where several resources disagree on nearly everything: its finding of that is
    # dropped. All else that it says of a text is true of resources too.
    whole, problems = parse(text, path)
    problems = [problem for problem in problems if problem.code != DISAGREE]
    return ([], problems) if whole is None else (documents(text, path, []), problems)


def _resources(root: Node, report: Report) -> Iterator[Resource]:
    if root.value is None:
        return
    if not isinstance(root.value, dict):
        report.add(SHAPE, Severity.ERROR, "the document is not a resource: it is not a mapping", root.span)
        return
    version, kind = _word(root, "apiVersion"), _word(root, "kind")
    if kind == "List" or (kind.endswith("List") and kind[:-4] in KINDS):
        items = root.child("items")
        for item in items.value if items and isinstance(items.value, list) else []:
            yield from _resources(item, report)
        return
    if version.split("/")[0] not in GROUPS or kind not in KINDS:
        message = f"a document of kind {kind or 'nothing'} and version {version or 'nothing'} is left alone"
        allowed = f"kinds {', '.join(KINDS)} of {GROUPS[0]} are read"
        report.add(FOREIGN, Severity.WARNING, message, root.span, help=allowed)
        return
    # Of the metadata only names mean something to a router; the status is what somebody else saw.
    metadata = root.child("metadata") or Node(root.span, {})
    name = _word(metadata, "name") or "without a name"
    whole = Fields(root, (), f"{kind} {name}", report)
    whole.taken |= {"apiVersion", "kind", "metadata", "status"}
    if spec := whole.fields("spec"):
        yield Resource(kind, name, _word(metadata, "namespace"), spec)
    elif root.child("spec") is None:
        whole.wrong("spec", f"`spec` of {kind} {name} is missing; the definition requires it")


def _word(node: Node, name: str) -> str:
    child = node.child(name)
    return child.value if child and isinstance(child.value, str) else ""
