"""The plan of a scenario: the fabric, the machines, `plumb apply`, the compiled frr.confs, and pings."""

from __future__ import annotations

from collections.abc import Iterator

from tests.lab import plan
from tests.lab.sites import vswitch
from tests.lab.sites.endpoints import Endpoint, Flow, strangers
from tests.lab.sites.leaves import core_conf, core_lines, leaf_conf
from tests.lab.sites.members import Member, speaker
from tests.lab.sites.site import Site
from tests.lab.sites.wiring import cables, leaf_lines, nic_lines, nodad
from tests.lab.topology import Cable, Topology

FABRIC = ("mgmtd", "zebra", "bgpd", "bfdd")
ALWAYS = ("mgmtd", "zebra", "staticd")
"""What FRR's start script starts without being asked."""

SPEAKER = ("mgmtd", "zebra", "bgpd")
PATIENCE = 40.0
"""Seconds in which all sessions of a scenario come up and all routes arrive, on a busy machine."""


def steps(site: Site) -> list[plan.Step]:
    """The whole lab."""
    return [
        *_topology(site).steps(),
        *_fabric(site),
        *(step for member in site.members for step in vswitch.started(member)),
        *site.scenario.before(site),
        *(plumb(member, "apply") for member in site.members),
        *(step for member in site.members for step in _joined(site, member)),
        *(step for member in site.members for step in _speaker(site, member)),
        *(_started(site, member) for member in site.members),
        *(plan.Capture(name=f"capture on {one.name}", namespace=one.name, file=one.capture) for one in site.leaves),
        *(ping(flow) for flow in site.flows),
        *(largest_ping(flow) for flow in site.flows),
        *(plan.EndCapture(name=f"end of capture on {one.name}", file=one.capture) for one in site.leaves),
        *_apart(site),
        *(plumb(member, "verify") for member in site.members),
        *site.scenario.after(site),
    ]  # fmt: skip


def plumb(member: Member, verb: str, label: str = "", *, expect: bool = True, model: str | None = None) -> plan.Step:
    """`frrcompile plumb VERB` on a machine, with its own model or another one."""
    return plan.Plumb(
        name=f"{label}{verb} {member.host}",
        host=member.host,
        router=member.router,
        verb=verb,
        model=model or member.model,
        options=("--node", member.node.name),
        expect=expect,
    )


def ping(flow: Flow, label: str = "") -> plan.Step:
    """Pings until all of five packets in a row come back: routes arrive meanwhile."""
    return plan.Run(
        name=f"{label}ping: {flow.name}",
        namespace=flow.source.namespace,
        argv=("sh", "-c", without_loss(f"-c 5 -i 0.1 -W 1 {flow.ends[1]}")),
        seconds=PATIENCE,
    )


def largest_ping(flow: Flow) -> plan.Step:
    """Pings with packets of the MTU that may not be fragmented."""
    size = flow.mtu - (28 if flow.version == 4 else 48)
    return plan.Run(
        name=f"largest packet: {flow.name}",
        namespace=flow.source.namespace,
        argv=("sh", "-c", without_loss(f"-c 3 -i 0.1 -W 1 -M do -s {size} {flow.ends[1]}")),
        seconds=10,
    )


def without_loss(words: str) -> str:
    """Pings with these words until every packet comes back, as a line of the shell."""
    return f"until ping {words} >/tmp/ping-$$ && grep ', 0% packet loss' /tmp/ping-$$; do sleep 0.2; done"


def _topology(site: Site) -> Topology:
    core = [Cable("core", one.name, one.name, "core") for one in site.leaves] if len(site.leaves) > 1 else []
    ends = [
        Cable(one.member.host, _host_interface(one), one.namespace, "eth0")
        for one in site.endpoints
    ]  # fmt: skip
    hosts = {one.namespace: _end_lines(one) for one in site.endpoints}
    hosts |= {member.router: nic_lines(member, site.leaves, present=True) for member in site.members}
    routers = {member.host: _host_lines(site, member) for member in site.members}
    for leaf in site.leaves:
        routers[leaf.name] = leaf_lines(leaf) + (core_lines(leaf, "core", core=False) if core else "")
    if core:
        routers["core"] = "".join(core_lines(leaf, leaf.name, core=True) for leaf in site.leaves)
    return Topology(hosts, routers, (*cables(site.leaves), *core, *ends))


def _host_interface(end: Endpoint) -> str:
    return end.namespace.replace("pod", "p").replace("vm", "v")[:15]


def _end_lines(end: Endpoint) -> str:
    own = [] if end.own is None else [f"addr add {end.own}/24 dev eth0"]
    lines = [f"addr add {address} dev eth0{nodad(address)}" for address in end.addresses.values()]
    lines += [*own, f"link set eth0 mtu {end.mtu}", "link set eth0 up"]
    lines += [f"route add default via {gateway}" for gateway in end.gateways.values()]
    return "".join(f"{line}\n" for line in lines)


def _host_lines(site: Site, member: Member) -> str:
    """The machine's NICs, and its side of its pods."""
    lines = []
    for end in site.endpoints:
        if end.member is member:
            name = _host_interface(end)
            lines += [f"link set {name} mtu {end.mtu}", f"link set {name} up"]
            if end.veth:
                for version, gateway in end.gateways.items():
                    length = end.addresses[version].split("/")[1]
                    lines.append(f"addr add {gateway}/{length} dev {name}{nodad(gateway)}")
    return nic_lines(member, site.leaves, present=False) + "".join(f"{line}\n" for line in lines)


def _fabric(site: Site) -> Iterator[plan.Step]:
    for leaf in site.leaves:
        if leaf.asn is not None:
            conf = leaf_conf(site.scenario, leaf, site.leaves)
            yield _start(plan.Router(leaf.name, site.version, conf, FABRIC))
    if len(site.leaves) > 1:
        yield _start(plan.Router("core", site.version, core_conf(site.scenario, site.leaves), FABRIC))


def _speaker(site: Site, member: Member) -> Iterator[plan.Step]:
    """The host's FRR, once its links are there: zebra 8.4 may miss an address that comes right after its link."""
    announcing = speaker(member, _announced(site, member))
    if announcing is not None:
        yield _start(plan.Router(member.host, site.version, announcing, SPEAKER))


def _announced(site: Site, member: Member) -> Iterator[tuple[str | None, str]]:
    for end in site.endpoints:
        if end.member is member and end.veth:
            for version, gateway in end.gateways.items():
                yield end.vrf, f"{gateway[:-1]}0/24" if version == 4 else f"{gateway[:-1]}/64"


def _start(router: plan.Router) -> plan.Step:
    return plan.Start(name=f"start {router.name}", router=router)


def _started(site: Site, member: Member) -> plan.Step:
    daemons = dict.fromkeys((*ALWAYS, *member.node.daemons))
    return _start(plan.Router(member.router, site.version, member.conf, tuple(daemons)))


def _joined(site: Site, member: Member) -> Iterator[plan.Step]:
    """Joins virtual machines with their segments, as what manages them does: ports of the host's bridge."""
    lines: list[str] = []
    ovs = [one.name for one in member.node.links.host_bridges if one.kind == "ovs"]
    for end in site.endpoints:
        if end.member is member and end.leg:
            name, bridge = _host_interface(end), end.leg.host_bridge
            if bridge in ovs:
                yield vswitch.command(member, "add-port", bridge, name)
                continue
            if bridge is None:  # the leg is left for others: they have a bridge of their own
                bridge = f"b{name}"
                lines += [
                    f"link add {bridge} type bridge",
                    f"link set {bridge} addrgenmode none",
                    f"link set {bridge} up",
                ]
                lines.append(f"link set {end.leg.host} master {bridge}")
            lines.append(f"link set {name} master {bridge}")
    if lines:
        yield plan.Ip(name=f"segments of {member.host}", namespace=member.host, batch="".join(f"{x}\n" for x in lines))


def _apart(site: Site) -> Iterator[plan.Step]:
    """What must not pass: the addresses of others, in another VRF with the same subnet, and routes of another VRF."""
    for source, target in strangers(site.endpoints):
        yield plan.Run(
            name=f"apart: {source.namespace} does not reach {target.own} of {target.namespace}",
            namespace=source.namespace,
            argv=("ping", "-c", "2", "-i", "0.2", "-W", "1", str(target.own)),
            expect=False,
        )
    for flow in site.flows:
        if flow.source.vrf is None or flow.source.segment or flow.target.segment:
            continue
        member, address = flow.source.member, flow.ends[1]
        for vrf in member.node.vrfs:
            own = vrf.name == flow.source.vrf
            ask = f"ip -{flow.version} route get vrf {vrf.name} {address}"
            yield plan.Run(
                name=f"apart: {member.router}, VRF {vrf.name} {'has' if own else 'has no'} route to {address}",
                namespace=member.router,
                argv=("sh", "-c", f"until {ask}; do sleep 0.2; done" if own else ask),
                expect=own,
            )
