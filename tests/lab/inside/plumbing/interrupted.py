"""An apply or a teardown that ends half-way."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Sequence
from pathlib import Path

from frrcompile.plumb.operations import Operation
from frrcompile.plumb.plan import plan
from frrcompile.plumb.session import opened
from frrcompile.plumb.state import NOTHING
from tests.lab.inside.plumbing.commands import sh
from tests.lab.inside.plumbing.dumps import dump, same, without_macs
from tests.lab.inside.plumbing.scenario import scenario
from tests.lab.inside.plumbing.worlds import (
    NETNS,
    OWNER,
    Carry,
    apply,
    carried_out,
    interrupted_apply,
    model,
    refused,
    todo,
    world,
)


@scenario
def interrupted(state: Path) -> None:
    """An apply that ends before one of its operations is completed by the next one, and by a teardown."""
    interrupted_before(state, 4)


@scenario
def interrupted_everywhere(state: Path) -> None:
    """The same before each operation."""
    interrupted_before(state, 1)


def interrupted_before(state: Path, step: int) -> None:
    world()
    before = dump()
    desired = plan(model(1))
    done, _ = apply(desired, state)
    clean = without_macs(dump())
    number = len(done.operations)
    apply(NOTHING, state)
    for turn, count in enumerate(range(0, number, step)):
        interrupted_apply(desired, state, count)
        if turn % 2:
            apply(desired, state)
            same(without_macs(dump()), clean)
            back = len(todo(NOTHING, state))
            interrupted_apply(NOTHING, state, count % back)
        apply(NOTHING, state)
        same(dump(), before)


@scenario
def killed(state: Path) -> None:
    """SIGKILL at any moment."""
    world()
    before = dump()
    desired = plan(model(6))
    for number in range(12):
        pid = os.fork()
        if pid == 0:
            apply(desired, state)
            os._exit(0)
        time.sleep(0.02 * number)
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        if number % 2:
            apply(desired, state)
            assert todo(desired, state) == []
        apply(NOTHING, state)
        same(dump(), before)


@scenario
def namespace_gone_half_way(state: Path) -> None:
    """The name leads to another namespace, or to none, when everything is done: that is said."""
    for again in (False, True):
        world()
        desired = plan(model(1))
        with opened(NETNS, OWNER, state, write=True) as plumbing:
            found = plumbing.todo(desired)

            def some(carry: Carry, operations: Sequence[Operation]) -> None:
                carry(operations[:20])
                sh("ip netns del frr", *(["ip netns add frr"] if again else []))  # noqa: B023
                carry(operations[20:])

            words = "leads to another namespace than before" if again else "the router's namespace is gone"
            with carried_out(some):
                refused(words, lambda: plumbing.apply(found, desired))  # noqa: B023
        with opened(NETNS, OWNER, state, write=True, gone=True) as plumbing:
            found = plumbing.todo(NOTHING)
            assert "NIC eth0 is neither on the host nor in the router" in found.warnings[0]  # a dummy dies with it
            plumbing.apply(found, NOTHING)
        assert set(re.findall(r"^\d+: ([^:@]+)", sh("ip -o link"), re.MULTILINE)) == {"lo", "eth1", "leaf1"}
        assert list(state.iterdir()) == []
        sh("ip link del eth1", *(["ip netns del frr"] if again else []))
