"""Each mistake gets one message, with its line and column, what was found, and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from frrcompile.model import load
from tests.compiling import compile_text

# name: (what is written in the blog's node, what is written instead, line:column, code, what the message must say)
ONE_MISTAKE = {
    "AS 0": ("  asn: 64514", "  asn: 0", "27:8", "MOD008", ["router.asn", "'0'", "1 to 4294967295"]),
    "AS 2^32": (
        "  asn: 64514",
        "  asn: 4294967296",
        "27:8",
        "MOD008",
        ["router.asn", "'4294967296'", "1 to 4294967295"],
    ),
    "an AS too large for asdot": ("  asn: 64514", "  asn: 65536.1", "27:8", "MOD008", ["'65536.1'"]),
    "a number with its unit": (
        "  asn: 64514",
        "  asn: 64514s",
        "27:8",
        "MOD008",
        ["'64514s'", "leave out the s: 64514"],
    ),
    "a family by a part of its name": (
        "allowas-in: origin",
        "families: {ipv4: {}}",
        "38:18",
        "MOD008",
        ["'ipv4'", "did you mean 'ipv4-unicast'?"],
    ),
    "another family by a part of its name": (
        "allowas-in: origin",
        "families: {evpn: {}}",
        "38:18",
        "MOD008",
        ["'evpn'", "did you mean 'l2vpn-evpn'?"],
    ),
    "a hold time with its unit": (
        "allowas-in: origin",
        "timers: {hold: 9s, keepalive: 3}",
        "38:22",
        "MOD008",
        ["'9s'", "leave out the s: 9"],
    ),
    "a setting of a session that FRR has": (
        "allowas-in: origin",
        "weight: 7",
        "38:7",
        "MOD006",
        ["`weight`", "`neighbor PEER weight (0-65535)` below `router bgp ...`", "`raw`"],
    ),
    "a setting of a router that FRR has": (
        "  asn: 64514",
        "  asn: 64514\n  fast-external-failover: false",
        "28:3",
        "MOD006",
        ["`bgp fast-external-failover`", "`raw`"],
    ),
    "a setting of a link that FRR has": (
        "table: 1100",
        "table: 1100\n    hostname: r1",
        "49:5",
        "MOD006",
        ["`hostname WORD`: write such lines under `raw`"],
    ),
    "VNI 0": ("vni: 100", "vni: 0", "51:12", "MOD008", ["vrfs.red.l3vni.vni", "'0'", "1 to 16777215"]),
    "VNI 2^24": ("vni: 100", "vni: 16777216", "51:12", "MOD008", ["vrfs.red.l3vni.vni", "'16777216'", "1 to 16777215"]),
    "a VNI in octal": ("vni: 100", "vni: 0100", "51:12", "MOD008", ["'0100'", "write 100"]),
    "a VRF name of 16 characters": (
        "  red:",
        "  red4567890123456:",
        "47:3",
        "MOD008",
        ["red4567890123456", "at most 15"],
    ),
    "an unknown field": (
        "table: 1100",
        "table: 1100\n    tabel: 7",
        "49:5",
        "MOD006",
        ["`tabel`", "did you mean `table`?"],
    ),
    "an unknown field, snake case": (
        "allowas-in: origin",
        "allowas_in: origin",
        "38:7",
        "MOD006",
        ["did you mean `allowas-in`?"],
    ),
    "a lost field": ("    table: 1100\n", "", "47:3", "MOD007", ["vrfs.red", "`table`", "routing table"]),
    "one of Linux's tables": ("table: 1100", "table: 254", "48:12", "MOD008", ["'254'", "main"]),
    "an IPv6 address where IPv4 is meant": (
        "ipv4: 100.65.0.2",
        "ipv4: 2001:db8::2",
        "41:9",
        "MOD008",
        ["IPv4", "'2001:db8::2'"],
    ),
    "a prefix where an address is meant": (
        "ipv4: 100.65.0.2",
        "ipv4: 100.65.0.2/32",
        "41:9",
        "MOD008",
        ["no prefix length"],
    ),
    "an address without its length": (
        "router: 192.169.10.1/24",
        "router: 192.169.10.1",
        "59:17",
        "MOD008",
        ["prefix length is missing"],
    ),
    "an address that is none": ("address: 192.168.11.2 ", "address: 300.1.1.1 ", "36:16", "MOD008", ["'300.1.1.1'"]),
    "a multicast MAC": ("aa:bb:cc:00:00:66", "ab:bb:cc:00:00:66", "52:19", "MOD008", ["multicast"]),
    "an interface name of 16 bytes": ("name: eth1", "name: eth1234567890123", "33:13", "MOD008", ["at most 15 bytes"]),
    "a word where a list is meant": (
        "[192.168.11.3/24]",
        "192.168.11.3/24",
        "34:18",
        "MOD008",
        ["a list", "each entry after a `-`"],
    ),
    "a list where a mapping is meant": (
        "  ipv4: 100.65.0.2",
        "  [100.65.0.2]",
        "40:1",
        "MOD008",
        ["`vtep`", "a list", "`ipv4`"],
    ),
    "a field without its value": (
        "      vni: 100",
        "      vni:",
        "51:7",
        "MOD008",
        ["`vrfs.red.l3vni.vni`", "nothing"],
    ),
    "a model of another version": (
        "nodes:\n",
        "version: 2\nnodes:\n",
        "2:10",
        "MOD008",
        ["'2'", "allowed: 1", "another version"],
    ),
    "a router without an AS": (
        "  asn: 64514",
        "  asn:",
        "26:1",
        "MOD113",
        ["node k0-control-plane has no AS", "pools"],
    ),
    "a choice that is none": (
        "action: permit",
        "action: permt",
        "66:15",
        "MOD008",
        ["permit or deny", "did you mean 'permit'?"],
    ),
    "a truth value that is none": ("import-check: false", "import-check: never", "28:17", "MOD008", ["true or false"]),
    "allowas-in out of range": ("allowas-in: origin", "allowas-in: 11", "38:19", "MOD008", ["1 to 10"]),
    "an FRR that nobody knows": ("frr:\n", "frr:\n  version: 7.5\n", "7:12", "MOD101", ["'7.5'", "8.4"]),
    "a neighbour without a peer": (
        "    - address: 192.168.11.2      # leaf2\n      remote-as",
        "    - remote-as",
        "36:7",
        "MOD201",
        ["`address`"],
    ),
    "a neighbour with two peers": (
        "remote-as: 64512",
        "remote-as: 64512\n      interface: eth1",
        "38:18",
        "MOD201",
        ["not both"],
    ),
    "two neighbours with one address": (
        "\nvtep:",
        "    - {address: 192.168.11.2, remote-as: 64513}\n\nvtep:",
        "39:17",
        "MOD202",
        ["192.168.11.2", "36:16", "the first one"],
    ),
    "a duplicate VNI": (
        "  red:",
        "  blue: {table: 1200, l3vni: {vni: 100}}\n  red:",
        "52:12",
        "MOD401",
        ["VNI 100", "VRF red", "VRF blue", "47:36", "first used here"],
    ),
    "a duplicate table": ("  red:", "  blue: {table: 1100}\n  red:", "49:12", "MOD302", ["1100", "red", "blue"]),
    "a VRF that Linux would not make": ("  red:", "  default:", "47:3", "MOD301", ["'default'"]),
    "a route map that is not there": (
        "export: allowall",
        "export: alowall",
        "62:15",
        "MOD601",
        ["'alowall'", "did you mean 'allowall'?"],
    ),
    "entries out of order": (
        "seq: 1\n",
        "seq: 5\n    - {action: deny, seq: 5}\n",
        "68:27",
        "MOD604",
        ["entry 5", "'allowall'"],
    ),
    "ends in two subnets": (
        "192.169.10.1/24",
        "192.169.11.1/24",
        "59:17",
        "MOD501",
        ["192.169.11.0/24", "192.169.10.0/24", "58:15"],
    ),
    "ends that are one": ("192.169.10.1/24", "192.169.10.0/24", "59:17", "MOD501", ["both ends", "192.169.10.0"]),
    "a session without addresses": (
        "      ipv4:\n        host: 192.169.10.0/24\n        router: 192.169.10.1/24\n",
        "",
        "53:5",
        "MOD501",
        ["no address"],
    ),
    "a session with one AS": (
        "asn: 64515 ",
        "asn: 64516 ",
        "54:12",
        "MOD502",
        ["64516", "49:10", "the router's AS there"],
    ),
    "a session with two words for an AS": (
        "asn: 64515 ",
        "remote-as: internal\n      asn: 64515 ",
        "54:18",
        "MOD502",
        ["either an `asn` or `remote-as: internal`", "55:12", "its AS"],
    ),
    "a session without an AS": (
        "asn: 64515 ",
        "description: host ",
        "53:5",
        "MOD502",
        ["does not say the AS of the host"],
    ),
    "a VNI without a VTEP": ("vtep:\n  ipv4: 100.65.0.2\n", "", "48:5", "MOD402", ["VNI 100", "no VTEP"]),
    "two links with one name": ("router-interface: frr1", "router-interface: br100", "53:5", "MOD701", ["'br100'"]),
    "a duplicate key": (
        "import-check: false",
        "import-check: false\n  import-check: true",
        "29:3",
        "MOD003",
        ["'import-check'", "28:3", "first"],
    ),
    "a tag": ("asn: 64514", "asn: !ruby/object 64514", "27:8", "MOD002", ["tag"]),
}


@pytest.mark.parametrize("name", ONE_MISTAKE)
def test_one_mistake_gets_one_message(name: str, blog_node: str, tmp_path: Path) -> None:
    before, after, place, code, words = ONE_MISTAKE[name]
    assert blog_node.count(before) == 1, "the mistake must be made in one place"
    router, findings = compile_text(blog_node.replace(before, after), tmp_path)
    assert router is None
    assert [finding.code for finding in findings] == [code], findings
    finding = findings[0]
    assert f"{finding.span.line}:{finding.span.column}" == place, finding
    labels = [f"{label.span.line}:{label.span.column} {label.message}" for label in finding.labels]
    said = " ".join([finding.message, finding.help, *labels])
    assert [word for word in words if word not in said] == []


def test_all_mistakes_are_told_in_one_run(blog_node: str, tmp_path: Path) -> None:
    text = (
        blog_node.replace("asn: 64514", "asn: 0").replace("vni: 100", "vni: 0").replace("action: permit", "action: let")
    )
    text = text.replace("  ipv4: 100.65.0.2", "  ipv4: 1\n  ipv4: 2")
    _, findings = compile_text(text, tmp_path)
    assert sorted(finding.code for finding in findings) == ["MOD003", "MOD008", "MOD008", "MOD008", "MOD008"]


WHOLE_DOCUMENTS = {
    "nothing": ("", "1:1", "MOD004", "empty"),
    "only a comment": ("# to do\n", "1:1", "MOD004", "empty"),
    "only a separator": ("---\n", "2:1", "MOD004", "empty"),
    "a list": ("- nodes\n", "1:1", "MOD002", "a list"),
    "a word": ("nodes\n", "1:1", "MOD002", "a single value"),
    "a tab": ("router:\n\tasn: 64514\n", "2:1", "MOD002", "a tab"),
    "a tab after blanks": ("router:\n  asn: 1\n \tid: 1.1.1.1\n", "3:2", "MOD002", "a tab"),
    "an open bracket": ("debug: [a, b\nrouter: {}\n", "2:7", "MOD002", "not valid YAML"),
    "a control character": ("router:\n  asn: 1\x00\n", "2:9", "MOD001", "control character"),
    "a list as a key": ("? [a, b]\n: 1\n", "1:3", "MOD002", "as a key"),
    "a well": ("[" * 100_000, "1:", "MOD002", "deep"),
    "an alias inside itself": ("router: &r\n  asn: *r\n", "2:8", "MOD002", "inside the very value"),
    "an alias of nothing": ("router: *missing\n", "1:9", "MOD002", "no anchor"),
}


@pytest.mark.parametrize("name", WHOLE_DOCUMENTS)
def test_a_document_that_is_no_model(name: str, tmp_path: Path) -> None:
    text, place, code, words = WHOLE_DOCUMENTS[name]
    router, findings = compile_text(text, tmp_path)
    assert router is None
    first = findings[0]
    assert (first.code, f"{first.span.line}:{first.span.column}"[: len(place)]) == (code, place), first
    assert words in first.message


# name: (the text, its first finding's line:column, what the help must say)
MISTAKES_OF_SYNTAX = {
    "less than its siblings": (
        "a:\n  b:\n      c: 1\n     d: 2\n",
        "4:6",
        ["line 4 is indented by 5 spaces", "line 3 by 6"],
    ),
    "more than its block": ("a: 1\nb: {}\n # text\n c: 2\n", "4:2", ["line 4 is indented by 1 space", "line 2 by 0"]),
    "less than an entry": ("l:\n  - b: 1\n   c: 2\n", "3:4", ["by 3 spaces", "line 2 by 2", "line 2 by 4"]),
    "no space after the colon": ("a:\n  b:1\n  c: 2\n", "3:4", ["a space is missing after the `:` in line 2"]),
    "no colon": ("a:\n  b 1\n  c: 2\n", "3:4", ["`:` is missing after the key in line 2"]),
    "no colon, and a line of less": ("a:\n  b: 1\n  c\nd: 2\n", "4:1", ["`:`", "line 3"]),
    "a second value": ("a: b: c\n", "1:5", ["`: `", "quotes"]),
    "text after a quote": ("a: 'b' c\n", "1:8", ["closing quote"]),
    "an open quote": ("a: 1\nb: 'c\n", "3:1", ["close the quote that begins in line 2"]),
    "no comma": ("a: {b: 1 c: 2}\n", "1:11", ["comma"]),
    "a character of YAML's": ("a: @b\n", "1:4", ["quotes"]),
    "a star": ("a: *\n", "1:5", ["quotes"]),
}


@pytest.mark.parametrize("loader", ["CBaseLoader", "BaseLoader"])
@pytest.mark.parametrize("name", MISTAKES_OF_SYNTAX)
def test_a_mistake_of_syntax_gets_help(name: str, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frrcompile.model.compose.LOADER", getattr(yaml, loader))
    text, place, words = MISTAKES_OF_SYNTAX[name]
    _, (finding,) = load.read(text.encode(), "m.yaml")
    assert (finding.code, f"{finding.span.line}:{finding.span.column}") == ("MOD002", place)
    assert [word for word in words if word not in finding.help] == [], finding.help


def test_the_help_of_syntax_has_no_secret() -> None:
    for mistake in (
        "  password:hunter2\n  c: 1\n",
        "  password: 'hunter2\n",
        "  password: 'x' hunter2\n",
        "    password: hunter2\n  c: 1\n",
    ):
        _, findings = load.read(f"a:\n{mistake}".encode(), "m.yaml")
        assert findings[0].help
        assert "hunter2" not in findings[0].help + findings[0].message


def test_a_key_that_is_indented_as_its_fields(blog_node: str, tmp_path: Path) -> None:
    _, findings = compile_text(blog_node.replace("    table: 1100\n", "    table: 1100\n    blue:\n"), tmp_path)
    assert "`blue` has no value: indent it less" in findings[0].help


def test_aliases_that_explode_are_refused(tmp_path: Path) -> None:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))
    router, findings = compile_text(f"l0: &l0 [x]\n{levels}", tmp_path)
    assert router is None
    assert "meant by aliases" in findings[0].message
