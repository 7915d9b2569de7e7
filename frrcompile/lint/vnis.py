"""Which VNI belongs to which VRF: the L3VNIs of a file."""

from __future__ import annotations

from frrcompile.lint.configuration import Command, Configuration


class L3Vnis:
    """Every `vni N` of a VRF, or at the top for the default VRF, whose name is empty.

    `of_vrf` has the lines of each VRF in order, `of_number` those of each VNI; lines that are taken back are in neither.
    """

    __slots__ = ("of_number", "of_vrf")

    def __init__(self) -> None:
        self.of_vrf: dict[str, list[Command]] = {}
        self.of_number: dict[int, list[tuple[str, Command]]] = {}


def l3vnis(config: Configuration) -> L3Vnis:
    """The L3VNIs of a file; ask for them by `config.derive(l3vnis)`."""
    standing: dict[str, dict[int, Command]] = {}
    for node in ("config", "vrf"):
        for command in config.of(node, "vni"):
            number = command.words[2 if command.negated else 1 :][:1]
            if not number or not number[0].isdecimal():
                continue
            vrf = command.block.words[1] if command.block is not None else ""
            lines = standing.setdefault("" if vrf == "default" else vrf, {})
            if command.negated:
                lines.pop(int(number[0]), None)
            else:
                lines.setdefault(int(number[0]), command)
    found = L3Vnis()
    for vrf, lines in standing.items():
        for vni, command in lines.items():
            found.of_vrf.setdefault(vrf, []).append(command)
            found.of_number.setdefault(vni, []).append((vrf, command))
    return found
