"""Who may ask what: by the `Host` and `Origin` headers over TCP, by the kernel's word about the peer on a Unix socket."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from typing import Protocol

from reloader.listening.answers import Answer, sentence

SO_PEERGROUPS = 59  # Linux 4.13 (asm-generic/socket.h); the socket module has no name for it
GROUPS_BYTES = 1024  # as much as the socket module reads: 256 groups
QUOTED = 100  # characters of a header that are quoted


class Access(Protocol):
    """The rule of one listening socket."""

    def refusal(self, method: str, headers: Message, client: socket.socket) -> Answer | None:
        """The answer to a request that is not allowed; None where it is."""
        ...


@dataclass(frozen=True, slots=True)
class OverTcp:
    """A TCP port has no password, so a request that changes something must be allowed by `--allow-tcp-reload`.

    A web page in a browser beside the sidecar can send requests too. It is known by its `Origin`; and where its name was
    bound to the sidecar's address (DNS rebinding), by a `Host` that is a name which the sidecar does not have.
    """

    names: Sequence[str] = ()
    allow_reload: bool = False

    def refusal(self, method: str, headers: Message, client: socket.socket) -> Answer | None:  # noqa: ARG002
        """See Access."""
        hosts = headers.get_all("Host", [])  # one at most, see `head`
        if hosts and not self._knows(str(hosts[0])):
            return sentence(
                421,
                f"Host {quoted(hosts[0])} is not an IP address, not localhost and not a --listen-name of this sidecar; "
                "ask for the IP address, or start the sidecar with --listen-name",
            )
        if method != "POST":
            return None
        if not self.allow_reload:
            return sentence(403, "POST over TCP is off; use --socket, or start the sidecar with --allow-tcp-reload")
        return _from_a_page(headers)

    def _knows(self, host: str) -> bool:
        """Whether a Host header, with or without a port, names this sidecar."""
        name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
        name = name.lower().rstrip(".")
        if name == "localhost" or name in self.names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class OverUnix:
    """On the Unix socket root, the sidecar's own user, and members of `group` may POST; any client that the socket's
    mode lets in may GET.
    """

    group: int | None = None

    def refusal(self, method: str, headers: Message, client: socket.socket) -> Answer | None:
        """See Access. The kernel noted the peer's user and groups when it connected."""
        if method != "POST":
            return None
        size = struct.calcsize("iII")
        _, user, primary = struct.unpack("iII", client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
        if user not in (0, os.geteuid()) and (self.group is None or self.group not in {primary, *_groups(client)}):
            members = "a --socket-group" if self.group is None else f"group id {self.group} (--socket-group)"
            return sentence(
                403,
                f"user id {user} may not POST on this socket: only root, the sidecar's user (id {os.geteuid()}) and "
                f"members of {members} may",
            )
        return _from_a_page(headers)


def quoted(text: object) -> str:
    """What a client sent, short, in printable ASCII and quotation marks."""
    text = str(text)
    shown = re.sub(r"[^ -~]", "?", text[:QUOTED])
    return f'"{shown}{"..." if len(text) > QUOTED else ""}"'


def _from_a_page(headers: Message) -> Answer | None:
    """The answer to a POST that a web page makes a browser send."""
    if headers.get("Origin") is not None or headers.get("Sec-Fetch-Site", "none").strip().lower() != "none":
        return sentence(403, "POST from a web page (with an Origin or Sec-Fetch-Site header) is never allowed")
    return None


def _groups(client: socket.socket) -> Sequence[int]:
    """The peer's supplementary groups when it connected; none where the kernel cannot tell, or they are too many."""
    try:
        data = client.getsockopt(socket.SOL_SOCKET, SO_PEERGROUPS, GROUPS_BYTES)
    except OSError:
        return ()
    return struct.unpack(f"{len(data) // 4}I", data)
