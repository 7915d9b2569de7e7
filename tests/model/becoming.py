"""What each field of the model becomes: found by compiling the golden that has every field, for every FRR."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import yaml
from pydantic import BaseModel

from frrcompile.ir.dialect import VERSIONS
from frrcompile.ir.origin import Origin
from frrcompile.model.reference import LINK, part_of
from frrcompile.model.site import Site
from frrcompile.pipeline.site import build, load_site
from frrcompile.render.secret import placeholder
from frrcompile.render.trace import traced
from tests.conftest import ROOT
from tests.models.schema_walk import Path, places

MODEL = ROOT / "golden" / "everything" / "input.yaml"
OTHERWISE = b"""\
nodes: {a: {index: 0}}
pools: {asn: 64514-64599}
router: {id: 10.0.0.7, ebgp-requires-policy: false, multipath-relax: true}
vtep: {ipv4: 100.65.0.7, ipv6: "2001:db8:65::7"}
underlay:
  interfaces: [{name: eth1, addresses: [192.168.11.3/24]}]
  neighbors:
  - {address: 192.168.11.2, remote-as: 64512, password-file: /run/secrets/leaf, graceful-shutdown: true}
  - {address: 192.168.11.4, remote-as: 64512, password-env: FRR_PASSWORD_LEAF, local-as: {asn: 65100, prepend: false, replace: true}}
  no-transit: true
vrfs:
  red: {table: 1100, l3vni: {vni: 100}, host-session: {remote-as: internal, graceful-shutdown: true, ipv4: {pool: 10.1.0.0/24}}}
passthrough: {remote-as: external, graceful-shutdown: true, ipv4: {pool: 10.2.0.0/24}}
raw: [{lines: bgp session-dscp 46, priority: 7}]
"""
"""What the golden does not say, as another field takes its place there."""
MODELS = (MODEL.read_bytes(), OTHERWISE)


def becoming() -> dict[str, dict[str, str]]:
    """By `Part.field`: the line that the field becomes, or `LINK`, and the release from which FRR has it if not from the first."""
    found: dict[str, dict[str, str]] = {}
    for model in MODELS:
        _add(model, found)
    for name, since in _since().items():
        found.setdefault(name, {})["since"] = since
    return {name: found[name] for name in sorted(found) if found[name]}


def _add(model: bytes, found: dict[str, dict[str, str]]) -> None:
    """What the fields of a model become, where no model before has said it."""
    data = yaml.load(model, yaml.BaseLoader)
    lines, links = _compiled(model)
    for place in places(data):
        name = _name(place.path)
        if not name:
            continue
        entry = found.setdefault(name, {})
        line = _line(lines, place.path, _value(data, place.path))
        if line and entry.get("line", LINK) == LINK:
            entry["line"] = line
        elif "line" not in entry and _may_be_link(name, place.path, links):
            entry["line"] = _changed(model, place.path)


def _may_be_link(name: str, path: Path, links: set[Origin]) -> bool:
    """Whether a field stands in what the kernel gets. A selector of nodes does not, wherever it stands."""
    _, is_part = _owner(path)
    return not (is_part or name.startswith("Selector.")) and any(path[: len(at)] == at for at in links)


def _changed(model: bytes, path: Path) -> str:
    """What a field changes: `LINK` where the links are others without it, else a line of frr.conf that comes or goes."""
    document: Any = yaml.compose(model, yaml.SafeLoader)
    owner = document
    for step in path[:-1]:
        values = owner.value
        owner = values[step] if isinstance(step, int) else next(value for key, value in values if key.value == step)
    owner.value = [(key, value) for key, value in owner.value if key.value != path[-1]]
    loaded, without = load_site({"model.yaml": model}), load_site({"model.yaml": yaml.serialize(document).encode()})
    for name in loaded.names if without.site else ():
        here, there = build(loaded, name)[0], build(without, name)[0]
        if not here or not there or here.links != there.links:
            return LINK
        own, other = (Counter(line.text.strip() for line in traced(one, placeholder)) for one in (here, there))
        if changed := [*(own - other), *(other - own)]:
            return changed[0]
    return LINK


def _name(path: Path) -> str:
    """`Part.field` of a path, by the reference's own walk."""
    if "override" in path or not isinstance(path[-1], str):
        return ""
    owner, _ = _owner(path)
    return f"{owner}.{path[-1]}" if owner else ""


def _owner(path: Path) -> tuple[str, bool]:
    """The part in which a field stands, the class that the walk from the document passes last; and whether the field is a part.

    What a part, or a list or mapping of parts, becomes is said of its own fields.
    """
    model: type[BaseModel] | None = Site
    owner, is_part = "", False
    for step in path:
        fields = {field.alias or name: field for name, field in model.model_fields.items()} if model else {}
        if model and step in fields:
            owner = model.__name__
            inner = part_of(fields[str(step)].annotation)
            model, is_part = inner[0] if inner else None, inner is not None
    return owner, is_part


def _compiled(model: bytes) -> tuple[dict[Origin, list[str]], set[Origin]]:
    """The lines of all nodes by the place that they are written for, and the places of what the kernel has."""
    loaded = load_site({"model.yaml": model})
    lines: dict[Origin, list[str]] = {}
    links: set[Origin] = set()
    for name in loaded.names:
        router, findings = build(loaded, name)
        assert router, findings
        for line in traced(router, placeholder):
            if line.at:
                lines.setdefault(line.at, []).append(line.text.strip())
        links |= set(_origins(router.links))
    return lines, links


def _origins(part: Any) -> Iterator[Origin]:
    """The places of the parts of a node's links."""
    if isinstance(part, tuple) and not hasattr(part, "_fields"):
        for one in part:
            yield from _origins(one)
        return
    at = getattr(part, "at", None)
    if at:
        yield at
    for name in getattr(part, "_fields", None) or getattr(type(part), "__slots__", None) or ():
        if name not in ("at", "elsewhere"):
            yield from _origins(getattr(part, name))


def _line(lines: Mapping[Origin, list[str]], path: Path, value: Any) -> str:
    """The line of a field: its own, or one of what it stands in that has its value or its name."""
    if own := lines.get(path):
        return next((text for text in own if not text.startswith(("address-family", "exit"))), own[0])
    if len(path) == 1:
        return ""  # it stands in the whole document: any line may have its value
    words = [str(path[-1])] if value in ("true", "false") else [value] if isinstance(value, str) else []
    words += [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
    near = [text for at, texts in lines.items() if at[: len(path) - 1] == path[:-1] for text in texts]
    near += lines.get(path[:-2], [])
    having = [
        text for word in words for text in near if re.search(rf"(?<![\w.:-]){re.escape(word)}(?![\w:-]|\.\w)", text)
    ]
    called = [text for text in having if set(str(path[-1]).split("-")) & set(text.split())]
    return (called or having or [""])[0]


def _value(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _since() -> dict[str, str]:
    """The fields that an older FRR does not have, each with the first release that has it."""
    refused: dict[str, str] = {}
    newest = {finding.field for finding in _findings(VERSIONS[-1])}
    for older, newer in pairwise(VERSIONS):
        for field in {finding.field for finding in _findings(older)} - newest:
            path = tuple(int(step) if step.isdecimal() else step for step in re.split(r"[.\[\]]+", field) if step)
            if name := _name(path):
                refused[name] = newer
    return refused


def _findings(version: str) -> list[Any]:
    loaded = load_site({"model.yaml": MODELS[0]}, frr=version)
    return [*loaded.findings, *(finding for name in loaded.names for finding in build(loaded, name)[1])]
