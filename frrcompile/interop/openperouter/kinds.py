"""The resources by kind, each read as what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from frrcompile.diagnostics import Severity, Span
from frrcompile.interop.codes import LOST
from frrcompile.interop.fields import Report
from frrcompile.interop.openperouter.l2vni import L2Vni, Raw, l2vni, raw
from frrcompile.interop.openperouter.resources import Resource
from frrcompile.interop.openperouter.selector import Selection
from frrcompile.interop.openperouter.underlay import Underlay, underlay
from frrcompile.interop.openperouter.vrf import L3Vni, Passthrough, l3vni, passthrough


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
