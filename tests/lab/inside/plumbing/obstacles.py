"""What stands in the way: one sentence each, and nothing is changed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from frrcompile.plumb.plan import plan
from frrcompile.plumb.session import opened
from frrcompile.plumb.state import NOTHING
from tests.lab.inside.plumbing.commands import sh, until
from tests.lab.inside.plumbing.dumps import dump, same
from tests.lab.inside.plumbing.scenario import scenario
from tests.lab.inside.plumbing.worlds import OWNER, apply, model, refused, todo, world


@scenario
def in_the_way(state: Path) -> None:
    """One sentence for each thing that stands in the way, and nothing is changed."""
    world()
    desired = plan(model(1))
    for line, words, back in (
        (
            "ip -n frr link add br1 type bridge",
            "the name br1 is taken in the router: that bridge",
            "ip -n frr link del br1",
        ),
        ("ip link add host1 type dummy", "the name host1 is taken on the host: that dummy", "ip link del host1"),
        ("ip -n frr link add v type vrf table 1100", "table 1100 of VRF red is taken", "ip -n frr link del v"),
        (
            "ip -n frr link add x type vxlan id 1 dstport 4789 local 1.1.1.1",
            "VNI 1 on UDP port 4789 is taken",
            "ip -n frr link del x",
        ),
        (
            "ip link set eth0 mtu 1400",
            "eth0 has an MTU of 1400 bytes, and the model says 1500",
            "ip link set eth0 mtu 9000",
        ),
        ("ip link set eth1 mtu 1400", "eth1 has an MTU of 1400 bytes", "ip link set eth1 mtu 1500"),
        ("ip link set eth0 name ethX", "there is no NIC eth0", "ip link set ethX name eth0"),
        (
            "ip link add bond0 type bridge; ip link set eth0 master bond0",
            "NIC eth0 is a port of bond0",
            "ip link del bond0",
        ),
        (
            "ip link add dev y type dummy; ip link set y netns frr name eth0",
            "eth0 is in the router's namespace already",
            "ip -n frr link del eth0",
        ),
    ):
        sh(line)
        before = dump()
        refused(words, lambda: apply(desired, state))
        same(dump(), before)
        sh(back)
    refused("there is no network namespace nowhere", lambda: located("--netns", "nowhere"))
    assert not Path("/run/netns/nowhere").exists()
    refused("is not a network namespace", lambda: located("--netns", "/proc/self/ns/mnt"))
    refused("there is no process 4000000", lambda: located("--pid", "4000000"))
    refused("FRR's namespace is the one that this command runs in", lambda: located("--pid", str(os.getpid())))
    refused("--pid 1 leads to the namespace of process 1, which is the machine's own", lambda: located("--pid", "1"))
    apply(desired, state)


def located(*found: str) -> None:
    with opened(found, OWNER, Path("/tmp"), write=False):
        pass


@scenario
def no_vxlan_in_the_kernel(state: Path) -> None:
    """The host keeps its NIC, and the next apply or teardown goes on from there."""
    world()
    before = dump()
    desired = plan(model(1))
    modprobe = Path("/proc/sys/kernel/modprobe")
    program = modprobe.read_text()
    sh("mount -t sysfs sys /sys")  # rmmod looks there
    until(lambda: subprocess.run(["rmmod", "vxlan"], capture_output=True, check=False).returncode == 0)
    try:
        modprobe.write_text("/bin/false\n")
        refused(
            "local 100.65.0.2, UDP port 4789, MTU 1450: this kernel has no VXLAN devices; load or install the module `vxlan`",
            lambda: apply(desired, state),
        )
        refused("`frrcompile plumb teardown` undoes all of it", lambda: apply(desired, state))
        assert "192.0.2.10/24" in sh("ip addr show eth0")
    finally:
        modprobe.write_text(program)
        sh("modprobe vxlan")
    apply(desired, state)
    assert todo(desired, state) == []
    apply(NOTHING, state)
    same(dump(), before)
