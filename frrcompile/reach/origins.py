"""The routes that matter of each node: its VTEPs, its L2VNIs, its VRFs, and what its hosts announce."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.reach.hosts import passthrough
from frrcompile.reach.segments import segments, vteps
from frrcompile.reach.source import Source
from frrcompile.reach.speakers import Router
from frrcompile.reach.tenants import tenants


def sources(router: Router) -> Iterator[Source]:
    """Everything of a node that others need."""
    yield from vteps(router)
    yield from segments(router)
    yield from tenants(router)
    yield from passthrough(router)
