"""Operations for people: one a line, in the order in which they are done, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence

from frrcompile.ir.links import Links
from frrcompile.plumb.operations import Operation, Sign
from frrcompile.printable import printable

_COLORS: dict[Sign, str] = {"+": "32", "-": "31", "~": "33", ">": "36"}
_COUNTED: dict[Sign, str] = {"+": "to add", "~": "to change", ">": "to move", "-": "to remove"}


def render(title: str, operations: Sequence[Operation], *, colour: bool = False) -> str:
    """The operations below a title, and how many of each kind there are."""
    if not operations:
        return f"{printable(title)}: nothing to do\n"
    rows = [_row(operation, colour) for operation in operations]
    counts = [
        f"{number} {word}"
        for sign, word in _COUNTED.items()
        if (number := sum(operation.sign == sign for operation in operations))
    ]
    return "\n".join([f"{printable(title)}:", "", *rows, "", f"Plan: {', '.join(counts)}.", ""])


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


def _row(operation: Operation, colour: bool) -> str:
    sign: str = operation.sign
    if colour:
        sign = f"\x1b[{_COLORS[operation.sign]}m{sign}\x1b[0m"
    return f"  {sign} {printable(operation.words)}"
