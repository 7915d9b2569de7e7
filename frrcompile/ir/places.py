"""Where the model has a field of the router."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frrcompile.ir.bgp import Member, Neighbor
from frrcompile.ir.node import Vrf
from frrcompile.ir.origin import BELOW, Origin
from frrcompile.ir.policy import RouteMapEntry

_OTHER_PATHS: Mapping[type, Mapping[str, Origin]] = {
    Neighbor: {
        "peer": (),
        "listen": ("range",),
        "keepalive": ("timers", "keepalive"),
        "hold": ("timers", "hold"),
        "connect": ("timers", "connect"),
        "advertisement_interval": ("timers", "advertisement-interval"),
        "bfd_profile": ("bfd", "profile"),
    },
    Member: {"peer": (), "import_map": ("import",), "export_map": ("export",)},
    RouteMapEntry: {"on_match_next": ("next",), "on_match_goto": ("goto",)},
    Vrf: {"vni": ("l3vni", "vni")},
}
"""The fields that the model has below the part's place under another path than their own name."""


def place_of(part: Any, name: str) -> Origin:
    """Where the model has the field `name` of a part of the router."""
    elsewhere: Mapping[str, Origin] = getattr(part, "elsewhere", BELOW)
    if name in elsewhere:
        return elsewhere[name]
    paths = _OTHER_PATHS.get(type(part), BELOW)
    return (*part.at, *paths.get(name, (name.replace("_", "-"),)))
