"""The gate's checks of the text, and vtysh's words as sentences."""

from __future__ import annotations

import pytest

from reloader import gate
from reloader.daemons import DEAD, HUNG, Daemon, Daemons
from reloader.process import Ending, Finished

CONF = b"router bgp 64514\n neighbor 192.168.11.2 remote-as 64512\nexit\n"


def finished(output: str, code: int = 2) -> Finished:
    return Finished(Ending.EXITED, code, output, "")


def daemons(**troubles: str) -> Daemons:
    return Daemons(tuple(Daemon(name, trouble, "10.3", (1, 1)) for name, trouble in sorted(troubles.items())))


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
    ],
)
def test_a_complete_text_passes(data: bytes) -> None:
    assert gate.check_text(data, allow_empty=False) is None


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"!\nrouter bgp 1\n neighbor \0\n", 3, "NUL byte"),
        (b"!\nrouter bgp 1\n description \xff\n", 3, "0xff is not UTF-8"),
        (b"", None, "is empty (0 bytes"),
        (b"!\n# x\n\n   \n", None, "is empty"),
        (b"! frrcompile: node-0\n! frrcompile: end\n", None, "is empty"),
        (b"! frrcompile: node-0\n" + CONF, 4, 'does not end with "! frrcompile: end"'),
        (b"! frrcompile: node-0\n" + CONF + b"! frrcompile: en", 5, "incomplete"),
    ],
)
def test_what_is_no_complete_text_is_refused_with_its_line(data: bytes, line: int | None, words: str) -> None:
    refusal = gate.check_text(data, allow_empty=False)
    assert refusal is not None
    assert refusal.line == line
    assert words in refusal.message
    assert gate.UNCHANGED in refusal.message


def test_every_cut_of_a_marked_file_is_refused() -> None:
    whole = b"! frrcompile: node-0\n" + CONF + b"! frrcompile: end\n"
    for length in range(len(whole) - 1):
        # The first lines alone are a text that is not marked yet, but then they have no configuration either.
        assert gate.check_text(whole[:length], allow_empty=False) is not None, whole[:length]


def test_an_empty_file_may_be_allowed() -> None:
    assert gate.check_text(b"", allow_empty=True) is None
    assert gate.check_text(b"!\n", allow_empty=True) is None


def test_vtysh_unknown_command_is_told_with_the_line_of_the_file() -> None:
    data = b"!\nrouter bgp 1\n neighbr 192.168.11.2 remote-as 64512\naddress-family\nfoo\n"
    said = (
        "line 3: % Unknown command[25]:  neighbr 192.168.11.2 remote-as 64512\n"
        "line 4: % Command incomplete[25]: address-family\n\nline 5: % Unknown command[25]: foo\n"
        "Configuration file[/x/frr.conf] processing failure: 2\n"
    )
    refusal = gate.check_syntax(finished(said), data, 60)
    assert refusal is not None
    assert refusal.line == 3
    assert refusal.message.startswith(
        'line 3: FRR does not know "neighbr 192.168.11.2 remote-as 64512" here. Also lines 4, 5. Nothing was changed'
    )


def test_a_password_in_a_faulty_line_is_masked() -> None:
    data = b"router bgp 1\n neighbr 192.0.2.1 password hunter two\nfoo\n"
    said = "line 2: % Unknown command[25]:  neighbr 192.0.2.1 password hunter two\nline 3: % Unknown command[3]: foo\n"
    refusal = gate.check_syntax(finished(said), data, 60)
    assert refusal is not None
    assert 'password ********" here. Also line 3. Nothing' in refusal.message
    data = data.replace(b"password", b"passwrd")
    refusal = gate.check_syntax(finished(said.replace("password", "passwrd")), data, 60)
    assert refusal is not None
    assert '"neighbr 192.0.2.1 passwrd ********" here' in refusal.message
    refusal = gate.check_syntax(finished("cannot password hunter two\nat all\n"), data, 60)
    assert refusal is not None
    assert "cannot password ******** at all. Nothing" in refusal.message


def test_vtysh_incomplete_and_other_words() -> None:
    for said, words in [
        ("line 1: % Command incomplete[3]: router\n", '"router bgp 64514" is incomplete'),
        ("line 1: % Ambiguous command: r\n", "more than one command"),
        ("line 900: % Unknown command[3]: x\n", "line 900"),
        ("cannot open", "exit code 2): cannot open"),
        ("", "no word of why"),
    ]:
        refusal = gate.check_syntax(finished(said), CONF, 60)
        assert refusal is not None
        assert words in refusal.message


def test_vtysh_that_is_content_or_does_not_end() -> None:
    assert gate.check_syntax(finished("", 0), CONF, 60) is None
    refusal = gate.check_syntax(Finished(Ending.TIMEOUT, -9, "", ""), CONF, 7)
    assert refusal is not None
    assert "within 7 s" in refusal.message


def test_the_daemons_that_a_file_needs_must_answer() -> None:
    assert gate.check_daemons(gate.needed(CONF), daemons(zebra="", bgpd="")) is None
    for found, missing in [
        (daemons(), {"zebra"}),
        (daemons(watchfrr=""), {"zebra"}),
        (daemons(zebra=DEAD), {"zebra"}),
        (daemons(zebra="", bgpd=DEAD), {"bgpd"}),
        (daemons(zebra=""), {"bgpd"}),
        (daemons(zebra="", bgpd="", mgmtd=DEAD), {"mgmtd"}),
        (daemons(zebra="", bgpd="", ospfd=HUNG), {"ospfd"}),
        (daemons(zebra="", bgpd=HUNG, mgmtd=DEAD), {"bgpd", "mgmtd"}),
    ]:
        refusal = gate.check_daemons(gate.needed(CONF), found)
        assert refusal is not None
        assert refusal.missing == missing
        assert "tried again when" in refusal.message
    assert gate.check_daemons(gate.needed(CONF), daemons(zebra="", bgpd="", ospfd=DEAD)) is None
