"""What the bytes of an offered file must be before any program reads them."""

from __future__ import annotations

import pytest

from reloader import content, gate
from reloader.content import LINES_LIMIT

CONF = b"router bgp 64514\n neighbor 192.168.11.2 remote-as 64512\nexit\n"


def refused(data: bytes, version: str | None = "10.3") -> gate.Refusal | None:
    return content.check(data, allow_empty=False, version=lambda: version)


@pytest.mark.parametrize(
    "data",
    [
        CONF,
        CONF.replace(b"\n", b"\r\n"),
        b"! written by hand\n" + CONF,
        b"! frrcompile: node-0\n" + CONF + b"! frrcompile: end\n",
        b"! frrcompile: node-0\r\n" + CONF + b"! frrcompile: end\r\n\r\n",
        "interface eth1\n description Größe\n".encode(),
        CONF.rstrip(b"\n"),
        b"! frrcompile: ignore-file[FRR701]\n" + CONF,  # is no compiler's first line
    ],
)
def test_a_complete_text_passes(data: bytes) -> None:
    assert content.check_text(data, allow_empty=False) is None


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"!\nrouter bgp 1\n neighbor \0\n", 3, "NUL byte"),
        (b"!\nrouter bgp 1\n description \xff\n", 3, "0xff is not UTF-8"),
        (b"", None, "is empty (0 bytes"),
        (b"!\n# x\n\n   \n", None, "is empty"),
        (b"\xef\xbb\xbf" + CONF, 1, "begins with a UTF-8 byte order mark"),
        (b"!\n\x0b\x0c o f /x\n", 2, "the control character 0x0b"),
        (b"!\ninterface lo\n description \x1b[2J\n", 3, "the control character 0x1b"),
        (CONF.replace(b"\n", b"\r"), 1, "a carriage return (0x0d) before its end"),
        (b"frr defaults traditional" + CONF.replace(b"\n", b"\r") + b"\n", 1, "a carriage return"),
        (CONF.replace(b"remote-as", b"remote-as\r"), 2, "a carriage return"),
        (b"! frrcompile: node-0\n! frrcompile: end\n", None, "is empty"),
        (b"! frrcompile: node-0\n" + CONF, 4, 'does not end with "! frrcompile: end"'),
        (b"! frrcompile: node-0\n" + CONF + b"! frrcompile: en", 5, "incomplete"),
    ],
)
def test_what_is_no_complete_text_is_refused_with_its_line(data: bytes, line: int | None, words: str) -> None:
    refusal = content.check_text(data, allow_empty=False)
    assert refusal is not None
    assert refusal.line == line
    assert words in refusal.message
    assert gate.UNCHANGED in refusal.message


def test_every_cut_of_a_marked_file_is_refused() -> None:
    whole = b"! frrcompile: node-0\n" + CONF + b"! frrcompile: end\n"
    for length in range(len(whole) - 1):
        # The first lines alone are a text that is not marked yet, but then they have no configuration either.
        assert content.check_text(whole[:length], allow_empty=False) is not None, whole[:length]


NOTHING = [
    "exit",
    "end",
    "quit",
    "hostname r1",
    "host r1",
    "frr defaults traditional\nfrr version 10.3",
    "no ip forwarding\nip forwarding\nipv6 forwarding",
    "password hunter2\nenable password hunter2\nenab pass 8 x",
    "line vty\n exec-timeout 0 0\n access-class vty\n no login\nexit",
    "service integrated-vtysh-config\nusername joe nopassword\nbanner motd default\ndomainname x",
    "interface lo\nexit\nvrf red\nexit-vrf\ninterface eth0 vrf red",
    "no router bgp 1",
    "bfd\nexit",
    "frr version 10.3\nlog commands\nlog syslog informational",
    "debug bgp updates\nservice password-encryption\nlog file /x",
    "segment-routing\n srv6\n  locators\n  exit\n exit\n traffic-eng\n  pcep\n  exit\n exit\nexit\nrpki\nexit",
]


@pytest.mark.parametrize("text", [*NOTHING, "\n".join(NOTHING)])
def test_a_file_of_lines_that_are_not_compared_is_empty(text: str) -> None:
    """FRR's whole configuration would be removed, and the judge would call that good."""
    for one in (text, f"! frrcompile: node-0\n{text}\n! frrcompile: end\n", text.replace("\n", "\r\n")):
        found = refused(one.encode())
        assert found is not None
        assert "the file is empty" in found.message
        assert content.check(one.encode(), allow_empty=True, version=lambda: None) is None


@pytest.mark.parametrize(
    "text",
    [
        "interface lo\n description x",
        "vrf red\n vni 100",
        "router bgp 1",
        "bfd\n profile x",
        "segment-routing\n srv6\n  locators\n   locator x",
        "ip nht x",
    ],
)
def test_one_line_of_routing_is_enough(text: str) -> None:
    assert refused(f"hostname r1\n{text}\nexit\n".encode()) is None


def test_an_empty_file_may_be_allowed() -> None:
    assert content.check_text(b"", allow_empty=True) is None
    assert content.check_text(b"!\n", allow_empty=True) is None


@pytest.mark.parametrize(
    "line",
    [
        "output file /x",
        "  out\tfi /x",
        "do show version",
        "do hunter2",
        "no output file",
        "banner motd file /etc/shadow",
        "ping 192.0.2.1",
        "wr",
        "copy /x running-config",
        "find .",
        "show version",
        "terminal paginate",
        "XFRR_end_configuration",
        "clear",
        "output file /x ! a comment is none here",
    ],
)
@pytest.mark.parametrize("before", ["", "interface lo\n", "! frrcompile: ignore-file[FRR117]\n", "exit\n", "! x\r\n"])
def test_what_vtysh_would_carry_out_is_refused(before: str, line: str) -> None:
    found = refused(f"{before}{line}\nip route 192.0.2.0/24 blackhole\n".encode())
    assert found is not None
    assert not found.failed
    assert found.line == before.count("\n") + 1
    assert "vtysh carries out" in found.message
    assert gate.UNCHANGED in found.message


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("mgmt load-config /x merge", "FRR carries it out once"),
        ("mgmt edit create /frr-vrf:lib/vrf[name='evil'] json lock commit {}", "FRR carries it out once"),
        ("test es 00:01", "FRR carries it out once"),
        (" rpki reset", "FRR carries it out once"),
        ("route-map pods optimization", "for the header of a block"),
    ],
)
def test_what_is_no_configuration_is_refused(line: str, words: str) -> None:
    found = refused(f"ip nht x\n{line}\n".encode())
    assert found is not None
    assert (found.line, found.failed) == (2, False)
    assert words in found.message
    assert gate.UNCHANGED in found.message
    assert "evil" not in found.message


def test_what_vtysh_would_carry_out_is_refused_without_an_end_of_line() -> None:
    assert refused(b"hostname r1\noutput file /x") is not None


@pytest.mark.parametrize(
    "line", ["! output file /x", "description output file /x", "no shutdown", "enable", "line vty"]
)
def test_what_only_looks_like_it_passes(line: str) -> None:
    assert refused(f"interface lo\n {line}\n mtu 1500\n".encode()) is None


@pytest.mark.parametrize(
    ("length", "version", "limit"),
    [(4095, "8.4.4", None), (4096, "10.3", 4095), (4096, None, 4095), (8191, "10.7.1", None), (8192, "10.6", 8191)],
)
def test_a_line_is_as_long_as_this_frr_reads(length: int, version: str | None, limit: int | None) -> None:
    """vtysh reads the rest of a longer one as a line of its own, which may be any command."""
    found = refused(b"ip nht x\n!" + b"=" * (length - 1) + b"\n", version)
    if limit is None:
        assert found is None
    else:
        assert found is not None
        assert found.line == 2
        assert f"the line has {length:,} bytes. FRR reads {limit:,} at most" in found.message


def test_frr_is_asked_for_its_version_only_where_a_line_is_long() -> None:
    def version() -> str:
        raise AssertionError("asked")

    assert content.check_size(CONF, version) is None


def test_the_number_of_lines_is_bounded() -> None:
    found = refused(b"!\n" * (LINES_LIMIT + 1))
    assert found is not None
    assert f"{LINES_LIMIT + 1:,} lines" in found.message
    assert content.check_size(b"!\n" * LINES_LIMIT, lambda: None) is None


def test_long_lines_are_refused_before_any_other_check_looks_at_them() -> None:
    found = refused(b"password x " * 20_000 + b"\0")
    assert found is not None
    assert "220,001 bytes" in found.message


@pytest.mark.parametrize("line", [b"zebra on-rib-process script foo", b" zeb on-rib scr foo", b"z on-rib scr foo"])
def test_a_line_that_frr_cannot_take_back_is_refused(line: bytes) -> None:
    refusal = refused(CONF + line + b"\n")
    assert refusal is not None
    assert refusal.line == 4
    assert "on-rib-process" in refusal.message
    assert refused(CONF + b"zebra nexthop-group keep 10\n") is None


@pytest.mark.parametrize(
    "line",
    [
        b" vnc export bgp mode ce",
        b" v export bgp mode ce",
        b" vnc redistribute mode nve-group",
        b" vnc redistribute ipv4 bgp-direct-to-nve-groups view x",
        b" rfp holddown-factor 5",
    ],
)
def test_a_line_that_goes_with_its_instance_alone_is_refused(line: bytes) -> None:
    refusal = refused(CONF + line + b"\n")
    assert refusal is not None
    assert "before its whole BGP instance is removed" in refusal.message
    assert refused(CONF + b" vnc nve-group x\n") is None


@pytest.mark.parametrize(
    "line", [b"router bgp 1 view V", b" router b 1 vi V as-notation dot", b"rou b 1 vi V", b"route\tbgp 1 view V"]
)
def test_a_view_is_refused_where_frr_cannot_take_it_back(line: bytes) -> None:
    refusal = refused(CONF + line + b"\n", "10.3")
    assert refusal is not None
    assert 'FRR 10.3 has no command that removes "router bgp ... view" before bgpd is started anew' in refusal.message
    for version in ("8.4.4", "10.7.1", None):
        assert refused(CONF + line + b"\n", version) is None
    assert refused(CONF + b"router bgp 1 vrf view\n", "10.3") is None
