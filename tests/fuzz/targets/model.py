"""A model in YAML: through reading, checking and compiling to frr.conf, which FRR would take."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr

from frrcompile.cli import findings
from frrcompile.diagnostics import Diagnostic, Severity
from frrcompile.lint.checking import Wish
from frrcompile.lint.file import examine
from frrcompile.model.schema import schema
from frrcompile.pipeline.site import build, load_site
from frrcompile.render.emit import frr_conf
from tests.fuzz import oracle, seeds
from tests.fuzz.target import Target

NODES = 2  # of a site that are compiled
PASSWORD = re.compile(rb"password: *[^\s,}]+")


def run(data: bytes) -> None:
    hidden = PASSWORD.sub(b"password: " + oracle.SECRET.encode(), data.replace(oracle.SECRET.encode(), b""))
    loaded = load_site({"-": hidden})
    shown(loaded.findings)
    for name in loaded.names[:NODES]:
        router, problems = build(loaded, name)
        shown(problems)
        oracle.expect(router is not None or bool(problems), "a model compiles to nothing, without a reason")
        if router is not None and not router.raw:  # raw lines are the operator's own
            text = frr_conf(router, lambda _: "secret")
            refused = [one for one in examine(text.encode(), "frr.conf", Wish(), None).findings if refuses(one)]
            oracle.expect(not refused, "the linter refuses what was compiled", refused[:1])


def refuses(finding: Diagnostic) -> bool:
    return finding.severity is Severity.ERROR and finding.code.startswith("FRR0")


def shown(found: Sequence[Diagnostic]) -> None:
    """Findings as the command prints them."""
    said = io.StringIO()
    with redirect_stderr(said):
        findings.show(found)
    oracle.output(said.getvalue(), "compile")


def models() -> Iterator[bytes]:
    """Those of golden/, with and without passwords, and one for each construct of YAML that is written rarely."""
    for model in seeds.models():
        yield model
        yield re.sub(rb"(?m)^( *)- address: (\S+).*$", rb"\1- address: \2\n\1  password: x", model)
    yield b"a: &a [1, 2]\nb: *a\n<<: {c: !!str d}\n---\ne: |\n  f\n  g\n? h\n: >-\n  i\n"


def words() -> Iterator[str]:
    """The fields of the model, and what YAML is made of."""
    yield from _fields(schema())
    yield from (
        "- ",
        ": ",
        "\n",
        "  ",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "<<: ",
        "--- ",
        "|\n",
        "!!binary ",
        "? ",
        "#",
        '"',
        "'",
    )


def _fields(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        properties = part.get("properties")
        if isinstance(properties, dict):
            yield from (f"{name}: " for name in properties)
        yield from (word for inner in part.values() for word in _fields(inner))
    elif isinstance(part, list):
        yield from (word for inner in part for word in _fields(inner))


TARGET = Target(run, models, words)
