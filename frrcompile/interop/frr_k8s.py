"""The other end of a node's host sessions, as the FRRConfiguration (frrk8s.metallb.io/v1beta1) that frr-k8s reads there.

On the host all sessions are in the default VRF, whichever VRF they are in on the router's side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_interface
from typing import Any

from frrcompile.diagnostics import Diagnostic
from frrcompile.interop.codes import NO_SESSION, SECRET, SEVERAL_AS, UNSAID
from frrcompile.interop.refused import refused
from frrcompile.ir.bgp import Instance, Neighbor
from frrcompile.ir.node import Node
from frrcompile.ir.policy import BfdProfile
from frrcompile.ir.source import Source

DEFAULT_BFD = "frrcompile-default"
"""A profile of BFD's defaults: frr-k8s switches BFD on only by naming a profile."""


@dataclass(frozen=True, slots=True)
class Session:
    """A host session: our neighbour entry for the host, the instance that has it, and the router's address."""

    instance: Instance
    neighbor: Neighbor
    router: str

    @property
    def name(self) -> str:
        """The VRF and the family, for the name of a Secret."""
        return f"{self.instance.vrf or 'default'}-ipv{ip_address(self.neighbor.peer).version}"


def sessions(node: Node) -> Iterator[Session]:
    """All host sessions of a node, in the order of its instances."""
    for instance in node.bgp:
        for neighbor in instance.neighbors:
            for veth in node.links.veths:
                if neighbor.at == veth.at:
                    peer = zip(veth.host_addresses, veth.router_addresses, strict=True)
                    router = next(ours for theirs, ours in peer if str(ip_interface(theirs).ip) == neighbor.peer)
                    yield Session(instance, neighbor, str(ip_interface(router).ip))


def host_as(one: Session) -> int | None:
    """The AS of the host's speaker; None where the model does not say it."""
    said = one.neighbor.remote_as
    return one.instance.asn if said == "internal" else None if said == "external" else said


def configuration(
    node: Node, source: Source, prefixes: Iterable[IPv4Network | IPv6Network] = (), namespace: str = "frr-k8s-system"
) -> tuple[dict[str, Any] | None, list[Diagnostic]]:
    """The FRRConfiguration for a node's host, and what it cannot say; None where there is no session."""
    found = list(sessions(node))
    if not found:
        message = f"node {node.name} has no host session, so frr-k8s has nothing to do there"
        return None, [source.warning(NO_SESSION, ("nodes", node.name), message)]
    findings: list[Diagnostic] = []
    asn = host_as(found[0])
    if unknown := [one for one in found if host_as(one) is None]:
        at = (*unknown[0].neighbor.at, "remote-as")
        message = "the host has any AS, and frr-k8s needs a number"
        return None, [source.error(UNSAID, at, message, help="give the host's `asn` in place of `remote-as: external`")]
    assert asn
    router: dict[str, Any] = {
        "asn": asn,
        "neighbors": [_neighbor(one, asn, _dns_name(node.name), source, findings) for one in found],
    }
    if announced := sorted(prefixes, key=lambda prefix: (prefix.version, prefix)):
        router["prefixes"] = [str(prefix) for prefix in dict.fromkeys(announced)]
        findings += refused(node, [one.neighbor for one in found], announced, source)
    bgp: dict[str, Any] = {"routers": [router]}
    if profiles := _profiles(node, found, source, findings):
        bgp["bfdProfiles"] = profiles
    whole = {
        "apiVersion": "frrk8s.metallb.io/v1beta1",
        "kind": "FRRConfiguration",
        "metadata": {"name": f"frrcompile-{_dns_name(node.name)}", "namespace": namespace},
        "spec": {"bgp": bgp, "nodeSelector": {"matchLabels": {"kubernetes.io/hostname": node.name}}},
    }
    return whole, findings


def _neighbor(one: Session, asn: int, node: str, source: Source, findings: list[Diagnostic]) -> dict[str, Any]:
    """The router, as the host sees it."""
    ours, everything = one.neighbor, {"allowed": {"mode": "all"}}
    said: dict[str, Any] = {
        "address": one.router,
        "asn": one.instance.asn,
        "toReceive": everything,
        "toAdvertise": {"allowed": {"mode": "all"}},
    }
    if host_as(one) != asn:
        said["localASN"] = host_as(one)
        _other_as(one, asn, source, findings)
    for name, seconds in (("holdTime", ours.hold), ("keepaliveTime", ours.keepalive), ("connectTime", ours.connect)):
        if seconds is not None:
            said[name] = f"{seconds}s"
    if ours.password:
        name = _dns_name(f"bgp-{node}-{one.name}")
        said["passwordSecret"] = {"name": name}
        message = f"the password of the session with {one.router} is not written out; frr-k8s takes it from a Secret"
        help_ = f"make the Secret {name} of type kubernetes.io/basic-auth, beside frr-k8s, with the key `password`"
        findings.append(source.warning(SECRET, ours.password.at, message, help=help_))
    if ours.bfd:
        said["bfdProfile"] = ours.bfd_profile or DEFAULT_BFD
    if _restarts(one):
        said["enableGracefulRestart"] = True
    if ours.port:
        message = f"the host's speaker must listen on port {ours.port}: an FRRConfiguration cannot say so"
        findings.append(source.warning(UNSAID, (*ours.at, "port"), message, help="leave `port` out"))
    return said


def _restarts(one: Session) -> bool:
    """Whether the session has graceful restart, by itself or with all others."""
    mode = one.neighbor.graceful_restart
    return mode == "enabled" or (mode is None and one.instance.graceful_restart is not None)


def _other_as(one: Session, asn: int, source: Source, findings: list[Diagnostic]) -> None:
    """The host has one AS; it can show another to an external neighbour (`localASN`)."""
    at = one.neighbor.elsewhere["remote_as"]
    if one.neighbor.remote_as == "internal":
        message = f"the host has AS {asn} in another session, and an internal session needs the router's AS {one.instance.asn}"
        findings.append(source.error(SEVERAL_AS, at, message, help="give all host sessions of a node one AS"))
        return
    if one.instance.asn == asn:
        message = f"the host has AS {asn} in another session, which is the router's own AS here: it cannot show {host_as(one)}"
        findings.append(source.error(SEVERAL_AS, at, message, help="give all host sessions of a node one `asn`"))
        return
    message = f"the host has AS {asn} in another session: here it shows {host_as(one)} by `localASN`"
    findings.append(source.warning(SEVERAL_AS, at, message, help="an frr-k8s that knows `localASN` is needed"))


def _profiles(node: Node, found: Iterable[Session], source: Source, findings: list[Diagnostic]) -> list[dict[str, Any]]:
    """The BFD profiles that the sessions name."""
    names = sorted({one.neighbor.bfd_profile or DEFAULT_BFD for one in found if one.neighbor.bfd})
    known = {profile.name: profile for profile in node.bfd_profiles}
    return [_profile(known[name], source, findings) if name in known else {"name": name} for name in names]


def _profile(profile: BfdProfile, source: Source, findings: list[Diagnostic]) -> dict[str, Any]:
    """The host's side of a profile. A passive router waits for the host, so the host is not passive too."""
    echo = profile.echo_receive_interval
    if profile.echo_transmit_interval != echo:
        message = f"BFD profile {profile.name} has two echo intervals; frr-k8s has one, and gets the one for receiving"
        findings.append(source.warning(UNSAID, (*profile.at, "echo-transmit-interval"), message))
    said = {
        "name": profile.name,
        "detectMultiplier": profile.detect_multiplier,
        "receiveInterval": profile.receive_interval,
        "transmitInterval": profile.transmit_interval,
        "echoInterval": echo,
        "echoMode": True if profile.echo_mode else None,
        "minimumTtl": profile.minimum_ttl,
    }
    return {name: value for name, value in said.items() if value is not None}


def _dns_name(text: str) -> str:
    """A name that Kubernetes takes (RFC 1123)."""
    return re.sub(r"[^a-z0-9.-]+", "-", text.lower()).strip("-.")
