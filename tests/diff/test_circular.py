"""Differences are circular: apply(diff(a, b), a) is b, diff(a, a) is empty, and diff(b, a) is diff(a, b) turned round."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frrcompile.diff import difference
from frrcompile.diff.changes import apply, compare
from frrcompile.diff.configuration import Configuration
from frrcompile.diff.reading import Reader
from frrcompile.facts.releases import NEWEST, OLDEST
from frrcompile.pipeline.site import build, load_site
from frrcompile.render.emit import frr_conf
from frrcompile.syntax.commands.table import table
from tests.conftest import ends, examples
from tests.models.pairs import pairs
from tests.models.strategies import as_yaml, opened
from tests.syntax.corpus import files

RELEASE = (10, 7)

LINES = (
    *(
        "router bgp 65000",
        "router bgp 65001",
        "router bgp 65000 vrf red",
        "no router bgp 65000",
        "vrf red",
        "vni 1",
        "no vni 1",
    ),
    *(
        "neighbor 192.0.2.1 remote-as 1",
        "neighbor 192.0.2.1 peer-group g",
        "neighbor g peer-group",
        "no neighbor g peer-group",
    ),
    *(
        "neighbor g remote-as 2",
        "no neighbor 192.0.2.1",
        "neighbor 192.0.2.1 activate",
        "no neighbor 192.0.2.1 activate",
    ),
    *("no bgp default ipv4-unicast", "bgp default ipv6-unicast", "address-family ipv4", "address-family ipv6 unicast"),
    *("address-family l2vpn evpn", "neighbor 192.0.2.1 send-community both", "no neighbor 192.0.2.1 send-community"),
    *(
        "exit-address-family",
        "exit",
        "network 10.0.0.0/8",
        "no network 10.0.0.0/8",
        "neighbor e0 interface remote-as external",
    ),
    *("route-map m permit 10", "route-map m deny 10", "no route-map m", "set community 1:2 1:1", "match community c"),
    *(
        "ip prefix-list p permit any",
        "ip prefix-list p seq 7 deny any",
        "no ip prefix-list p",
        "no ip prefix-list p permit any",
    ),
    *(
        "bgp community-list standard c permit 1:1",
        "access-list a permit any",
        "ip route 10.0.0.0/8 blackhole vrf red",
        "end",
    ),
    *("frr defaults datacenter", "bgp ebgp-requires-policy", "no bgp ebgp-requires-policy", "nonsense", "interface e0"),
    *(
        "ip address 192.0.2.1/24",
        "bfd",
        "profile x",
        "receive-interval 50",
        "no bfd",
        "advertise-all-vni",
        "route-target both 1:1",
    ),
)

BLOCKS = (
    "vrf red\n vni 1\nexit-vrf",
    "vrf red\n ip route 10.0.0.0/8 blackhole\nexit-vrf",
    "vrf red\n vni 1\n nonsense\nexit-vrf",
    "vrf red\n vni 1\nip forwarding",
    "vrf red\n no vni 1\n no description\nexit-vrf",
    "router bgp 1\n neighbor 192.0.2.1 remote-as 1\n no neighbor 192.0.2.1 activate\nexit",
    "router bgp 1\n address-family ipv4\n  no neighbor 192.0.2.1 activate\n exit-address-family\nexit",
    "router bgp 1\n no bgp default ipv4-unicast\nexit",
    "router bgp 1 vrf red\n bgp router-id 192.0.2.1\n address-family ipv4\n  network 10.0.0.0/8\n exit-address-family\nexit",
    "router bgp 2 vrf red\n neighbor g peer-group\n neighbor 192.0.2.1 peer-group g\nexit",
    "route-map m permit 10\n match community c\nexit",
    "route-map m deny 10\n match community c\nexit",
    "route-map m deny 10",
    "interface e0\n ip address 192.0.2.1/24\nexit",
    "bfd\n profile x\n  receive-interval 50\n exit\nexit",
    "ip route 10.0.0.0/8 192.0.2.1 vrf red",
    "no ip route 10.0.0.0/8 blackhole vrf red",
    "no router bgp 1 vrf red",
    "no router bgp 1",
    "no vrf red",
    "no vrf",
    "no route-map m",
    "ip prefix-list p permit any",
    "ip prefix-list p seq 5 deny any",
    "frr defaults datacenter",
    "bgp ebgp-requires-policy",
    "exit",
)
"""Whole blocks, such as stand in the same words in both files, and what reaches into them from outside."""

blocks = st.lists(st.sampled_from(BLOCKS), max_size=10).map("\n".join)

texts = st.lists(st.sampled_from(LINES), max_size=25).map("\n".join)


def check(old: str, new: str) -> None:
    one, two = (Reader(table(RELEASE), RELEASE).read(text) for text in (old, new))
    forth, back = compare(one, two), compare(two, one)
    assert difference(old, new, RELEASE).changes == forth.changes  # where a block of both files is read once
    assert difference(new, old, RELEASE).changes == back.changes
    assert apply(forth.changes, one).settings() == two.settings()
    assert apply(back.changes, two).settings() == one.settings()
    assert {_plain(change.inverted()) for change in forth.changes} == {_plain(change) for change in back.changes}
    assert compare(one, one).changes == ()
    assert not difference(new, new, RELEASE)


def _plain(change: object) -> str:
    return str((change.path, change.key, change.old, change.new))  # type: ignore[attr-defined]


@settings(max_examples=examples(400), deadline=None, suppress_health_check=list(HealthCheck))
@given(texts, texts)
def test_lines_in_any_order(old: str, new: str) -> None:
    check(old, new)


@settings(max_examples=examples(400), deadline=None, suppress_health_check=list(HealthCheck))
@given(blocks, blocks)
def test_blocks_in_any_order(old: str, new: str) -> None:
    check(old, new)


@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(pairs(st.sampled_from((0, 1, 3))))
def test_random_models(documents: list[dict[str, object]]) -> None:
    texts = [text for document in documents if (text := compiled(document))]
    for old, new in pairwise(texts):
        check(old, new)


def compiled(document: dict[str, object]) -> str | None:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "model.yaml"
        path.write_text(as_yaml(document))
        loaded = load_site({str(path): path.read_bytes()}, frr="10.7")
    if loaded.site is None:
        return None
    router, _ = build(loaded, next(iter(loaded.site.nodes)))
    return frr_conf(router, opened) if router else None


@pytest.mark.parametrize("release", ends((OLDEST, (10, 3), NEWEST)))
def test_corpus(release: tuple[int, int]) -> None:
    texts = [path.read_text(errors="replace") for path in files()]
    reader = Reader(table(release), release)
    read: list[Configuration] = [reader.read(text) for text in texts]
    for one, two in pairwise(read[::7]):
        assert apply(compare(one, two).changes, one).settings() == two.settings()
        assert not compare(one, one)
