"""A host with NICs and FRR's namespace, called `frr`, the links of a node of all kinds, and what applies them."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from frrcompile.ir import links as ir
from frrcompile.plumb.apply import ApplyError, Applying
from frrcompile.plumb.lock import LockedError
from frrcompile.plumb.netns import NamespaceError
from frrcompile.plumb.operations import Operation
from frrcompile.plumb.session import PlumbError, Todo, opened
from frrcompile.plumb.state import Desired
from tests.lab.inside.kernel import CLONE_NEWNET
from tests.lab.inside.plumbing.commands import sh

NETNS = ("--netns", "frr")

OWNER = "frrcompile"

BLOG_NODE = str(Path(__file__).parents[4] / "golden" / "blog-node" / "input.yaml")


def world() -> None:
    """A host with two NICs, of which eth0 has the default route, and an FRR namespace."""
    sh(
        "ip netns add frr",
        "ip netns exec frr sh -c 'echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad'",
        "echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad",
        "ip link set lo up",
        "ip link add eth0 type dummy",
        "ip link add eth1 type veth peer name leaf1",
        "ip link set leaf1 up",
        "ip link set eth0 mtu 9000 alias 'to the world' up",
        "ip link set eth1 up",
        "ip addr add 192.0.2.10/24 brd + dev eth0",
        "ip addr add 192.0.2.11/24 dev eth0 label eth0:1",
        "ip addr add 198.51.100.7 peer 198.51.100.8/32 dev eth0",
        "ip addr add 2001:db8::10/64 dev eth0 nodad",
        "ip addr add 203.0.113.2/31 dev eth1",
        "ip route add default via 192.0.2.1 proto dhcp metric 100",
        "ip route add 10.99.0.0/16 via 192.0.2.1 table 200 mtu 1400",
        "ip route add 10.98.0.0/16 nexthop via 192.0.2.1 weight 2 nexthop via 192.0.2.2 weight 3",
        "ip route add 10.97.0.0/16 via inet6 fe80::1 dev eth0 onlink",
        "ip -6 route add default via 2001:db8::1",
        "ip -6 route add 2001:db8:9::/48 dev eth0 metric 77",
    )


def first_world() -> None:
    """The machine's first namespace as the host: a NIC comes home to it when its namespace ends. vec0 has a driver."""
    first = os.open("/proc/1/ns/net", os.O_RDONLY)
    assert ctypes.CDLL(None).setns(first, CLONE_NEWNET) == 0
    os.close(first)
    sh(
        "ip netns add frr",
        "ip link set lo up",
        "ip link set vec0 up",
        "ip addr add 192.0.2.10/24 dev vec0",
        "ip -6 addr add 2001:db8::10/64 dev vec0 nodad",
        "ip route add default via 192.0.2.1",
        "ip -6 route add default via 2001:db8::1",
    )


def model(vnis: int = 2, **more: Any) -> ir.Links:
    """Links of a node of all kinds."""
    numbers = range(1, vnis + 1)
    bridges = [
        ir.Bridge(
            f"br{n}", "red" if n % 2 else "blue", f"02:00:00:00:00:{n:02x}", (f"10.1.{n}.1/24", f"fd01:{n}::1/64"), 1450
        )
        for n in numbers
    ]
    vxlans = [ir.Vxlan(f"vni{n}", n, "100.65.0.2", f"br{n}", 4789, 1450, True) for n in numbers]
    parts: dict[str, Any] = {
        "loopback": ("100.65.0.2/32", "fd00::2/128"),
        "nics": (
            ir.Nic("eth0", "move", None, None, (), 1500),
            ir.Nic("eth1.10", "vlan", "eth1", 10, ("10.8.0.1/31", "fd08::1/127"), 1400),
            ir.Nic("mv0", "macvlan", "eth1", None, ("10.8.1.1/31",), 1500),
        ),
        "vrfs": (ir.VrfDevice("red", 1100), ir.VrfDevice("blue", 1200)),
        "bridges": (*bridges, ir.Bridge("br77", None, None, (), 1450)),
        "vxlans": (*vxlans, ir.Vxlan("vni77", 77, "fd00::2", "br77", 4790, 1450, False)),
        "veths": (
            ir.Veth("host1", "pe1", "red", ("10.7.0.0/31", "fd07::/127"), ("10.7.0.1/31", "fd07::1/127"), 1450),
            ir.Veth("host-d", "pe-d", None, ("10.7.1.0/31",), ("10.7.1.1/31",), 1500),
        ),
        "host_bridges": (ir.HostBridge("hbr77", "linux", True),),
        "segment_veths": (
            ir.SegmentVeth("hl2-77", "pl2-77", "br77", "hbr77", 1450),
            ir.SegmentVeth("leg1", "pl2-1", "br1", None, 1450),
        ),
    }
    return ir.Links(**(parts | more))


def apply(desired: Desired, state: Path, owner: str = OWNER) -> tuple[Todo, int]:
    """What was done, and how many messages were sent."""
    with opened(NETNS, owner, state, write=True) as plumbing:
        todo = plumbing.todo(desired)
        plumbing.apply(todo, desired)
        return todo, plumbing.sent


def todo(desired: Desired, state: Path) -> list[str]:
    """The words of what would be done."""
    with opened(NETNS, OWNER, state, write=False) as plumbing:
        return [one.words for one in plumbing.todo(desired).operations]


Carry = Callable[[Sequence[Operation]], None]


@contextmanager
def carried_out(by: Callable[[Carry, Sequence[Operation]], None]) -> Iterator[None]:
    """`by` stands in the place of what carries operations out: it gets that, and the operations."""
    carry_out = Applying.carry_out
    Applying.carry_out = lambda self, operations: by(partial(carry_out, self), operations)  # type: ignore[method-assign]
    try:
        yield
    finally:
        Applying.carry_out = carry_out  # type: ignore[method-assign]


def interrupted_apply(desired: Desired, state: Path, count: int) -> None:
    """An apply that ends before the operation with this number, as SIGKILL ends it."""

    def some(carry: Carry, operations: Sequence[Operation]) -> None:
        carry(operations[:count])
        raise InterruptedError

    with opened(NETNS, OWNER, state, write=True) as plumbing:
        found = plumbing.todo(desired)
        with suppress(InterruptedError), carried_out(some):
            plumbing.apply(found, desired)


def refused(words: str, function: Callable[[], object]) -> None:
    """AssertionError where the function does not fail with these words."""
    said = ""
    try:
        function()
    except (PlumbError, LockedError, NamespaceError, ApplyError) as error:
        said = str(error)
    assert words in said, said
    assert "\n" not in said, said
