"""FRR's own words, out of what frr-reload.py --reload printed in real runs."""

from __future__ import annotations

from reloader.engines import words

SECOND_AS_10_3 = """[137|mgmtd] sending configuration
[144|bgpd] sending configuration
BGP instance name and AS number mismatch
BGP instance is already running; AS is 64514
Waiting for children to finish applying config...
[137|mgmtd] done
line 1: Failure to communicate[13] to bgpd, line: router bgp 64515

line 2: Warning[4]...: early exit from config file
[144|bgpd] Configuration file[/x/frr.conf] processing failure: 13
BGP instance name and AS number mismatch
BGP instance is already running; AS is 64514
line 1: Failure to communicate[13] to bgpd, line: router bgp 64515
"""

PREFIX_LIST_10_7 = """% Configuration failed.

commit failed session-id 1014 on Unknown-FD-13 req-id 3 source-ds: candidate target-ds: running validate-only: 0: \
reason: 'Failed to create cfgdata: Invalid prefix range for 10.0.0.0/24: Make sure that mask length <= ge <= le'
% Configuration failed.

Error type: validation
Error description: Invalid prefix range for 10.0.0.0/24: Make sure that mask length <= ge <= le
The following commands were dynamically grouped into the same transaction and rejected:
- ip prefix-list P seq 5 permit 10.0.0.0/24 ge 8 le 4
% Configuration applied with notes:
No changes found to be committed!
Waiting for children to finish applying config...
"""


def test_each_thing_is_said_once_without_the_noise() -> None:
    assert words.of(SECOND_AS_10_3) == (
        "BGP instance name and AS number mismatch",
        "BGP instance is already running; AS is 64514",
        'bgpd refused "router bgp 64515"',
    )


def test_a_reason_is_freed_from_its_protocol() -> None:
    assert words.of(PREFIX_LIST_10_7) == (
        "Invalid prefix range for 10.0.0.0/24: Make sure that mask length <= ge <= le",
    )


def test_frr_reloads_own_errors_lose_time_and_colour() -> None:
    output = '2026-11-22 04:16:14,282 \x1b[91m  ERROR\x1b[0m: "no vrf red" we failed to remove this command\n'
    assert words.of(output) == ('"no vrf red" we failed to remove this command',)


def test_an_unknown_command_is_quoted() -> None:
    assert words.of("line 4: % Unknown command[4]:  neighbor 10.0.0.1 remote-as 1\n") == (
        'unknown command "neighbor 10.0.0.1 remote-as 1"',
    )


def test_silence_stays_silence() -> None:
    assert words.of("\n[1|zebra] sending configuration\n[1|zebra] done\n") == ()


def test_what_is_no_sentence_says_nothing() -> None:
    assert words.of("% Configuration failed.\n\nError type: validation\nError description: `q\n`q\n") == ()


def test_advice_about_a_line_that_was_taken_is_no_refusal() -> None:
    said = """\
Static Route to 10.9.0.0/24 not installed currently because dependent config not fully available
Reserved AS used (65535|4294967295); AS is 65535
Graceful restart configuration changed, reset all peers to take effect
BGP is already running; AS is 64514
"""
    assert words.of(said) == ("BGP is already running; AS is 64514",)


def test_of_a_traceback_the_error_alone_is_said() -> None:
    said = """\
Traceback (most recent call last):
  File "/usr/lib/frr/frr-reload.py", line 2450, in <module>
    running.load_from_show_running(args.daemon)
  File "/usr/lib/frr/frr-reload.py", line 148, in mark_show_run
    raise VtyshException(
        "vtysh failed")
__main__.VtyshException: vtysh (mark running config) exited with status -9:
% Specify remote-as first
"""
    assert words.of(said) == (
        "frr-reload.py ended on an error: __main__.VtyshException: vtysh (mark running config) exited with status -9:",
        "Specify remote-as first",
    )


def test_advice_about_a_password_is_no_word_about_the_file() -> None:
    advice = (
        "Please be aware that removing the password is a security risk and you should think twice about this command."
    )
    assert words.of(f"{advice}\n% Unknown command: x\n{advice}\n") == ("Unknown command: x",)
