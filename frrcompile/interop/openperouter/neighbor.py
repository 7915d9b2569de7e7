"""An Underlay's neighbours. What a session does in a family depends on the node, so it is said when a node is made."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from frrcompile.interop.fields import Fields
from frrcompile.interop.growth import At, Grown
from frrcompile.interop.openperouter.selector import text
from frrcompile.model.tree import Node

FAMILIES = {
    "ipv4unicast": "ipv4-unicast",
    "ipv6unicast": "ipv6-unicast",
    "ipv4vpn": "ipv4-vpn",
    "ipv6vpn": "ipv6-vpn",
    "evpn": "l2vpn-evpn",
}
RESTART_CONNECT = 5
"""Seconds between attempts to connect under graceful restart, where the neighbour says nothing else."""


@dataclass(frozen=True, slots=True)
class Neighbor:
    """A neighbour as read: `peer` and `session` in the model's words, `families` None where the defaults are meant.

    `version` is the IP version of its address or range, None for an interface. `clients` are the families in which it
    is a route reflector client. `bfd` are the words of its BFD profile, empty for BFD's defaults, None without BFD.
    """

    at: Fields
    peer: dict[str, Grown]
    version: int | None
    remote_as: Node | str
    session: dict[str, Grown]
    timers: dict[str, Grown]
    families: dict[str, bool] | None
    bfd: dict[str, Grown] | None

    @property
    def called(self) -> str:
        """Its address, range or interface, as the name of its BFD profile."""
        return text(next(iter(self.peer.values()))).replace("/", "_")

    @property
    def reflects(self) -> bool:
        """Whether it is a route reflector client in some family."""
        return any((self.families or {}).values())

    def external(self, asn: str) -> bool:
        """Whether the session with it is an eBGP session of a router of this AS."""
        remote = self.remote_as if isinstance(self.remote_as, str) else text(self.remote_as)
        return remote == "external" or (remote != "internal" and remote != asn)


def neighbor(fields: Fields) -> Neighbor | None:
    """Reads a neighbour; None where it is not clear with whom the session is."""
    peer: dict[str, Grown] = {}
    for theirs, ours in (("address", "address"), ("interface", "interface"), ("listenRange", "range")):
        if found := fields.text(theirs):
            peer[ours] = found
    remote_as = _remote_as(fields)
    session = {"port": fields.text("port"), "password": fields.text("password")} | _multihop(fields)
    if fields.node.child("passwordSecret"):
        fields.lost(
            "passwordSecret",
            "a Kubernetes secret cannot be read when frr.conf is written",
            "mount the secret, and say `password-file: /PATH` of this neighbour, or `password-env: FRR_PASSWORD_NAME`",
        )
    timers = {
        "hold": fields.text("holdTimeSeconds"),
        "keepalive": fields.text("keepaliveTimeSeconds"),
        "connect": fields.text("connectTimeSeconds"),
    }
    families = _families(fields)
    bfd = _bfd(fields)
    if not peer:
        fields.wrong("address", f"a neighbour of {fields.owner} has no `address`, `interface` or `listenRange`")
    if not peer or remote_as is None:
        return None
    return Neighbor(fields, peer, _version(peer), remote_as, _written(session), _written(timers), families, bfd)


def _written(words: dict[str, Grown]) -> dict[str, Grown]:
    return {name: value for name, value in words.items() if value is not None}


def _version(peer: dict[str, Grown]) -> int | None:
    written = peer.get("address") or peer.get("range")
    try:
        return ipaddress.ip_network(text(written), strict=False).version if written else None
    except ValueError:
        return None


def _remote_as(fields: Fields) -> Node | str | None:
    asn, kind = fields.text("asn"), fields.text("type")
    word = text(kind).lower() if kind else ""
    if kind and word not in ("external", "internal"):
        fields.wrong("type", f"type {text(kind)!r} of a neighbour of {fields.owner}: allowed are External and Internal")
        return asn
    if asn and kind:
        fields.wrong("type", f"a neighbour of {fields.owner} has both `asn` and `type`; the definition allows one")
    if not asn and not kind:
        fields.wrong("asn", f"a neighbour of {fields.owner} has neither `asn` nor `type`")
    return asn or (Node(kind.span, word) if kind else None)


def _multihop(fields: Fields) -> dict[str, Grown]:
    words: dict[str, Grown] = {}
    for one in fields.list("properties"):
        kind, options = one.need("type"), one.fields("ebgpMultiHop")
        ttl = options.text("ttl") if options else None
        if kind and text(kind) != "ebgpMultiHop":
            one.wrong("type", f"property {text(kind)!r} of a neighbour of {one.owner}: ebgpMultiHop is allowed")
        elif kind:
            words["ebgp-multihop"] = ttl or At(kind.span, 255)
    return words


def _families(fields: Fields) -> dict[str, bool] | None:
    """The families, each with whether the neighbour is a route reflector client in it."""
    families: dict[str, bool] = {}
    for one in fields.list("addressFamilies"):
        kind = one.need("type")
        client = False
        for option in one.list("properties"):
            name = option.need("type")
            client = client or bool(name and text(name) == "routeReflectorClient")
            if name and text(name) != "routeReflectorClient":
                option.wrong("type", f"property {text(name)!r} of {one.owner}: routeReflectorClient is allowed")
        if kind and text(kind) in FAMILIES:
            families[FAMILIES[text(kind)]] = client
        elif kind:
            one.wrong("type", f"family {text(kind)!r} of {one.owner}: allowed are {', '.join(FAMILIES)}")
    return families or None


def _bfd(fields: Fields) -> dict[str, Grown] | None:
    bfd = fields.fields("bfd")
    if bfd is None:
        return None
    words: dict[str, Grown] = {
        "receive-interval": bfd.text("receiveInterval"),
        "transmit-interval": bfd.text("transmitInterval"),
        "detect-multiplier": bfd.text("detectMultiplier"),
        "minimum-ttl": bfd.text("minimumTTL"),
        "echo-mode": bfd.text("echoMode"),
        "echo-transmit-interval": bfd.text("echoInterval"),
        "echo-receive-interval": bfd.text("echoInterval"),
    }
    mode = bfd.text("sessionMode")
    if mode and text(mode) not in ("Active", "Passive"):
        bfd.wrong("sessionMode", f"session mode {text(mode)!r} of {bfd.owner}: allowed are Active and Passive")
    elif mode:
        words["passive-mode"] = At(mode.span, text(mode) == "Passive")
    return _written(words)
