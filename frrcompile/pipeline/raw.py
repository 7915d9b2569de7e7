"""Raw lines against the modelled ones: both pipelines meet here, as the lines are read the way FRR reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from frrcompile.diagnostics import Diagnostic, Severity
from frrcompile.ir.node import Node
from frrcompile.ir.node import Raw as RawLines
from frrcompile.ir.source import Source
from frrcompile.model.tree import locate, spell
from frrcompile.pipeline.placing import raw_line
from frrcompile.redact import redact
from frrcompile.render.emit import frr_conf
from frrcompile.render.secret import placeholder
from frrcompile.syntax import Tree, read
from frrcompile.syntax.settings import settings

Context = tuple[str, ...]


def check_raw(router: Node, source: Source, texts: Mapping[str, str]) -> Iterator[Diagnostic]:
    """A raw line repeats, contradicts or takes away what the model says.

    What: a line of `raw` that a modelled field makes too, that gives another value to a setting that FRR has once, that is
        the `no` form of a modelled line, or that names another AS for an instance. Lines are compared as FRR reads them,
        below their headers. Without `|` after `lines:`, YAML folds the lines below it into one.
    Why: FRR would take the last line, so that the model would no longer say what the router does.
    Bad:
        raw:
          - lines: |
              router bgp 64514
               neighbor 192.0.2.1 remote-as 64599
    Good:
        raw:
          - lines: |
              router bgp 64514
               bgp bestpath compare-routerid
    """
    tree = read(frr_conf(replace(router, raw=()), placeholder))
    modelled = {(context, text) for context, text, _ in _commands(tree)}
    settings = {(context, key): text for context, text in modelled if (key := _key(text))}
    instances = {_vrf(text): text for text, _ in _headers(tree) if text.startswith("router bgp ")}
    for raw in router.raw:
        if findings := list(_against(raw, source, texts, modelled, settings, instances)):
            yield from [_folded(raw, source)] if _is_folded(raw, source, texts) else findings


def _against(
    raw: RawLines,
    source: Source,
    texts: Mapping[str, str],
    modelled: set[tuple[Context, str]],
    settings: Mapping[tuple[Context, str], str],
    instances: Mapping[str, str],
) -> Iterator[Diagnostic]:
    """Where one text of raw lines repeats, contradicts or removes the lines, settings and instances of the model."""
    lines = read("\n".join(raw.lines) + "\n")
    for text, line in _headers(lines):
        if text.startswith("router bgp ") and (other := instances.get(_vrf(text), text)) != text:
            yield _error(raw, line, source, texts, f"`{text}` names another AS than the model's `{other}`")
    for context, text, line in _commands(lines):
        said = f"`{redact(text)}`" + (f" under `{context[-1]}`" if context else "")
        if (context, text) in modelled:
            yield _error(raw, line, source, texts, f"{said} repeats what the model says; leave it out")
        elif text.startswith("no ") and (context, text[3:]) in modelled:
            yield _error(raw, line, source, texts, f"{said} takes away what the model says")
        elif (key := _key(text)) and (other := settings.get((context, key), text)) != text:
            yield _error(raw, line, source, texts, f"{said} contradicts the model's `{redact(other)}`")


def _commands(tree: Tree) -> Iterator[tuple[Context, str, int]]:
    """Each line that opens and closes nothing: its context, its words, and its number from 1."""
    opening = {block.header.number for _, block in tree.contexts()}
    closing = {block.closer.number for _, block in tree.contexts() if block.closer}
    for blocks, statement in tree.walk():
        if statement.number not in opening and statement.number not in closing:
            yield tuple(" ".join(block.words) for block in blocks), " ".join(statement.words), statement.number


def _headers(tree: Tree) -> Iterator[tuple[str, int]]:
    return ((" ".join(block.words), block.header.number) for _, block in tree.contexts())


def _vrf(text: str) -> str:
    words = text.split()
    return words[4] if len(words) > 4 and words[3] == "vrf" else "default"


def _key(text: str) -> str | None:
    """What of a line says which setting it is; None for a command of which a context may have many."""
    key = settings().key(text.split())
    return " ".join(key) if key else None


def _is_folded(raw: RawLines, source: Source, texts: Mapping[str, str]) -> bool:
    """Whether the one raw line stands on several lines of the file, which YAML joins where the text does not begin with `|`."""
    span = locate(source.root, raw.at)
    begun = texts.get(span.path, "").split("\n")[span.line - 1 : span.line]
    several = len(raw.lines) == 1 and span.end_line > span.line
    return several and any(not line[span.column - 1 :].startswith("|") for line in begun)


def _folded(raw: RawLines, source: Source) -> Diagnostic:
    message = "YAML folds these raw lines into one, as the text does not begin with `|`"
    help_ = "write `lines: |`, and each raw line on a line of its own below it"
    return source.error("MOD020", raw.at, message, help=help_)


def _error(raw: RawLines, line: int, source: Source, texts: Mapping[str, str], message: str) -> Diagnostic:
    span = source.line(at := (*raw.at, line - 1))
    if span.path in texts:  # otherwise the column is not known
        span = raw_line(source, at, raw.lines[line - 1], texts)
    return Diagnostic("MOD020", Severity.ERROR, f"the raw line {message}", span, field=spell(raw.at))
