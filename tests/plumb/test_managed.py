"""NICs that a program of the host manages are named with what releases them."""

from __future__ import annotations

from pathlib import Path

from frrcompile.plumb.managed import managed


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)


def test_a_nic_that_nothing_manages(tmp_path: Path) -> None:
    assert managed("eth1", 3, tmp_path) is None
    write(tmp_path, "run/NetworkManager/devices/3", "[device]\nmanaged=false\n")
    write(tmp_path, "run/NetworkManager/devices/4", "[device]\nmanaged=true\n")
    write(tmp_path, "run/systemd/netif/links/3", "# private data\nADMIN_STATE=unmanaged\nOPER_STATE=routable\n")
    write(tmp_path, "proc/7/cmdline", "dhclient\0-4\0eth0\0")
    assert managed("eth1", 3, tmp_path) is None


def test_network_manager(tmp_path: Path) -> None:
    write(tmp_path, "run/NetworkManager/devices/3", "[device]\nnm-owned=0\nmanaged=true\n")
    said = managed("eth1", 3, tmp_path) or ""
    assert said.startswith("NetworkManager manages eth1; release it with /etc/NetworkManager/conf.d/")
    assert "unmanaged-devices=interface-name:eth1" in said


def test_networkd(tmp_path: Path) -> None:
    write(tmp_path, "run/systemd/netif/links/3", "# private data\nADMIN_STATE=configured\n")
    said = managed("eth1", 3, tmp_path) or ""
    assert said.startswith("systemd-networkd manages eth1; release it with /etc/systemd/network/")
    assert "`Unmanaged=yes`" in said


def test_dhcp_clients(tmp_path: Path) -> None:
    write(tmp_path, "proc/self/cmdline", "dhclient\0eth1\0")
    write(tmp_path, "proc/7/cmdline", "/sbin/dhclient\0-pf\0/run/x\0eth1\0")
    assert managed("eth1", 3, tmp_path) == (
        "the DHCP client dhclient (process 7) manages eth1; stop it, and give eth1 a static address"
    )
    assert managed("eth2", 4, tmp_path) is None
    write(tmp_path, "proc/8/cmdline", "dhcpcd\0")
    assert "dhcpcd (process 8) manages eth2" in (managed("eth2", 4, tmp_path) or "")
