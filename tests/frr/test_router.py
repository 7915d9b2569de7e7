"""The private FRR itself: it starts, it answers, and it says what is wrong."""

from __future__ import annotations

import signal
import subprocess

import pytest

from tests.frr import vty
from tests.frr.installation import HOST, Installation
from tests.frr.node import NODE
from tests.frr.router import Router, RouterError


def test_answers_in_its_version(router: Router) -> None:
    assert set(router.pids) == set(router.daemons) >= {"zebra", "bgpd", "staticd", "bfdd"}
    assert ("mgmtd" in router.pids) == (int(router.installation.version.split(".")[0]) >= 9)
    assert router.cmd("show version").startswith(f"FRRouting {router.installation.version} (router)")
    assert router.judge("!\n") == []
    assert router.errors() == []


def test_forwards(router: Router) -> None:
    switches = ("/proc/sys/net/ipv4/ip_forward", "/proc/sys/net/ipv6/conf/all/forwarding")
    assert router.inside("cat", *switches).stdout == "1\n1\n"
    assert "LOOPBACK,UP" in router.inside("ip", "link", "show", "lo").stdout


def test_loads_and_judges(router: Router) -> None:
    router.load(NODE)
    assert "router bgp 64516 vrf red\n" in router.running()
    assert router.judge(NODE) == []
    assert router.judge(NODE.replace("  advertise-all-vni\n", "")) == [
        "delete: router bgp 64514 | address-family l2vpn evpn | no advertise-all-vni"
    ]
    assert router.judge(NODE.replace(" vni 100\n", " vni 100\n ip route 192.0.2.0/24 blackhole\n")) == [
        "add: vrf red | ip route 192.0.2.0/24 blackhole"
    ]


def test_boots_with_a_configuration(installation: Installation) -> None:
    with Router(installation, conf=NODE) as router:
        assert router.judge(NODE) == []
        before = router.pids
        router.restart()
        assert router.judge(NODE) == []
        assert not set(before.values()) & set(router.pids.values())


def test_reloads(router: Router) -> None:
    router.load(NODE)
    boot_file = router.conf_dir / router.pathspace / "frr.conf"
    booted = boot_file.read_bytes()
    wanted = NODE.replace("192.168.11.2", "192.168.11.3")
    assert router.reload(wanted).returncode == 0
    assert router.judge(wanted) == []
    assert boot_file.read_bytes() == booted, "frr-reload.py ran `vtysh write`"


def test_a_syntax_error_is_told_and_not_judged(router: Router) -> None:
    broken = "router bgp 64514\n nonsense\n"
    assert router.check(broken).returncode != 0
    with pytest.raises(RouterError, match="nonsense"):
        router.load(broken)
    assert any("line 2" in line and "nonsense" in line for line in router.judge(broken))
    assert any("empty" in line for line in router.judge(""))


def test_an_empty_vrf_is_harmless_and_one_with_content_is_not(router: Router) -> None:
    router.load("vrf red\nexit-vrf\n")
    assert router.judge("!\n") == []
    assert router.judge("vrf blue\nexit-vrf\n") == []
    router.load("vrf red\n vni 100\nexit-vrf\n")
    assert router.judge("!\n") != []


def test_a_daemon_dies_and_is_started_again(router: Router) -> None:
    router.load(NODE)
    router.kill("bgpd")
    assert "bgpd" not in router.pids
    assert any("router bgp 64514" in line for line in router.judge(NODE))
    router.start("bgpd")
    router.load(NODE)
    assert router.judge(NODE) == []


def test_no_daemon_is_started_twice(router: Router) -> None:
    before = router.pids
    with pytest.raises(RouterError, match="bgpd runs already"):
        router.start("bgpd")
    assert router.pids == before


def test_a_stopped_daemon_does_not_answer_until_it_goes_on(router: Router) -> None:
    socket = router.vty_socket_dir / router.pathspace / "bgpd.vty"
    router.kill("bgpd", signal.SIGSTOP)
    with pytest.raises(TimeoutError):
        vty.ask(socket, "show version", timeout=0.2)
    router.kill("bgpd", signal.SIGCONT)
    assert "FRRouting" in vty.ask(socket, "show version", timeout=10)


def test_two_routers_do_not_see_each_other(installation: Installation) -> None:
    with Router(installation) as one, Router(installation) as other:
        one.load(NODE)
        one.inside("ip", "link", "add", "name", "red", "type", "bridge")
        assert other.judge("!\n") == []
        assert other.inside("ip", "link", "show", "red").returncode != 0
        other.kill("bgpd")
        assert one.judge(NODE) == []


def test_its_programs_can_be_called_from_outside(router: Router) -> None:
    """As the sidecar does, with nothing but paths and names."""
    confdir = router.file(NODE).parent / "sidecar"
    (confdir / router.pathspace).mkdir(parents=True)
    (confdir / "frr.conf").write_text(NODE)
    space = ["--vty_socket", str(router.vty_socket_dir), "--pathspace", router.pathspace]
    options = ["--bindir", str(router.vtysh_path.parent), "--confdir", str(confdir), "--rundir", str(router.work)]
    reload = [str(router.frr_reload_path), "--reload", "--stdout", *options, *space, str(confdir / "frr.conf")]
    done = subprocess.run(reload, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert router.judge(NODE) == []
    shown = subprocess.check_output([router.vtysh_path, *space, "-c", "show running-config"], text=True)
    assert "router bgp 64516 vrf red" in shown


def test_the_hosts_own_vtysh_reaches_it_as_user_frr(router: Router) -> None:
    if router.installation.root != HOST:
        pytest.skip("user frr of another root is a stranger outside it")
    become = ["setpriv", "--reuid", "frr", "--regid", "frr", "--init-groups"]
    where = ["--config_dir", str(router.conf_dir), "--vty_socket", str(router.vty_socket_dir), "-N", router.pathspace]
    command = [*become, "vtysh", *where, "-c", "configure terminal", "-c", "route-map frr permit 10"]
    subprocess.run(command, check=True)
    assert "route-map frr permit 10" in router.running()


def test_check_and_nest_need_no_daemon(installation: Installation) -> None:
    assert installation.check(NODE).returncode == 0
    refused = installation.check("router bgp 64514\n nonsense\n")
    assert refused.returncode != 0
    assert "line 2" in refused.stdout + refused.stderr
    nested = installation.nest("vrf red\n vni 100\nrouter bgp 64514\n neighbor 192.0.2.1 remote-as external\n")
    assert [line.strip() for line in nested.stdout.splitlines()] == [
        *("vrf red", "vni 100", "exit"),
        *("router bgp 64514", "neighbor 192.0.2.1 remote-as external", "", "end"),
    ]
