"""What several targets begin with: this project's configurations and models, and the words of FRR's commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from frrcompile.lint.catalog import catalog
from frrcompile.syntax.commands.table import releases, table
from tests.fuzz.oracle import PASSWORD_LINES
from tests.lint.test_any_input import some_file

GOLDEN = Path(__file__).parents[2] / "golden"
RANDOM_FILES = 20


def confs() -> Iterator[bytes]:
    """Every frr.conf of golden/, the example of every rule of the linter, and files of random commands."""
    yield from (path.read_bytes() for path in sorted(GOLDEN.glob("*/*.conf")))
    yield from (entry.page.bad.encode() for entry in catalog().values() if entry.docstring)
    yield from (some_file(seed).encode() for seed in range(RANDOM_FILES))
    yield "\n".join(PASSWORD_LINES).encode()


def models() -> Iterator[bytes]:
    """Every model of golden/."""
    yield from (path.read_bytes() for path in sorted(GOLDEN.glob("*/input.yaml")))


@lru_cache(maxsize=1)
def words() -> Sequence[str]:
    """The keywords of the newest FRR, and what tells its lines apart."""
    newest = table(releases()[-1])
    found = {word for node in sorted(newest.nodes) for parts in newest.commands(node) for word in _keywords(parts)}
    return *sorted(found), *(
        "\n",
        "\r\n",
        " ",
        "!",
        "\x1b[31m",
        "\x00",
        "\N{RIGHT-TO-LEFT OVERRIDE}",
        "\x85",
        "! frrcompile: end",
    )


def _keywords(parts: Iterable[object]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            if not part.startswith(("=", "[", "{", "(")):
                yield part.partition("$")[0]
        elif isinstance(part, list):
            yield from _keywords(part)
