"""An FRRConfiguration as a plain frr.conf, for tests and labs that have FRR in the place of frr-k8s.

It says what frr-k8s would say of the fields that our export writes, and refuses the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_address, ip_network
from typing import Any

BFD = {
    "detectMultiplier": "detect-multiplier",
    "receiveInterval": "receive-interval",
    "transmitInterval": "transmit-interval",
    "echoInterval": "echo receive-interval",
    "minimumTtl": "minimum-ttl",
}
KNOWN = {
    *("address", "asn", "localASN", "toReceive", "toAdvertise", "holdTime", "keepaliveTime", "connectTime"),
    *("passwordSecret", "bfdProfile", "enableGracefulRestart"),
}
"""The fields of a neighbour that are understood here."""


def frr_conf(configuration: Mapping[str, Any], secrets: Mapping[str, str] | None = None) -> str:
    """The frr.conf of the host's speaker; `secrets` are the passwords by the names of the Secrets."""
    bgp = configuration["spec"]["bgp"]
    lines = [line for profile in bgp.get("bfdProfiles", ()) for line in _profile(profile)]
    if lines:
        lines = ["bfd", *lines, "exit", "!"]
    for router in bgp["routers"]:
        lines += _router(router, secrets or {})
    return "\n".join(lines) + "\n"


def _profile(profile: Mapping[str, Any]) -> Iterator[str]:
    yield f" profile {profile['name']}"
    for field, words in BFD.items():
        if field in profile:
            yield f"  {words} {profile[field]}"
    if profile.get("echoMode"):
        yield "  echo-mode"
    yield " exit"


def _router(router: Mapping[str, Any], secrets: Mapping[str, str]) -> Iterator[str]:
    for neighbor in router["neighbors"]:
        yield from _filter(neighbor)
    yield f"router bgp {router['asn']}"
    yield " no bgp ebgp-requires-policy"
    yield " no bgp default ipv4-unicast"
    yield " no bgp network import-check"
    for neighbor in router["neighbors"]:
        yield from (f" neighbor {neighbor['address']} {words}" for words in _session(neighbor, secrets))
    for version in (4, 6):
        peers = [one["address"] for one in router["neighbors"] if ip_address(one["address"]).version == version]
        prefixes = [prefix for prefix in router.get("prefixes", ()) if ip_network(prefix).version == version]
        if peers:
            yield f" address-family ipv{version} unicast"
            yield from (f"  network {prefix}" for prefix in prefixes)
            yield from (f"  neighbor {peer} activate" for peer in peers)
            yield from (
                f"  neighbor {one['address']} prefix-list to-{one['address']} out"
                for one in router["neighbors"]
                if one["address"] in peers and _filtered(one) is not None
            )
            yield " exit-address-family"
    yield "exit"
    yield "!"


def _filtered(neighbor: Mapping[str, Any]) -> list[str] | None:
    """The prefixes that a neighbor gets of those that the router announces; None: all."""
    allowed = neighbor.get("toAdvertise", {}).get("allowed", {})
    return list(allowed["prefixes"]) if allowed.get("mode") == "filtered" else None


def _filter(neighbor: Mapping[str, Any]) -> Iterator[str]:
    """The prefix list of a neighbor that does not get all prefixes."""
    prefixes, family = _filtered(neighbor), "ipv6" if ip_address(neighbor["address"]).version == 6 else "ip"
    if prefixes is None:
        return
    name = f"{family} prefix-list to-{neighbor['address']}"
    own = [one for one in prefixes if ip_network(one).version == ip_address(neighbor["address"]).version]
    yield from (f"{name} seq {number} permit {prefix}" for number, prefix in enumerate(own, 1))
    if not own:
        yield f"{name} seq 1 deny any"


def _session(neighbor: Mapping[str, Any], secrets: Mapping[str, str]) -> Iterator[str]:
    if strange := set(neighbor) - KNOWN:
        raise ValueError(f"fields of a neighbour that are not understood here: {', '.join(sorted(strange))}")
    yield f"remote-as {neighbor['asn']}"
    if "localASN" in neighbor:
        yield f"local-as {neighbor['localASN']} no-prepend replace-as"
    if "passwordSecret" in neighbor:
        yield f"password {secrets[neighbor['passwordSecret']['name']]}"
    if "holdTime" in neighbor:
        yield f"timers {neighbor['keepaliveTime'].rstrip('s')} {neighbor['holdTime'].rstrip('s')}"
    if "connectTime" in neighbor:
        yield f"timers connect {neighbor['connectTime'].rstrip('s')}"
    if neighbor.get("enableGracefulRestart"):
        yield "graceful-restart"
    if "bfdProfile" in neighbor:
        yield "bfd"
        yield f"bfd profile {neighbor['bfdProfile']}"
