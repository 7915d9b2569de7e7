"""BGP sessions: which are Established, and which a file says, so that a change that loses one can be taken back."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from reloader.vty import Lines

QUESTION = "show bgp vrf all summary json"
ESTABLISHED = "Established"
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
    """The sessions that a frr.conf says. Neighbors of a listen range are not among them: nobody can expect them."""
    found = set()
    vrf: str | None = None
    for line in data.decode(errors="replace").split("\n"):
        words = line.split()
        if words[:2] == ["router", "bgp"]:
            match = re.search(r" vrf (\S+)", line)
            vrf = match[1] if match else "default"
        elif words and not line[0].isspace() and words[0][0] not in "!#":
            # Only a line of BGP's own may stand without its indentation.
            vrf = vrf if words[0] in ("neighbor", "bgp", "no", "address-family", "exit-address-family") else None
        elif vrf is not None and words[:1] == ["neighbor"] and any(word in MAKES_PEER for word in words[2:3]):
            found.add(Session(vrf, words[1]))
    return frozenset(found)
