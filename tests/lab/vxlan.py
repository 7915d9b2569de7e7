"""What a capture holds of VXLAN (RFC 7348), with IPv4 or IPv6 outside and inside."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import NamedTuple

ETHERNET, UDP_HEADER, VXLAN_HEADER, IPV6_HEADER = 14, 8, 8, 40
IPV4, IPV6 = 0x0800, 0x86DD
ICMP, UDP, ICMP6 = 1, 17, 58
PORT = 4789
ECHO_REPLY, ECHO_REQUEST = 0, 8
ECHO = {128: ECHO_REQUEST, 129: ECHO_REPLY}
"""ICMPv6's types of echo, as ICMP's."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One IP packet in VXLAN: the tunnel's ends, its VNI, and the packet in it."""

    vtep_from: str
    vtep_to: str
    vni: int
    mac_to: str
    source: str
    destination: str
    icmp: int | None  # the ICMP type, that of ICMP for ICMPv6's echo too; None: something else


class _Ip(NamedTuple):
    source: str
    destination: str
    protocol: int
    payload: bytes


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
    outer = _ip(frame)
    if outer is None or outer.protocol != UDP:
        return None
    udp = outer.payload
    if len(udp) < UDP_HEADER + VXLAN_HEADER or struct.unpack_from("!H", udp, 2)[0] != PORT:
        return None
    flags, vni = struct.unpack_from("!B3xI", udp, UDP_HEADER)
    if not flags & 0x08:  # "I": the VNI is valid
        return None
    frame = udp[UDP_HEADER + VXLAN_HEADER :]
    inner = _ip(frame)
    if inner is None:
        return None
    icmp = None
    if inner.protocol == ICMP:
        icmp = inner.payload[0]
    elif inner.protocol == ICMP6:
        icmp = ECHO.get(inner.payload[0])
    return Packet(outer.source, outer.destination, vni >> 8, frame[:6].hex(":"), inner.source, inner.destination, icmp)


def _ip(frame: bytes) -> _Ip | None:
    """The IP packet of an Ethernet frame, without extension headers of IPv6."""
    if len(frame) < ETHERNET + 20:
        return None
    kind, packet = struct.unpack_from("!H", frame, 12)[0], frame[ETHERNET:]
    if kind == IPV4:
        length = (packet[0] & 0x0F) * 4
        return _Ip(str(IPv4Address(packet[12:16])), str(IPv4Address(packet[16:20])), packet[9], packet[length:])
    if kind == IPV6 and len(packet) > IPV6_HEADER:
        return _Ip(
            str(IPv6Address(packet[8:24])), str(IPv6Address(packet[24:40])), packet[6], packet[IPV6_HEADER:]
        )  # fmt: skip
    return None
