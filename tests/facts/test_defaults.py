"""From which release on a switch is on by itself, in which profile: as measured on a build of each release but 10.0."""

from __future__ import annotations

import pytest

from frrcompile.diff import difference
from frrcompile.facts.defaults import Kind, defaults, of_any_profile
from frrcompile.facts.releases import AFTER_ALL, BEFORE_ALL, KNOWN, Release

# A line: the first release where it is on under `traditional`, and under `datacenter`.
ON: dict[str, tuple[Release, Release]] = {
    "ip nht resolve-via-default": ((9, 1), AFTER_ALL),
    "ipv6 nht resolve-via-default": ((9, 1), AFTER_ALL),
    "ip forwarding": (BEFORE_ALL, BEFORE_ALL),
    "bgp ebgp-requires-policy": (BEFORE_ALL, AFTER_ALL),
    "bgp suppress-duplicates": (BEFORE_ALL, BEFORE_ALL),
    "bgp reject-as-sets": ((10, 5), (10, 5)),
    "bgp enforce-first-as": ((10, 0), (10, 0)),
    "neighbor 192.0.2.1 enforce-first-as": ((10, 0), (10, 0)),
    "bgp ipv6-auto-ra": ((9, 1), (9, 1)),
    "neighbor 192.0.2.1 capability fqdn": ((10, 0), (10, 0)),
    "bgp default software-version-capability": (AFTER_ALL, (9, 1)),
    "neighbor 192.0.2.1 capability software-version": (AFTER_ALL, (10, 0)),
    "bgp default dynamic-capability": (AFTER_ALL, (10, 0)),
    "neighbor 192.0.2.1 capability dynamic": (AFTER_ALL, (10, 0)),
    "bgp deterministic-med": (AFTER_ALL, BEFORE_ALL),
}


@pytest.mark.parametrize(("line", "first"), ON.items(), ids=str)
def test_a_switch_is_on_from_its_release_on(line: str, first: tuple[Release, Release]) -> None:
    node = "config" if line.startswith("ip") else "bgp"
    words = tuple(line.split())
    for datacenter in (False, True):
        having = [one for one in KNOWN if defaults(one, datacenter).kind(node, words) is Kind.ON]
        assert having == [one for one in KNOWN if one >= first[datacenter]], datacenter
    assert [one for one in KNOWN if of_any_profile(one).says(node, words)] == [
        one for one in KNOWN if one >= min(first)
    ]


@pytest.mark.parametrize("profile", ["traditional", "datacenter"])
@pytest.mark.parametrize("release", KNOWN)
def test_resolving_through_a_default_route_is_a_change_where_it_is_off(release: Release, profile: str) -> None:
    base = f"frr defaults {profile}\nhostname r1\n"
    on = profile == "traditional" and release >= (9, 1)
    assert bool(difference(base, base + "ip nht resolve-via-default\n", release)) == (not on)
    assert bool(difference(base, base + "no ip nht resolve-via-default\n", release)) == on
