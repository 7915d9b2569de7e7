"""What a capture holds of VXLAN (RFC 7348) with IPv4 outside and inside."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path

ETHERNET, UDP_HEADER, VXLAN_HEADER = 14, 8, 8
IPV4 = 0x0800
ICMP, UDP = 1, 17
PORT = 4789
ECHO_REPLY, ECHO_REQUEST = 0, 8


@dataclass(frozen=True, slots=True)
class Packet:
    """One IPv4 packet in VXLAN: the tunnel's ends, its VNI, and the packet in it."""

    vtep_from: str
    vtep_to: str
    vni: int
    mac_to: str
    source: str
    destination: str
    icmp: int | None  # the ICMP type; None: something else


def packets(capture: Path) -> list[Packet]:
    """All VXLAN packets of a pcap file, in order."""
    return [packet for frame in _frames(capture.read_bytes()) if (packet := _decapsulated(frame))]


def _frames(pcap: bytes) -> Iterator[bytes]:
    magic, *_, link = struct.unpack_from("<IHHiIII", pcap)
    assert (magic, link) == (0xA1B2C3D4, 1), "not a pcap file of Ethernet in this machine's byte order"
    at = 24
    while at < len(pcap):
        length = struct.unpack_from("<I", pcap, at + 8)[0]
        yield pcap[at + 16 : at + 16 + length]
        at += 16 + length


def _decapsulated(frame: bytes) -> Packet | None:
    outer = _ipv4(frame)
    if outer is None or outer[2] != UDP:
        return None
    vtep_from, vtep_to, _, udp = outer
    if struct.unpack_from("!H", udp, 2)[0] != PORT or len(udp) < UDP_HEADER + VXLAN_HEADER:
        return None
    flags, vni = struct.unpack_from("!B3xI", udp, UDP_HEADER)
    if not flags & 0x08:  # "I": the VNI is valid
        return None
    frame = udp[UDP_HEADER + VXLAN_HEADER :]
    inner = _ipv4(frame)
    if inner is None:
        return None
    source, destination, protocol, payload = inner
    icmp = payload[0] if protocol == ICMP else None
    return Packet(vtep_from, vtep_to, vni >> 8, frame[:6].hex(":"), source, destination, icmp)


def _ipv4(frame: bytes) -> tuple[str, str, int, bytes] | None:
    """Source, destination, protocol and payload of an Ethernet frame with IPv4 in it."""
    if len(frame) < ETHERNET + 20 or struct.unpack_from("!H", frame, 12)[0] != IPV4:
        return None
    packet = frame[ETHERNET:]
    length = (packet[0] & 0x0F) * 4
    return str(IPv4Address(packet[12:16])), str(IPv4Address(packet[16:20])), packet[9], packet[length:]
