"""Nothing of a resource is dropped in silence: every field that the definitions know, and every field that they do not."""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from frrcompile.diagnostics import Diagnostic
from frrcompile.interop.openperouter import convert
from frrcompile.interop.openperouter.resources import KINDS
from frrcompile.model.tree import Path as Steps
from frrcompile.model.tree import spell
from tests.conftest import ROOT
from tests.interop.importing import DEFINITIONS, L3VNI, SAMPLES, UNDERLAY, imported
from tests.interop.schema import schema_of

CORPUS = ROOT.parent / "shared" / "corpus"

SESSION = {"asn": 64514, "hostASN": 64515, "localCIDR": {"ipv4": "192.169.20.0/24"}}
BASES: dict[str, dict[str, Any]] = {
    "Underlay": yaml.safe_load(UNDERLAY)["spec"],
    "L3VNI": {"vrf": "green", "vni": 300, "hostSession": SESSION},
    "L2VNI": {"vni": 210},
    "L3Passthrough": {"hostSession": SESSION},
    "RawFRRConfig": {"rawConfig": "ip nht resolve-via-default\n"},
    "L3VPN": {"vrf": "green", "rdAssignedNumber": 5, "importRTs": ["64512:5"]},
}
"""The least that a resource of each kind says."""

VALUES: dict[str, Any] = {
    "asn": 64999,
    "hostASN": 64998,
    "ipv4": "192.169.77.0/24",
    "ipv6": "fd00:77::/64",
    "address": "192.168.11.99",
    "interface": "eth7",
    "listenRange": "192.168.12.0/24",
    "vrf": "blue",
    "cidrs": ["100.66.0.0/24"],
    "gatewayIPs": ["10.1.0.1/24"],
    "importRTs": ["64512:7"],
    "exportRTs": ["64512:7"],
    "routerIDCIDR": "10.7.0.0/24",
    "clusterID": "192.0.2.9",
    "rawConfig": "ip forwarding\n",
    "matchLabels": {"rack": "r1"},
    "operator": "Exists",
    "holdTimeSeconds": 30,
    "keepaliveTimeSeconds": 10,
    "runtimeConfig": {"mac": "aa:bb:cc:00:00:01"},
}
"""A value of each field that is no default; others get one that their schema allows."""

BESIDE: dict[str, dict[str, Any]] = {
    "ovsBridge": {"type": "OVSBridge"},
    "linuxBridge": {"type": "LinuxBridge"},
    "cniDevice": {"type": "CNIDevice"},
    "l3vpn": {"type": "L3VPN"},
}
"""What else a mapping says where it has one of these."""


def fields(schema: dict[str, Any], at: Steps = ()) -> Iterator[tuple[Steps, dict[str, Any]]]:
    """The way to each field that is no mapping with fields of its own, and its schema."""
    if schema.get("type") == "array" and "properties" in schema["items"]:
        yield from fields(schema["items"], (*at, 0))
    elif "properties" in schema:
        for name, below in schema["properties"].items():
            yield from fields(below, (*at, name))
    else:
        yield at, schema


@functools.cache
def definitions() -> dict[str, dict[str, Any]]:
    """The schema of each kind's spec."""
    found = {}
    for kind in KINDS:
        path = CORPUS / DEFINITIONS / f"network.openperouter.io_{kind.lower()}s.yaml"
        if path.is_file():
            found[kind] = schema_of(path)["properties"]["spec"]
    return found


FIELDS = [
    pytest.param(kind, at, schema, id=f"{kind} {spell(at)}")
    for kind, spec in definitions().items()
    for at, schema in fields(spec)
]


def value(name: str, schema: dict[str, Any]) -> Any:
    """A value that the field's schema allows."""
    if name in VALUES:
        return VALUES[name]
    if "enum" in schema:
        return schema["enum"][-1]
    match schema.get("type"):
        case "integer":
            return int(schema.get("minimum", 0)) + 7
        case "array":
            return [value("", schema["items"])]
        case "object":
            return {}
    return "other"


def put(base: Any, at: Steps, what: Any, schema: dict[str, Any]) -> Any:
    """`base` with `what` at this place; a mapping that is made for it gets the fields that it needs."""
    if not at:
        return what
    step, rest = at[0], at[1:]
    if isinstance(step, int):
        entries = base or [{}]
        return [put(entries[0], rest, what, schema["items"]), *entries[1:]]
    whole = dict(base or {})
    for name in () if base else schema.get("required", ()):
        below = schema["properties"][name]
        whole[name] = put(None, (), value(name, below), below) if "properties" not in below else put({}, (), {}, below)
    whole |= BESIDE.get(step, {})
    whole[step] = put(whole.get(step) if rest else None, rest, what, schema["properties"][step])
    return whole


def resource(kind: str, spec: dict[str, Any]) -> str:
    whole = {"apiVersion": "network.openperouter.io/v1alpha1", "kind": kind, "metadata": {"name": "it"}, "spec": spec}
    return yaml.safe_dump(whole)


def said_of(kind: str, spec: dict[str, Any], directory: Path) -> tuple[Any, tuple[Diagnostic, ...]]:
    """The model, and the findings, for a resource beside what it needs."""
    beside = [] if kind == "Underlay" else [UNDERLAY] if kind == "L3VNI" else [UNDERLAY, L3VNI]
    found = imported(directory, *beside, resource(kind, spec))
    return found.tree and found.tree.plain(), found.findings


def named(findings: tuple[Diagnostic, ...], at: Steps) -> bool:
    """Whether a finding names the field, or a mapping that it is in."""
    around = {spell(("spec", *at[:length])) for length in range(1, len(at) + 1)}
    return any(finding.field in around for finding in findings)


@pytest.mark.parametrize(("kind", "at", "schema"), FIELDS)
def test_a_field_has_an_effect_or_a_finding(kind: str, at: Steps, schema: dict[str, Any], tmp_path: Path) -> None:
    base = BASES[kind]
    spec = put(copy.deepcopy(base), at, value(str(at[-1]), schema), definitions()[kind])
    assert spec != base
    (before, known), (after, findings) = said_of(kind, base, tmp_path), said_of(kind, spec, tmp_path)
    new = tuple(one for one in findings if one.message not in [other.message for other in known])
    lost = kind == "L3VPN" and any(one.code == "IMP001" and "L3VPN it" in one.message for one in findings)
    assert after != before or named(new, at) or lost


def test_the_definitions_are_tried(corpus: Path) -> None:
    assert sorted(definitions()) == sorted(KINDS), corpus
    assert len(FIELDS) > 100


def mappings(node: Any, at: Steps = ()) -> Iterator[tuple[Steps, dict[str, Any]]]:
    """Every mapping of a document but labels, whose names are anybody's."""
    if isinstance(node, dict) and at[-1:] != ("matchLabels",):
        yield at, node
        for name, below in node.items():
            yield from mappings(below, (*at, name))
    elif isinstance(node, list):
        for position, below in enumerate(node):
            yield from mappings(below, (*at, position))


def with_an_unknown_field(document: Any) -> Iterator[tuple[Steps, Any]]:
    """The document with a field that does not exist, and the field's place: once for each mapping outside `metadata`."""
    for at, _ in mappings(document):
        if at[:1] == ("metadata",):
            continue
        changed = copy.deepcopy(document)
        place = changed
        for step in at:
            place = place[step]
        place["madeUp"] = {"deeply": 1}
        yield (*at, "madeUp"), changed


def test_a_field_that_nobody_knows_is_found_wherever_it_stands(corpus: Path, tmp_path: Path) -> None:
    path, tried = tmp_path / "resources.yaml", 0
    for sample in sorted((corpus / SAMPLES).iterdir()):
        for number, document in enumerate(yaml.safe_load_all(sample.read_text())):
            for at, changed in with_an_unknown_field(document):
                if "cniDevice" in at:
                    continue
                path.write_text(yaml.safe_dump(changed))
                fields = [finding.field for finding in convert({str(path): path.read_bytes()}).findings]
                assert spell(at) in fields, f"{sample.name}, document {number}"
                tried += 1
    assert tried > 100
