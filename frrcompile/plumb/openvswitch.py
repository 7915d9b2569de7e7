"""Ports of Open vSwitch bridges, through `ovs-vsctl`: one transaction each. external_ids say whose they are."""

from __future__ import annotations

import json
import shutil
import subprocess

from frrcompile.plumb.state import OvsPort

_OWNER = "frrcompile-owner"
_SECONDS = 30


def ports(owner: str) -> tuple[OvsPort, ...]:
    """The owner's ports. Raises OSError where Open vSwitch does not answer."""
    mine = f"external_ids:{_OWNER}={owner}"
    bridges = set(_names("Bridge", mine))
    found = []
    for port in _names("Port", mine):
        bridge = _run("port-to-br", port).strip()
        found.append(OvsPort(bridge, port, create=bridge in bridges))
    return tuple(found)


def add(port: OvsPort, owner: str) -> None:
    """Makes a link a port, and the bridge where it is to be made. Raises OSError."""
    mark = f"external_ids:{_OWNER}={owner}"
    words = []
    if port.create and not _exists(port.bridge):
        words += ["--", "add-br", port.bridge, "--", "set", "Bridge", port.bridge, mark]
    _run(*words, "--", "--may-exist", "add-port", port.bridge, port.link, "--", "set", "Port", port.link, mark)


def remove(port: OvsPort, owner: str) -> None:
    """Removes a port, and its bridge where it is ours and that was the last one. Raises OSError."""
    _run("--if-exists", "del-port", port.bridge, port.link)
    ours = port.bridge in _names("Bridge", f"external_ids:{_OWNER}={owner}")
    if ours and not _run("list-ports", port.bridge).split():
        _run("--if-exists", "del-br", port.bridge)


def _exists(bridge: str) -> bool:
    return bridge in _run("list-br").split()


def _names(table: str, condition: str) -> list[str]:
    found = json.loads(_run("--format=json", "--columns=name", "find", table, condition))
    return [row[0] for row in found["data"]]


def _run(*words: str) -> str:
    if shutil.which("ovs-vsctl") is None:
        raise OSError("ovs-vsctl is not installed on the host; install Open vSwitch, or use `kind: linux` in the model")
    try:
        done = subprocess.run(
            ["ovs-vsctl", f"--timeout={_SECONDS}", *words],
            capture_output=True,
            text=True,
            timeout=_SECONDS + 5,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise OSError("ovs-vsctl did not answer") from None
    if done.returncode != 0:
        raise OSError((done.stderr.strip().splitlines() or ["no reason given"])[-1])
    return done.stdout
