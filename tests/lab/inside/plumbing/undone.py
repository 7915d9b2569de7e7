"""What a teardown and an apply without confirmation put back, whatever is lost."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from frrcompile.cli import main
from frrcompile.ir import links as ir
from frrcompile.plumb.confirm import undo
from frrcompile.plumb.operations import Operation
from frrcompile.plumb.plan import plan
from frrcompile.plumb.session import opened
from frrcompile.plumb.state import NOTHING
from frrcompile.plumb.state_file import Pending, load
from tests.lab.inside.plumbing.commands import frrcompile, sh, until, until_gone
from tests.lab.inside.plumbing.dumps import dump, same, without_macs
from tests.lab.inside.plumbing.scenario import scenario
from tests.lab.inside.plumbing.worlds import (
    BLOG_NODE,
    NETNS,
    OWNER,
    Carry,
    apply,
    carried_out,
    first_world,
    model,
    refused,
    todo,
    world,
)


@scenario
def state_file_lost(state: Path) -> None:
    """Without the state file a NIC goes home with the addresses that it kept; what is not known is said."""
    world()
    before = dump()
    desired = plan(model(1))
    apply(desired, state)
    (file,) = state.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    content = file.read_bytes()
    file.write_bytes(content.replace(b"192.0.2.10", b"192.0.2.99"))
    nothing = NOTHING._replace(keeping=desired.keeping)
    with opened(NETNS, OWNER, state, write=True) as plumbing:
        found = plumbing.todo(nothing, desired)
        assert "the state file is damaged" in found.warnings[0]
        assert "NIC eth0 goes back to the host without the addresses and routes" in found.warnings[1]
        plumbing.apply(found, nothing)
    after = dump()
    assert "192.0.2.10/24" in sh("ip addr show eth0")
    assert "100.65.0.2" not in sh("ip -n frr addr show lo"), "the model and the owner's links say whose it is"
    for key in ("host -d link", "router -6 rule", "router rule", "host neigh", "router neigh"):
        if key == "host -d link":
            one, other = (sorted(link["ifname"] for link in what[key]) for what in (before, after))
            assert one == other


@scenario
def teardown_without_a_model(state: Path) -> None:
    """The state file and the marks in the kernel are enough: the model may be broken, or not there."""
    world()
    before = dump()
    where = ("--netns", "frr", "--state", str(state))
    broken = state / "broken.yaml"
    broken.write_text("nodes: {k0: {index: 0}}\n")
    for models, said in (
        ((), ""),
        ((str(broken),), "the model is left aside"),
        ((str(state / "none"),), "No such file or directory"),
    ):
        assert frrcompile("apply", BLOG_NODE, *where).returncode == 0
        done = frrcompile("teardown", *models, *where)
        assert done.returncode == 0, done
        assert said in done.stderr, done
        assert "owner frrcompile:\n" in done.stdout, done
        same(dump(), before)
        assert not (state / "frrcompile.json").exists()
    assert frrcompile("apply", BLOG_NODE, *where).returncode == 0
    (state / "frrcompile.json").unlink()
    done = frrcompile("teardown", *where)
    assert "address 100.65.0.2/32 on lo in the router stays: frrcompile added it" in done.stderr, done
    assert re.findall(r"^\d+: ([^:@]+)", sh("ip -n frr -o link"), re.MULTILINE) == ["lo"]


@scenario
def confirmed(state: Path) -> None:
    """`apply --confirm` goes back to what was applied before, also when it was killed; `confirm` keeps it."""
    world()
    before = dump()
    where = ("--state", str(state))
    nothing = frrcompile("confirm", *where)
    assert (nothing.returncode, nothing.stdout) == (2, "")
    done = frrcompile("apply", BLOG_NODE, "--netns", "frr", *where, "--confirm", "15")
    assert done.returncode == 0, done
    assert "This is undone in 15 s" in done.stderr
    assert frrcompile("verify", BLOG_NODE, "--netns", "frr", *where).returncode == 0
    waits = frrcompile("apply", BLOG_NODE, "--netns", "frr", *where).stderr
    assert f"run `frrcompile plumb confirm --owner {OWNER} --state {state}`" in waits, waits
    until_gone(state)
    same(dump(), before)
    assert "it was not confirmed within 15 s" in frrcompile("confirm", *where).stderr
    # Confirmed: it stays.
    assert frrcompile("apply", BLOG_NODE, "--netns", "frr", *where, "--confirm", "10").returncode == 0
    assert frrcompile("confirm", *where).returncode == 0
    until_gone(state)
    applied = dump()
    assert frrcompile("verify", BLOG_NODE, "--netns", "frr", *where).returncode == 0
    # A change of what was confirmed, killed half-way: back to what was confirmed.
    pid = os.fork()
    if pid == 0:

        def some(carry: Carry, operations: Sequence[Operation]) -> None:
            carry(operations[: len(operations) // 2])
            os.kill(os.getpid(), 9)

        other = state / "other.yaml"
        other.write_text(
            Path(BLOG_NODE).read_text().replace("vni: 100", "vni: 101").replace("table: 1100", "table: 1101")
        )
        with carried_out(some):
            main(["plumb", "apply", str(other), "--netns", "frr", *where, "--confirm", "3"])
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -9
    assert dump() != applied
    until_gone(state)
    same(without_macs(dump()), without_macs(applied))
    assert frrcompile("teardown", BLOG_NODE, "--netns", "frr", *where).returncode == 0
    same(dump(), before)


@scenario
def namespace_gone(state: Path) -> None:
    """The namespace ends with all that is in it: a teardown gives the NIC that came home its addresses and routes."""
    first_world()
    before = dump()
    desired = plan(model(1, nics=(ir.Nic("vec0", "move", None, None, (), 1500),)))
    apply(desired, state)
    _namespace_ends()
    sh("ip netns add frr")
    with opened(NETNS, OWNER, state, write=True, gone=True) as plumbing:
        plumbing.apply(plumbing.todo(NOTHING), NOTHING)
    same(dump(), before)
    # A new namespace in the place of the old one: an apply makes all of it again.
    apply(desired, state)
    _namespace_ends()
    sh("ip netns add frr")
    apply(desired, state)
    assert todo(desired, state) == []
    _namespace_ends()
    with opened(NETNS, OWNER, state, write=True, gone=True) as plumbing:
        plumbing.apply(plumbing.todo(NOTHING), NOTHING)
    sh("ip netns add frr")
    same(dump(), before)
    sh("ip netns del frr", "ip addr flush dev vec0", "ip link set vec0 down")


@scenario
def undone_without_namespace(state: Path) -> None:
    """The namespace ends while an apply waits for confirmation: the NIC gets back what it had, and moves nowhere."""
    first_world()
    before = dump()
    old = plan(model(1, nics=(ir.Nic("vec0", "move", None, None, (), 1500),)))
    new = plan(model(2, nics=(ir.Nic("vec0", "move", None, None, ("10.0.0.1/31",), 1500),)))
    apply(old, state)
    with opened(NETNS, OWNER, state, write=True) as plumbing:
        plumbing.apply(plumbing.todo(new), new, pending=Pending("token", 1, old))
    _namespace_ends()
    with opened(NETNS, OWNER, state, write=True, gone=True) as plumbing:
        found = plumbing.todo(NOTHING)
        refused("the router's namespace is gone; nothing was changed", lambda: plumbing.apply(found, old))
    undo(OWNER, state, "token", 0)
    assert "was not confirmed" in load(state, OWNER).note
    sh("ip netns add frr")
    same(dump(), before)
    sh("ip netns del frr", "ip addr flush dev vec0", "ip link set vec0 down")


def _namespace_ends() -> None:
    """FRR's namespace is deleted, and its NIC comes back to the host."""
    sh("ip netns del frr")
    until(lambda: "vec0" in sh("ip -br link"))
