"""Whatever is linted: a finding, never a traceback, and never without end."""

from __future__ import annotations

import random
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frrcompile.lint.engine import lint
from frrcompile.syntax import read
from frrcompile.syntax.commands.language import Part
from frrcompile.syntax.commands.table import table
from frrcompile.syntax.nodes import document, nodes
from tests.conftest import examples

RELEASE = (10, 7)


def words_of(part: Part, draw: random.Random) -> list[str]:
    """One way to write a part of a command, with values that may be right or wrong."""
    if isinstance(part, str):
        return [draw.choice(VALUES) if part.startswith("=") else part.partition("$")[0]]
    alternative = draw.choice(part[1:])
    assert isinstance(alternative, list)
    return [] if str(part[0]).startswith("[") and draw.random() < 0.4 else [
        word for one in alternative for word in words_of(one, draw)
    ]  # fmt: skip


VALUES = ("1", "10", "65000", "4294967295", "192.0.2.1", "10.0.0.0/8", "2001:db8::1", "2001:db8::/32", "red", "a", "00:11:22:33:44:55",
          "64512:10", "0", "eth0", "\N{LATIN SMALL LETTER E WITH ACUTE}", "-1", "1.1", "x" * 300)  # fmt: skip


@lru_cache(maxsize=1)
def commands() -> dict[str, list[list[Part]]]:
    """The commands of each node that has some; read once, as every line of every file is drawn from them."""
    here = table(RELEASE)
    return {name: found for name, node in nodes().items() if (found := here.commands(node.frr))}


def some_file(seed: int) -> str:
    """A file of commands that FRR has, in blocks that have them, a third of them with a word lost or one too many."""
    draw = random.Random(seed)
    lines = []
    for _ in range(60):
        node = nodes()[draw.choice([*commands()])]
        parts = draw.choice(commands()[node.name])
        words = [word for part in parts for word in words_of(part, draw)]
        if words and draw.random() < 0.3:
            at = draw.randrange(len(words))
            words[at : at + draw.randrange(2)] = [draw.choice(VALUES)] * draw.randrange(2)
        lines.append(" " * draw.randrange(3) + " ".join(words))
        if draw.random() < 0.3:
            headers = [
                text for entry in DOCUMENT for text in entry.get("header", ()) if entry.get("parent") == node.name
            ]
            lines.append(draw.choice([*headers, "exit", "!"]).replace("...", "65000").replace("NAME", "red"))
    return "\n".join(lines) + "\n"


DOCUMENT = document()["nodes"]


@pytest.mark.parametrize("seed", range(examples(60)))
def test_commands_in_any_order(seed: int) -> None:
    text = some_file(seed)
    for release in ((8, 4), (10, 3), RELEASE):
        assert all(
            finding.message and finding.span.line <= text.count("\n") + 1 for finding in lint(text, "any", release)
        )


@settings(max_examples=examples(150), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(codec="utf-8")) | st.binary().map(lambda data: data.decode(errors="surrogateescape")))
def test_any_text(text: str) -> None:
    lint(text, "any", RELEASE)


MONSTERS = {
    "a line of ten million letters": "x" * 10_000_000,
    "a line of a million words": "neighbor " + "a " * 1_000_000,
    "a hundred thousand empty lines": "\n" * 100_000,
    "NULs": "\x00" * 100_000 + "\nrouter bgp 1\x00\n",
    "ten thousand blocks that are never left": "router bgp 1\n" * 10_000,
    "address families of address families": "router bgp 1\n" + "address-family ipv4 unicast\n" * 10_000,
    "carriage returns": "router bgp 1\r neighbor 192.0.2.1 remote-as 2\r\n" * 1000,
    "utf-16": "router bgp 1\n".encode("utf-16").decode(errors="surrogateescape"),
    "ten thousand unknown lines": "\n".join(f"frobnicate {number}" for number in range(10_000)),
    "ten thousand half lines": "router bgp 1\n" + "\n".join(f" neighbor peer{number}" for number in range(10_000)),
    "keywords of a group again and again": "ip route 10.0.0.0/8 192.0.2.1 " + "tag 5 onlink vrf red " * 50,
    "exits": "exit\n" * 10_000,
}


@pytest.mark.parametrize("text", MONSTERS.values(), ids=MONSTERS)
def test_monsters(text: str) -> None:
    lint(text, "monster", RELEASE)
    assert read(text, table=table(RELEASE)).text() == text
