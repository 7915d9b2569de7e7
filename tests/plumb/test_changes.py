"""From any state to any other: the operations, tried on a kernel in memory."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from frrcompile.plumb.before import Before
from frrcompile.plumb.observed import SeenAddress
from frrcompile.plumb.operations import SetSysctl
from frrcompile.plumb.ownership import PROTOCOL
from frrcompile.plumb.plan import SYSCTLS
from frrcompile.plumb.state import NOTHING, Address, Bridge, Desired, Link, Namespace, Present, Side, Vrf
from tests.plumb.twin import Twin, TwinLink
from tests.plumb.worlds import apply, consistent, models, operations, world

WORLDS = st.builds(world, forwarding=st.booleans(), loopback_up=st.booleans(), foreign_vrf=st.booleans())
MODELS = models().filter(consistent)


@given(WORLDS, MODELS)
def test_what_is_applied_holds(twin: Twin, desired: Desired) -> None:
    before = apply(twin, desired)
    todo, again = operations(twin, desired, before)
    assert todo == []
    assert again == before


@given(WORLDS, MODELS)
def test_a_teardown_puts_everything_back(twin: Twin, desired: Desired) -> None:
    dump = twin.dump()
    before = apply(twin, desired)
    assert apply(twin, NOTHING, before) == Before()
    assert differences(twin.dump(), dump) == []


@given(st.booleans(), MODELS, MODELS)
def test_a_change_ends_where_a_fresh_apply_does(forwarding: bool, old: Desired, new: Desired) -> None:
    twin, fresh = world(forwarding=forwarding), world(forwarding=forwarding)
    dump = twin.dump()
    before = apply(twin, new, apply(twin, old))
    assert before == apply(fresh, new)
    assert differences(twin.dump(), fresh.dump()) == []
    apply(twin, NOTHING, before)
    assert differences(twin.dump(), dump) == []


@given(MODELS, MODELS)
def test_what_is_alike_is_not_touched(old: Desired, new: Desired) -> None:
    twin = world()
    before = apply(twin, old)
    links = {(side, name): (link.number, link.touched) for side, name, link in _links(twin)}
    apply(twin, new, before)
    now = {(side, name): (link.number, link.touched) for side, name, link in _links(twin)}
    for key in _alike(old, new):
        assert now[key] == links[key], key


@given(MODELS, MODELS, st.data())
def test_an_interrupted_change_is_completed(old: Desired, new: Desired, data: st.DataObject) -> None:
    twin, clean = world(), world()
    dump = twin.dump()
    before = apply(twin, old)
    todo, remembered = operations(twin, new, before)
    for operation in todo[: data.draw(st.integers(0, len(todo)))]:
        twin.carry_out(operation)
    target = data.draw(st.sampled_from([new, old, NOTHING]))
    after = apply(twin, target, remembered)
    assert after == apply(clean, target)
    assert differences(twin.dump(), clean.dump()) == []
    apply(twin, NOTHING, after)
    assert differences(twin.dump(), dump) == []


@given(MODELS)
def test_an_operation_is_the_inverse_of_its_inverse(desired: Desired) -> None:
    twin = world()
    for operation in operations(twin, desired, Before())[0]:
        assert operation.inverse.inverse == operation
        assert operation.words
        twin.carry_out(operation)


def test_the_first_address_of_a_subnet_is_the_models_first() -> None:
    one, other = "10.1.0.1/24", "10.1.0.2/24"
    twin = world()
    before = apply(twin, bridge_with(other))
    apply(twin, bridge_with(one, other), before)
    seen = twin.links["router"]["br1"].addresses
    assert [(address.address.address, address.secondary) for address in seen] == [(one, False), (other, True)]


def test_a_link_that_changes_its_vrf_keeps_its_ipv6_addresses() -> None:
    twin = world()
    before = apply(twin, bridge_with("2001:db8::1/64", vrf="red"))
    apply(twin, bridge_with("2001:db8::1/64", vrf="blue"), before)
    assert [one.address.address for one in twin.links["router"]["br1"].addresses] == ["2001:db8::1/64"]


def test_addresses_of_another_owner_on_the_host_stay() -> None:
    twin = world()
    address = SeenAddress(Address("frr-other", "10.3.0.1/24"), PROTOCOL)
    twin.links["host"]["frr-other"].addresses.append(address)
    apply(twin, bridge_with("10.1.0.1/24"))
    assert twin.links["host"]["frr-other"].addresses == [address]


def test_addresses_of_another_owner_in_the_router_stay() -> None:
    twin = world()
    theirs = SeenAddress(Address("lo", "10.3.0.9/24"), PROTOCOL)
    twin.links["router"]["lo"].addresses.append(theirs)
    assert operations(twin, NOTHING, Before())[0] == []
    before = apply(twin, loopback("10.3.0.1/24", "10.4.0.1/32"))
    before = apply(twin, loopback("10.3.0.1/24"), before)
    seen = twin.links["router"]["lo"].addresses
    assert [one.address.address for one in seen] == ["127.0.0.1/8", "10.3.0.9/24", "10.3.0.1/24"]
    apply(twin, NOTHING, before)
    assert twin.links["router"]["lo"].addresses == [*seen[:1], theirs]


def test_an_address_of_another_owner_that_goes_with_ours_is_put_back() -> None:
    twin = world()
    before = apply(twin, loopback("10.3.0.1/24"))
    twin.links["router"]["lo"].addresses.append(SeenAddress(Address("lo", "10.3.0.9/24"), PROTOCOL, secondary=True))
    apply(twin, NOTHING, before)
    theirs = [one for one in twin.links["router"]["lo"].addresses if one.protocol == PROTOCOL]
    assert [one.address.address for one in theirs] == ["10.3.0.9/24"]


def test_an_interrupted_change_of_lo_forgets_no_address() -> None:
    twin = world()
    before = apply(twin, loopback("10.3.0.1/32"))
    _, before = operations(twin, loopback("10.3.0.2/32"), before)  # stored, and nothing done
    apply(twin, loopback("10.3.0.2/32"), before)
    assert [one.address.address for one in twin.links["router"]["lo"].addresses] == ["127.0.0.1/8", "10.3.0.2/32"]


def test_a_teardown_writes_no_sysctl_that_stays() -> None:
    twin = world()
    desired = Desired(router=Namespace(sysctls=SYSCTLS))
    before = apply(twin, desired)
    written = {one.sysctl.key for one in operations(twin, NOTHING, before)[0] if isinstance(one, SetSysctl)}
    assert "ipv4/conf/all/rp_filter" in written
    assert "ipv4/conf/default/rp_filter" not in written, "it was 0, and is 0"


def loopback(*addresses: str) -> Desired:
    """Addresses on lo."""
    return Desired(router=Namespace((Link("lo", Present()),), tuple(Address("lo", address) for address in addresses)))


def bridge_with(*addresses: str, vrf: str = "red") -> Desired:
    """A bridge br1 with addresses, in one of two VRFs."""
    vrfs = (Link("red", Vrf(1)), Link("blue", Vrf(2)))
    links = (*vrfs, Link("br1", Bridge(), master=vrf, link_local=False))
    return Desired(router=Namespace(links, tuple(Address("br1", address) for address in addresses)))


def differences(one: dict[str, set[object]], other: dict[str, set[object]]) -> list[str]:
    """What only one of two dumps has."""
    return [f"{key}: {sorted(map(str, one[key] ^ other[key]))}" for key in one if one[key] != other[key]]


def _links(twin: Twin) -> list[tuple[Side, str, TwinLink]]:
    return [(side, name, link) for side in twin.links for name, link in twin.links[side].items()]


def _alike(old: Desired, new: Desired) -> set[tuple[Side, str]]:
    """Links that are in both models, in the same way, below masters and above parents that are."""
    found: set[tuple[Side, str]] = set()
    sides: tuple[Side, ...] = ("host", "router")
    for side in sides:
        both = set(old.side(side).links) & set(new.side(side).links)
        names = {link.name for link in both}
        found |= {(side, link.name) for link in both if not link.master or link.master in names}
    return found
