"""Who gets at the router's command line."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.registry import Problem, rule


@rule("FRR701", "vty-password-in-the-clear", Severity.WARNING)
def vty_password_in_the_clear(config: Configuration) -> Iterator[Problem]:
    """A vty password that is not encrypted can be read by whoever reads the file.

    What: `password` and `enable password` hold the password itself unless `8` and a hash stand before it.
    Why: FRR writes it as it is unless `service password-encryption` is set (lib/command.c, config_password).
    Bad:
        hostname r1
        password secret
    Good:
        hostname r1
        password 8 DFzh8RP6LqHrM
    """
    for command in (*config.of("config", "password"), *config.of("config", "enable")):
        at = command.words.index("password") + 1 if "password" in command.words else len(command.words)
        if not command.negated and command.words[at:] and command.words[at] != "8":
            yield Problem(command, "a password in the clear", help="use `password 8 HASH`, or leave it out")


@rule("FRR702", "vty-without-login", Severity.WARNING)
def vty_without_login(config: Configuration) -> Iterator[Problem]:
    """Whoever reaches a daemon's vty gets in without a password.

    What: `line vty` has `no login`.
    Why: the daemons then ask for no password on their TCP ports (lib/vty.c, no_login and vty_accept); vtysh does not need
    the line, as it comes through a socket of the file system.
    Bad:
        line vty
         no login
        exit
    Good:
        line vty
         exec-timeout 5 0
        exit
    """
    for command in config.of("line-vty", "login"):
        if command.negated:
            yield Problem(command, "the daemons ask for no password on their TCP ports", help="remove the line")


@rule("FRR703", "vty-open-to-all-addresses", Severity.INFO)
def vty_open_to_all_addresses(config: Configuration) -> Iterator[Problem]:
    """The daemons' vty takes connections from every address.

    What: the file has a `password` or `no login`, so that the vty can be used over TCP, and `line vty` has no
    `access-class`.
    Why: the password goes over the wire as it is (telnet), and without an access list every address may try
    (lib/vty.c, vty_accept). Where the daemons are started with `-A 127.0.0.1`, as packages do, only the host itself may.
    Bad:
        password 8 DFzh8RP6LqHrM
    Good:
        access-list local seq 5 permit 127.0.0.0/8
        password 8 DFzh8RP6LqHrM
        line vty
         access-class local
        exit
    """
    opening = [command for command in config.of("config", "password") if not command.negated]
    opening += [command for command in config.of("line-vty", "login") if command.negated]
    limited = (*config.of("line-vty", "access-class"), *config.of("line-vty", "ipv6"))
    if opening and not any(not command.negated for command in limited):
        advice = "add `access-class NAME` to `line vty`, or remove the password: vtysh needs none"
        yield Problem(opening[0], "the vty can be used over TCP, from every address", help=advice)
