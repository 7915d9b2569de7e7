"""L3VNI and L3Passthrough: VRFs with their VNI, and the veth peering with the host."""

from __future__ import annotations

from dataclasses import dataclass

from frrcompile.diagnostics import Span
from frrcompile.interop.fields import Fields
from frrcompile.interop.growth import At, Grown
from frrcompile.interop.openperouter.address import Network, ends_from_base, host_end, network, router_end
from frrcompile.interop.openperouter.resources import Resource
from frrcompile.interop.openperouter.selector import Selection, selection, text
from frrcompile.model.tree import Node

FAMILY = {"IPv4": "ipv4", "IPv6": "ipv6"}


@dataclass(frozen=True, slots=True)
class Session:
    """A host session as read; `router_asn` is the AS of our end, `pools` by the model's names of the families.

    `host` says the AS of the host in the model's words, and is empty where it is not known.
    """

    at: Fields
    router_asn: Node
    host: dict[str, Grown]
    pools: dict[str, tuple[Span, Network]]

    def words(self, index: int, legs: tuple[str, str]) -> Grown:
        """The model's host session on the node with this index, over a veth of these names; None without the host's AS.

        OpenPERouter overrides no AS.
        """
        if not self.host:
            return None
        ends = {family: At(at, _ends(pool, index)) for family, (at, pool) in self.pools.items()}
        overriding = {} if self.host.get("remote-as") == "internal" else {"as-override": False}
        names = {"host-interface": legs[0], "router-interface": legs[1]}
        return At(self.at.span, {**self.host, **overriding, **names, **ends})

    def networks(self, index: int) -> list[Grown]:
        """The host's addresses, which OpenPERouter announces to the fabric, each as a prefix of its own."""
        found = []
        for at, pool in self.pools.values():
            if end := host_end(pool, index):
                found.append(At(at, f"{end.split('/')[0]}/{pool.max_prefixlen}"))
        return found


@dataclass(frozen=True, slots=True)
class L3Vni:
    """An L3VNI as read; `words` are those of the model's `l3vni`."""

    name: str
    namespace: str
    span: Span
    nodes: Selection
    vrf: Node
    vni: Node
    words: dict[str, Grown]
    underlay: Grown
    session: Session | None


@dataclass(frozen=True, slots=True)
class Passthrough:
    """An L3Passthrough as read."""

    name: str
    span: Span
    nodes: Selection
    session: Session


def l3vni(resource: Resource) -> L3Vni | None:
    """Reads an L3VNI; None where what it cannot do without is missing."""
    spec = resource.spec
    vrf, vni = spec.need("vrf"), spec.need("vni")
    words: dict[str, Grown] = {"vni": vni, "port": spec.text("vxlanPort")}
    for theirs, ours in (("importRTs", "import-rts"), ("exportRTs", "export-rts")):
        if targets := spec.texts(theirs):
            words[ours] = list(targets)
    underlay, session, nodes = family(spec), _session(spec.fields("hostSession")), selection(spec)
    if vrf is None or vni is None:
        return None
    kept = {name: value for name, value in words.items() if value is not None}
    return L3Vni(resource.name, resource.namespace, spec.span, nodes, vrf, vni, kept, underlay, session)


def passthrough(resource: Resource) -> Passthrough | None:
    """Reads an L3Passthrough; None where it has no session."""
    spec = resource.spec
    session = _session(spec.fields("hostSession"))
    if spec.node.child("hostSession") is None:
        spec.wrong("hostSession", f"`spec.hostSession` of {spec.owner} is missing; the definition requires it")
    nodes = selection(spec)
    return Passthrough(resource.name, spec.span, nodes, session) if session else None


def family(spec: Fields) -> Grown:
    """The VTEP's family that a VNI asks for, None where it leaves the choice."""
    asked = spec.text("underlayAddressFamily")
    if asked and text(asked) not in FAMILY:
        spec.wrong("underlayAddressFamily", f"{text(asked)!r} of {spec.owner}: allowed are IPv4 and IPv6")
        return None
    return At(asked.span, FAMILY[text(asked)]) if asked else None


def _session(fields: Fields | None) -> Session | None:
    if fields is None:
        return None
    asn, host = fields.need("asn"), _host(fields)
    cidr = fields.fields("localCIDR")
    pools: dict[str, tuple[Span, Network]] = {}
    for name in ("ipv4", "ipv6") if cidr else ():
        if cidr and (written := cidr.text(name)):
            pool = network(written)
            if pool is None or f"ipv{pool.version}" != name:
                cidr.wrong(name, f"{text(written)!r} in `localCIDR` of {fields.owner} is not an {name} prefix")
            else:
                pools[name] = (written.span, pool)
    if not pools:
        fields.wrong("localCIDR", f"the host session of {fields.owner} has no pool in `localCIDR`")
    return Session(fields, asn, host, pools) if asn and pools else None


def _host(fields: Fields) -> dict[str, Grown]:
    """The AS of the host: a number, or any or the same AS as the router's end. Empty where it is not clear."""
    asn, kind = fields.text("hostASN"), fields.text("hostType")
    word = text(kind).lower() if kind else ""
    if kind and word not in ("external", "internal"):
        fields.wrong("hostType", f"{fields.named('hostType')} is {text(kind)!r}; allowed are External and Internal")
    elif asn and kind:
        fields.wrong(
            "hostType", f"the host session of {fields.owner} has both `hostASN` and `hostType`; one is allowed"
        )
    elif kind:
        return {"remote-as": word}
    elif asn is None:
        fields.wrong("hostASN", f"the host session of {fields.owner} has neither `hostASN` nor `hostType`")
    return {"asn": asn} if asn else {}


def _ends(pool: Network, index: int) -> dict[str, Grown]:
    """The two ends: by the model's own rule where it is the same, else written."""
    if not ends_from_base(pool):
        return {"pool": str(pool)}
    ends = {"router": router_end(pool), "host": host_end(pool, index)}
    return {name: end for name, end in ends.items() if end}
