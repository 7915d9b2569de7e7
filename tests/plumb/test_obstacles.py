"""What stands in the way is named, with the way out; foreign things with our names are left alone."""

from __future__ import annotations

import pytest

from frrcompile.plumb.before import Before
from frrcompile.plumb.changes import changes
from frrcompile.plumb.obstacles import obstacles
from frrcompile.plumb.ownership import group, is_owner, made_by, mark, nic_mark, owner_of
from frrcompile.plumb.state import (
    NOTHING,
    Bridge,
    Desired,
    Link,
    Macvlan,
    Moved,
    Namespace,
    Present,
    Sysctl,
    Vlan,
    Vrf,
    Vxlan,
)
from tests.plumb.twin import Twin
from tests.plumb.worlds import OWNER, apply, world


def router(*links: Link, sysctls: tuple[Sysctl, ...] = ()) -> Desired:
    return Desired(router=Namespace(links, sysctls=sysctls))


def found(twin: Twin, desired: Desired) -> str:
    sentences = obstacles(desired, twin.observe(), OWNER)
    assert len(sentences) == 1, sentences
    return sentences[0]


def test_a_name_that_is_taken() -> None:
    twin = world()
    taken = found(twin, router(Link("br9999", Bridge())))
    assert taken == (
        "the name br9999 is taken in the router: that dummy was not made by frrcompile; "
        "rename or remove it, or choose another name in the model"
    )
    other = found(twin, Desired(host=Namespace((Link("frr-other", Bridge()),))))
    assert "belongs to owner 'another'" in other
    assert "on the host" in other


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (Link("eth9", Moved()), "there is no NIC eth9"),
        (Link("br9999", Moved()), "did not move it"),
        (Link("eth9.5", Vlan("eth9", 5)), "there is no NIC eth9 on the host, the parent of eth9.5"),
        (Link("mv", Macvlan("eth9")), "there is no NIC eth9 on the host, the parent of mv"),
        (Link("net1", Present()), "there is no link net1"),
        (Link("eth1", Moved(), least_mtu=9000), "has an MTU of 1500 bytes, and the model says 9000"),
        (Link("red", Vrf(7)), "table 7 of VRF red is taken"),
    ],
)
def test_obstacles_of_a_link(link: Link, words: str) -> None:
    assert words in found(world(), router(link))


def test_a_vni_that_is_taken() -> None:
    twin = world()
    twin.nic("router", "theirs", Vxlan(100, "192.0.2.1", 4789), word="vxlan")
    assert "VNI 100 on UDP port 4789 is taken" in found(twin, router(Link("vni100", Vxlan(100, "192.0.2.1", 4789))))
    assert obstacles(router(Link("vni100", Vxlan(100, "192.0.2.1", 8472))), twin.observe(), OWNER) == []


def test_a_nic_in_a_bond() -> None:
    twin = world()
    twin.nic("host", "bond0", word="bond")
    twin.links["host"]["eth2"].master = "bond0"
    assert "NIC eth2 is a port of bond0" in found(twin, router(Link("eth2", Moved())))
    assert obstacles(router(Link("bond0", Moved())), twin.observe(), OWNER) == []


def test_a_sysctl_that_the_kernel_does_not_have() -> None:
    key = Sysctl("ipv4/nothing", "1")
    assert "no sysctl net/ipv4/nothing" in found(world(), router(sysctls=(key,)))
    assert obstacles(router(sysctls=(key._replace(optional=True),)), world().observe(), OWNER) == []


def test_a_nic_whose_name_is_taken_at_home() -> None:
    twin = world()
    before = apply(twin, router(Link("eth2", Moved())))
    twin.nic("host", "eth2")
    assert "NIC eth2 cannot go back to the host: the name is taken there" in found(twin, NOTHING)
    twin.links["host"].pop("eth2")
    apply(twin, NOTHING, before)
    assert twin.links["host"]["eth2"].up


def test_a_bridge_that_the_model_says_others_make() -> None:
    twin = world()
    apply(twin, Desired(host=Namespace((Link("hbr1", Bridge()),))))
    assert "was made by owner 'frrcompile'" in found(twin, Desired(host=Namespace((Link("hbr1", Present()),))))


def test_links_of_other_owners_are_not_ours() -> None:
    twin = world()
    for number, alias in enumerate(
        (mark("another"), nic_mark("another"), "frrcompile", "frrcompile:", mark(OWNER) + "x")
    ):
        twin.nic("router", f"br{number}", Bridge(), alias=alias, group=group(OWNER))
        twin.nic("host", f"br{number}", Bridge(), alias=alias, group=group("another"))
    assert changes(NOTHING, twin.observe(), Before(), OWNER) == []


def test_a_link_whose_alias_was_not_yet_set_is_ours_by_its_group() -> None:
    assert made_by(OWNER, "", group(OWNER))
    assert not made_by("another", "", group(OWNER))
    assert group(OWNER) > 1_000_000
    assert owner_of(nic_mark("a.b")) == owner_of(mark("a.b")) == "a.b"
    assert owner_of("to leaf 1") is None
    assert is_owner("node-1.frr_2")
    assert not any(map(is_owner, ("", "a:b", "-a", "a b", "a" * 65, "../x")))


def test_a_lost_state_file_leaves_a_nic_without_its_addresses() -> None:
    twin = world()
    apply(twin, router(Link("eth0", Moved())))
    apply(twin, NOTHING, Before())
    assert twin.links["host"]["eth0"].alias == ""
    assert twin.links["host"]["eth0"].addresses == []


def test_a_lost_state_file_and_a_nic_that_kept_its_addresses() -> None:
    twin = world()
    apply(twin, router(Link("eth0", Moved()))._replace(keeping=frozenset({"eth0"})))
    apply(twin, NOTHING._replace(keeping=frozenset({"eth0"})), Before())
    addresses = {one.address.address for one in twin.links["host"]["eth0"].addresses}
    assert addresses == {"192.0.2.10/24", "192.0.2.11/24", "2001:db8::10/64"}


def test_a_nic_that_came_home_by_itself_gets_its_addresses_back() -> None:
    twin = world()
    dump = twin.dump()
    before = apply(twin, router(Link("eth0", Moved())))
    nic = twin.links["router"].pop("eth0")  # as the kernel does when the namespace ends
    nic.addresses, nic.up = [], False
    twin.links["host"]["eth0"] = nic
    apply(twin, NOTHING, before)
    assert twin.dump() == dump


def test_a_namespace_has_one_owner() -> None:
    twin = world()
    twin.nic("router", "br100", Bridge(), alias=mark("another"))
    twin.nic("router", "eth5", alias=nic_mark("another"))
    sentence = (
        "FRR's namespace belongs to owner 'another', who has links in it (br100, eth5): a namespace has one owner; "
        "use --owner another, or name another namespace"
    )
    for desired in (NOTHING, router(Link("br200", Bridge()), Link("br9999", Bridge()))):
        assert found(twin, desired) == sentence
