"""OpenPERouter's resources, read from files of one or more documents, a `List` of them included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from frrcompile.diagnostics import Diagnostic, Severity, Span
from frrcompile.facts.number import number
from frrcompile.interop.codes import FOREIGN, OLDER, SHAPE
from frrcompile.interop.fields import Fields, Report
from frrcompile.interop.openperouter.older import present, release
from frrcompile.interop.openperouter.selector import SiteNode
from frrcompile.model.compose import documents
from frrcompile.model.findings import no_text
from frrcompile.model.load import parse
from frrcompile.model.tree import Entry, Node, spell
from frrcompile.pipeline.site import Files

GROUPS = ("network.openperouter.io", "openpe.openperouter.github.io")
"""The API's group, and the one that it had before; samples of both are about."""
KINDS = ("Underlay", "L3VNI", "L2VNI", "L3Passthrough", "RawFRRConfig", "L3VPN")
STATIC = {
    "underlays": "Underlay",
    "l3vnis": "L3VNI",
    "l2vnis": "L2VNI",
    "l3vpns": "L3VPN",
    "bgppassthrough": "L3Passthrough",
    "rawfrrconfigs": "RawFRRConfig",
}
"""The fields of a static file (`openpe_*.yaml` of a host without Kubernetes): lists of specs of these kinds."""
SINGLE = "bgppassthrough"
"""The field of a static file that is one spec, not a list."""
NODE_CONFIG = ("nodeIndex", "nodeIndexInterfaceName", "nodeName")
"""Fields of which a `node-config.yaml` has at least one."""
DISAGREE = "MOD005"


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource: `name` and `namespace` are its metadata's, `spec` what it says, in the shape of today's definitions.

    `older` are the fields of an older release that it has, each with that release.
    """

    kind: str
    name: str
    namespace: str
    spec: Fields
    older: Mapping[str, str]

    @property
    def release(self) -> str:
        """The release whose fields it has, empty for today's."""
        return release(self.older)


@dataclass(slots=True)
class Read:
    """All that files say: resources in their order, the nodes of `node-config.yaml`, the documents as they are."""

    resources: list[Resource] = field(default_factory=list)
    nodes: list[SiteNode] = field(default_factory=list)
    trees: list[Node] = field(default_factory=list)
    unreadable: list[Diagnostic] = field(default_factory=list)
    """Why a file is not YAML."""


def read(files: Files, report: Report) -> Read:
    """The resources of all files. Older releases' resources, and static files, are read as today's resources."""
    read = Read()
    for path, data in files.items():
        roots, problems = _documents(data, path)
        read.unreadable += problems
        read.trees += roots
        begin = len(read.resources)
        for root in roots:
            _document(root, read, report)
        older = {word: last for one in read.resources[begin:] for word, last in one.older.items()}
        if found := release(older):
            fields = ", ".join([f"`{word}`" for word, last in older.items() if last == found][:6])
            message = f"the resources are of OpenPERouter {found}, by their fields {fields}"
            report.add(OLDER, Severity.INFO, message, read.resources[begin].spec.span)
    return read


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


def _document(root: Node, read: Read, report: Report) -> None:
    if root.value is None:
        return
    if not isinstance(root.value, dict):
        report.add(SHAPE, Severity.ERROR, "the document is not a resource: it is not a mapping", root.span)
        return
    version, kind = _word(root, "apiVersion"), _word(root, "kind")
    if kind == "List" or (kind.endswith("List") and kind[:-4] in KINDS):
        items = root.child("items")
        for item in items.value if items and isinstance(items.value, list) else []:
            _document(item, read, report)
    elif version.split("/")[0] in GROUPS and kind in KINDS:
        read.resources += _resource(root, kind, report)
    elif not kind and not version and any(name in root.value for name in STATIC):
        read.resources += _static(root, report)
    elif not kind and not version and any(name in root.value for name in NODE_CONFIG):
        read.nodes += _node(root, report)
    else:
        message = f"a document of kind {kind or 'nothing'} and version {version or 'nothing'} is left alone"
        allowed = f"kinds {', '.join(KINDS)} of {GROUPS[0]} are read, static files, and node-config.yaml"
        report.add(FOREIGN, Severity.WARNING, message, root.span, help=allowed)


def _resource(root: Node, kind: str, report: Report) -> Iterator[Resource]:
    # Of the metadata only names mean something to a router; the status is what a controller saw.
    metadata = root.child("metadata") or Node(root.span, {})
    name = _word(metadata, "name") or "without a name"
    spec = root.child("spec")
    older: dict[str, str] = {}
    if spec:
        root = _with(root, "spec", present(kind, spec, ("spec",), older))
    whole = Fields(root, (), f"{kind} {name}", report)
    whole.taken |= {"apiVersion", "kind", "metadata", "status"}
    if fields := whole.fields("spec"):
        yield Resource(kind, name, _word(metadata, "namespace"), fields, older)
    elif spec is None:
        whole.wrong("spec", f"`spec` of {kind} {name} is missing; the definition requires it")


def _static(root: Node, report: Report) -> Iterator[Resource]:
    """The specs of a static file; the name of each is what it says, or its place."""
    whole = Fields(root, (), "the static file", report)
    for key, kind in STATIC.items():
        for spec in _single(whole, key) if key == SINGLE else whole.list(key):
            name = _word(spec.node, "name") or spell(spec.path)
            older: dict[str, str] = {}
            node = present(kind, spec.node, spec.path, older)
            spec.taken |= set(spec.untaken())
            fields = Fields(node, spec.path, f"{kind} {name}", report)
            fields.taken |= {"name"}
            yield Resource(kind, name, "", fields, older)


def _single(whole: Fields, key: str) -> list[Fields]:
    """The one spec of a field; none where it is empty."""
    spec = whole.fields(key)
    return [spec] if spec and spec.node.value else []


def _node(root: Node, report: Report) -> Iterator[SiteNode]:
    """The node of a `node-config.yaml`. Its log level is that of OpenPERouter's own programs."""
    whole = Fields(root, (), "the node configuration", report)
    whole.take("logLevel")
    given, name = whole.take("nodeIndex"), whole.text("nodeName")
    inner = whole.fields("nodeIndex") if given and isinstance(given.value, dict) else None
    interface = inner.text("interfaceName") if inner else whole.text("nodeIndexInterfaceName")
    if inner:
        inner.take("cidr")
        given = inner.text("index")
    index = number(given.value) if given and isinstance(given.value, str) else None
    if index is not None and index <= 65535:
        yield SiteNode(str(name.value) if name else "node-0", index)
    elif interface:
        message = f"the index is in an address of interface {interface.value}, which is on the node"
        whole.lost("nodeIndex", message, "say it: `--node NAME=INDEX`")
    else:
        whole.wrong("nodeIndex", "the node configuration has no index from 0 to 65535")


def _with(root: Node, name: str, value: Node) -> Node:
    """A mapping with another value of a field, at the same place."""
    entries = dict(root.value) if isinstance(root.value, dict) else {}
    return Node(root.span, {**entries, name: Entry(entries[name].key, value)})


def _word(node: Node, name: str) -> str:
    child = node.child(name)
    return child.value if child and isinstance(child.value, str) else ""
