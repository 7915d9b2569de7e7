"""From resources and nodes to a model's tree: what nodes share stands once, what differs stands in their overrides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from frrcompile.diagnostics import Severity, Span
from frrcompile.interop.codes import CONFLICT, NO_UNDERLAY, NOWHERE, OTHERWISE
from frrcompile.interop.fields import Report
from frrcompile.interop.growth import At, Grown, difference, grow, inside
from frrcompile.interop.openperouter.kinds import Part, Selecting, Sorted
from frrcompile.interop.openperouter.lists import bfd_profiles, l2vnis, raws
from frrcompile.interop.openperouter.node import Parts, body
from frrcompile.interop.openperouter.selector import SiteNode, by_name, text
from frrcompile.interop.openperouter.vrf import L3Vni
from frrcompile.model.tree import Node, spell


def site(found: Sorted, nodes: Sequence[SiteNode], report: Report, origin: Span) -> Node:
    """The model's tree. Without any node that has an Underlay it is no whole model, and the findings say so."""
    for resource in found.all():
        _somewhere(resource, nodes, report)
    profiles, names = bfd_profiles(found)
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
    whole = {"nodes": written, **base, "l2vnis": l2vnis(found, parts, report), "bfd-profiles": profiles}
    whole["raw"] = raws(found, parts)
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
        report.add(NO_UNDERLAY, Severity.ERROR, message, origin, help=_without_underlay(found))
        return None
    vrfs: dict[str, L3Vni] = {}
    for l3 in own(found.l3vnis):
        if (first := vrfs.setdefault(text(l3.vrf), l3)) is not l3:
            message = f"VRF {text(l3.vrf)} of node {node.name} is in two L3VNIs, {first.name} and {l3.name}"
            report.add(CONFLICT, Severity.ERROR, message, l3.vrf.span, "spec.vrf", "the first one is taken")
    passed = passthroughs[0] if passthroughs else None
    if passed and text(passed.session.router_asn) != text(underlays[0].asn):
        message = (
            f"{passed.session.at.named('asn')} is not the AS {text(underlays[0].asn)} of the "
            "underlay, in which the session runs, as it does in OpenPERouter"
        )
        report.add(
            OTHERWISE, Severity.WARNING, message, passed.session.router_asn.span, spell(passed.session.at.way("asn"))
        )
    return Parts(node, underlays[0], list(vrfs.values()), own(found.l2vnis), passed)


def _without_underlay(found: Sorted) -> str:
    if found.raws and not found.underlays:
        alone = "OpenPERouter takes the raw lines alone as the whole frr.conf"
        return f"{alone}, and a model needs an Underlay: save them as frr.conf, and check it with `frrcompile lint frr.conf`"
    return "give a file with an Underlay for it"


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
    having: dict[str, list[SiteNode]] = {}
    providers: dict[str, dict[int, Selecting]] = {}
    for one in parts:
        providing: dict[str, Selecting] = {vrf: segments[0] for vrf, segments in one.segments().items()}
        providing |= {text(l3.vrf): l3 for l3 in one.l3vnis}  # a node has one of each VRF
        for vrf, provider in providing.items():
            having.setdefault(vrf, []).append(one.node)
            providers.setdefault(vrf, {})[id(provider)] = provider
    for name, vrf in vrfs.items():
        vrfs[name] = _selected(vrf, list(providers[name].values()), having[name], nodes)
    if "passthrough" in base:
        passing = [one for one in parts if one.passthrough]
        used = list({id(one.passthrough): one.passthrough for one in passing if one.passthrough}.values())
        base["passthrough"] = _selected(base["passthrough"], used, [one.node for one in passing], nodes)
    return base | ({"vrfs": vrfs} if vrfs else {})


def _selected(value: Grown, used: Sequence[Selecting], having: list[SiteNode], nodes: list[SiteNode]) -> Grown:
    """A VRF or session with its selector: the resource's own words, or the nodes by name where there are several."""
    words = used[0].nodes.words(nodes) if len(used) == 1 else by_name(having, used[0].span)
    if len(used) > 1 and len(having) == len(nodes):
        words = {}
    return At(value.span, value.value | words) if isinstance(value, At) else value | words


def _bare_vrf(value: Grown) -> Grown:
    return {name: item for name, item in inside(value).items() if name != "nodes"}
