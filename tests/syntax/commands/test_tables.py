"""The command tables in `grammar/` are what FRR says of itself, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from frrcompile.data import grammar_file
from frrcompile.facts.releases import MEASURED, Release, release_of, spell
from frrcompile.mistyped import KEYWORDS
from frrcompile.syntax.commands import learn
from frrcompile.syntax.commands.listing import SHIPPED, Listing, read, releases, write
from frrcompile.syntax.commands.table import Table, load, nearest, shipped, table
from frrcompile.syntax.nodes import nodes
from tests.conftest import ROOT
from tests.frr.installation import Installation, installations

DUMPS = ROOT.parent / "shared" / "commands"
"""What `find .` printed in each release that was built for this, a VERSION.txt each; only the project's own CI has them."""


def kept(one: Listing) -> dict[str, set[str]]:
    """The commands of each node, in no order."""
    return {node: {one.commands[place] for place in places} for node, places in one.nodes.items()}


def hold(said: Listing, request: pytest.FixtureRequest) -> None:
    """Holds the shipped file against what one FRR says; with --update-golden, writes that into the file."""
    path = grammar_file(SHIPPED)
    if request.config.getoption("--update-golden"):
        text = path.read_text()
        others = [read(text, one) for one in releases(text) if one != release_of(said.version)]
        path.write_text(write([*others, said]))
    known = shipped(release_of(said.version))
    assert (known.version, kept(known)) == (said.version, kept(said)), "run: make grammar"


@pytest.mark.frr
@pytest.mark.parametrize("installation", installations(), ids=lambda one: one.version)
def test_a_table_is_what_its_frr_says(installation: Installation, request: pytest.FixtureRequest) -> None:
    vtysh = ["vtysh"] if str(installation.root) == "/" else ["chroot", str(installation.root), "vtysh"]
    hold(learn.read(*learn.ask(vtysh)), request)


@pytest.mark.parametrize("release", MEASURED, ids=spell)
def test_a_table_is_what_its_frr_has_said(release: Release, request: pytest.FixtureRequest) -> None:
    dump = next((path for path in DUMPS.glob("*.txt") if f"{path.stem}.".startswith(f"{spell(release)}.")), None)
    if dump is None:
        pytest.skip(f"what FRR {spell(release)} says of its commands is not beside this checkout")
    hold(learn.read(dump.stem, dump.read_text()), request)


def keywords(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from keywords(one)
    elif (word := str(part).partition("$")[0])[:1].isalpha() and len(word) > 1:
        yield word


def test_the_keywords_are_those_of_the_tables(request: pytest.FixtureRequest) -> None:
    commands = json.loads(grammar_file(SHIPPED).read_bytes())["commands"]
    found = {*keywords(commands), "exit", "end", "quit", "no"}
    path, written = grammar_file(KEYWORDS), "".join(f"{word}\n" for word in sorted(found))
    if request.config.getoption("--update-golden"):
        path.write_text(written)
    assert path.read_text(encoding="ascii") == written, "run: make grammar"


def test_the_shipped_file_has_every_measured_release_in_one_form() -> None:
    text = grammar_file(SHIPPED).read_text()
    assert tuple(releases(text)) == MEASURED
    assert write(read(text, one) for one in reversed(MEASURED)) == text


def test_a_command_that_comes_goes_and_comes_back_stands_once() -> None:
    had = [["a"], None, ["b", "a"], ["a"], []]
    told = [
        learn.read(f"9.{at}.1", "".join(f"  (config)  {word}\n" for word in words))
        for at, words in enumerate(had)
        if words is not None
    ]
    text = write(told)
    document = json.loads(text)
    assert document["commands"] == [["a"], ["b"]]
    assert document["nodes"] == {"config": {"9.0-9.3": [0], "9.2-9.2": [1]}}
    assert kept(read(text, (9, 4))) == {}
    assert [kept(read(text, release_of(one.version))) for one in told] == [kept(one) for one in told]
    gone = json.loads(write([told[0], learn.read("9.1", "  (bgp)  exit\n"), *told[1:]]))
    assert gone["nodes"]["config"] == {"9.0-9.0": [0], "9.2-9.2": [2], "9.2-9.3": [0]}
    with pytest.raises(KeyError):
        read(text, (9, 1))


@pytest.mark.parametrize(
    ("asked", "judge"),
    [
        *((one, one) for one in MEASURED),
        ((10, 0), (10, 1)),  # inferred: none was at hand
        ((7, 5), MEASURED[0]),
        ((11, 0), MEASURED[-1]),
    ],
    ids=str,
)
def test_a_release_is_judged_by_its_own_table(asked: Release, judge: Release) -> None:
    assert nearest(asked) == judge
    assert release_of(table(asked).version) == judge


# The commands that live daemons of each release were seen to know or not.
FIRST_KNOWN = {
    ("bgp", "bgp enforce-first-as"): (10, 1),
    ("bgp", "bgp ipv6-auto-ra"): (9, 1),
    ("bgp", "bgp default dynamic-capability"): (10, 1),
    ("bgp", "bgp default software-version-capability"): (9, 1),
    ("bgp", "neighbor 192.0.2.1 capability software-version"): (9, 0),
    ("bgp", "neighbor 192.0.2.1 capability fqdn"): (10, 1),
    ("bgp", "neighbor 192.0.2.1 capability link-local"): (10, 4),
    ("bgp evpn", "neighbor 192.0.2.1 maximum-prefix 5"): (10, 1),
}


@pytest.mark.parametrize(("where", "first"), FIRST_KNOWN.items(), ids=str)
def test_a_command_is_known_from_its_release_on(where: tuple[str, str], first: Release) -> None:
    node, line = where
    having = [one for one in MEASURED if table(one).matcher(node).accepts(line.split())]
    assert having == [one for one in MEASURED if one >= first]


@pytest.mark.parametrize("known", MEASURED)
def test_every_node_of_ours_that_a_table_has_can_be_left(known: Release) -> None:
    here = table(known)
    for node in nodes().values():
        if node.ancestors and node.frr in here.nodes:
            assert here.matcher(node.frr).accepts(["exit"]), node.name


def test_a_node_that_a_release_does_not_have_takes_no_line() -> None:
    assert not table((8, 4)).matcher("bgp link-state").accepts(["exit"])


def test_the_nodes_that_have_a_command_are_found_by_its_first_keyword() -> None:
    assert {"bgp evpn", "bgp evpn vni"} <= table((10, 7)).nodes_with("rd")
    assert table((10, 7)).nodes_with("interface") >= {"config", "ldp ipv4"}
    assert not table((10, 7)).nodes_with("frobnicate")


@pytest.mark.parametrize("content", ["", "[]", '{"frr": "10.3"}', "\\x00", "nodes:"])
def test_what_is_no_table_is_said_to_be_none(content: str, tmp_path: Path) -> None:
    path = tmp_path / "table.json"
    path.write_text(content)
    with pytest.raises(OSError, match="not a command table") as raised:
        load(path, (10, 3))
    assert raised.value.filename == str(path)


def test_a_table_that_was_made_can_be_read_again() -> None:
    said = "  (config)  [no] ip forwarding\n  (bgp)  exit\n  (view)  show version\n"
    here = Table(read(write([learn.read("10.9", said)]), (10, 9)))
    assert here.matcher("config").accepts(["no", "ip", "forwarding"])
    assert here.nodes == {"config", "bgp"}
