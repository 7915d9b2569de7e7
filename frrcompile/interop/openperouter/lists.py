"""What the model has as lists, each entry with its own selector, and BFD profiles, which all neighbours share."""

from __future__ import annotations

from collections.abc import Sequence

from frrcompile.diagnostics import Severity
from frrcompile.interop.codes import SHAPE
from frrcompile.interop.fields import Report
from frrcompile.interop.growth import At, Grown, bare
from frrcompile.interop.openperouter.kinds import Sorted
from frrcompile.interop.openperouter.node import Parts, routed_in, vtep_family
from frrcompile.interop.openperouter.selector import by_name, text

LISTEN_LIMIT = 65535
"""The most neighbours from ranges that OpenPERouter allows; FRR's own default is 100."""


def l2vnis(found: Sorted, parts: Sequence[Parts], report: Report) -> list[Grown]:
    """The L2VNIs of these nodes."""
    entries: list[Grown] = []
    own = [{id(one) for one in part.l2vnis} for part in parts]
    routers = {(l3.name, l3.namespace): l3 for l3 in reversed(found.l3vnis)}
    for one in found.l2vnis:
        having = [part for part, those in zip(parts, own, strict=True) if id(one) in those]
        if not having:
            continue
        words: dict[str, Grown] = {"vni": one.vni}
        if one.port:
            words["port"] = one.port
        if underlay := one.underlay or vtep_family(having[0].underlay):
            words["underlay"] = underlay
        provider = routers.get(routed_in(one)) if one.routed_by else None
        if provider:
            words["vrf"] = provider.vrf
        elif one.vrf:
            words["vrf"] = one.vrf
        elif one.routed_by:
            message = f"L2VNI {one.name} routes in L3VNI {text(one.routed_by)}, which is not in these files"
            help_ = "give its file too, or name the VRF: `vrf: NAME` of the L2VNI"
            report.add(SHAPE, Severity.ERROR, message, one.routed_by.span, "spec.routingDomain.l3vni.name", help_)
        gateway: dict[str, Grown] = {}
        for node in one.gateways:
            version = "ipv6" if ":" in text(node) else "ipv4"
            if version in gateway:
                one.at.wrong("gatewayIPs", f"{one.at.owner} has two gateways of {version}")
            gateway[version] = node
        if gateway:
            words["gateway"] = {**gateway, "mac": one.mac} if one.mac else gateway
        words |= (
            {"host-leg": {"name": having[0].underlay.legs(text(one.vni))[0]}} if one.host_end is None else one.host_end
        )
        entries.append(At(one.span, words | one.nodes.words([part.node for part in parts])))
    return entries


def raws(found: Sorted, parts: Sequence[Parts]) -> list[Grown]:
    """The raw lines of these nodes, and those that say what the model has no word for."""
    entries: list[Grown] = []
    for one in found.underlays:
        having = [part.node for part in parts if part.underlay is one]
        if having and any("range" in neighbor.peer for neighbor in one.neighbors):
            lines = f"router bgp {text(one.asn)}\n bgp listen limit {LISTEN_LIMIT}\nexit\n"
            chosen = {} if len(having) == len(parts) else by_name(having, one.span)
            entries.append(At(one.span, {"priority": 0, "lines": lines, **chosen}))
    nodes = [part.node for part in parts]
    entries += [At(one.span, one.words | one.nodes.words(nodes)) for one in found.raws if one.nodes.picks(nodes)]
    return entries


def bfd_profiles(found: Sorted) -> tuple[dict[str, Grown], dict[int, str]]:
    """The profiles by name, and the name of each neighbour's; neighbours that want the same share one."""
    profiles: dict[str, Grown] = {}
    names: dict[int, str] = {}
    for one in (neighbor for each in found.underlays for neighbor in each.neighbors):
        if not one.bfd:
            continue
        same = next((name for name, words in profiles.items() if bare(words) == bare(one.bfd)), None)
        name, number = f"neighbor-{one.called}", 1
        while same is None and name in profiles:
            number += 1
            name = f"neighbor-{one.called}-{number}"
        names[id(one)] = same or name
        profiles.setdefault(same or name, one.bfd)
    return profiles, names
