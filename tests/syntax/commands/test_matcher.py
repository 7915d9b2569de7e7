"""What a node says to a line, learnt from FRR's own matcher (lib/command_match.c)."""

from __future__ import annotations

import pytest

from frrcompile.syntax.commands.matcher import LONGEST, Matcher, Verdict
from frrcompile.syntax.commands.parser import parse

KNOWN, INCOMPLETE, AMBIGUOUS, UNKNOWN = Verdict.KNOWN, Verdict.INCOMPLETE, Verdict.AMBIGUOUS, Verdict.UNKNOWN

# The commands of a node; then lines, each with the verdict on it.
CASES: dict[str, tuple[list[str], dict[str, Verdict]]] = {
    "keywords may be shortened where no other begins so": (
        ["show bgp", "show bfd"],
        {"show bgp": KNOWN, "sh bg": KNOWN, "show b": AMBIGUOUS, "show": INCOMPLETE, "show bgpx": UNKNOWN, "x": UNKNOWN},
    ),
    "a keyword in full is preferred to a longer one": (["ip", "ipv6"], {"ip": KNOWN, "i": AMBIGUOUS, "ipv": KNOWN}),
    "a choice": (["a <b|c d> e"], {"a b e": KNOWN, "a c d e": KNOWN, "a c e": UNKNOWN, "a b": INCOMPLETE}),
    "an option": (["[no] a [b]"], {"a": KNOWN, "no a": KNOWN, "a b": KNOWN, "a b b": UNKNOWN}),
    "an option of the no form alone": (["[no] a ![(1-5)]"], {"a 3": KNOWN, "a": INCOMPLETE, "no a": KNOWN, "no a 3": KNOWN}),
    "any order, each once, one at least": (
        ["r {tag (1-5)|on|off}"],
        {"r": INCOMPLETE, "r on": KNOWN, "r off tag 3 on": KNOWN, "r on on": UNKNOWN, "r tag 1 tag 2": UNKNOWN, "r tag": INCOMPLETE},
    ),
    "an optional group of them": (["r [{a|b}]"], {"r": KNOWN, "r b a": KNOWN, "r a a": UNKNOWN}),
    "a repeated value": (["c AA:NN..."], {"c": INCOMPLETE, "c 1:2": KNOWN, "c 1:2 3:4 5:6": KNOWN}),
    "a range": (["a (-5-10)"], {"a -5": KNOWN, "a 10": KNOWN, "a 11": UNKNOWN, "a 010": KNOWN, "a x": UNKNOWN, "a +3": KNOWN}),
    "a checked value is preferred to a keyword, and that to a variable": (
        ["n A.B.C.D x", "n NAME y", "n default z"],
        {"n 192.0.2.1 x": KNOWN, "n 192.0.2.1 y": KNOWN, "n default z": KNOWN, "n def y": KNOWN, "n d": INCOMPLETE},
    ),
    "a number is preferred to an AS number": (["n al ASNUM", "n ab (1-10)"], {"n a 5": KNOWN, "n a 11": KNOWN}),
    "two commands of one beginning": (["a WORD", "a WORD b"], {"a x": KNOWN, "a x b": KNOWN, "a x c": UNKNOWN}),
    "addresses": (
        ["a A.B.C.D", "p A.B.C.D/M", "v X:X::X:X", "w X:X::X:X/M", "m X:X:X:X:X:X", "n ASNUM"],
        {
            "a 192.0.2.1": KNOWN, "a 192.0.2.256": UNKNOWN, "a 192.0.2": UNKNOWN, "a 192.0.2.01": UNKNOWN, "a 0.0.00.0": KNOWN,
            "p 10.0.0.0/8": KNOWN, "p 10.0.0.0/33": UNKNOWN, "p 10.0.0.0": UNKNOWN, "p 10.0.0.0/08": KNOWN, "p 10.0.0/8": UNKNOWN,
            "v 2001:db8::1": KNOWN, "v 2001:db8": UNKNOWN, "v ::": KNOWN, "v 1:2:3:4:5:6:7:8:9": UNKNOWN, "v 192.0.2.1": UNKNOWN,
            "w ::/0": KNOWN, "w 2001:db8::/129": UNKNOWN, "w 2001:db8/64": KNOWN, "w 2001:DB8::1:0/64": KNOWN, "w :1/64": UNKNOWN,
            "w 1::2::3/64": UNKNOWN, "w 12345::/64": UNKNOWN, "w 1:/64": UNKNOWN, "w ::ffff:192.0.2.1/128": KNOWN,
            "m 00:11:22:33:44:55": KNOWN, "m 0:11:22:33:44:55": UNKNOWN,
            "n 1": KNOWN, "n 4294967295": KNOWN, "n 4294967296": UNKNOWN, "n 0": UNKNOWN, "n 1.0": KNOWN, "n 0.0": UNKNOWN,
            "n 1x": KNOWN, "n 1.5x": UNKNOWN, "n 1.02": UNKNOWN, "n 65536.1": UNKNOWN, "n +5": UNKNOWN, "n 05": UNKNOWN,
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize(("commands", "lines"), CASES.values(), ids=CASES)
def test_verdicts(commands: list[str], lines: dict[str, Verdict]) -> None:
    matcher = Matcher(map(parse, commands))
    assert {line: matcher.match(line.split()).verdict for line in lines} == lines


@pytest.mark.parametrize(("commands", "lines"), CASES.values(), ids=CASES)
def test_what_is_accepted_as_it_is_written_is_known(commands: list[str], lines: dict[str, Verdict]) -> None:
    matcher = Matcher(map(parse, commands))
    assert all(matcher.match(line.split()).verdict is KNOWN for line in lines if matcher.accepts(line.split()))


def test_shortened_keywords_are_written_out_and_values_kept() -> None:
    matcher = Matcher([parse("neighbor <A.B.C.D|WORD> remote-as ASNUM")])
    assert matcher.match(["nei", "rem", "remote", "65000"]).words == ("neighbor", "rem", "remote-as", "65000")
    assert not matcher.accepts(["nei", "rem", "remote", "65000"])


def test_it_says_how_far_a_line_was_understood_and_what_might_have_followed() -> None:
    matcher = Matcher(
        map(parse, ["neighbor WORD remote-as (1-9)", "neighbor WORD port (1-9)", "bgp router-id A.B.C.D"])
    )
    wrong = matcher.match(["neighbor", "a", "remote-as", "10"])
    assert (wrong.reached, wrong.expected) == (3, ("(1-9)",))
    unknown = matcher.match(["neighbor", "a", "foo", "10"])
    assert (unknown.reached, unknown.expected) == (2, ("remote-as", "port"))
    assert matcher.match(["x"]).expected == ("neighbor", "bgp")
    assert matcher.match(["bgp", "router-id", "192.0.2.1", "b"]).expected == ()


def test_an_ambiguous_line_names_the_keywords_that_it_could_be() -> None:
    match = Matcher(map(parse, ["a timers", "a ttl-security"])).match(["a", "t"])
    assert (match.verdict, match.reached, set(match.expected)) == (AMBIGUOUS, 1, {"timers", "ttl-security"})


def test_frr_takes_no_line_of_more_words() -> None:
    matcher = Matcher([parse("c WORD...")])
    assert matcher.match(["c", *["x"] * (LONGEST - 1)]).verdict is KNOWN
    assert matcher.match(["c", *["x"] * LONGEST]).verdict is UNKNOWN
