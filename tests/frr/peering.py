"""A neighbor with which a session comes up and stays, beside a router."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.frr import bgp_peer
from tests.frr.router import Router
from tests.reloader.sidecar import until

OWN, PEER, PEER_AS = "10.99.0.1", "10.99.0.2", 65001


@contextmanager
def peering(router: Router) -> Iterator[None]:
    """A neighbor that stays, in a network namespace of its own with a link to the router's."""
    inside = ["nsenter", "--target", str(router.pids["bgpd"]), "--net", "--"]
    speaker = f"{sys.executable} {bgp_peer.__file__} {PEER} {OWN} {PEER_AS}"
    waiting = "until ip link show far >/dev/null 2>&1; do sleep 0.05; done"
    script = f"{waiting}; ip addr add {PEER}/24 dev far; ip link set far up; exec {speaker}"
    with subprocess.Popen(["unshare", "--net", "sh", "-c", script]) as peer:
        try:
            until(lambda: _namespace(peer.pid) != _namespace(os.getpid()), "its namespace")
            for command in (
                "ip link add near type veth peer name far",
                f"ip link set far netns {peer.pid}",
                f"ip addr add {OWN}/24 dev near",
                "ip link set near up",
            ):
                subprocess.run([*inside, *command.split()], check=True)
            yield
        finally:
            peer.kill()


def _namespace(pid: int) -> str:
    return str(Path(f"/proc/{pid}/ns/net").readlink())


def established(router: Router) -> bool:
    """Whether the router has an Established session."""
    return '"state":"Established"' in router.cmd("show bgp summary json").replace(" ", "")
