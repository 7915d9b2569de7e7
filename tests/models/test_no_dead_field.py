"""Every field of the model has an effect: another valid value changes frr.conf or the links of some node."""

from __future__ import annotations

import ipaddress
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from frrcompile.model.site import Site
from frrcompile.pipeline.site import build, load_site
from frrcompile.plumb.plan import plan
from frrcompile.render.emit import frr_conf
from tests.conftest import ROOT
from tests.models.scalars import Data
from tests.models.schema_walk import Place, fields, places
from tests.models.strategies import opened

EXAMPLE: Data = yaml.load((ROOT / "golden" / "everything" / "input.yaml").read_text(), yaml.BaseLoader)

# A secret's file or variable would have to be there for the golden to be written, so they are added here.
EXAMPLE["underlay"]["neighbors"][1]["password-file"] = "/run/secrets/leaf"
EXAMPLE["underlay"]["neighbors"][2]["password-env"] = "LEAF_PASSWORD"
# FRR 8.4 has no such line, and goldens are for all releases.
for _session in (EXAMPLE["underlay"]["neighbors"][0], EXAMPLE["vrfs"]["red"]["host-session"], EXAMPLE["passthrough"]):
    _session["graceful-shutdown"] = "true"
# One of each that nothing else names, so that it can be left out.
EXAMPLE["vrfs"]["spare"] = {"table": "1300", "host-session": {"asn": "64515", "ipv4": {"pool": "192.169.40.0/24"}}}
# A host session has `asn` or `remote-as`.
EXAMPLE["vrfs"]["kind"] = {
    "table": "1301",
    "host-session": {"remote-as": "internal", "ipv4": {"pool": "192.169.41.0/24"}},
}
EXAMPLE["nodes"]["node-1"]["override"]["passthrough"] = {
    "asn": None,
    "remote-as": "internal",
    "remove-private-as": None,
    "nodes": {"names": ["node-1"]},
}
# One node has its AS, which is the other's, from the pool.
EXAMPLE["pools"]["asn"] = "64513-64599"
EXAMPLE["raw"][0]["nodes"] = {"names": ["node-0"]}  # its lines name the AS
EXAMPLE["nodes"]["node-1"]["override"]["router"]["asn"] = None
EXAMPLE["vrfs"]["spare"]["nodes"] = {"names": ["node-0"]}
EXAMPLE["bfd-profiles"]["spare"] = {"passive-mode": "true"}
EXAMPLE["prefix-lists"]["spare"] = [{"action": "permit", "prefix": "10.0.0.0/8"}]
EXAMPLE["community-lists"]["spare"] = [{"action": "permit", "communities": ["65000:1"]}]
EXAMPLE["as-path-lists"]["spare"] = [{"action": "permit", "regex": "_65000$"}]
EXAMPLE["route-maps"]["spare"] = [{"action": "permit"}]

TOGETHER = {"StaticRoute.blackhole": {"blackhole": "false", "interface": "eth1"}}
"""Fields that can be otherwise only together with another field."""

PLACES: dict[str, list[Place]] = {}
for _place in places(EXAMPLE):
    PLACES.setdefault(_place.field, []).append(_place)

WORDS = (
    *("ip nht resolve-via-default", "lo", "external"),
    *(
        name
        for section in ("route-maps", "bfd-profiles", "community-lists", "as-path-lists", "vrfs")
        for name in EXAMPLE[section]
    ),
    *"""
    pods pods6 customers large r2 node-1 red blue default true false force origin 2 1 1500 1280 internal deny permit
    host-x0 ipv6 ipv4 linux ovs present enabled disabled static kernel macip warnings errors 8.4
    10.250.0.1 2001:db8:250::1 10.250.0.0/24 2001:db8:250::/64 10.250.0.9/24 64999
    65000:77 65000:7:7 64512-64598 02:00:00:00:00:77 /var/log/other.log OTHER fast echo allowall unchanged
    """.split(),  # noqa: SIM905  a list has a line for each
    "rt 65000:7",
)
"""Values of all kinds; the first one that the model's rules take in a field's place is that field's other value."""


def outputs(document: Data, directory: Path) -> Iterator[tuple[str, str | None]]:
    """What the compiler makes of a document for each node, None where it refuses the node; nothing where it refuses all."""
    try:
        Site.model_validate(document)  # most other values are of another type: this is the quick way to know
    except ValidationError:
        return
    path = directory / "model.yaml"
    path.write_text(json.dumps(document))  # YAML, too, and written faster
    loaded = load_site({str(path): path.read_bytes()})
    for name in loaded.site.nodes if loaded.site else ():
        router, _ = build(loaded, name)
        yield name, frr_conf(router, opened) + str(plan(router.links)) if router else None


def others(value: Any) -> Iterator[Any]:
    """Values that may be valid where `value` is."""
    if isinstance(value, str):
        if value.isdecimal():
            yield from (str(int(value) + 1), str(int(value) - 1))
        try:
            interface = ipaddress.ip_interface(value)
            for step in (1, 7):
                yield str(interface.ip + step) + (f"/{value.split('/')[1]}" if "/" in value else "")
        except ValueError:
            yield from (f"{value}x", value[:-1] + "z")
        yield from (word for word in WORDS if word != value)
    elif isinstance(value, list):
        yield from (value[:n] + value[n + 1 :] for n in range(len(value)))
        yield from ([*value[:n], other, *value[n + 1 :]] for n, one in enumerate(value) for other in others(one))
    elif isinstance(value, dict):
        yield from ({key: below for key, below in value.items() if key != gone} for gone in value)


class Together(dict[str, str]):
    """Fields of one mapping that change together."""


def replaced(path: tuple[str | int, ...], value: Any) -> Data:
    """The example with another value at `path`, or without it where that is None."""
    document: Data = {**EXAMPLE}
    holder: Any = document
    for step in path[:-1]:
        holder[step] = holder[step].copy()  # what is beside the path stays the example's
        holder = holder[step]
    if value is None:
        del holder[path[-1]]
    elif isinstance(value, Together):
        holder.update(value)
    else:
        holder[path[-1]] = value
    if path == ("router", "asn") and value:  # lines for `router bgp` of another AS are refused
        own, other = (f"router bgp {asn}\n" for asn in (EXAMPLE["router"]["asn"], value))
        document["raw"] = [{**raw, "lines": raw["lines"].replace(own, other)} for raw in EXAMPLE["raw"]]
    return document


def holder_of(place: Place) -> Any:
    value: Any = EXAMPLE
    for step in place.path:
        value = value[step]
    return value


def test_the_example_has_every_field() -> None:
    assert sorted(set(fields()) - set(PLACES)) == []


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("field")


@pytest.fixture(scope="module")
def unchanged(directory: Path) -> dict[str, str | None]:
    made = dict(outputs(EXAMPLE, directory))
    assert made
    assert all(made.values())
    return made


WITHOUT_EFFECT = {"Site.version", "Frr.version"}
"""What has one valid value and says how the rest is read; what says which FRR must take a text that is one for all."""


def differs(document: Data, unchanged: dict[str, str | None], directory: Path) -> bool | None:
    """Whether some node gets something else than from the example; None where the document is refused."""
    same: list[str] = []
    for name, made in outputs(document, directory):
        if made is None:
            return None
        if made != unchanged.get(name):
            return True  # the other nodes need not be compiled
        same.append(name)
    return len(same) < len(unchanged) if same else None


@pytest.mark.parametrize("field", sorted(set(PLACES) - WITHOUT_EFFECT))
def test_another_value_changes_something(field: str, unchanged: dict[str, str | None], directory: Path) -> None:
    """A field that can only be left out is tried so: of another one, a line that does not have its value is not enough."""
    valid = 0
    for place in PLACES[field]:
        together = [Together(TOGETHER[field])] if field in TOGETHER else []
        tried = 0
        for value in itertools.chain(together, itertools.islice(others(holder_of(place)), 100)):
            found = differs(replaced(place.path, value), unchanged, directory)
            if found:
                return
            tried += found is False
        if not tried and differs(replaced(place.path, None), unchanged, directory):
            return
        valid += tried
    pytest.fail(
        f"{field}: {valid} other valid values were tried, and none changed anything" if valid else "no valid value"
    )
