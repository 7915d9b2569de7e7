"""What breaks a node, done by hand to one that works: packets stop, `verify` says so, and `apply` mends it.

So the checks of all scenarios can fail.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.lab import plan
from tests.lab.sites.endpoints import Flow
from tests.lab.sites.site import Site
from tests.lab.sites.steps import ping, plumb

DAMAGES = {
    "the VTEP is missing": "addr del 100.65.0.0/32 dev lo",
    "a link is down": "link set br100 down\nlink set br110 down",
    "a port learns": "link set vni110 type bridge_slave learning on",
}
"""What is wrong, and the lines that do it in FRR's namespace. MAC addresses learned from packets break nothing at once."""

HARMLESS = {"a port learns"}


def steps(site: Site) -> list[plan.Step]:
    """Each damage, on the first machine."""
    return [*_wrong_vnis(site), *(step for label, lines in DAMAGES.items() for step in _damaged(site, label, lines))]


def _wrong_vnis(site: Site) -> Iterator[plan.Step]:
    """The links have other VNIs than frr.conf."""
    label, first = "a wrong VNI: ", site.members[0]
    wrong = first.model.replace("vni: 100", "vni: 101").replace("vni: 110", "vni: 111")
    yield plumb(first, "apply", f"{label}damage: ", model=wrong)
    yield from _seen(site, label)


def _damaged(site: Site, what: str, lines: str) -> Iterator[plan.Step]:
    yield plan.Ip(name=f"{what}: damage", namespace=site.members[0].router, batch=f"{lines}\n")
    yield from _seen(site, f"{what}: ", lost=what not in HARMLESS)


def _seen(site: Site, label: str, *, lost: bool = True) -> Iterator[plan.Step]:
    """No packet arrives, where packets are to be lost; `verify` fails; `apply` mends all."""
    first = site.members[0]
    if lost:
        yield from (_unanswered(flow, label) for flow in site.flows)
    yield plumb(first, "verify", f"{label}broken: ", expect=False)
    yield plumb(first, "apply", f"{label}mended: ")
    yield plumb(first, "verify", f"{label}mended: ")
    yield from (ping(flow, f"{label}mended: ") for flow in site.flows)


def _unanswered(flow: Flow, label: str) -> plan.Step:
    argv = ("ping", "-c", "3", "-i", "0.2", "-W", "1", flow.ends[1])
    return plan.Run(name=f"{label}lost: {flow.name}", namespace=flow.source.namespace, argv=argv, expect=False)
