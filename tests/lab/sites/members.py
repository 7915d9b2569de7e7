"""The machines of a scenario: each node of its models, compiled as a user compiles it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_network
from unittest import mock

from frrcompile.interop.frr_k8s import configuration, sessions
from frrcompile.ir.bgp import Instance
from frrcompile.ir.node import Node
from frrcompile.pipeline.routers import compiled
from frrcompile.pipeline.site import Loaded, load_site
from frrcompile.render.secret import reveal
from tests.interop import frr_k8s_speaker
from tests.lab.sites.scenario import Scenario

PASSWORD = "lab"
"""The value of each environment variable that a model names for a password."""


@dataclass(frozen=True, slots=True)
class Member:
    """One machine: a node of a model, its router as the compiler has it, and its frr.conf."""

    number: int
    model: str
    loaded: Loaded
    node: Node
    conf: str

    @property
    def host(self) -> str:
        """The namespace of the machine itself, in which the FRR in the place of frr-k8s runs."""
        return f"host{self.number}"

    @property
    def router(self) -> str:
        """FRR's namespace, which `plumb` furnishes."""
        return f"node{self.number}"

    @property
    def underlay(self) -> Instance:
        """The default BGP instance."""
        return self.node.bgp[-1]


def members(scenario: Scenario, version: str) -> tuple[Member, ...]:
    """All machines. Raises AssertionError where the compiler finds something that the scenario does not expect."""
    found: list[Member] = []
    for model in scenario.models:
        with mock.patch.dict(os.environ, {"FRR_PASSWORD_LEAF": PASSWORD}):
            loaded = load_site({"model.yaml": model.encode()}, frr=version)
            routers, findings = compiled(loaded, loaded.names, reveal)
        unexpected = [one for one in findings if one.code not in scenario.codes]
        assert not unexpected, unexpected
        for router in routers.values():
            found.append(Member(len(found), model, loaded, router.node, router.text))
    return tuple(found)


def speaker(member: Member, announced: Iterable[tuple[str | None, str]]) -> str | None:
    """The frr.conf of the host's speaker, from the export for frr-k8s; None without a host session.

    `announced` are prefixes, each with the VRF whose session announces it. On one host the prefixes of all sessions are in
    one table: the operator of frr-k8s says which goes where.
    """
    found = tuple(announced)
    document, _ = configuration(member.node, member.loaded.source, [ip_network(prefix) for _, prefix in found])
    if document is None:
        return None
    for neighbor, session in zip(
        document["spec"]["bgp"]["routers"][0]["neighbors"], sessions(member.node), strict=True
    ):
        own = [prefix for vrf, prefix in found if vrf == session.instance.vrf]
        neighbor["toAdvertise"] = {"allowed": {"mode": "filtered", "prefixes": own}}
    return frr_k8s_speaker.frr_conf(document)
