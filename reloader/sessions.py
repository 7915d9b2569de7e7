"""BGP sessions: which are Established, and which a file says, so that a change that loses one can be taken back."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from frrcompile.facts.addresses import shortest
from frrcompile.syntax.lines import Statement
from frrcompile.syntax.nesting import Role, nest
from reloader.vty import Lines

QUESTION = "show bgp vrf all summary json"
ESTABLISHED = "Established"
BGP = "bgp"  # the node of an instance, in grammar/node.yaml
DEFAULT = "default"
MAKES_PEER = ("remote-as", "peer-group", "interface")


class Session(NamedTuple):
    """One session: its VRF (`default` for the default one), and its neighbor's address or interface."""

    vrf: str
    peer: str


def established(lines: Lines, timeout: float) -> frozenset[Session] | None:
    """The sessions that are Established now; None where bgpd does not say."""
    reply = lines.ask(["enable", QUESTION], timeout, only={"bgpd"}).get("bgpd")
    if reply is None or reply.trouble:
        return None
    try:
        return frozenset(_found(json.loads(reply.text or "{}")))
    except (ValueError, AttributeError, TypeError):
        return None


def _found(content: dict[str, Any]) -> set[Session]:
    """bgpd's answer: VRF -> address family -> `peers` -> peer -> `state`."""
    found = set()
    for vrf, families in content.items():
        for family in families.values():
            if isinstance(family, dict):
                for peer, facts in family.get("peers", {}).items():
                    if facts.get("state") == ESTABLISHED:
                        found.add(Session(vrf, peer))
    return found


def said(data: bytes) -> frozenset[Session]:
    """The sessions that a frr.conf says, as FRR reads it: indentation means nothing, and words may be shortened.

    Neighbors of a listen range are not among them: the file does not name them.
    """
    found = set()
    vrf = ""
    for _, role, line, node, _ in nest(data.decode(errors="replace")):
        if node.name != BGP or not isinstance(line, Statement):
            continue
        words = line.words
        if role is Role.OPEN:
            vrf = words[4] if len(words) > 4 and "vrf".startswith(words[3]) else DEFAULT
        elif len(words) > 3 and "neighbor".startswith(words[0]) and any(one.startswith(words[2]) for one in MAKES_PEER):
            found.add(Session(vrf, shortest(words[1])))
    return frozenset(found)
