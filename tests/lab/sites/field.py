"""What a node's network looks like in the field: each way that a link comes, each kind of fabric, each kind of tenant."""

from __future__ import annotations

from tests.lab import plan
from tests.lab.sites import broken
from tests.lab.sites.endpoints import strangers
from tests.lab.sites.scenario import Scenario, model
from tests.lab.sites.site import Site
from tests.lab.sites.steps import plumb, without_loss
from tests.lab.sites.wiring import Leaf

API_SERVER = "172.16.0.10"


def _macvlan_before(site: Site) -> list[plan.Step]:
    """The host of the macvlan has an address of its own on the NIC."""
    host = site.members[1].host
    return [plan.Ip(name="the host's own address", namespace=host, batch="addr add 192.168.11.50/24 dev eth1\n")]


def _macvlan_after(site: Site) -> list[plan.Step]:
    return [_sh("the host reaches the leaf over its NIC", site.members[1].host, _until_ping("192.168.11.2"))]


def _api_server(site: Site) -> list[plan.Step]:
    """An API server behind the leaf, which the nodes reach over their NICs."""
    api = f"addr add {API_SERVER}/24 dev eth0\nlink set eth0 up\nroute add default via 172.16.0.1\n"
    return [
        plan.Ip(
            name="API server", batch="netns add api\nlink add name api netns leaf0 type veth peer name eth0 netns api\n"
        ),
        plan.Ip(name="API server's leaf", namespace="leaf0", batch="addr add 172.16.0.1/24 dev api\nlink set api up\n"),
        plan.Ip(name="API server's links", namespace="api", batch=api),
        *(
            plan.Ip(
                name=f"default route of {one.host}", namespace=one.host, batch="route add default via 192.168.11.2\n"
            )
            for one in site.members
        ),
        *(_sh(f"{one.host} reaches the API server over its NIC", one.host, _until_ping(API_SERVER)) for one in site.members),
    ]  # fmt: skip


def _api_server_after(site: Site) -> list[plan.Step]:
    """The nodes reach it through the router, with an address that their hosts announce; and over the NIC after teardown."""
    ends = {one.member.host: one for one in site.endpoints if one.vrf is None}
    found: list[plan.Step] = []
    for member in site.members:
        source = f"-I {ends[member.host].gateways[4]} {API_SERVER}"
        found += [
            _sh(f"{member.host} reaches the API server through the router", member.host, _until_ping(source)),
            _sh(f"{member.host} has no NIC", member.host, "! ip link show eth1"),
        ]
    return [
        *found,
        *(plan.Stop(name=f"stop {one.router}", router=one.router) for one in site.members),
        *(plumb(one, "teardown") for one in site.members),
        *(
            _sh(f"{one.host} reaches the API server over its NIC again", one.host, _until_ping(API_SERVER))
            for one in site.members
        ),
    ]


def _joined_by_hand(site: Site) -> list[plan.Step]:
    """With a cable between the tenants' bridges the packets arrive that must not: so the check of that can fail."""
    joined = """\
link add join type veth peer name joined
link set join master br110
link set joined master br210
link set join up
link set joined up
"""
    source, target = next(strangers(site.endpoints))
    return [
        plan.Ip(name="tenants joined by hand", namespace=target.member.router, batch=joined),
        _sh(f"{source.namespace} reaches {target.namespace}", source.namespace, _until_ping(str(target.own))),
    ]


def _leaf_dies(site: Site) -> list[plan.Step]:
    """One leaf after the other sends nothing any more, while its links stay up: BFD finds it, and traffic takes the other."""
    (flow,) = site.flows
    return [
        step
        for leaf in site.leaves
        for step in (
            _sh(f"{leaf.name} dies", flow.source.namespace, _while_dying(leaf, flow.ends[1]), seconds=60),
            _sh(
                f"{leaf.name} is back",
                flow.source.namespace,
                "".join(f"ip netns exec {leaf.name} tc qdisc del dev {port.cable} root\n" for port in leaf.ports),
            ),
            *(
                plan.Until(
                    name=f"{member.router} has its session with {leaf.name} again",
                    router=member.router,
                    daemon="bgpd",
                    command=f"show bgp neighbors {leaf.addresses()[0].ip}",
                    pattern="BGP state = Established",
                    seconds=60,
                )
                for member in site.members
            ),
            _sh(f"{leaf.name} was back", flow.source.namespace, _until_ping(flow.ends[1])),
        )
    ]


def _while_dying(leaf: Leaf, target: str) -> str:
    """Pings for 8 seconds; after one of them the leaf is dumb. At most 2 s are lost; the hold time is 180 s."""
    silence = "; ".join(f"tc qdisc add dev {port.cable} root netem loss 100%" for port in leaf.ports)
    return f"""\
ping -c 80 -i 0.1 -W 1 {target} >/tmp/dying &
sleep 1
ip netns exec {leaf.name} sh -ec '{silence}'
wait
tail -3 /tmp/dying
[ "$(sed -n 's/.* \\([0-9]*\\) received.*/\\1/p' /tmp/dying)" -ge 60 ]
"""


def _until_ping(words: str) -> str:
    return without_loss(f"-c 3 -i 0.1 -W 1 {words}")


def _sh(name: str, namespace: str, text: str, seconds: float = 40) -> plan.Step:
    return plan.Run(name=name, namespace=namespace, argv=("sh", "-ec", text), seconds=seconds)


SCENARIOS: dict[str, Scenario] = {
    "VLAN, macvlan, present": Scenario(
        (model("links"),),
        frozenset({100}),
        addresses={"present": {"net1": ("192.168.11.12/24",)}, "vlan": {}, "macvlan": {}},
        before=_macvlan_before,
        after=_macvlan_after,
    ),
    "the node's main interface": Scenario(
        (model("main-interface"),), frozenset({100}), default_route=True, before=_api_server, after=_api_server_after
    ),
    "routed segments": Scenario((model("routed-segments"),), frozenset({100, 110})),
    "overlapping tenants": Scenario((model("overlapping-tenants"),), frozenset({110, 210}), after=_joined_by_hand),
    "two families": Scenario((model("two-families"),), frozenset({100, 110})),
    "IPv6 underlay": Scenario((model("ipv6-underlay"),), frozenset({100, 110}), releases=("10.7",)),
    "racks": Scenario((model("racks"),), frozenset({100, 110})),
    "unnumbered, IPv6 VTEPs": Scenario((model("unnumbered-ipv6"),), frozenset({100, 110}), releases=("10.7",)),
    "a leaf dies": Scenario(
        (model("two-leaves"),), frozenset({100}), releases=("10.3", "10.7"), bfd_interval=250, after=_leaf_dies
    ),
    "broken by hand": Scenario((model("two-vnis"),), frozenset({100, 110}), after=broken.steps),
}
