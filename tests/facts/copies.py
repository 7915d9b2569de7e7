"""Finding copies of facts outside of `frrcompile/facts`, in Python's syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from frrcompile.facts import values
from frrcompile.facts.communities import WELL_KNOWN
from frrcompile.facts.defaults import DEFAULTS
from frrcompile.facts.families import FAMILIES
from frrcompile.facts.policies import KINDS
from frrcompile.syntax.nodes import closing_words

ROOT = Path(__file__).parents[2]
FACTS = "frrcompile/facts/"

FAMILY_WORDS = frozenset(
    word for family in FAMILIES for word in (family.name, family.node, family.header, family.title) if word
)
CLOSERS = closing_words() - {"exit", "quit"}
LINES = frozenset(" ".join(row.words) for row in DEFAULTS)
SETTINGS = {" ".join(row.words[:-1]): row.words[-1] for row in DEFAULTS}
POLICIES = frozenset(" ".join(kind.begins) for kind in KINDS if len(kind.begins) > 1)
NUMBERS = frozenset({values.BGP_PORT, values.RESTART_TIME, values.STALEPATH_TIME, values.MAXIMUM_PREFIX_THRESHOLD})
VALUES = {name: value for name, value in vars(values).items() if name.isupper()}
MAJORS, MINORS = range(8, 12), range(16)
RELEASE_TYPE = "tuple[int, int]"
OLD_MARKS = frozenset("*@_$X")
"""How other pattern languages than that of `facts/pattern.py` wrote a variable, or the end of a line."""


class Copy(NamedTuple):
    """A place in the sources that has a fact: which kind of fact, the file, and the line."""

    kind: str
    path: str
    line: int


def sources() -> dict[str, str]:
    """The project's own modules, by their paths; those of `facts` are none of them."""
    files = [path for room in ("frrcompile", "reloader") for path in sorted((ROOT / room).rglob("*.py"))]
    named = {path.relative_to(ROOT).as_posix(): path for path in files}
    return {name: path.read_text() for name, path in named.items() if not name.startswith(FACTS)}


def copies(modules: Mapping[str, str]) -> Iterator[Copy]:
    """Every copy of a fact in these modules."""
    for path, text in modules.items():
        tree = ast.parse(text)
        skipped = {id(one) for one in _no_data(tree)}
        for node in ast.walk(tree):
            for kind, find in KINDS_OF_COPIES.items():
                if id(node) not in skipped and find(node):
                    yield Copy(kind, path, node.lineno)  # type: ignore[attr-defined]


def _no_data(tree: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, and values that are assigned to several names at a time."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) or (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple)):
            yield node.value


def _release(node: ast.AST) -> bool:
    """`(10, 3)`, the text `10.3`, or an argument `release: tuple[int, int]`."""
    if isinstance(node, ast.arg) and node.annotation is not None:
        return node.arg in ("release", "since", "until") and ast.unparse(node.annotation) == RELEASE_TYPE
    if isinstance(node, ast.Tuple) and len(node.elts) == 2:
        numbers = [one.value for one in node.elts if isinstance(one, ast.Constant) and type(one.value) is int]
        return len(numbers) == 2 and numbers[0] in MAJORS and numbers[1] in MINORS
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        major, dot, minor = node.value.partition(".")
        return bool(dot) and major.isdecimal() and minor.isdecimal() and int(major) in MAJORS and int(minor) in MINORS
    return False


def _family_list(node: ast.AST) -> bool:
    return len(FAMILY_WORDS.intersection(_strings(node))) > 2


def _closers(node: ast.AST) -> bool:
    return len(CLOSERS.intersection(_strings(node))) > 1


def _communities(node: ast.AST) -> bool:
    return len(WELL_KNOWN.keys() & set(_strings(node))) > 2


def _policies(node: ast.AST) -> bool:
    """A collection of kinds of policies, or a regular expression of them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value:
        return "prefix-list" in node.value and "access-list" in node.value and bool(set("|(") & set(node.value))
    return len(POLICIES.intersection(_strings(node))) > 2


def _defaults(node: ast.AST) -> bool:
    """Lines that say the default, settings with their default values, a constant so called, a comparison with one."""
    written = () if isinstance(node, ast.Dict) else _strings(node, by_line=True)
    if len(LINES.intersection(written)) > 1:
        return True
    if isinstance(node, ast.Dict):
        pairs = [
            (_text(key), str(_value(value)))
            for key, value in zip(node.keys, node.values, strict=True)
            if key is not None
        ]
        return sum(SETTINGS.get(key) == value for key, value in pairs) > 1
    if isinstance(node, ast.Assign | ast.AnnAssign):
        names = [
            one.id for one in getattr(node, "targets", [getattr(node, "target", None)]) if isinstance(one, ast.Name)
        ]
        value = _value(node.value) if node.value is not None else None
        return any(VALUES.get(name.removeprefix("DEFAULT_"), ()) == value for name in names)
    if isinstance(node, ast.Compare):
        return any(_value(one) in NUMBERS for one in (node.left, *node.comparators) if type(_value(one)) is int)
    return False


def _patterns(node: ast.AST) -> bool:
    """Lines in another pattern language: `hostname|domainname @`, `neighbor * weight`, `vrf X`."""
    lines = _strings(node, by_line=True)
    return sum(_is_old_pattern(line.split()) for line in lines) > 1


def _is_old_pattern(words: Sequence[str]) -> bool:
    alternatives = (word.split("|") for word in words if "|" in word)
    return len(words) > 1 and (
        not OLD_MARKS.isdisjoint(words)
        or any(all(one.replace("-", "").isalnum() for one in choice) for choice in alternatives)
    )


KINDS_OF_COPIES: Mapping[str, Callable[[ast.AST], bool]] = {
    "release": _release,
    "families": _family_list,
    "closers": _closers,
    "communities": _communities,
    "policies": _policies,
    "defaults": _defaults,
    "patterns": _patterns,
}


def _strings(node: ast.AST, *, by_line: bool = False) -> Collection[str]:
    """The texts of a collection (a dictionary's keys and values), and the words, or lines, of a text that is a list of them."""
    if isinstance(node, ast.Dict):
        return _texts((*(key for key in node.keys if key is not None), *node.values))
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return _texts(node.elts)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if by_line:
            return [" ".join(line.split()) for line in node.value.split("\n") if len(line.split()) > 1]
        return node.value.split() if "." not in node.value else ()
    return ()


def _texts(nodes: Iterable[ast.expr]) -> list[str]:
    found: list[str] = []
    for node in nodes:
        if isinstance(node, ast.Starred) and isinstance(node.value, ast.Tuple | ast.List):
            found += _texts(node.value.elts)
        found.append(_text(node))
    return found


def _text(node: ast.expr) -> str:
    """A text, or a tuple of words as one."""
    if isinstance(node, ast.Tuple):
        return " ".join(str(_value(one)) for one in node.elts)
    value = _value(node)
    return value if isinstance(value, str) else ""


def _value(node: ast.AST) -> object:
    return node.value if isinstance(node, ast.Constant) else None
