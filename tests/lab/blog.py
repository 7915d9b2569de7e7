"""The blog's lab: HOST1 reaches a pod through the compiled node, and does not when the node is wrong."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from tests.lab import fabric, plan
from tests.lab.compiled import Compiled, compiled, exported

ROUTES = "show bgp l2vpn evpn route type prefix"
POD_ROUTE = r"\[5\]:\[0\]:\[24\]:\[10\.244\.0\.0\]"
NO_POD_ROUTE = rf"(?s)\A(?!.*{POD_ROUTE})"
VRF_ROUTE = "show ip route vrf red"


def _wrong_vni(model: str, version: str) -> Compiled:
    return compiled(model.replace("vni: 100", "vni: 101"), version)


def _unannounced(model: str, version: str) -> Compiled:
    elsewhere = compiled(model.replace("100.65.0.2", "100.65.0.9"), version)
    return dataclasses.replace(compiled(model, version), conf=elsewhere.conf)


# Nodes that no pod can be reached through: what is wrong -> the node, from the good node's model and FRR's version.
WRONG: dict[str, Callable[[str, str], Compiled]] = {
    "a wrong VNI": _wrong_vni,
    "a VTEP that is not announced": _unannounced,
    "a VTEP that is not there": compiled,
}

# What is done by hand to a node's links, once they are made.
DAMAGES = {"a VTEP that is not there": "addr del 100.65.0.2/32 dev lo\n"}


def steps(model: str, version: str) -> list[plan.Step]:
    """The whole lab for one version of FRR in all routers: the good node, each of the wrong ones, the good one again."""
    good = compiled(model, version)
    todo = [
        *fabric.TOPOLOGY.steps(),
        *fabric.start(version, exported(model, fabric.POD_SUBNET)),
        *_begin(good, version, "good"),
    ]
    todo += _reached("good", good)
    todo += _end(good, "good")
    for wrong, make in WRONG.items():
        node = make(model, version)
        todo += [*_begin(node, version, wrong), *_not_reached(wrong), *_end(node, wrong)]
    return [*todo, *_begin(good, version, "good again"), *_reached("good again", good), *_end(good, "good again")]


def capture_of(node: str) -> str:
    """The file with what leaf2 sees of a node's traffic."""
    return f"leaf2, {node}.pcap"


def _begin(node: Compiled, version: str, label: str) -> list[plan.Step]:
    """The node's links, its FRR, and a capture on leaf2's interface to it."""
    router = plan.Router("node", version, node.conf, node.daemons)
    return [
        plan.Plumb(name=f"{label}: links", host="k8s", router="node", verb="apply", model=node.model),
        plan.Ip(name=f"{label}: damage", namespace="node", batch=DAMAGES.get(label, "")),
        plan.Capture(name=f"{label}: capture", namespace="leaf2", interface="eth2", file=capture_of(label)),
        plan.Start(name=f"{label}: start", router=router),
        # The session with frr-k8s is up, and the one with leaf2.
        plan.Until(name=f"{label}: leaf2 has the route", router="leaf2", daemon="bgpd", command=ROUTES, pattern=POD_ROUTE),
    ]  # fmt: skip


def _reached(label: str, node: Compiled) -> list[plan.Step]:
    return [
        _until_routed(f"{label}: leaf1 routes to the pod", "leaf1", fabric.POD_SUBNET),
        _until_routed(f"{label}: the node routes to HOST1", "node", "192.168.10.0/24"),
        *_applied_again(label, node),
        _ping(f"{label}: ping", "-c", "10", "-i", "0.1"),
        _ping(f"{label}: ping of 1450 bytes", "-c", "3", "-i", "0.1", "-s", "1422", "-M", "do"),
    ]


def _applied_again(label: str, node: Compiled) -> list[plan.Step]:
    """A second apply beside a running FRR, and what the router's namespace tells of it: nothing."""
    monitor = ("sh", "-c", "ip monitor link address route neigh >/tmp/monitor & echo $! >/tmp/monitor.pid")
    ask = "show bgp neighbors 192.168.11.2 json"
    return [
        plan.Ask(name=f"{label}: session before", router="node", daemon="bgpd", command=ask),
        plan.Run(name=f"{label}: monitor", namespace="node", argv=monitor),
        plan.Plumb(name=f"{label}: verify", host="k8s", router="node", verb="verify", model=node.model),
        plan.Plumb(name=f"{label}: links again", host="k8s", router="node", verb="apply", model=node.model),
        plan.Run(
            name=f"{label}: events",
            namespace="node",
            argv=("sh", "-c", "kill $(cat /tmp/monitor.pid); cat /tmp/monitor"),
        ),
        plan.Ask(name=f"{label}: session after", router="node", daemon="bgpd", command=ask),
    ]


def _not_reached(label: str) -> list[plan.Step]:
    # For 1.6 s; leaf1 has the good node's route 0.2 s after leaf2 has it.
    return [_ping(f"{label}: ping", "-c", "5", "-i", "0.4", expect=False)]


def _end(node: Compiled, label: str) -> list[plan.Step]:
    """Takes the node away, and waits until the fabric has seen that."""
    return [
        plan.EndCapture(name=f"{label}: end of capture", file=capture_of(label)),
        plan.Stop(name=f"{label}: stop", router="node"),
        plan.Plumb(name=f"{label}: links gone", host="k8s", router="node", verb="teardown", model=node.model),
        plan.Until(name=f"{label}: leaf1 has no route", router="leaf1", daemon="bgpd", command=ROUTES, pattern=NO_POD_ROUTE),
        plan.Until(name=f"{label}: leaf2 has no route", router="leaf2", daemon="bgpd", command=ROUTES, pattern=NO_POD_ROUTE),
    ]  # fmt: skip


def _until_routed(name: str, router: str, prefix: str) -> plan.Step:
    return plan.Until(name=name, router=router, daemon="zebra", command=VRF_ROUTE, pattern=rf"B>\* {prefix}.*br100")


def _ping(name: str, *options: str, expect: bool = True) -> plan.Step:
    """HOST1 pings the pod; each reply has one second."""
    argv = ("ping", *options, "-W", "1", fabric.POD)
    return plan.Run(name=name, namespace="HOST1", argv=argv, expect=expect)
