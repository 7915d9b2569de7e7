"""Blocks that stand twice: two ASes for one BGP instance, and contexts in two places."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.symbols import contexts_of
from frrcompile.lint.symbols.contexts import instance

TOLD = frozenset(
    {"interface", "vrf", "bgp", "ospf", "ospf6", "isis", "rip", "ripng", "pim", "pim6", "bfd-profile", "key-chain"}
)
"""The nodes whose blocks are told of when they are in two places, beside BGP's address families."""


@rule("FRR314", "second-bgp-as", Severity.ERROR)
def second_bgp_as(config: Configuration) -> Iterator[Problem]:
    """A BGP instance has one AS.

    What: `router bgp` twice for the default instance, or for one VRF or view, with two ASes.
    Why: bgpd refuses the second, "BGP is already running", and the lines below it go astray (bgpd/bgp_vty.c,
        `router bgp`; seen in FRR 8.4, 10.3 and 10.7). A reload exits 1 with half of it applied.
    Bad:
        router bgp 65000
        exit
        router bgp 65001
        exit
    Good:
        router bgp 65000
        exit
        router bgp 65001 vrf red
        exit
    """
    running: dict[tuple[str, ...], Command] = {}
    for command in config.of("config", "router"):
        words = command.words[1:] if command.negated else command.words
        if len(words) < 2 or words[1] != "bgp":
            continue
        key = instance(command)
        key = ("bgp",) if key == ("bgp", "vrf", "default") else key
        if command.negated:
            running.pop(key, None)
            continue
        number = _as(words[2]) if len(words) > 2 else None
        first = running.setdefault(key, command) if number is not None else None
        if first is not None and first is not command and _as(first.words[2]) != number:
            where = " ".join(key[1:]) or "the default VRF"
            yield Problem(
                command,
                f"BGP in {where} has AS {first.words[2]} already; FRR refuses AS {words[2]}",
                labels=(first.label("the first AS"),),
                help=f"use AS {first.words[2]}, or another VRF",
            )


@rule("FRR315", "block-in-two-places", Severity.INFO)
def block_in_two_places(config: Configuration) -> Iterator[Problem]:
    """A block that stands in two places is one to FRR.

    What: the same interface, VRF, routing instance, address family or profile twice, with lines in both.
    Why: FRR enters what is there and goes on (vtysh/vtysh_config.c puts their lines together), so that lines of one block are
        easily overlooked while the other is read.
    Bad:
        interface eth1
         description to leaf1
        exit
        interface eth1
         bandwidth 1000
        exit
    Good:
        interface eth1
         description to leaf1
         bandwidth 1000
        exit
    """
    contexts = contexts_of(config)
    first: dict[int, Command] = {}
    for header in config.headers if contexts.merged else ():
        block = header.opens
        if (
            block is None
            or (block.node not in TOLD and header.words[0] != "address-family")
            or not config.within(block)
        ):
            continue
        earlier = first.setdefault(contexts.inside(block), header)
        if earlier is not header and earlier.block is header.block:
            yield Problem(
                header,
                "this block was there before; FRR takes both together",
                labels=(earlier.label("first here"),),
                help="put their lines into one",
            )


def _as(word: str) -> int | None:
    """An AS number in either notation; None for what is none."""
    high, dot, low = word.partition(".")
    if not high.isdecimal() or (dot and not low.isdecimal()):
        return None
    return int(high) * 65536 + int(low) if dot else int(high)
