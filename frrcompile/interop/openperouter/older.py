"""The specs of OpenPERouter's releases v0.1 and v0.2, put into the shape of its present definitions.

Each field keeps its place and its name in the resource, so that findings speak of what the user wrote. What changed
between the releases is in OpenPERouter's release notes ("Breaking API changes" of v0.2.0 and v0.2.1).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from frrcompile.interop.fields import Moved
from frrcompile.model.tree import Entry, Node, Path

V1, V2 = "v0.1", "v0.2"

DURATION = re.compile(r"(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?")
"""A duration as Go writes one, in whole seconds: `1m30s`."""

BRIDGE_TYPES = {"bridge": "LinuxBridge", "linux-bridge": "LinuxBridge", "ovs-bridge": "OVSBridge"}


class Older:
    """A mapping whose older fields are being replaced; `words` are the older ones that were found, with their release."""

    def __init__(self, node: Node, at: Path, words: dict[str, str]) -> None:
        self.entries: dict[str, Entry] = dict(node.value) if isinstance(node.value, dict) else {}
        self.span, self.at, self.words = node.span, at, words

    def node(self) -> Node:
        """The mapping in its present shape."""
        return Node(self.span, self.entries)

    def rename(self, older: str, present: str, release: str, convert: Callable[[Node], Node] | None = None) -> None:
        """A field that has another name today, and maybe another form of value."""
        if entry := self.take(older, release):
            node = convert(entry.node) if convert else entry.node
            self.entries.setdefault(present, Moved(entry.key, node, (*self.at, older)))

    def take(self, older: str, release: str) -> Entry | None:
        """Removes a field that the present definitions do not have, and returns it; None where it is not there."""
        entry = self.entries.pop(older, None)
        if entry:
            self.words.setdefault(older, release)
        return entry

    def inside(self, name: str, change: Callable[[Older], None]) -> None:
        """Changes the mapping in a field, or each mapping of the list in it."""
        if entry := self.entries.get(name):
            at = entry.written if isinstance(entry, Moved) else (*self.at, name)
            self.entries[name] = Moved(entry.key, self._changed(entry.node, at, change), at)

    def _changed(self, node: Node, at: Path, change: Callable[[Older], None]) -> Node:
        if isinstance(node.value, list):
            return Node(node.span, [self._changed(item, (*at, place), change) for place, item in enumerate(node.value)])
        if not isinstance(node.value, dict):
            return node
        below = Older(node, at, self.words)
        change(below)
        return below.node()


def present(kind: str, spec: Node, at: Path, words: dict[str, str]) -> Node:
    """The spec of a resource in its present shape. Its older fields are added to `words`, with the last release of each."""
    if kind not in CHANGES or not isinstance(spec.value, dict):
        return spec
    older = Older(spec, at, words)
    CHANGES[kind](older)
    return older.node()


def _underlay(spec: Older) -> None:
    spec.rename("routeridcidr", "routerIDCIDR", V2)
    spec.rename("nics", "interfaces", V1, lambda nics: _devices(nics, (*spec.at, "nics")))
    evpn = spec.entries.get("evpn")
    inside = evpn.node.child("vtepcidr") if evpn else None
    if evpn and inside and set(evpn.node.value or ()) == {"vtepcidr"}:
        spec.take("evpn", V1)
        _endpoint(spec, evpn, inside, (*spec.at, "evpn", "vtepcidr"))
    elif vtepcidr := spec.take("vtepcidr", V1):
        _endpoint(spec, vtepcidr, vtepcidr.node, (*spec.at, "vtepcidr"))
    spec.inside("gracefulRestart", _graceful_restart)
    spec.inside("neighbors", _neighbor)


def _devices(nics: Node, at: Path) -> Node:
    """`interfaces` of the names of NICs."""

    def device(name: Node, written: Path) -> Node:
        def entry(node: Node) -> Entry:
            return Moved(name.span, node, written)

        kind = entry(Node(name.span, "NetworkDevice"))
        inner = Node(name.span, {"interfaceName": entry(name)})
        return Node(name.span, {"type": kind, "networkDevice": entry(inner)})

    if not isinstance(nics.value, list):
        return nics
    return Node(nics.span, [device(name, (*at, place)) for place, name in enumerate(nics.value)])


def _endpoint(spec: Older, entry: Entry, cidr: Node, written: Path) -> None:
    """`tunnelEndpoint` of the one pool that there was."""
    cidrs = Moved(entry.key, Node(cidr.span, [cidr]), written)
    spec.entries.setdefault("tunnelEndpoint", Moved(entry.key, Node(cidr.span, {"cidrs": cidrs}), written))


def _graceful_restart(restart: Older) -> None:
    restart.rename("restartTime", "restartTimeSeconds", V1)
    restart.rename("stalePathTime", "stalePathTimeSeconds", V1)


def _neighbor(neighbor: Older) -> None:
    for name in ("holdTime", "keepaliveTime", "connectTime"):
        neighbor.rename(name, f"{name}Seconds", V1, _seconds)
    if multihop := neighbor.take("ebgpMultiHop", V2):
        kind = Moved(multihop.key, Node(multihop.node.span, "ebgpMultiHop"), (*neighbor.at, "ebgpMultiHop"))
        wanted = [Node(multihop.node.span, {"type": kind})] if multihop.node.value == "true" else []
        properties = Node(multihop.node.span, wanted)
        neighbor.entries.setdefault("properties", Moved(multihop.key, properties, (*neighbor.at, "ebgpMultiHop")))
    neighbor.inside("bfd", _bfd)


def _seconds(node: Node) -> Node:
    """A duration in seconds; left as it is where it is none."""
    found = DURATION.fullmatch(node.value) if isinstance(node.value, str) and node.value else None
    if not found:
        return node
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return Node(node.span, str(3600 * hours + 60 * minutes + seconds))


def _bfd(bfd: Older) -> None:
    bfd.rename("minimumTtl", "minimumTTL", V1)
    bfd.rename("passiveMode", "sessionMode", V2, lambda node: _word(node, {"true": "Passive", "false": "Active"}))
    for name in ("echoMode", "echoInterval"):  # no present definition has them, and the model still does
        if name in bfd.entries:
            bfd.words.setdefault(name, V2)


def _vni(spec: Older) -> None:
    for older, today in (("vxlanport", "vxlanPort"), ("importrts", "importRTs"), ("exportrts", "exportRTs")):
        spec.rename(older, today, V2)
    _hosted(spec)


def _hosted(spec: Older) -> None:
    spec.rename("hostsession", "hostSession", V2)
    spec.inside("hostSession", _session)


def _session(session: Older) -> None:
    for older, today in (("hostasn", "hostASN"), ("hosttype", "hostType"), ("localcidr", "localCIDR")):
        session.rename(older, today, V2)


def _l2vni(spec: Older) -> None:
    spec.rename("vxlanport", "vxlanPort", V2)
    spec.rename("l2gatewayips", "gatewayIPs", V2)
    spec.rename("l2gatewayip", "gatewayIPs", V1, lambda node: Node(node.span, [node]))
    spec.rename("hostmaster", "hostMaster", V2)
    if "vrf" in spec.entries:  # no present definition has it, and the model still does
        spec.words.setdefault("vrf", V2)
    spec.inside("hostMaster", _master)


def _master(master: Older) -> None:
    """The bridge: its name and `autoCreate` were beside its type in v0.1, and are below it since."""
    kind = master.entries.get("type")
    if kind and isinstance(kind.node.value, str) and kind.node.value in BRIDGE_TYPES:
        master.words.setdefault(f"type: {kind.node.value}", V2)
        master.entries["type"] = Entry(kind.key, _word(kind.node, BRIDGE_TYPES))
    word = master.entries["type"].node.value if kind else None
    below = {"LinuxBridge": "linuxBridge", "OVSBridge": "ovsBridge"}.get(word) if isinstance(word, str) else None
    beside = {name: entry for name in ("name", "autocreate") if (entry := master.take(name, V1))}
    if beside and kind and below:
        at = (*master.at, "name" if "name" in beside else "autocreate")
        inner: dict[str, Entry] = {
            name.replace("autocreate", "autoCreate"): Moved(entry.key, entry.node, (*master.at, name))
            for name, entry in beside.items()
        }
        master.entries.setdefault(below, Moved(kind.key, Node(kind.node.span, inner), at))
    for name in ("linuxBridge", "ovsBridge"):
        master.inside(name, _bridge)


def _bridge(bridge: Older) -> None:
    """A bridge that is made is `Managed`, one that has a name is `External`."""
    made = bridge.take("autoCreate", V2)
    if "lifecycle" in bridge.entries:
        return
    if made and made.node.value == "true":
        bridge.entries["lifecycle"] = Moved(made.key, Node(made.node.span, "Managed"), (*bridge.at, "autoCreate"))
    elif name := bridge.entries.get("name"):
        bridge.entries["lifecycle"] = Moved(name.key, Node(name.node.span, "External"), (*bridge.at, "name"))


def _raw(spec: Older) -> None:
    spec.rename("rawconfig", "rawConfig", V2)


def _word(node: Node, words: dict[str, str]) -> Node:
    return Node(node.span, words.get(node.value, node.value) if isinstance(node.value, str) else node.value)


CHANGES: dict[str, Callable[[Older], None]] = {
    "Underlay": _underlay,
    "L3VNI": _vni,
    "L2VNI": _l2vni,
    "L3Passthrough": _hosted,
    "RawFRRConfig": _raw,
}


def release(words: Mapping[str, str]) -> str:
    """The release that older fields are of: the earliest one that explains them; empty without any."""
    return min(words.values(), default="")
