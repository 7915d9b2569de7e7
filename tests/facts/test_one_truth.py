"""No fact about FRR stands in two places: releases, families, defaults, communities, closers and policies are in `facts` alone."""

from __future__ import annotations

import pytest

from tests.facts.copies import KINDS_OF_COPIES, copies, sources

ALLOWED = {
    ("release", "frrcompile/model/frr.py"): "an example in the schema",
    ("families", "frrcompile/interop/openperouter/neighbor.py"): "another project's names for ours",
    ("families", "frrcompile/model/neighbor.py"): "what a model may say: a type, which cannot be computed",
}
"""By kind and file, why a copy may stay."""

WRONG = {
    "release": "SINCE = (10, 2)\n",
    "families": 'FAMILIES = {"ipv4-unicast": "bgp-ipv4", "ipv6-unicast": "bgp-ipv6", "ipv4-vpn": "bgp-vpnv6"}\n',
    "defaults": 'NOT_SHOWN = ["timers bgp 60 180", "bgp listen limit 100"]\n',
    "communities": 'NAMES = {"no-export": 1, "no-advertise": 2, "blackhole": 3}\n',
    "closers": 'LEAVING = {"vrf": "exit-vrf", "vni": "exit-vni"}\n',
    "patterns": 'SETTINGS = ("hostname|domainname @", "neighbor * weight @")\n',
    "policies": 'POLICY = re.compile(r"(?:ip|ipv6) prefix-list|access-list .*")\n',
}
OTHER_WAYS = {
    "release, as a text": "if version == '10.2':\n    pass\n",
    "release, as a type": "def lint(text: str, release: tuple[int, int]) -> None:\n    pass\n",
    "families, as words": 'NODES = "bgp bgp-ipv4 bgp-ipv6 bgp-vpnv4"\n',
    "defaults, as a text": 'ON = """\n    bgp network import-check\n    bgp default ipv4-unicast\n"""\n',
    "defaults, as values": 'VALUES = {"detect-multiplier": "3", ("minimum-ttl",): "254"}\n',
    "defaults, as a constant": "ALLOWAS_IN = 3\n",
    "defaults, as another constant": "DEFAULT_MULTIHOP: int = 255\n",
    "patterns, as a text": 'SINGLE = """\n    neighbor _ remote-as\n    log file|syslog\n"""\n',
    "patterns, of words": '_COMMANDS = (*("exit", "vrf X"), *("interface X", "interface X vrf X"))\n',
    "defaults, compared": "if port != 179:\n    pass\n",
    "policies, by their words": 'KINDS = {("ip", "prefix-list"): 1, ("ipv6", "prefix-list"): 2, ("ip", "access-list"): 3}\n',
}
ROOMS = ("frrcompile/lint", "frrcompile/diff", "frrcompile/ir", "frrcompile/syntax", "reloader")


def test_no_copy_of_a_fact() -> None:
    found = list(copies(sources()))
    assert [copy for copy in found if (copy.kind, copy.path) not in ALLOWED] == []
    assert {(copy.kind, copy.path) for copy in found} == ALLOWED.keys()


@pytest.mark.parametrize("room", ROOMS)
def test_a_wrong_copy_is_found(room: str) -> None:
    assert WRONG.keys() == KINDS_OF_COPIES.keys()
    for kind, text in WRONG.items():
        assert [copy.kind for copy in copies({f"{room}/planted.py": text})] == [kind]
    for kind, text in OTHER_WAYS.items():
        assert {copy.kind for copy in copies({f"{room}/planted.py": text})} == {kind.partition(",")[0]}
