"""Passwords and keys: in the file, and on the wire."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity
from frrcompile.lint.bgp import instances, is_address
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule


@rule("FRR711", "password-on-the-wire", Severity.WARNING)
def password_on_the_wire(config: Configuration) -> Iterator[Problem]:
    """A routing protocol sends its password as it is.

    What: OSPF with simple authentication, RIP with `mode text`, IS-IS or OpenFabric with a `clear` password.
    Why: whoever sees one packet has the password (RFC 2328, D.3; RFC 2453, 4.1; ISO 10589, 9) and can send routes.
    Bad:
        interface eth1
         ip ospf authentication
         ip ospf authentication-key secret
        exit
    Good:
        interface eth1
         ip ospf authentication message-digest
         ip ospf message-digest-key 1 md5 secret
        exit
    """
    for command in config.of("interface", "ip"):
        words = command.words
        if words[:3] == ("ip", "ospf", "authentication") and (not words[3:] or is_address(words[3])):
            yield Problem(
                command, "OSPF sends the password as it is", help="use `ip ospf authentication message-digest`"
            )
        elif words[:5] == ("ip", "rip", "authentication", "mode", "text"):
            yield Problem(command, "RIP sends the password as it is", help="use `ip rip authentication mode md5`")
    for command in config.of("ospf", "area"):
        words = command.words
        if not command.negated and words[2:] == ("authentication",):
            advice = f"use `area {words[1]} authentication message-digest`"
            yield Problem(command, "OSPF sends the passwords of the area as they are", help=advice)
    for node, first in _LINK_STATE:
        for command in config.of(node, first):
            if not command.negated and "clear" in command.words[1:3]:
                yield Problem(command, "the password is sent as it is", help="use `md5`")


_LINK_STATE = (
    ("interface", "isis"),
    ("interface", "openfabric"),
    ("isis", "area-password"),
    ("isis", "domain-password"),
    ("openfabric", "domain-password"),
)


@rule("FRR712", "key-in-the-file", Severity.INFO)
def key_in_the_file(config: Configuration) -> Iterator[Problem]:
    """The file holds a key that cannot be encrypted.

    What: a BGP, LDP or MSDP password, an OSPF or IS-IS key, or the `key-string` of a key chain.
    Why: FRR needs the key itself and writes it as it is, `service password-encryption` or not (bgpd/bgp_vty.c, where
    neighbours are written; lib/command.c).
    Bad:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
         neighbor 192.0.2.1 password secret
        exit
    Good:
        router bgp 65000
         neighbor 192.0.2.1 remote-as 65001
        exit
    """
    for command in _keys(config):
        advice = "let only FRR's own user read the file, and keep it out of version control"
        yield Problem(command, "the key can be read by whoever reads the file", help=advice)


def _keys(config: Configuration) -> Iterator[Command]:
    for instance in config.derive(instances):
        for neighbor in instance.neighbors.values():
            if command := neighbor.session.get("password"):
                yield command
    for node, first, keyword in _KEYS:
        for command in config.of(node, first):
            if not command.negated and keyword in command.words[:3]:
                yield command


_KEYS = (
    ("interface", "ip", "authentication-key"),
    ("interface", "ip", "message-digest-key"),
    ("interface", "isis", "password"),
    ("interface", "openfabric", "password"),
    ("isis", "area-password", "area-password"),
    ("isis", "domain-password", "domain-password"),
    ("openfabric", "domain-password", "domain-password"),
    ("key", "key-string", "key-string"),
    ("ldp", "neighbor", "password"),
)


@rule("FRR713", "rpki-without-ssh", Severity.INFO)
def rpki_without_ssh(config: Configuration) -> Iterator[Problem]:
    """Route origins come from a cache over plain TCP.

    What: `rpki cache tcp` with another host than this one.
    Why: RFC 8210, 9.1: plain TCP is for caches on the same trusted network; whoever is between can send any origins.
    Bad:
        rpki
         rpki cache tcp 192.0.2.1 3323 preference 1
        exit
    Good:
        rpki
         rpki cache tcp 127.0.0.1 3323 preference 1
        exit
    """
    for node in ("rpki", "vrf-rpki"):
        for command in config.of(node, "rpki"):
            words = command.words
            if words[:2] != ("rpki", "cache") or "preference" not in words:
                continue
            # Before FRR 9 the keyword is missing, and a cache over SSH has a user and keys behind its port.
            if words[2] == "tcp":
                host = words[3]
            elif words[2] != "ssh" and words.index("preference") == 4:
                host = words[2]
            else:
                continue
            if not host.startswith("127.") and host not in ("::1", "localhost"):
                yield Problem(command, f"route origins come from {host} over plain TCP", help="use `rpki cache ssh`")
