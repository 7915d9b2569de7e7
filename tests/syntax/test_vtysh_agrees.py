"""vtysh itself is asked how it nests a file, and which commands its nodes have."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from frrcompile.syntax.commands import learn
from frrcompile.syntax.commands.language import spell
from frrcompile.syntax.commands.table import Table
from frrcompile.syntax.lines import Statement
from frrcompile.syntax.nesting import Role, nest
from frrcompile.syntax.nodes import document, nodes
from tests.syntax import corpus, vtysh

pytestmark = [
    pytest.mark.frr,
    pytest.mark.skipif(not vtysh.installed(), reason="there is no vtysh here to compare with"),
]

SAMPLE = 12
"""Every how many-th file of the corpus is compared; all of them take a minute."""

CLOSERS = [
    "exit",
    "quit",
    *{closer for entry in document()["nodes"] for closer in entry.get("closer", ())} - {"no enable"},
]

SIDEWAYS = {"key", "key-chain"}
"""vtysh goes from one key, or chain, straight into the next; for us the first one ends. The outcome is the same."""


def disagreement(path: Path, commands: Table | None) -> str:
    """The first line before which we leave another number of nodes than vtysh does; nothing where there is none."""
    places = list(nest(corpus.text(path), str(path), commands))
    lines = [line for _, _, line, _, _ in places]
    exits, accepted = vtysh.implicit_exits(path, lines)
    missing = [
        line for line in lines if isinstance(line, Statement) and line.text != "end" and line.number not in exits
    ]
    assert not accepted or not missing, f"the test lost its place: {missing[0].span}"
    for closed, role, line, node, _ in places:
        if line.number not in exits or (role is Role.OPEN and node.name in SIDEWAYS):
            continue
        if closed != exits[line.number]:
            return f"{line.span}: {line.text}: we leave {closed}, vtysh leaves {exits[line.number]}, for {node.name}"
    return ""


@lru_cache(maxsize=1)
def own() -> Table:
    """The table of the vtysh that is here."""
    return Table(learn.read(*learn.ask(vtysh.COMMAND)))


def test_the_corpus_nests_as_vtysh_nests_it() -> None:
    found = [disagreement(path, own()) for path in corpus.files()[::SAMPLE]]
    assert [text for text in found if text] == []


def test_headers_and_closers_alone_nest_as_vtysh_nests_them(tmp_path: Path) -> None:
    path = tmp_path / "frr.conf"
    path.write_text(
        "interface lo\nrouter bgp 1\naddress-family ipv4 unicast\nexit-address-family\naddress-family l2vpn evpn\nvni 5\n"
        "exit-address-family\nvrf a\nexit\nexit\nvrf red\nvni 5\nrouter ospf\nbfd\npeer 192.0.2.1\nprofile a\nprofile b\nmpls ldp\n"
        "address-family ipv4\ninterface a\ninterface b\ninterface c vrf red\nroute-map a permit 1\nno router bgp 1\n"
        "int eth0\nrou b 1\naddress ipv4\nexit-addr\nexit\nsegment-routing\ntraffic-eng\npcep\npcc\npce-config a\npce b\n"
        "segment-list c\nrouter isis d\nsegment-routing on\n"
    )
    assert disagreement(path, None) == ""


def test_every_node_that_vtysh_has_is_ours() -> None:
    assert own().nodes <= {entry["frr"] for entry in document()["nodes"]}


def test_every_closer_that_vtysh_has_is_ours() -> None:
    named_twice = {"rpki", "ldp"}  # by FRR, so that `find .` does not tell them apart
    for node in nodes().values():
        if node.name == "config" or node.frr in named_twice or node.frr not in own().nodes:
            continue
        written = {spell(parts) for parts in own().commands(node.frr)}
        closers = {text for text in written if text.startswith(("exit", "quit")) and " " not in text}
        assert {closer for closer in CLOSERS if node.closes([closer])} - {"quit"} == closers - {"quit"}, node.name
