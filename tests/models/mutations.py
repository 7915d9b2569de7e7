"""Random changes to a model, most of which make it wrong: what operators and programs do to YAML."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

from tests.models.scalars import Data

EDGES: tuple[Any, ...] = (
    *(0, -1, 1, 65535, 65536, 2**32 - 1, 2**32, 2**64, 1.5, True, False, None, "", " ", "-", "~", "no", "null", "{}"),
    *(
        [],
        {},
        ["x"],
        {"x": 1},
        [[]],
        "\u00e9\u00fc\u200b\U0001f600",
        "x" * 300,
        "a b",
        "a\nb",
        "!",
        "#",
        "%",
        "\\",
        "'",
    ),
    *("0.0.0.0", "255.255.255.255", "127.0.0.1", "224.0.0.1", "::", "::1", "fe80::1", "ff02::1", "::ffff:1.2.3.4"),
    *("0.0.0.0/0", "::/0", "10.0.0.0/33", "10.0.0.1/8", "300.1.1.1", "1.2.3", "2001:db8::/129", "fe80::/64", "::1/128"),
    *("lo", "default", "all", "blackhole", "Null0", "reject", "tag", "table", "vrf", "exit", "end", "interface", "any"),
    *(
        "ipv4",
        "ipv6",
        "ipv4-unicast",
        "l2vpn-evpn",
        "external",
        "internal",
        "origin",
        "force",
        "4.4",
        "0.0",
        "1:1",
        "0:0",
    ),
    *(
        "rt 1:1",
        "rt 0:0",
        "node-0",
        "red",
        "additive",
        "internet",
        "00:00:00:00:00:00",
        "ff:ff:ff:ff:ff:ff",
        "10",
        "00",
    ),
)
"""Values at the edges of what fields take, and words that mean something to FRR, Linux or YAML."""

Holder = tuple[Any, Any]


def places(value: Any) -> list[Holder]:
    """Every (mapping or list, key) below a value."""
    found: list[Holder] = []
    entries: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in entries:
        found.append((value, key))
        found += places(below)
    return found


@st.composite
def mutated(draw: st.DrawFn, models: st.SearchStrategy[Data]) -> Data:
    """A model after one to three changes."""
    data = copy.deepcopy(draw(models))
    for _ in range(draw(st.integers(1, 3))):
        found = places(data)
        if not found:
            break
        holder, key = draw(st.sampled_from(found))
        match draw(st.sampled_from(("replace", "replace", "replace", "remove", "swap", "repeat", "rename"))):
            case "replace":
                holder[key] = copy.deepcopy(draw(st.sampled_from(EDGES)))
            case "remove":
                del holder[key]
            case "swap":
                other, other_key = draw(st.sampled_from(found))
                one, two = copy.deepcopy(holder[key]), copy.deepcopy(other[other_key])
                holder[key] = two
                if key in other if isinstance(other, dict) else isinstance(other_key, int) and other_key < len(other):
                    other[other_key] = one
            case "repeat" if isinstance(holder, list):
                holder.append(copy.deepcopy(holder[key]))
            case "rename" if isinstance(holder, dict):
                new = draw(st.sampled_from([edge for edge in EDGES if isinstance(edge, str | int)]))
                holder[new] = holder.pop(key)
    return data
