"""The symbol table: what commands define and use, and what a later `no` line leaves of it."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Iterable, Iterator

import pytest

from frrcompile.facts.pattern import Pattern
from frrcompile.facts.releases import MEASURED
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.symbols import Kind, Symbols, contexts_of, symbols_of
from frrcompile.lint.symbols.table import nearest_name
from frrcompile.lint.symbols.words import DEFINITIONS, USES
from frrcompile.syntax.commands.table import table
from frrcompile.syntax.nodes import document

RELEASE = (10, 7)


def configuration(text: str) -> Configuration:
    return Configuration(textwrap.dedent(text), "-", RELEASE)


def symbols(text: str) -> Symbols:
    return symbols_of(configuration(text))


def uses(text: str, kind: Kind) -> list[str]:
    return [use.name for use in symbols(text).uses(kind)]


def test_the_table_names_nodes_and_commands_that_some_release_has() -> None:
    known: dict[str, set[str]] = {}
    for entry in document()["nodes"]:
        parts = [table(release).commands(entry["frr"]) for release in MEASURED]
        known.setdefault(entry["node"], set()).update(re.findall(r"[\w-]+", str(parts)))
        if "parent" in entry:
            known[entry["parent"]].update(re.findall(r"[\w-]+", str(entry["header"])))
    for _, names, written in [*DEFINITIONS, *((kind, names, written) for kind, _, names, written in USES)]:
        words = [word for word in Pattern.parse(written).words if word]
        assert any(all(set(word) & known[name] for word in words) for name in names.split()), written


VARIABLE = re.compile(
    "=(RMAP|RMAP_NAME|ROUTE-MAP|PLIST|PREFIXLIST.*|ACCESSLIST.*|AS_PATH_FILTER_NAME|.*COMMUNITY_LIST_NAME"
    "|BFDPROF|PGNAME|KEYCHAIN_NAME|NHGNAME|PBRMAP)"
)
"""What FRR's commands call the names that the symbol table is about."""


def tokens(part: object) -> Iterator[str]:
    """The words of a command in a command table, without its brackets."""
    if isinstance(part, list):
        for one in part:
            yield from tokens(one)
    elif isinstance(part, str) and part not in "[]<>{}!":
        yield part


def keywords(written: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """By node, the words that names stand behind."""
    found: dict[str, set[str]] = {}
    for names, text in written:
        pattern = Pattern.parse(text)
        before = [word for word in pattern.words[: pattern.asked] if word][-1]
        for name in names.split():
            found.setdefault(name, set()).update(before)
    return found


@pytest.mark.parametrize("release", MEASURED)
def test_the_table_has_every_command_that_names_something(release: tuple[int, int]) -> None:
    known = keywords(
        [*((names, written) for _, names, written in DEFINITIONS), *((names, written) for *_, names, written in USES)]
    )
    missing = set()
    for entry in document()["nodes"]:
        for command in table(release).commands(entry["frr"]):
            words = list(tokens(command))
            if words[0] == "no" and "[" not in str(command[0]):
                continue
            for at, word in enumerate(words):
                if VARIABLE.fullmatch(word):
                    before = [one for one in words[:at] if not one.startswith("=")]
                    if not set(before[-4:]) & known.get(entry["node"], set()):
                        missing.add((entry["node"], " ".join(words)))
    assert missing == set()


def test_names_of_one_kind_are_no_names_of_another() -> None:
    found = symbols(
        "ip prefix-list a seq 5 permit any\nipv6 prefix-list b seq 5 permit any\naccess-list c permit any\n"
    )
    assert list(found.names(Kind.PREFIX_LIST4)) == ["a"]
    assert list(found.names(Kind.PREFIX_LIST6)) == ["b"]
    assert list(found.names(Kind.ACCESS_LIST4)) == ["c"]


@pytest.mark.parametrize(
    ("line", "kind", "name"),
    [
        ("neighbor 192.0.2.1 route-map m in", Kind.ROUTE_MAP, "m"),
        ("neighbor 192.0.2.1 default-originate route-map m", Kind.ROUTE_MAP, "m"),
        ("redistribute static metric 5 route-map m", Kind.ROUTE_MAP, "m"),
        ("network 10.0.0.0/8 route-map m", Kind.ROUTE_MAP, "m"),
        ("aggregate-address 10.0.0.0/8 summary-only suppress-map m", Kind.ROUTE_MAP, "m"),
        ("import vrf route-map m", Kind.ROUTE_MAP, "m"),
        ("import vrf red", Kind.VRF, "red"),
        ("table-map m", Kind.ROUTE_MAP, "m"),
        ("neighbor 192.0.2.1 prefix-list p out", Kind.PREFIX_LIST4, "p"),
        ("neighbor 192.0.2.1 distribute-list a out", Kind.ACCESS_LIST4, "a"),
        ("neighbor 192.0.2.1 filter-list f in", Kind.AS_PATH_LIST, "f"),
    ],
)
def test_uses_in_an_address_family(line: str, kind: Kind, name: str) -> None:
    assert uses(f"router bgp 65000\n address-family ipv4 unicast\n  {line}\n", kind) == [name]


def test_both_maps_of_a_conditional_advertisement_are_uses() -> None:
    text = """
        router bgp 65000
         address-family ipv4 unicast
          neighbor 192.0.2.1 advertise-map a exist-map b
        """
    assert uses(text, Kind.ROUTE_MAP) == ["a", "b"]


@pytest.mark.parametrize(
    ("line", "kind", "name"),
    [
        ("match ip address prefix-list p", Kind.PREFIX_LIST4, "p"),
        ("match ip address a", Kind.ACCESS_LIST4, "a"),
        ("match ipv6 next-hop prefix-list p", Kind.PREFIX_LIST6, "p"),
        ("match community 5 exact-match", Kind.COMMUNITY_LIST, "5"),
        ("match large-community l", Kind.LARGE_COMMUNITY_LIST, "l"),
        ("match as-path p", Kind.AS_PATH_LIST, "p"),
        ("set comm-list c delete", Kind.COMMUNITY_LIST, "c"),
        ("set as-path exclude as-path-access-list p", Kind.AS_PATH_LIST, "p"),
        ("call m", Kind.ROUTE_MAP, "m"),
    ],
)
def test_uses_in_a_route_map(line: str, kind: Kind, name: str) -> None:
    assert uses(f"route-map x permit 10\n {line}\n", kind) == [name]


def test_an_address_to_match_is_no_access_list() -> None:
    text = "route-map x permit 10\n match ip next-hop address 192.0.2.1\n match ip next-hop type blackhole\n"
    assert uses(text, Kind.ACCESS_LIST4) == []


def test_the_default_vrf_needs_no_definition() -> None:
    assert uses("router bgp 65000 vrf red\n address-family ipv4 unicast\n  import vrf default\n", Kind.VRF) == []


@pytest.mark.parametrize("no", ["no ip prefix-list p", "no ip prefix-list p seq 5 permit any"])
def test_a_no_line_takes_a_definition_back(no: str) -> None:
    assert list(symbols(f"ip prefix-list p seq 5 permit any\n{no}\n").unused(Kind.PREFIX_LIST4)) == []


def test_what_comes_behind_the_no_line_stays() -> None:
    found = symbols("no ip prefix-list p\nip prefix-list p seq 5 permit any\n")
    assert [one.name for one in found.unused(Kind.PREFIX_LIST4)] == ["p"]


@pytest.mark.parametrize("no", ["no neighbor 192.0.2.1", "no neighbor 192.0.2.1 route-map m in"])
def test_a_no_line_takes_a_use_back(no: str) -> None:
    assert uses(f"router bgp 65000\n neighbor 192.0.2.1 route-map m in\n {no}\n", Kind.ROUTE_MAP) == []


def test_a_no_line_in_another_instance_does_not() -> None:
    text = """
        router bgp 65000
         neighbor 192.0.2.1 route-map m in
        exit
        router bgp 65000 vrf red
         no neighbor 192.0.2.1 route-map m in
        """
    assert uses(text, Kind.ROUTE_MAP) == ["m"]


def test_peer_groups_are_known_in_their_instance() -> None:
    text = """
        router bgp 65000
         neighbor g peer-group
        exit
        router bgp 65000 vrf red
         address-family ipv4 unicast
          neighbor 192.0.2.1 peer-group g
        """
    assert [use.scope for use in symbols(text).undefined(Kind.PEER_GROUP)] == [("bgp", "vrf", "red")]


def test_blocks_with_one_header_are_one_context() -> None:
    text = """
        router bgp 65000
         address-family ipv4
         exit-address-family
        exit
        router bgp
         address-family ipv4 unicast
         exit-address-family
        exit
        """
    config = configuration(text)
    contexts = contexts_of(config)
    numbers = [contexts.inside(header.opens) for header in config.headers if header.opens]
    assert numbers[:2] == numbers[2:]
    assert numbers[0] != numbers[1]


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("Pods", ["pods", "hosts"], "pods"),
        ("from-spines", ["from-spine", "to-spine"], "from-spine"),
        ("peer-in", ["peer-out"], None),
        ("a", ["b"], None),
        ("x", [], None),
    ],
)
def test_nearest_name(name: str, known: list[str], meant: str | None) -> None:
    assert nearest_name(name, known) == meant


def test_suggestions_in_a_file_have_an_end() -> None:
    letters = random.Random(1)
    maps = ["".join(letters.choices("abcdefgh", k=8)) for _ in range(3000)]
    text = "".join(f"route-map {name} permit 10\nexit\n" for name in maps)
    text += "router bgp 65000\n" + "".join(f" neighbor 192.0.2.1 route-map x{name} in\n" for name in maps[:200])
    found = symbols(text)
    suggested = [found.suggestion(use) for use in found.undefined(Kind.ROUTE_MAP)]
    assert suggested[0] == maps[0]
    assert suggested[-1] is None
