"""What belongs to others stays, and two processes or owners never work on one namespace."""

from __future__ import annotations

from pathlib import Path

from frrcompile.ir import links as ir
from frrcompile.plumb.plan import plan
from frrcompile.plumb.session import opened
from frrcompile.plumb.state import NOTHING
from tests.lab.inside.plumbing.commands import frrcompile, sh
from tests.lab.inside.plumbing.dumps import dump, same
from tests.lab.inside.plumbing.scenario import scenario
from tests.lab.inside.plumbing.worlds import BLOG_NODE, NETNS, OWNER, apply, model, refused, todo, world


@scenario
def nothing_foreign_is_hurt(state: Path) -> None:
    """Links, addresses and routes of others, some with names and marks like ours, and another owner beside us."""
    world()
    sh(
        "ip -n frr link add br100 type bridge",
        "ip -n frr link add vni100 type vxlan id 100 local 10.255.0.1 dstport 4789",
        "ip -n frr link set vni100 master br100",
        "ip -n frr link add theirs type vrf table 77",
        "ip -n frr link set br100 alias frrcompile-2",
        "ip -n frr addr add 10.5.5.5/24 dev br100",
        "ip -n frr addr add 10.6.6.6/32 dev lo",
        "ip -n frr link set br100 up",
        "ip -n frr link set vni100 up",
        "ip -n frr route add 10.66.0.0/16 dev br100 proto static",
        "ip -n frr route add blackhole 10.67.0.0/16 table 1100",
        "ip link add br1 type bridge",
        "ip neigh add 203.0.113.3 lladdr 02:00:00:00:00:77 dev eth1 nud permanent",
        "ip rule add from 192.0.2.10 table 200",
        "ip netns add frr2",
        "ip netns exec frr2 sh -c 'echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad'",
        "ip link add eth2 type dummy",
    )
    before = dump()
    desired = plan(model(2))
    other = plan(
        ir.Links(
            loopback=("100.65.0.3/32",),
            nics=(ir.Nic("eth2", "move", None, None, ("10.9.9.1/24",), 1500),),
            vrfs=(ir.VrfDevice("red", 1100),),
            bridges=(ir.Bridge("br1", "red", None, (), 1450),),
            vxlans=(ir.Vxlan("vni1", 1, "100.65.0.3", "br1", 4789, 1450, True),),
            veths=(ir.Veth("hostX", "pe1", "red", ("10.7.2.0/31",), ("10.7.2.1/31",), 1450),),
        )
    )
    with opened(("--netns", "frr2"), "second", state, write=True) as plumbing:
        plumbing.apply(plumbing.todo(other), other)
    both = dump()
    second = dump("frr2")
    apply(desired, state)
    sh("ip -n frr addr add 10.1.1.55/24 dev br1", "ip -n frr -6 addr add fd99::1/64 dev br1 nodad")
    apply(plan(model(1)), state)
    addresses = sh("ip -n frr addr show br1")
    assert "10.1.1.55/24" in addresses
    assert "fd99::1/64" in addresses
    apply(NOTHING, state)
    same(dump(), both)
    same(dump("frr2"), second)
    with opened(("--netns", "frr2"), "second", state, write=True) as plumbing:
        plumbing.apply(plumbing.todo(NOTHING), NOTHING)
    same(dump(), before)


@scenario
def one_at_a_time(state: Path) -> None:
    """The locks of the owner and of the namespace, and an owner that is in use for another namespace."""
    world()
    sh("ip netns add frr2")
    desired = plan(model(1))
    with opened(NETNS, OWNER, state, write=True):
        refused("another process works for owner 'frrcompile'", lambda: apply(desired, state))
        refused("another process works for this namespace: process", lambda: apply(desired, state, "second"))
        todo(desired, state)
    apply(desired, state)

    def elsewhere() -> None:
        with opened(("--netns", "frr2"), OWNER, state, write=True) as plumbing:
            plumbing.todo(plan(ir.Links(loopback=("100.65.0.3/32",))))

    refused("owner 'frrcompile' is in use for another namespace (--netns frr)", elsewhere)
    sh("ip netns del frr")
    elsewhere()


@scenario
def one_owner(state: Path) -> None:
    """Another owner's namespace is refused by every verb, and a teardown without a state of one's own removes no address."""
    world()
    addresses = ("ip -4 -o addr", "ip -4 -n frr -o addr")
    where = ("--netns", "frr", "--state")
    second = (*where, str(state / "second"), "--owner", "b")
    assert frrcompile("apply", BLOG_NODE, *where, str(state / "first")).returncode == 0
    before = sh(*addresses)
    for verb in ("plan", "verify", "apply", "teardown"):
        done = frrcompile(verb, BLOG_NODE, *second)
        assert (done.returncode, done.stdout) == (2, ""), done
        assert done.stderr.count("\n") == 1, done
        assert "FRR's namespace belongs to owner 'frrcompile', who has links in it (" in done.stderr, done
    assert sh(*addresses) == before
    assert frrcompile("teardown", BLOG_NODE, *where, str(state / "first")).returncode == 0
    # Addresses on lo alone: no link has a mark.
    desired = plan(ir.Links(loopback=("100.65.0.9/32",)))
    apply(desired, state / "first")
    before = sh(*addresses)
    with opened(NETNS, "b", state / "second", write=True) as plumbing:
        found = plumbing.todo(NOTHING, desired)
        assert found.operations == [], found.operations
    assert sh(*addresses) == before
    apply(NOTHING, state / "first")
    assert "100.65.0.9" not in sh("ip -n frr addr show lo")
