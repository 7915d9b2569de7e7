"""A configuration as lines that know the blocks they are in: what we wrote and what FRR shows, without their order."""

from __future__ import annotations

from tests.frr.router import Router
from tests.frr.trial import LOCKED, contexts

OURS_OR_VTYSHS = ("! ", "service integrated-vtysh-config")
"""Comments, and vtysh's own setting, which is in another file."""


def shown(text: str) -> set[str]:
    """Each line with the headers of its blocks before it: "vrf red | vni 100"."""
    return {
        " | ".join((*header, line))
        for header, lines in contexts(text).items()
        for line in lines
        if not line.startswith(OURS_OR_VTYSHS)
    }


def load(router: Router, conf: str) -> str:
    """Has FRR read `conf`, once more where its daemons got into each other's way; what vtysh said of it."""
    loaded = router.load(conf, check=False)
    if LOCKED in loaded.stdout + loaded.stderr:
        loaded = router.load(conf, check=False)
    return loaded.stdout + loaded.stderr
