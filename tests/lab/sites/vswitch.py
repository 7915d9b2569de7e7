"""An Open vSwitch for each machine whose model has a bridge of it: its own database, and the kernel's datapath."""

from __future__ import annotations

from collections.abc import Iterator

from tests.lab import plan
from tests.lab.sites.members import Member

START = """\
modprobe openvswitch
mkdir -p "$OVS_RUNDIR"
cd "$OVS_RUNDIR"
ovsdb-tool create conf.db /usr/share/openvswitch/vswitch.ovsschema
ovsdb-server conf.db --remote=punix:db.sock --detach --pidfile --log-file=ovsdb.log >&2
ovs-vsctl --no-wait init
ovs-vswitchd --detach --pidfile --log-file=vswitchd.log >&2
"""


def started(member: Member) -> Iterator[plan.Step]:
    """Starts it where the machine has a bridge of it, and makes the bridges that the model says are there already."""
    bridges = [one for one in member.node.links.host_bridges if one.kind == "ovs"]
    if bridges:
        yield _in(member, f"Open vSwitch of {member.host}", ("sh", "-ec", START))
    for one in bridges:
        if not one.create:
            yield command(member, "add-br", one.name)


def command(member: Member, *words: str) -> plan.Step:
    """`ovs-vsctl` on a machine."""
    return _in(member, f"{member.host}: ovs-vsctl {' '.join(words)}", ("ovs-vsctl", *words))


def _in(member: Member, name: str, argv: tuple[str, ...]) -> plan.Step:
    environment = (f"{variable}={value}" for variable, value in plan.vswitch(member.host).items())
    return plan.Run(name=name, namespace=member.host, argv=("env", *environment, *argv))
