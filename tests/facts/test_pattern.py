"""The pattern language: which lines a pattern fits, and where in the line the word is that it asks for."""

from __future__ import annotations

import pytest

from frrcompile.facts.pattern import Pattern


@pytest.mark.parametrize(
    ("pattern", "line", "at"),
    [
        ("vrf NAME", "vrf red", 0),
        ("vrf NAME", "vrf", None),
        ("vrf NAME", "vrf red blue", None),
        ("vrf @NAME", "vrf red", 1),
        ("vrf @NAME", "vrf red blue", None),
        ("router bgp ...", "router bgp", 0),
        ("router bgp ...", "router bgp 1 vrf red", 0),
        ("vni (1-9)", "vni 100", 0),
        ("vni (1-9)", "vni x", None),
        ("vni (1-9)", "vni #", None),
        ("vni (1-9)", "vni \N{ARABIC-INDIC DIGIT ONE}", None),
        ("route-map NAME <permit|deny> (1-9)", "route-map a deny 10", 0),
        ("route-map NAME <permit|deny> (1-9)", "route-map a allow 10", None),
        ("ip route ... bfd", "ip route a b bfd profile x", 0),
        ("ip route ... bfd", "ip route a b", None),
        ("neighbor PEER route-map @NAME <in|out>", "neighbor x route-map m in", 3),
        ("neighbor PEER route-map @NAME <in|out>", "neighbor x route-map m", None),
        ("neighbor PEER route-map @NAME <in|out>", "neighbor x route-map m both", None),
        ("neighbor PEER route-map @NAME <in|out>", "neighbor x route-map m in out", None),
        ("match community @NAME ...", "match community c exact-match", 2),
        ("network PREFIX ... route-map @NAME", "network 10.0.0.0/8 route-map m", 3),
        ("network PREFIX ... route-map @NAME", "network 10.0.0.0/8 label-index 5 route-map m", 5),
        ("network PREFIX ... route-map @NAME", "network 10.0.0.0/8 route-map m backdoor", 3),
        ("network PREFIX ... route-map @NAME", "network 10.0.0.0/8 route-map", None),
        ("network PREFIX ... route-map @NAME", "network route-map m", None),
        ("route ... bfd ... profile @NAME", "route ::/0 fe80::1 eth0 bfd multi-hop profile p", 7),
        ("route ... bfd ... profile @NAME", "route ::/0 fe80::1 bfd profile p", 5),
        ("route ... bfd ... profile @NAME", "route ::/0 fe80::1 profile p", None),
        ("route ... bfd ... profile @NAME", "route ::/0 fe80::1 profile p bfd", None),
        ("path ... explicit list @NAME", "path x explicit other list a explicit list b", 8),
        ("path ... explicit list @NAME", "path x explicit other list a", None),
        ("path ... explicit list @NAME ...", "path explicit list a b", 3),
        ("router-id @...", "router-id 192.0.2.1", 1),
        ("router-id @...", "router-id", 1),
    ],
)
def test_a_pattern_finds_the_word_that_it_asks_for(pattern: str, line: str, at: int | None) -> None:
    parsed, words = Pattern.parse(pattern), line.split()
    assert parsed.find(words) == at
    assert parsed.fits(words) == (at is not None)


@pytest.mark.parametrize("line", ["ro bgp 1", "rout b 1", "router bgp 1"])
def test_keywords_may_be_shortened(line: str) -> None:
    pattern = Pattern.parse("router <bgp|ospf> (1-9)")
    assert pattern.fits(line.split(), shortened=True)
    assert pattern.fits(line.split()) == (line == "router bgp 1")


@pytest.mark.parametrize("text", ["a @NAME b @NAME", "a @... b", "a @... ...", "a @... b ..."])
def test_a_pattern_asks_for_one_thing(text: str) -> None:
    with pytest.raises(ValueError, match="a pattern asks for"):
        Pattern.parse(text)


def test_a_template_takes_words_over() -> None:
    rewrite = Pattern.parse("neighbor PEER <in|out> (1-9) ...").rewrites("peer PEER <in|out> ...")
    assert rewrite(["neighbor", "x", "out", "5", "a", "b"]) == ("peer", "x", "out", "a", "b")
