"""The gate's checks of the text, and vtysh's words as sentences."""

from __future__ import annotations

from reloader import canary, checking, gate
from reloader.checking import Checked
from reloader.daemons import DEAD, HUNG, Daemon, Daemons
from reloader.process import Ending, Finished

CONF = b"router bgp 64514\n neighbor 192.168.11.2 remote-as 64512\nexit\n"


def finished(output: str, code: int = 2) -> Finished:
    return Finished(Ending.EXITED, code, output, "")


def daemons(**troubles: str) -> Daemons:
    return Daemons(tuple(Daemon(name, trouble, "10.3", (1, 1)) for name, trouble in sorted(troubles.items())))


def refusal(said: str, data: bytes) -> gate.Refusal:
    """What the gate makes of vtysh's words about a file."""
    checked = checking.read(finished(said), canary.wrong_line(data), 60)
    assert checked is not None
    found = gate.check_syntax(checked, data)
    assert found is not None
    return found


def test_vtysh_unknown_command_is_told_with_the_line_of_the_file() -> None:
    data = b"!\nrouter bgp 1\n neighbr 192.168.11.2 remote-as 64512\naddress-family\nfoo\n"
    said = (
        "line 3: % Unknown command[25]:  neighbr 192.168.11.2 remote-as 64512\n"
        "line 4: % Command incomplete[25]: address-family\n\nline 5: % Unknown command[25]: foo\n"
        f"line 6: % Unknown command[25]: {canary.WRONG}\n"
        "Configuration file[/x/frr.conf] processing failure: 2\n"
    )
    found = refusal(said, data)
    assert found.line == 3
    assert found.message.startswith(
        'line 3: FRR does not know "neighbr 192.168.11.2 remote-as 64512" here. Also lines 4, 5. Nothing was changed'
    )


def test_a_password_in_a_faulty_line_is_masked() -> None:
    data = b"router bgp 1\n neighbr 192.0.2.1 password hunter two\nfoo\n"
    said = "line 2: % Unknown command[25]:  neighbr 192.0.2.1 password hunter two\nline 3: % Unknown command[4]: foo\n"
    assert 'password ********" here. Also line 3. Nothing' in refusal(said, data).message
    data, said = data.replace(b"password", b"passwrd"), said.replace("password", "passwrd")
    assert '"neighbr 192.0.2.1 passwrd ********" here' in refusal(said, data).message


def test_vtysh_incomplete_and_other_words() -> None:
    data = CONF + b"!\n" * 10 + b"x\n"
    for said, words in [
        ("line 1: % Command incomplete[4]: router\n", '"router bgp 64514" is incomplete'),
        ("line 1: % Ambiguous command: r\n", "more than one command"),
        ("line 9: % Unknown command[4]: x\n", "line 9"),
        (
            "line 3: Warning[4]...: early exit from config file\n",
            '"exit" leaves the configuration, and FRR does not read',
        ),
    ]:
        assert words in refusal(said, data).message


def test_a_long_faulty_line_is_quoted_in_part() -> None:
    data = b"x" * 4000 + b"\n"
    assert len(refusal(f"line 1: % Unknown command[4]: {'x' * 4000}\n", data).message) < 300


def test_a_check_that_failed_is_no_verdict_on_the_file() -> None:
    found = gate.check_syntax(Checked(failed="vtysh -C failed: killed by signal 9 (SIGKILL)"), CONF)
    assert found is not None
    assert found.failed
    assert found.message == f"vtysh -C failed: killed by signal 9 (SIGKILL). {gate.UNCHANGED}"
    found = gate.check_syntax(Checked(refused="vtysh -C refuses the file (exit code 13): x"), CONF)
    assert found is not None
    assert not found.failed
    assert gate.check_syntax(Checked(), CONF) is None


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
