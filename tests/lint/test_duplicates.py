"""The rules about duplicates, beyond the examples in their documentation."""

from __future__ import annotations

import ipaddress
import random

import pytest

from tests.lint.finding import bgp, found


def prefix_list(*entries: str) -> str:
    return "".join(f"ip prefix-list p seq {number} {entry}\n" for number, entry in enumerate(entries, 1))


def access_list(*entries: str) -> str:
    return "".join(f"access-list a seq {number} {entry}\n" for number, entry in enumerate(entries, 1))


def route_map(*entries: str) -> str:
    """Entries as `permit 10`, with what follows behind a semicolon in lines of their own."""
    return "".join(f"route-map m {entry.replace('; ', chr(10) + ' ')}\nexit\n" for entry in entries)


# --- lines and settings


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("neighbor 192.0.2.1 remote-as 1\nneighbor 192.0.2.1 remote-as 1", ["3 FRR301"]),
        ("neighbor 192.0.2.1 remote-as 1\nneighbor 192.0.2.1 remote-as 2", ["3 FRR302"]),
        ("neighbor 192.0.2.1 remote-as 1\nno neighbor 192.0.2.1\nneighbor 192.0.2.1 remote-as 1", []),
        ("neighbor 192.0.2.1 remote-as 1\nno neighbor 192.0.2.1\nneighbor 192.0.2.1 remote-as 2", []),
        ("no bgp ebgp-requires-policy\nno bgp ebgp-requires-policy", ["3 FRR301"]),
        ("bgp router-id 192.0.2.1\nbgp router-id 192.0.2.2", ["3 FRR302"]),
        ("bgp router-id 192.0.2.1\nbgp router-id 192.0.2.2\nbgp router-id 192.0.2.1", ["3 FRR302", "4 FRR302"]),
        ("neighbor 192.0.2.1 timers 3 9\nneighbor 192.0.2.1 timers connect 9", []),
        ("neighbor 192.0.2.1 route-map a in\nneighbor 192.0.2.1 route-map b out", []),
        ("neighbor 192.0.2.1 route-map a in\nneighbor 192.0.2.1 route-map b in", ["3 FRR302"]),
        ("neighbor 192.0.2.1 description a b\nneighbor 192.0.2.1 description a c", ["3 FRR302"]),
        ("maximum-paths 4\nmaximum-paths ibgp 8", []),
    ],
)
def test_repeats_in_an_instance(lines: str, where: list[str]) -> None:
    assert found(bgp(lines), "FRR301", "FRR302") == where


def test_two_blocks_with_one_header_are_one() -> None:
    text = "vrf red\n vni 100\nexit-vrf\nvrf red\n vni 100\nexit-vrf"
    assert found(text, "FRR301", "FRR315") == ["4 FRR315", "5 FRR301"]


def test_an_empty_block_may_come_before() -> None:
    text = "router bgp 65000 vrf red\nexit\nrouter bgp 65000 vrf red\n bgp router-id 192.0.2.1\nexit"
    assert found(text, "FRR315") == []


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ("set metric 5; set metric 6", ["3 FRR302"]),
        ("match ip address prefix-list a; match ip address prefix-list b", ["3 FRR302"]),
        ("match ip address prefix-list a; match ip address b", []),
        ("match ip address prefix-list a; match ip next-hop prefix-list b", []),
        ("set extcommunity rt 1:1; set extcommunity soo 1:1", []),
        ("on-match next; on-match goto 50", ["3 FRR302"]),
        ("set as-path prepend 1; set as-path exclude 1", []),
    ],
)
def test_repeats_in_a_route_map(lines: str, where: list[str]) -> None:
    assert found(route_map(f"permit 10; {lines}"), "FRR302") == where


def test_many_negations_in_one_block_cost_little() -> None:
    lines = "".join(
        f"neighbor 10.{number // 250}.{number % 250}.1 remote-as 1\nno neighbor 10.{number // 250}.{number % 250}.1 shutdown\n"
        for number in range(2000)
    )
    assert found(bgp(lines), "FRR301", "FRR302") == []


# --- prefix-lists


@pytest.mark.parametrize(
    ("entry", "fine"),
    [
        ("permit 10.0.0.0/24 ge 8 le 4", False),
        ("permit 10.0.0.0/24 ge 8", False),
        ("permit 10.0.0.0/24 le 8", False),
        ("permit 10.0.0.0/24 le 24 ge 30", False),
        ("permit 10.0.0.0/24 ge 30 le 28", False),
        ("permit 10.0.0.0/24 le 24", True),
        ("permit 10.0.0.0/24 ge 24", True),
        ("permit 10.0.0.0/24 ge 30 le 30", True),
        ("permit any", True),
    ],
)
def test_lengths_that_frr_takes(entry: str, fine: bool) -> None:
    assert found(prefix_list(entry), "FRR303") == ([] if fine else ["1 FRR303"])


def test_an_ipv6_list_with_lengths_that_cannot_be() -> None:
    assert found("ipv6 prefix-list p seq 5 permit 2001:db8::/32 ge 16", "FRR303") == ["1 FRR303"]


@pytest.mark.parametrize(
    ("entries", "where"),
    [
        (["permit 10.0.0.0/8 le 32", "deny 10.1.0.0/16"], ["2 FRR306"]),
        (["permit 10.0.0.0/8", "deny 10.1.0.0/16"], []),
        (["permit 10.0.0.0/8 le 16", "deny 10.1.0.0/16 le 24"], []),
        (["permit 10.0.0.0/8 ge 24", "deny 10.1.0.0/16 ge 25 le 28"], ["2 FRR306"]),
        (["permit any", "deny 10.1.0.0/16 le 32"], ["2 FRR306"]),
        (["deny 10.0.0.0/8", "permit 10.0.0.0/8"], ["2 FRR306"]),
        (["deny 0.0.0.0/0", "permit any"], []),
        (["permit 10.0.0.0/8 le 24", "permit 11.0.0.0/8 le 24"], []),
        (["permit 10.1.2.3/8", "permit 10.0.0.0/8"], ["2 FRR305"]),
    ],
)
def test_entries_that_are_never_asked(entries: list[str], where: list[str]) -> None:
    assert found(prefix_list(*entries), "FRR305", "FRR306") == where


def test_the_order_of_the_numbers_counts_not_that_of_the_lines() -> None:
    text = "ip prefix-list p seq 20 deny 10.1.0.0/16\nip prefix-list p seq 10 permit 10.0.0.0/8 le 24"
    assert found(text, "FRR306") == ["1 FRR306"]


def test_an_entry_without_a_number_is_the_last() -> None:
    text = "ip prefix-list p seq 10 permit 10.0.0.0/8 le 24\nip prefix-list p deny 10.1.0.0/16"
    assert found(text, "FRR306") == ["2 FRR306"]


def test_an_entry_that_is_replaced_covers_nothing() -> None:
    text = "ip prefix-list p seq 5 permit any\nip prefix-list p seq 5 permit 10.0.0.0/8\nip prefix-list p seq 6 deny 11.0.0.0/8"
    assert found(text, "FRR304", "FRR306") == ["2 FRR304"]


def test_an_entry_that_is_taken_back_covers_nothing() -> None:
    text = "ip prefix-list p seq 5 permit any\nno ip prefix-list p seq 5 permit any\nip prefix-list p seq 6 deny 11.0.0.0/8"
    assert found(text, "FRR304", "FRR306") == []


def test_what_is_never_asked_is_what_no_prefix_comes_to() -> None:
    """Against the plain meaning: every prefix below 10.0.0.0/28 is asked of every list, entry by entry."""
    universe = [
        network
        for length in range(28, 33)
        for network in ipaddress.IPv4Network("10.0.0.0/28").subnets(new_prefix=length)
    ]
    numbers = random.Random(4)
    for _ in range(150):
        entries = []
        for _ in range(4):
            inside = numbers.choice(universe)
            low = numbers.randint(inside.prefixlen, 32)
            high = numbers.randint(low, 32)
            entries.append((inside, low, high))
        text = prefix_list(*(f"permit {net} ge {low} le {high}" for net, low, high in entries))
        told = {int(where.split()[0]) for where in found(text, "FRR301", "FRR305", "FRR306")}
        for at, entry in enumerate(entries, 1):
            mine = {one for one in universe if matches(entry, one)}
            if at in told:  # one that the entries before it cover only together is not told
                assert mine <= {one for other in entries[: at - 1] for one in universe if matches(other, one)}
            else:
                assert all(not mine <= {one for one in universe if matches(other, one)} for other in entries[: at - 1])


def matches(entry: tuple[ipaddress.IPv4Network, int, int], prefix: ipaddress.IPv4Network) -> bool:
    network, low, high = entry
    return prefix.subnet_of(network) and low <= prefix.prefixlen <= high


# --- other lists


@pytest.mark.parametrize(
    ("entries", "where"),
    [
        (["permit any", "deny 10.0.0.0/8"], ["2 FRR307"]),
        (["permit any", "deny host 10.0.0.1"], ["2 FRR307"]),
        (["permit 10.0.0.0/8", "deny 10.1.0.0/16"], ["2 FRR307"]),
        (["permit 10.0.0.0/8 exact-match", "deny 10.1.0.0/16"], []),
        (["deny 10.0.0.0/8", "permit any"], []),
        (["deny host 10.0.0.1", "permit any"], []),
    ],
)
def test_access_lists(entries: list[str], where: list[str]) -> None:
    assert found(access_list(*entries), "FRR307") == where


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        (["standard c seq 5 permit 1:1", "standard c seq 10 deny 1:1"], ["2 FRR308"]),
        (["standard c seq 5 permit 1:1", "standard c seq 10 deny 1:1 2:2"], ["2 FRR308"]),
        (["standard c seq 5 permit 1:1 2:2", "standard c seq 10 deny 1:1"], []),
        (["standard c seq 5 permit 1:1 2:2", "standard c seq 10 permit 2:2 1:1"], ["2 FRR305"]),
        (["expanded c seq 5 permit .*", "expanded c seq 10 deny 1:.*"], ["2 FRR308"]),
        (["standard c seq 5 permit 1:1", "standard c seq 5 permit 2:2"], ["2 FRR304"]),
        (["standard c seq 5 permit 1:1", "expanded c seq 10 permit 2:.*"], ["2 FRR309"]),
    ],
)
def test_community_lists(lines: list[str], where: list[str]) -> None:
    text = "".join(f"bgp community-list {line}\n" for line in lines)
    assert found(text, "FRR304", "FRR305", "FRR308", "FRR309") == where


def test_an_exact_match_asks_every_entry_of_a_community_list() -> None:
    text = "bgp community-list standard c seq 5 permit 1:1\nbgp community-list standard c seq 10 deny 1:1 2:2\n"
    text += route_map("permit 10; match community c exact-match")
    assert found(text, "FRR308") == []


# --- route-maps


@pytest.mark.parametrize(
    ("entries", "where"),
    [
        (["permit 10", "permit 20"], ["3 FRR313"]),
        (["deny 10", "permit 20"], ["3 FRR313"]),
        (["permit 10; match tag 5", "permit 20"], []),
        (["permit 10; on-match next", "permit 20"], []),
        (["deny 10; on-match next", "permit 20"], ["4 FRR313"]),
        (["permit 10; on-match goto 30", "permit 20", "permit 30"], ["4 FRR313"]),
        (["permit 10; continue 30", "permit 20", "permit 30"], ["4 FRR313"]),
        (["permit 10; match tag 5; on-match goto 30", "permit 20", "permit 30"], []),
        (["permit 10; match tag 5", "permit 20", "permit 30"], ["6 FRR313"]),
        (["permit 20", "permit 10; match tag 5"], []),
        (["permit 10; call n", "permit 20"], ["4 FRR313"]),
    ],
)
def test_entries_of_a_route_map_that_are_never_asked(entries: list[str], where: list[str]) -> None:
    assert found(route_map(*entries), "FRR313") == where


@pytest.mark.parametrize(
    ("entries", "where"),
    [
        (["permit 10; match tag 5", "permit 10; set metric 5"], ["4 FRR312"]),
        (["permit 10", "permit 10; set metric 5"], []),
        (["permit 10; match tag 5", "deny 10; match tag 6"], ["4 FRR311"]),
    ],
)
def test_one_number_in_two_places(entries: list[str], where: list[str]) -> None:
    assert found(route_map(*entries), "FRR311", "FRR312") == where


def test_an_entry_that_is_removed_may_be_written_again() -> None:
    text = route_map("permit 10; match tag 5") + "no route-map m permit 10\n" + route_map("deny 10; match tag 6")
    assert found(text, "FRR311", "FRR312") == []


# --- instances, sessions and routes


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("router bgp 1\nexit\nrouter bgp 2\nexit", ["3 FRR314"]),
        ("router bgp 1 vrf red\nexit\nrouter bgp 2 vrf red\nexit", ["3 FRR314"]),
        ("router bgp 1\nexit\nrouter bgp 2 vrf red\nexit\nrouter bgp 3 view red\nexit", []),
        ("router bgp 65536\nexit\nrouter bgp 1.0\nexit", []),
        ("router bgp 1\nexit\nrouter bgp\nexit", []),
        ("router bgp 1\nexit\nno router bgp 1\nrouter bgp 2\nexit", []),
        ("router bgp 1\nexit\nrouter bgp 2 vrf default\nexit", ["3 FRR314"]),
    ],
)
def test_the_as_of_an_instance(text: str, where: list[str]) -> None:
    assert found(text, "FRR314") == where


def test_a_listen_range_has_one_group() -> None:
    lines = "neighbor a peer-group\nneighbor b peer-group\n"
    lines += "bgp listen range 10.0.0.0/8 peer-group a\nbgp listen range 10.0.0.0/8 peer-group b\n"
    assert found(bgp(lines), "FRR316") == ["5 FRR316"]


def test_a_group_that_is_not_there_has_no_members() -> None:
    lines = "neighbor a peer-group\nneighbor 192.0.2.1 peer-group nowhere\nneighbor 192.0.2.1 peer-group a\n"
    assert found(bgp(lines), "FRR316") == []


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        (["10.0.0.0/8 192.0.2.1", "10.0.0.0/8 blackhole"], ["2 FRR318"]),
        (["10.0.0.0/8 192.0.2.1", "10.0.0.0/8 Null0 vrf red"], []),
        (["10.0.0.0/8 192.0.2.1", "10.0.0.0/8 blackhole 250"], []),
        (["10.0.0.0/8 192.0.2.1", "10.0.0.0/8 blackhole table 5"], []),
        (["10.0.0.0/8 192.0.2.1", "10.0.0.0/8 192.0.2.1 50"], ["2 FRR319"]),
        (["10.0.0.0/8 192.0.2.1", "10.0.0.0/8 192.0.2.1 tag 5"], ["2 FRR319"]),
        (["10.0.0.0/8 192.0.2.1", "10.0.0.0/8 192.0.2.2 50"], []),
        (["10.0.0.0/8 192.0.2.1", "10.0.0.0/8 192.0.2.1 eth1"], []),
        (["10.0.0.0 255.0.0.0 192.0.2.1", "10.0.0.0 255.0.0.0 192.0.2.1 50"], ["2 FRR319"]),
    ],
)
def test_static_routes(lines: list[str], where: list[str]) -> None:
    assert found("".join(f"ip route {line}\n" for line in lines), "FRR318", "FRR319") == where


def test_a_static_route_in_its_vrf_s_block_or_by_name() -> None:
    text = "vrf red\n ip route 10.0.0.0/8 192.0.2.1\nexit-vrf\nip route 10.0.0.0/8 blackhole vrf red"
    assert found(text, "FRR318") == ["4 FRR318"]
