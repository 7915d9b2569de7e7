"""The Python API: a model in, frr.confs and findings out. docs/python.md shows it.

This is the one room in which the compiler (`model`, `ir`, `render`) and the reader of frr.confs (`syntax`, `lint`, `diff`) meet.
Everything goes in and comes out as a value: nothing is read from files but secrets, nothing is written and nothing printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # each function imports what it needs when it runs
    from frrcompile.diagnostics import Diagnostic
    from frrcompile.diff.impact import Assessment
    from frrcompile.pipeline.routers import Compiled, Secrets

__all__ = ["compile", "diff", "lint"]

Text = str | bytes
"""A text; in bytes it is UTF-8."""


def compile(  # noqa: A001  the verb of the command line
    files: Mapping[str, Text],
    *,
    frr: str | None = None,
    nodes: Iterable[str] | None = None,
    secrets: Secrets | None = None,
) -> Compiled:
    """Compiles the model that `files` have together: the text of each by the name that findings call it.

    `frr` is an FRR version in place of the model's, `nodes` are the names of the nodes to compile in place of all. A
    password is `********` in the text, unless `secrets` opens it: see `frrcompile.render.secret.opener`.

    Raises ValueError for a version that is not known, and KeyError for a node that the model does not have. What is wrong
    with the model is a finding, and a router with an error is left out.
    """
    from frrcompile.ir import dialect
    from frrcompile.pipeline.routers import compiled
    from frrcompile.pipeline.site import load_site
    from frrcompile.render.secret import placeholder

    if frr is not None and not dialect.is_version(frr):
        raise ValueError(f"found FRR version {frr!r}; allowed: {', '.join(dialect.VERSIONS)}")
    loaded = load_site(_bytes(files), frr=frr)
    names = loaded.names if nodes is None or loaded.site is None else tuple(nodes)
    if unknown := set(names).difference(loaded.names):
        raise KeyError(*sorted(unknown))
    return compiled(loaded, names, secrets or placeholder)


def lint(
    content: Text | Mapping[str, Text],
    path: str = "frr.conf",
    *,
    frr: str | None = None,
    select: str | Iterable[str] | None = None,
    ignore: str | Iterable[str] = (),
) -> list[Diagnostic]:
    """What is found in a frr.conf that findings call `path`; or, in place of a text, in a model's files (see `compile`).

    The compiler's findings are among those of a model, and a finding in the frr.conf of a node stands at the model's field.
    `frr` is an FRR version or `auto`, `select` and `ignore` are codes or beginnings of codes. No message has a secret.

    Raises ValueError for an unknown version or code.
    """
    from frrcompile.lint.checking import Wish
    from frrcompile.lint.file import examine
    from frrcompile.lint.release import AUTO, parse
    from frrcompile.lint.select import Selection, patterns
    from frrcompile.pipeline.codes import KnownCodes

    if frr is not None and frr != AUTO:
        parse(frr)
    known = KnownCodes()
    wish = Wish(Selection(None if select is None else patterns(_list(select), known), patterns(_list(ignore), known)))
    if isinstance(content, Mapping):
        from frrcompile.pipeline.lint_model import examine_model

        return list(examine_model(_bytes(content), wish, frr).findings)
    return list(examine(_encoded(content), path, wish, frr).findings)


def diff(old: str, new: str, *, frr: str | None = None) -> Assessment:
    """What changes in an FRR that runs the frr.conf `old` when it gets `new`: each change, and what it does.

    `frr` is its version, the newest known one by default. Raises ValueError for an unknown version.
    """
    from frrcompile.diff import difference
    from frrcompile.diff.impact import assess
    from frrcompile.lint.release import release_for

    return assess(difference(old, new, release_for(new, frr).asked))


def _bytes(files: Mapping[str, Text]) -> dict[str, bytes]:
    return {path: _encoded(text) for path, text in files.items()} or {"-": b""}


def _encoded(text: Text) -> bytes:
    """The text in UTF-8; half a surrogate pair is none, which becomes a finding."""
    return text.encode(errors="surrogatepass") if isinstance(text, str) else text


def _list(codes: str | Iterable[str]) -> Iterable[str]:
    return (codes,) if isinstance(codes, str) else codes
