"""NICs that NetworkManager, systemd-networkd or a DHCP client manages: they would change a NIC again after it was moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_DHCP_CLIENTS = ("dhclient", "dhcpcd", "udhcpc")


def managed(name: str, number: int, root: Path = Path("/")) -> str | None:
    """Who manages a NIC, and how it is released, in one sentence; None where nothing does. `root` has /run and /proc."""
    if re.search(r"^managed=(true|1)", _text(root / f"run/NetworkManager/devices/{number}"), re.MULTILINE):
        return (
            f"NetworkManager manages {name}; release it with /etc/NetworkManager/conf.d/90-frrcompile-{name}.conf: "
            f"`[keyfile]` and `unmanaged-devices=interface-name:{name}`, then `nmcli general reload`"
        )
    state = re.search(r"^ADMIN_STATE=(\S+)", _text(root / f"run/systemd/netif/links/{number}"), re.MULTILINE)
    if state and state[1] not in ("unmanaged", "linger"):
        return (
            f"systemd-networkd manages {name}; release it with /etc/systemd/network/00-frrcompile-{name}.network: "
            f"`[Match]`, `Name={name}`, `[Link]` and `Unmanaged=yes`, then `networkctl reload`"
        )
    for client, pid in _dhcp_clients(name, root / "proc"):
        return f"the DHCP client {client} (process {pid}) manages {name}; stop it, and give {name} a static address"
    return None


def _dhcp_clients(name: str, proc: Path) -> Iterator[tuple[str, str]]:
    for path in proc.glob("[0-9]*/cmdline"):
        words = _text(path).split("\0")
        program = Path(words[0]).name
        if program in _DHCP_CLIENTS and (name in words[1:] or words[1:] == [""] or not words[1:]):
            yield program, path.parent.name


def _text(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
