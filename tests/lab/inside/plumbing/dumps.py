"""What iproute2 says about both namespaces, to be compared."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

from tests.lab.inside.plumbing.commands import sh

VOLATILE = {
    "ifindex",
    "link_index",
    "link_netnsid",
    "valid_life_time",
    "preferred_life_time",
    "dynamic",
    "qdisc",
    "fdb_n_learned",
}

FROM_MACS = {
    "operstate",
    "designated_root",
    "bridge_id",
    "root_id",
    "id",
    "no",
    "root_port",
    "designated_port",
    "designated_bridge",
}


def dump(router: str = "frr") -> dict[str, Any]:
    """What iproute2 says about both namespaces, without what changes by itself."""
    found: dict[str, Any] = {}
    for side, words in (("host", []), ("router", ["-n", router])):
        for what in (
            ["-d", "link"],
            ["addr"],
            ["-4", "route", "show", "table", "all"],
            ["-6", "route", "show", "table", "all"],
            ["rule"],
            ["-6", "rule"],
            ["neigh"],
        ):
            done = subprocess.run(["ip", *words, "-j", *what], capture_output=True, text=True, check=True)
            found[f"{side} {' '.join(what)}"] = sorted(
                (_clean(one) for one in json.loads(done.stdout or "[]")), key=str
            )
    folders = " ".join(
        f"/proc/sys/net/{family}/conf/{one}" for family in ("ipv4", "ipv6") for one in ("all", "default", "lo")
    )
    found["sysctls"] = sh(f"grep -rs . /proc/sys/net/ipv4/ip_forward {folders} | sort", netns=router)
    return found


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _clean(one)
            for key, one in value.items()
            if key not in VOLATILE and not re.search(r"timer|_id$|^used|time", key)
        }
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return value


def same(one: dict[str, Any], other: dict[str, Any]) -> None:
    """AssertionError with the differences."""
    lines = []
    for key in one:
        if one[key] != other[key]:
            if isinstance(one[key], str):
                lines += sorted(set(one[key].splitlines()) ^ set(other[key].splitlines()))
            else:
                lines += [f"{key} only first: {x}" for x in one[key] if x not in other[key]]
                lines += [f"{key} only second: {x}" for x in other[key] if x not in one[key]]
    assert not lines, "\n".join(lines)


def without_macs(found: dict[str, Any]) -> dict[str, Any]:
    """A dump without the MAC addresses that the kernel draws, and what follows from them."""

    def clean(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: clean(one) for key, one in value.items() if key not in FROM_MACS}
        if isinstance(value, list):
            return sorted((one for one in map(clean, value) if "fe80::" not in str(one)), key=str)
        return (
            "-" if isinstance(value, str) and re.fullmatch(r"(?!02:00)(?:[0-9a-f]{2}:){5}[0-9a-f]{2}", value) else value
        )

    return {key: clean(one) for key, one in found.items()}
