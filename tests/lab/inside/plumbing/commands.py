"""Commands as an operator types them, what iproute2 says of both namespaces, and waiting."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path


def sh(*lines: str, netns: str | None = None) -> str:
    """Runs commands; AssertionError where one fails."""
    text = ""
    for line in lines:
        argv = (["ip", "netns", "exec", netns] if netns else []) + ["sh", "-ec", line]
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}: {done.stderr}"
        text += done.stdout
    return text


def frrcompile(step: str, *words: str, user: int | None = None) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "frrcompile", "plumb", step, *words]
    return subprocess.run(argv, capture_output=True, text=True, check=False, user=user)


def until(condition: Callable[[], bool]) -> None:
    """Waits until it is so; AssertionError after 60 s."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def until_gone(state: Path) -> None:
    """Waits for the end of the process that undoes."""
    until(lambda: not list(state.glob("*.undo-*")))


def numbers() -> dict[str, int]:
    """The interface index of each link of the router."""
    return {one["ifname"]: one["ifindex"] for one in json.loads(sh("ip -n frr -j link"))}
