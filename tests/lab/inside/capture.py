"""Captures, in the format of pcap (https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/)."""

from __future__ import annotations

import socket
import struct
import threading
import time
from pathlib import Path

from tests.lab.inside.kernel import within

ETH_P_ALL = 3  # <linux/if_ether.h>
SNAP = 65535
HEADER = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, SNAP, 1)  # microseconds; 1: Ethernet


class Capturing:
    """Writes the frames that an interface sends and receives, None: all interfaces, from the moment it is made until `end`."""

    def __init__(self, namespace: str, interface: str | None, file: Path) -> None:
        with within(namespace):
            self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
            if interface is not None:
                self._socket.bind((interface, 0))
        self._socket.settimeout(0.1)
        self._file = file
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Ends once what has been received by now is written."""
        self._ended.set()
        self._thread.join()
        self._socket.close()

    def _write(self) -> None:
        with self._file.open("wb") as file:
            file.write(HEADER)
            while True:
                try:
                    frame = self._socket.recv(SNAP)
                except TimeoutError:
                    if self._ended.is_set():
                        return
                    continue
                seconds, fraction = divmod(time.time(), 1)
                file.write(struct.pack("<IIII", int(seconds), int(fraction * 1e6), len(frame), len(frame)) + frame)
