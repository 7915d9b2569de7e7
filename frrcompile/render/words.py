"""FRR's words for the typed values of the representation; the templates look them up as `words.NAME[value]`."""

from __future__ import annotations

from collections.abc import Mapping

from frrcompile.facts.families import BY_NAME
from frrcompile.facts.values import ALLOWAS_IN
from frrcompile.ir.policy import ExtendedCommunity

FAMILY: Mapping[str, str] = {name: family.title for name, family in BY_NAME.items()}
IP: Mapping[str, str] = {"ipv4": "ip", "ipv6": "ipv6"}
"""How a command of one family begins: `ip route`, `ipv6 prefix-list`."""

COMMUNITIES: Mapping[str, str] = {"standard": "", "large": "large-", "extended": "ext"}
"""What stands before `community` and `community-list`."""

GRACEFUL_RESTART: Mapping[str, str] = {
    "enabled": "graceful-restart",
    "helper": "graceful-restart-helper",
    "disabled": "graceful-restart-disable",
}
NEXT_HOP_SELF: Mapping[str, str] = {"unless-reflected": "next-hop-self", "always": "next-hop-self force"}

DEFAULT_ALLOWAS_IN = ALLOWAS_IN
"""The number that `allowas-in` means by itself: FRR shows the command without it."""

_EXTENDED: Mapping[str, str] = {"route-target": "rt", "site-of-origin": "soo"}


def community(value: str | ExtendedCommunity) -> str:
    """A community of any kind."""
    return value if isinstance(value, str) else f"{_EXTENDED[value.kind]} {value.value}"


def next_hop(via: str | None, interface: str | None) -> str:
    """Where a static route goes: through an address, an interface or both, or nowhere."""
    return " ".join(filter(None, (via, interface))) or "blackhole"
