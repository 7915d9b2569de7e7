"""A plan without a kernel: what a new namespace, and a host that has the model's NICs, would need."""

from __future__ import annotations

from frrcompile.plumb.before import Before
from frrcompile.plumb.changes import changes
from frrcompile.plumb.observed import Kernel, Observed, SeenLink
from frrcompile.plumb.operations import Operation
from frrcompile.plumb.state import FAMILIES, Desired, Link, Moved, Namespace, Present

UNKNOWN = "?"
"""The value of a sysctl that was not read."""


def offline(desired: Desired, owner: str) -> list[Operation]:
    """The operations on such a node, in their order. No link of others is up, and no sysctl has its value yet."""
    return changes(desired, _fresh(desired), Before(), owner)


def _fresh(desired: Desired) -> Kernel:
    nics = [link for link in desired.router.links if isinstance(link.kind, Moved)]
    sysctls = {sysctl.key: UNKNOWN for sysctl in desired.router.sysctls}
    host = Observed(links=_seen([*nics, *_present(desired.host)]))
    # The kernel adds the rules of VRFs with a namespace's first VRF.
    router = Observed(links=_seen(_present(desired.router)), sysctls=sysctls, rules=frozenset(FAMILIES))
    return Kernel(host, router)


def _present(namespace: Namespace) -> list[Link]:
    return [link for link in namespace.links if isinstance(link.kind, Present)]


def _seen(links: list[Link]) -> dict[str, SeenLink]:
    return {link.name: SeenLink(Link(link.name, link.kind, mtu=link.least_mtu, up=False), 0) for link in links}
