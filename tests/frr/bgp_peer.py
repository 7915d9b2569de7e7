"""A BGP speaker of the smallest kind, for a session that comes up and stays: `bgp_peer.py OWN THEIRS AS` (RFC 4271).

It says OPEN and KEEPALIVE, and connects again whenever it is cut off.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import sys
import time

OPEN, KEEPALIVE = 1, 4


def message(kind: int, body: bytes = b"") -> bytes:
    """A message with its header."""
    return b"\xff" * 16 + struct.pack("!HB", 19 + len(body), kind) + body


def session(own: str, theirs: str, asn: int) -> None:
    """One session, until the other side ends it. Raises OSError."""
    with socket.socket() as connection:
        connection.bind((own, 0))
        connection.settimeout(5)
        connection.connect((theirs, 179))
        connection.sendall(message(OPEN, struct.pack("!BHH4sB", 4, asn, 90, socket.inet_aton(own), 0)))
        while True:
            connection.settimeout(10)
            try:
                if not connection.recv(4096):
                    return
            except TimeoutError:
                pass
            connection.sendall(message(KEEPALIVE))
            time.sleep(0.05)


def main() -> None:
    own, theirs, asn = sys.argv[1], sys.argv[2], int(sys.argv[3])
    while True:
        with contextlib.suppress(OSError):
            session(own, theirs, asn)
        time.sleep(0.2)


if __name__ == "__main__":
    main()
