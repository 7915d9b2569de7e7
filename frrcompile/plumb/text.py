"""A plan for people: a row for each link, address or sysctl that changes, and what they come to.

What a link gets after it is made or moved stands below its row. The order in which everything is done is that of the operations.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from frrcompile.ir.links import Links
from frrcompile.plumb import operations as do
from frrcompile.plumb.losses import Loss
from frrcompile.plumb.state import Port, Side
from frrcompile.printable import printable

_COLORS: dict[do.Sign, str] = {"+": "32", "-": "31", "~": "33", ">": "36"}
_COUNTED: dict[do.Sign, str] = {"+": "to add", "~": "to change", ">": "to move", "-": "to remove"}

_Place = tuple[Side, str]


def render(
    title: str,
    operations: Sequence[do.Operation],
    keeping: Collection[str] = (),
    losses: Mapping[str, Loss] = {},
    *,
    colour: bool = False,
) -> str:
    """The plan below a title; NICs in `keeping` keep their addresses, and `losses` has what the host loses with a NIC."""
    if not operations:
        return f"{printable(title)}: nothing would change\n"
    shown, given = rows(operations)
    lines = [f"{printable(title)}:", ""]
    for operation in shown:
        lines += [_row(operation, colour), *_below(operation, given, keeping)]
        if isinstance(operation, do.MoveLink) and operation.name in losses:
            lines += (f"      the host loses {printable(words)}" for words in losses[operation.name].words)
    counts = [
        f"{number} {word}"
        for sign, word in _COUNTED.items()
        if (number := sum(operation.sign == sign for operation in shown))
    ]
    return "\n".join([*lines, "", f"Plan: {', '.join(counts)}.", ""])


def rows(operations: Iterable[do.Operation]) -> tuple[list[do.Operation], dict[_Place, list[str]]]:
    """The operations that have a row of their own, and what each link that is new in a namespace gets there."""
    given: dict[_Place, list[str]] = {}
    shown: list[do.Operation] = []
    for operation in operations:
        for place in _new(operation):
            given[place] = []
        target, words = _on(operation)
        if target in given:
            given[target].append(words)
        else:
            shown.append(operation)
    return shown, given


def mtus(links: Links, pod_mtu: int | None) -> str:
    """The pods' MTU, and that of each end on the host where they differ; empty without VNIs and host sessions."""
    if pod_mtu is None:
        return ""
    vnis = {vxlan.bridge: vxlan.vni for vxlan in links.vxlans}
    ends = [(pair.host, pair.mtu, f"VRF {pair.vrf or 'default'}") for pair in links.veths]
    ends += [(one.host_bridge or one.host, one.mtu, f"L2VNI {vnis[one.bridge]}") for one in links.segment_veths]
    said = f"The pods' MTU is {pod_mtu} bytes at most.\n"
    if {mtu for _, mtu, _ in ends} <= {pod_mtu}:
        return said
    width = max(len(printable(name)) for name, _, _ in ends)
    rows = [f"  {printable(name):{width}}  {mtu:5} bytes  {printable(where)}\n" for name, mtu, where in ends]
    return f"{said}At each end on the host:\n{''.join(rows)}"


def _new(operation: do.Operation) -> Iterator[_Place]:
    """The links that are new in a namespace after an operation."""
    match operation:
        case do.AddLink(side, link, peer):
            yield side, link.name
            if peer:
                yield "router" if side == "host" else "host", peer.name
        case do.MoveLink(name):
            yield operation.target, name


def _on(operation: do.Operation) -> tuple[_Place | None, str]:
    """The link that an operation gives something to, and what."""
    match operation:
        case do.SetLink(side, name, field, _, new):
            return (side, name), _given(field, new)
        case do.AddAddress(side, address):
            return (side, address.link), address.address
        case do.AddOvsPort(port):
            return ("host", port.link), f"port of Open vSwitch bridge {port.bridge}"
    return None, ""


def _given(field: do.Field, value: do.Value) -> str:
    match field, value:
        case "up", bool():
            return "up" if value else "down"
        case "link_local", bool():
            return "IPv6 link-local address" if value else "no IPv6 link-local address"
        case "port", Port(suppress, learning):
            return f"neigh_suppress {'on' if suppress else 'off'}, learning {'on' if learning else 'off'}"
        case "mtu", _:
            return f"MTU {value}"
        case "mac", _:
            return f"MAC address {value}"
        case "alias", _:
            return f"ifalias {value}"
        case "master", None:
            return "no master"
    return f"{field} {value}"


def _below(operation: do.Operation, given: dict[_Place, list[str]], keeping: Collection[str]) -> Iterator[str]:
    places = list(_new(operation))
    for place in places:
        told = list(given[place])
        if isinstance(operation, do.MoveLink) and operation.name in keeping:
            told.insert(0, "keeps its addresses")
        name = f"{place[1]}: " if len(places) > 1 else ""
        if told:
            yield f"      {printable(name + ', '.join(told))}"


def _row(operation: do.Operation, colour: bool) -> str:
    sign: str = operation.sign
    if colour:
        sign = f"\x1b[{_COLORS[operation.sign]}m{sign}\x1b[0m"
    return f"  {sign} {printable(operation.words)}"
