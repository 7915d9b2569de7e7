"""From resources and nodes to a model's tree: what nodes share stands once, what differs stands in their overrides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from frrcompile.diagnostics import Severity, Span
from frrcompile.interop.fields import LOST, SHAPE, Report
from frrcompile.interop.growth import At, Grown, bare, difference, grow, inside
from frrcompile.interop.openperouter.l2vni import OTHERWISE, L2Vni, Raw, l2vni, raw
from frrcompile.interop.openperouter.node import Parts, body, routed, vtep_family
from frrcompile.interop.openperouter.resources import Resource
from frrcompile.interop.openperouter.selector import Selection, SiteNode, by_name, text
from frrcompile.interop.openperouter.underlay import Underlay, underlay
from frrcompile.interop.openperouter.vrf import L3Vni, Passthrough, l3vni, passthrough
from frrcompile.model.tree import Node

NOWHERE = "FRR1003"
"""A resource that selects no node of the site."""
NO_UNDERLAY = "FRR1004"
"""A node that no Underlay selects."""
CONFLICT = "FRR1005"
"""Two resources that one node cannot both have."""

LISTEN_LIMIT = 65535
"""The most neighbours from ranges that OpenPERouter allows; FRR's own default is 100."""


class Selecting(Protocol):
    """What has a selector, and a place."""

    @property
    def nodes(self) -> Selection: ...  # noqa: D102
    @property
    def span(self) -> Span: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102


Part = TypeVar("Part", bound=Selecting)


@dataclass(slots=True)
class Sorted:
    """The resources by kind, as read."""

    underlays: list[Underlay] = field(default_factory=list)
    l3vnis: list[L3Vni] = field(default_factory=list)
    l2vnis: list[L2Vni] = field(default_factory=list)
    passthroughs: list[Passthrough] = field(default_factory=list)
    raws: list[Raw] = field(default_factory=list)

    def all(self) -> list[Selecting]:
        """All of them."""
        return [*self.underlays, *self.l3vnis, *self.l2vnis, *self.passthroughs, *self.raws]


def sort(resources: Iterable[Resource], report: Report) -> Sorted:
    """Reads each resource as what it is."""
    found = Sorted()
    for one in resources:
        match one.kind:
            case "Underlay":
                found.underlays += _some(underlay(one))
            case "L3VNI":
                found.l3vnis += _some(l3vni(one))
            case "L2VNI":
                found.l2vnis += _some(l2vni(one))
            case "L3Passthrough":
                found.passthroughs += _some(passthrough(one))
            case "RawFRRConfig":
                found.raws += _some(raw(one))
            case _:
                one.spec.taken |= set(one.spec.untaken())
                message = f"{one.kind} {one.name} is not carried over: the model has no SRv6"
                report.add(LOST, Severity.ERROR, message, one.spec.span, "spec", "carry its VRF over VXLAN: an L3VNI")
    return found


def _some(found: Part | None) -> list[Part]:
    return [found] if found else []


def site(found: Sorted, nodes: Sequence[SiteNode], report: Report, origin: Span) -> Node:
    """The model's tree. Without any node that has an Underlay it is no whole model, and the findings say so."""
    for resource in found.all():
        _somewhere(resource, nodes, report)
    profiles, names = _bfd_profiles(found)
    parts = [one for node in nodes if (one := _parts(found, node, report, origin))]
    bodies = {one.node.name: body(one, names) for one in parts}
    base = _base(parts, bodies)
    written: dict[str, Grown] = {}
    for one in parts:
        own = bodies[one.node.name]
        here = base | ({"vrfs": {name: _bare_vrf(base["vrfs"][name]) for name in own["vrfs"]}} if "vrfs" in own else {})
        here = {name: value for name, value in here.items() if name in own or name in ("router", "underlay", "pools")}
        if "passthrough" in here:
            here["passthrough"] = _bare_vrf(here["passthrough"])
        override = difference(here, own)
        entry: dict[str, Grown] = {"index": one.node.index, "labels": dict(one.node.labels), "override": override}
        written[one.node.name] = {name: value for name, value in entry.items() if value != {}}
    whole = {"nodes": written, **base, "l2vnis": _l2vnis(found, parts, report), "bfd-profiles": profiles}
    whole["raw"] = _raw(found, parts)
    return grow({name: value for name, value in whole.items() if value}, origin)


def _somewhere(one: Selecting, nodes: Sequence[SiteNode], report: Report) -> None:
    if not one.nodes.picks(nodes):
        message = f"{one.name} is left out: no node of the site has {one.nodes}"
        help_ = f"name the nodes and their labels: `--node NAME=INDEX,LABEL=VALUE`; there is {_listed(nodes)}"
        report.add(NOWHERE, Severity.ERROR, message, one.nodes.span, "spec.nodeSelector", help_)


def _listed(nodes: Sequence[SiteNode]) -> str:
    return ", ".join(
        ",".join([f"{node.name}={node.index}", *(f"{key}={value}" for key, value in node.labels.items())])
        for node in nodes[:5]
    ) + (", ..." if len(nodes) > 5 else "")


def _parts(found: Sorted, node: SiteNode, report: Report, origin: Span) -> Parts | None:
    """What selects a node; None where no Underlay does, as OpenPERouter then configures nothing there."""

    def own(parts: Iterable[Part]) -> list[Part]:
        return [one for one in parts if one.nodes.picks([node])]

    underlays, passthroughs = own(found.underlays), own(found.passthroughs)
    for kind, several in (("Underlay", underlays), ("L3Passthrough", passthroughs)):
        for one in several[1:]:
            message = f"node {node.name} has two of kind {kind}, {several[0].name} and {one.name}; the first is taken"
            report.add(CONFLICT, Severity.ERROR, message, one.span)
    if not underlays:
        message = f"node {node.name} is left out: no Underlay selects it"
        report.add(NO_UNDERLAY, Severity.ERROR, message, origin, help="give a file with an Underlay for it")
        return None
    vrfs: dict[str, L3Vni] = {}
    for l3 in own(found.l3vnis):
        if (first := vrfs.setdefault(text(l3.vrf), l3)) is not l3:
            message = f"VRF {text(l3.vrf)} of node {node.name} is in two L3VNIs, {first.name} and {l3.name}"
            report.add(CONFLICT, Severity.ERROR, message, l3.vrf.span, "spec.vrf", "the first one is taken")
    passed = passthroughs[0] if passthroughs else None
    if passed and text(passed.session.router_asn) != text(underlays[0].asn):
        message = (
            f"`spec.hostSession.asn` of L3Passthrough {passed.name} is not the AS {text(underlays[0].asn)} of the "
            "underlay, in which the session runs, as it does in OpenPERouter"
        )
        report.add(OTHERWISE, Severity.WARNING, message, passed.session.router_asn.span, "spec.hostSession.asn")
    return Parts(node, underlays[0], list(vrfs.values()), own(found.l2vnis), passed)


def _base(parts: Sequence[Parts], bodies: dict[str, dict[str, Grown]]) -> dict[str, Grown]:
    """What all nodes share: the first node's, and VRFs and pass-through of the first node that has them."""
    base: dict[str, Grown] = {}
    vrfs: dict[str, Grown] = {}
    for own in bodies.values():
        for name, value in own.items():
            if name == "vrfs":
                vrfs = value | vrfs
            else:
                base.setdefault(name, value)
    nodes = [one.node for one in parts]
    for name, vrf in vrfs.items():
        having = [one for one in parts if any(text(l3.vrf) == name for l3 in one.l3vnis)]
        providers = {id(l3): l3 for one in having for l3 in one.l3vnis if text(l3.vrf) == name}
        vrfs[name] = _selected(vrf, list(providers.values()), [one.node for one in having], nodes)
    if "passthrough" in base:
        having = [one for one in parts if one.passthrough]
        used = list({id(one.passthrough): one.passthrough for one in having if one.passthrough}.values())
        base["passthrough"] = _selected(base["passthrough"], used, [one.node for one in having], nodes)
    return base | ({"vrfs": vrfs} if vrfs else {})


def _selected(value: Grown, used: Sequence[Selecting], having: list[SiteNode], nodes: list[SiteNode]) -> Grown:
    """A VRF or session with its selector: the resource's own words, or the nodes by name where there are several."""
    words = used[0].nodes.words(nodes) if len(used) == 1 else by_name(having, used[0].span)
    if len(used) > 1 and len(having) == len(nodes):
        words = {}
    return At(value.span, value.value | words) if isinstance(value, At) else value | words


def _bare_vrf(value: Grown) -> Grown:
    return {name: item for name, item in inside(value).items() if name != "nodes"}


def _l2vnis(found: Sorted, parts: Sequence[Parts], report: Report) -> list[Grown]:
    entries: list[Grown] = []
    for one in found.l2vnis:
        having = [part for part in parts if one in part.l2vnis]
        if not having:
            continue
        words: dict[str, Grown] = {"vni": one.vni}
        if one.port:
            words["port"] = one.port
        if underlay := one.underlay or vtep_family(having[0].underlay):
            words["underlay"] = underlay
        provider = next((l3 for l3 in found.l3vnis if routed(one, l3)), None)
        if provider:
            words["vrf"] = provider.vrf
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
        words |= ({"gateway": gateway} if gateway else {}) | ({"host-bridge": one.bridge} if one.bridge else {})
        entries.append(At(one.span, words | one.nodes.words([part.node for part in parts])))
    return entries


def _raw(found: Sorted, parts: Sequence[Parts]) -> list[Grown]:
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


def _bfd_profiles(found: Sorted) -> tuple[dict[str, Grown], dict[int, str]]:
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
