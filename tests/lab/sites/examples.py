"""The models that users copy: each file of examples/, the first model of the README, and that of `init`, with two machines at least."""

from __future__ import annotations

import re

from frrcompile.first.answers import answer
from frrcompile.first.text import text
from tests.conftest import ROOT
from tests.lab import plan
from tests.lab.sites.scenario import Scenario, model
from tests.lab.sites.site import Site

EXAMPLES = ROOT / "examples"


def example(name: str) -> str:
    """A model of examples/."""
    return (EXAMPLES / f"{name}.yaml").read_text()


def readme() -> str:
    """The first model of the README."""
    found = re.search(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert found
    return found[1]


def first_model() -> str:
    """What `frrcompile init` writes for two nodes, with unnumbered sessions and two VRFs."""
    nodes, vrfs = ["k0", "k1"], ["red", "blue"]
    return text(answer({"node": nodes, "nic": ["eth1"], "attach": ["move"], "vrf": vrfs}, ()), "site.yaml")


def twins(first: str, changes: dict[str, str]) -> tuple[str, str]:
    """A model, and that of a second machine: each text of `changes` stands in the model, and is another one there."""
    second = first
    for old, new in changes.items():
        assert old in second, old
        second = second.replace(old, new)
    return first, second


NODE_1 = {"asn: 64514": "asn: 64524", "node-0: {index: 0}": "node-1: {index: 1}"}
ADDRESSES = {"192.168.11.3": "192.168.11.4"}
VTEP = {"100.65.0.2": "100.65.0.3"}
ID = {"id: 10.0.0.1": "id: 10.0.0.2"}


CLIENT_ADDRESSES = {
    name: {"eth1": (f"10.1.0.{last}/24",)}
    for name, last in {"reflector-0": 2, "reflector-1": 3, "node-0": 10, "node-1": 11}.items()
}


def _services(site: Site) -> list[plan.Step]:
    """Both tenants have the route of the shared services."""
    return [
        plan.Until(
            name=f"services: VRF {vrf} of {member.router} has the route",
            router=member.router,
            daemon="zebra",
            command=f"show ip route vrf {vrf}",
            pattern=r"B>\* +10\.96\.0\.0/16",
        )
        for member in site.members
        for vrf in ("red", "blue")
    ]


SCENARIOS: dict[str, Scenario] = {
    "README": Scenario(
        twins(readme(), {"asn: 64514": "asn: 64524", "k0: {index: 0}": "k1: {index: 1}", **ADDRESSES, **VTEP}),
        frozenset({100}),
    ),
    "attach": Scenario((example("attach"),), frozenset({110})),
    "dual-stack": Scenario(
        twins(example("dual-stack"), {**NODE_1, **ADDRESSES, "2001:db8:11::3": "2001:db8:11::4"}),
        frozenset({100}),
        releases=("10.7",),
    ),
    "init": Scenario((first_model(),), frozenset({100, 200})),
    "l2-anycast-gateway": Scenario((example("l2-anycast-gateway"),), frozenset({110, 120})),
    "multi-tenant": Scenario(
        twins(example("multi-tenant"), {**NODE_1, **ID, **ADDRESSES, "100.65.0.1": "100.65.0.2"}),
        frozenset({100, 200}),
        after=_services,
    ),
    "passthrough": Scenario(
        twins(
            example("passthrough"), {"64514": "64524", "node-0: {index: 0}": "node-1: {index: 1}", **ID, **ADDRESSES}
        ),
        frozenset(),
        default_route=True,
    ),
    "route-reflector": Scenario(
        (example("route-reflector"), model("reflector-clients")),
        frozenset({100, 110}),
        addresses=CLIENT_ADDRESSES,
        codes=frozenset({"MOD410"}),
    ),
    "single-node": Scenario(twins(example("single-node"), {**NODE_1, **ADDRESSES, **VTEP}), frozenset({100})),
    "two-leaves": Scenario((example("two-leaves"),), frozenset({110})),
    "unnumbered-fabric": Scenario((example("unnumbered-fabric"),), frozenset({100}), codes=frozenset({"MOD410"})),
}
"""By the name of the file or of the verb."""
