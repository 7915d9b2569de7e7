"""`frrcompile explain`: what a finding means, why it matters, and how to write it right; and what a field of a model means."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from frrcompile import output
from frrcompile.printable import QUOTED, shortened

if TYPE_CHECKING:
    from frrcompile.documented import Entry
    from frrcompile.model.reference import Field, Part

WIDTH = 100

EPILOG = """\
examples:
  frrcompile explain FRR701
  frrcompile explain vty-password-in-the-clear MOD006
  frrcompile explain vrfs.red.l3vni.vni               a field of a model; its names may be left out
  frrcompile explain allowas-in                       every field of this name
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "explain",
        description="Says what a finding means, why it matters, and shows it written wrong and right; or what a field of a model means.",
        epilog=EPILOG,
    )
    parser.add_argument(
        "code",
        nargs="+",
        metavar="CODE|FIELD",
        help="a code such as FRR701 or MOD401, a rule's name, or a field or part of a model, as docs/model.md names them",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Explains; 0, or 2 where there is no such code or field."""
    from frrcompile.cli.catalog import entry_of, everything
    from frrcompile.diagnostics import nearest
    from frrcompile.lint.select import LETTERS, nearest_code

    texts, unknown = [], False
    for word in arguments.code:
        if entry := entry_of(word):
            texts.append("\n".join(_explained(entry)))
        elif fields := _fields(word):
            texts += fields
        else:
            names = {entry.name: entry.code for entry in everything()}
            is_code = word.upper().startswith(LETTERS)
            near = nearest_code(word, names.values()) if is_code else nearest(word, names) or _nearest_field(word)
            hint = f"did you mean {near}?" if near else "`frrcompile rules` lists the codes, docs/model.md the fields"
            output.complain(f"unknown code or field {shortened(word, QUOTED)!r}; {hint}")
            unknown = True
    if texts:
        output.show(f"\n\n{'-' * WIDTH}\n\n".join(texts) + "\n")
    return 2 if unknown else 0


def _explained(entry: Entry) -> Iterator[str]:
    page = entry.page
    yield f"{entry.code} {entry.name} ({entry.severity}, {entry.family}{releases(entry)})"
    for title, text in (("", page.summary), ("What: ", page.what), ("Why: ", page.why)):
        yield ""
        yield textwrap.fill(title + text, WIDTH, break_long_words=False, break_on_hyphens=False)
    for title, lines in (("Bad:", page.bad), ("Good:", page.good)):
        yield ""
        yield title
        yield textwrap.indent(shown(lines).rstrip("\n"), "    ")
    if entry.base:
        yield ""
        yield "Both are laid over this model:"
        yield textwrap.indent(entry.base.rstrip("\n"), "    ")


def _fields(word: str) -> list[str]:
    """The fields of a model that a word names, each described; none for a code."""
    from frrcompile.lint.select import LETTERS

    if word.upper().startswith(LETTERS) and word[-3:].isdecimal():
        return []
    from frrcompile.model.reference import find, parts

    if part := parts().get(word):
        return [_described_part(part)]
    return [_described_field(path, field) for path, field in find(word)]


def _described_field(path: str, field: Field) -> str:
    """A field of the part at `path`."""
    from frrcompile.model.reference import LINK, parts

    part = parts()[field.part] if field.part else None
    facts = {
        "allowed": field.allowed.replace(f"a {part.name}", "a mapping with the fields below")
        if part
        else field.allowed,
        "default": "required" if field.required else field.default,
        "example": field.example,
        "frr.conf": "a link in the kernel" if field.line == LINK else field.line,
        "since": f"FRR {field.since}" if field.since else "",
        "fields": _names(part) if part else "",
    }
    return _described(f"{path}.{field.name}".lstrip("."), field.meaning, facts)


def _described_part(part: Part) -> str:
    """A part of a model, by the name that it has in docs/model.md."""
    places = ", ".join(path or "the whole document" for path in part.paths)
    return _described(part.name, part.meaning, {"found at": places, "fields": _names(part)})


def _described(head: str, meaning: str, facts: Mapping[str, str]) -> str:
    """A description: its head, the meaning, and a row for each fact that has a text."""
    rows = [f"{name:<10}{text}" for name, text in facts.items() if text]
    wrapped = [textwrap.fill(row, WIDTH, subsequent_indent=" " * 10, break_on_hyphens=False) for row in rows]
    return "\n".join([head, "", textwrap.fill(meaning, WIDTH, break_on_hyphens=False), "", *wrapped])


def _nearest_field(word: str) -> str | None:
    """The path of the field whose name is most like the end of a path; None where none is."""
    from frrcompile.diagnostics import nearest
    from frrcompile.model.reference import find, parts

    start, _, name = word.rpartition(".")
    near = nearest(name, {field.name for part in parts().values() for field in part.fields})
    here = f"{start}.{near}" if start else near
    return (here if here and find(here) else near) if near else None


def _names(part: Part) -> str:
    return ", ".join(field.name for field in part.fields)


def shown(example: str) -> str:
    """An example with a sign for what cannot be seen."""
    return example.translate(_SIGNS)


_SIGNS = {number: chr(0x2400 + number) for number in range(32)} | {10: "\n", 9: "→", 0xA0: "⍽"}


def releases(entry: Entry) -> str:
    """The releases of FRR that an entry is for, where these are not all: `, FRR 8.4 to before 10.0`."""
    from frrcompile.facts.releases import AFTER_ALL, BEFORE_ALL, spell

    first, end = ("" if release in (BEFORE_ALL, AFTER_ALL) else spell(release) for release in entry.releases)
    if not first and not end:
        return ""
    if not end:
        return f", from FRR {first}"
    return f", FRR {first} to before {end}" if first else f", before FRR {end}"
