"""The text of a first model, with a comment for each choice that its reader may have to change."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from ipaddress import IPv4Network

from frrcompile.first.answers import Answers, Nic, Tenant, WrongAnswer

COLUMN = 35
"""Where the comments stand."""
FIRST_TABLE = 1000
SUBNET = 24
LONGEST_LINK = 15
"""Bytes of a link's name (Linux, IFNAMSIZ)."""


def text(answers: Answers, name: str) -> str:
    """The model, called `name` in the commands that its first comment shows. Raises WrongAnswer."""
    lines = [
        *_head(name, len(answers.nodes)),
        *_nodes(answers),
        *_router(answers),
        *_underlay(answers),
        *_vrfs(answers),
    ]
    return "\n".join(lines) + "\n"


def _head(name: str, nodes: int) -> Iterator[str]:
    shown = shlex.quote(name) if name != "-" and name.isprintable() else "site.yaml"
    every = f"{shown} --all -o configs" if nodes > 1 else f"{shown} -o frr.conf"
    yield "# A first model, made by `frrcompile init`. Change what is not as in your network, and then:"
    yield f"#   frrcompile lint {shown}                       what is wrong with it, and whether routes arrive"
    yield f"#   frrcompile compile {every}"
    yield f"#   frrcompile plumb plan {shown} --offline{' --node NAME' if nodes > 1 else ''}       the links that a node gets"
    yield "# `frrcompile explain vrfs.l3vni` describes a field, `frrcompile schema` gives an editor completion."
    yield ""


def _nodes(answers: Answers) -> Iterator[str]:
    yield _line("nodes:", "an index gives a node its addresses: it never changes, and no two nodes have one")
    yield from (f"  {_scalar(node.name)}: {{index: {node.index}}}" for node in answers.nodes)
    yield ""
    yield "pools:"
    family = "vtep-ipv6" if ":" in answers.vtep_pool else "vtep-ipv4"
    yield _line(f"  {family}: {_scalar(answers.vtep_pool)}", "the node with index N has address N of each pool")
    yield f"  router-id: {answers.router_id_pool}"
    yield ""


def _router(answers: Answers) -> Iterator[str]:
    yield "router:"
    yield f"  asn: {answers.asn}"
    if _external(answers) or answers.vrfs:
        yield _line(
            "  ebgp-requires-policy: false", "with `true`, sessions exchange only what `import` and `export` permit"
        )
    yield ""


def _underlay(answers: Answers) -> Iterator[str]:
    yield "underlay:"
    yield "  interfaces:"
    for place, nic in enumerate(answers.nics):
        yield from _commented_once(_nic(answers, nic), place)
    yield "  neighbors:"
    for place, (key, value) in enumerate(_peers(answers)):
        asn = answers.leaf_ases[place if len(answers.leaf_ases) > 1 else 0]
        yield from _commented_once(_peer(answers, key, value, asn), place)
    yield ""


def _peer(answers: Answers, key: str, value: str, asn: int | str) -> Iterator[str]:
    comment = "an unnumbered session (RFC 5549): the leaf has the same on its port" if key == "interface" else ""
    yield _line(f"    - {key}: {_scalar(value)}", comment)
    kind = {"external": f"any AS but {answers.asn}", "internal": f"AS {answers.asn}"}.get(str(asn), "")
    yield _line(f"      remote-as: {asn}", kind)
    if asn not in ("internal", answers.asn) and len(answers.nodes) > 1:
        yield _line("      allowas-in: 1", "all nodes have one AS, so the routes of the others carry it")


def _peers(answers: Answers) -> list[tuple[str, str]]:
    if answers.leaves:
        return [("address", leaf) for leaf in answers.leaves]
    return [("interface", _link(answers, place)) for place in range(len(answers.nics))]


def _link(answers: Answers, place: int) -> str:
    """The name of a NIC's link in FRR's network namespace; `mv-NIC` may be longer than Linux allows."""
    name = answers.nics[place].name
    if answers.attach != "macvlan":
        return name
    return f"mv-{name}" if len(f"mv-{name}".encode()) <= LONGEST_LINK else f"fabric{place}"


def _nic(answers: Answers, nic: Nic) -> Iterator[str]:
    if answers.attach == "macvlan":
        link = _link(answers, answers.nics.index(nic))
        yield _line(f"    - name: {_scalar(nic.name)}", "the host keeps this NIC, its addresses and its routes")
        yield _line("      attach: macvlan", "FRR gets a link of its own over it")
        if link != f"mv-{nic.name}":
            yield f"      link-name: {link}"
    else:
        yield _line(f"    - name: {_scalar(nic.name)}", "it moves into FRR's network namespace, with its addresses")
    if nic.address:
        yield f"      addresses: [{_scalar(nic.address)}]"


def _vrfs(answers: Answers) -> Iterator[str]:
    if not answers.vrfs:
        return
    yield "vrfs:"
    for place, (vrf, pool) in enumerate(zip(answers.vrfs, _pools(answers), strict=True)):
        yield from _commented_once(_vrf(answers, vrf, pool), place)


def _vrf(answers: Answers, vrf: Tenant, pool: str) -> Iterator[str]:
    yield f"  {_scalar(vrf.name)}:"
    yield _line(f"    table: {_table(vrf)}", "the routing table in FRR's network namespace")
    yield _line("    l3vni:", "its routes travel over VXLAN, as type-5 routes")
    yield _line(f"      vni: {vrf.vni}", "the same on every node and leaf that has part in it")
    if ":" in answers.vtep_pool:
        yield "      underlay: ipv6"
    yield _line("    host-session:", "a veth to the host, whose BGP speaker announces the pods")
    yield f"      asn: {answers.host_asn}"
    yield "      ipv4:"
    yield _line(f"        pool: {pool}", "the router's end is .1 on every node, the host's end .2 and on")


def _table(vrf: Tenant) -> int:
    """The number of the VRF's routing table: as unique as its VNI, and above those of Linux's own tables."""
    return FIRST_TABLE + vrf.vni


def _pools(answers: Answers) -> list[str]:
    """A prefix for each VRF. Raises WrongAnswer."""
    pool = IPv4Network(answers.host_pool)
    subnets = pool.subnets(new_prefix=max(SUBNET, pool.prefixlen))
    found = [str(subnet) for _, subnet in zip(answers.vrfs, subnets, strict=False)]
    if len(found) < len(answers.vrfs):
        raise WrongAnswer(f"--host-pool: {pool} has no /{SUBNET} for each of {len(answers.vrfs)} VRFs")
    return found


def _external(answers: Answers) -> bool:
    return any(asn not in ("internal", answers.asn) for asn in answers.leaf_ases)


def _line(said: str, comment: str) -> str:
    return f"{said:<{COLUMN}}# {comment}" if comment else said


def _commented_once(lines: Iterator[str], place: int) -> Iterator[str]:
    """The lines of an entry of a list; entries after the first one have no comments."""
    return (line.partition(" # ")[0].rstrip() for line in lines) if place else lines


def _scalar(value: str) -> str:
    """The value in YAML, in quotes where it needs them."""
    return value if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._/-]*", value) else json.dumps(value)
