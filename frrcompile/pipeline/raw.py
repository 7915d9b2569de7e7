"""Raw lines against the modelled ones: both pipelines meet here, as the lines are read the way FRR reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from frrcompile.diagnostics import Diagnostic, Severity
from frrcompile.ir.node import Node
from frrcompile.ir.node import Raw as RawLines
from frrcompile.ir.source import Source
from frrcompile.model.tree import spell
from frrcompile.redact import redact
from frrcompile.render.emit import frr_conf
from frrcompile.render.secret import placeholder
from frrcompile.syntax import Tree, read
from frrcompile.syntax.settings import settings

Context = tuple[str, ...]


def check_raw(router: Node, source: Source) -> Iterator[Diagnostic]:
    """A raw line repeats, contradicts or takes away what the model says.

    What: a line of `raw` that a modelled field makes too, that gives another value to a setting that FRR has once, that is
        the `no` form of a modelled line, or that names another AS for an instance. Lines are compared as FRR reads them,
        below their headers. `source` is the document as the router's node has it.
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
        lines = read("\n".join(raw.lines) + "\n")
        for text, line in _headers(lines):
            if text.startswith("router bgp ") and (other := instances.get(_vrf(text), text)) != text:
                yield _error(raw, line, source, f"`{text}` names another AS than the model's `{other}`")
        for context, text, line in _commands(lines):
            said = f"`{redact(text)}`" + (f" under `{context[-1]}`" if context else "")
            if (context, text) in modelled:
                yield _error(raw, line, source, f"{said} repeats what the model says; leave it out")
            elif text.startswith("no ") and (context, text[3:]) in modelled:
                yield _error(raw, line, source, f"{said} takes away what the model says")
            elif (key := _key(text)) and (other := settings.get((context, key), text)) != text:
                yield _error(raw, line, source, f"{said} contradicts the model's `{redact(other)}`")


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


def _error(raw: RawLines, line: int, source: Source, message: str) -> Diagnostic:
    span = source.line((*raw.at, line - 1))
    return Diagnostic("MOD020", Severity.ERROR, f"the raw line {message}", span, field=spell(raw.at))
