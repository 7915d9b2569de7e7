"""The sidecar beside a real FRR, in every version: what lands, what is refused, and what FRR has afterwards."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Iterator

import pytest

from reloader.status import Boot, Phase, State, Status, Verdict
from tests.frr.router import Router
from tests.reloader.sidecar import Sidecar, digest, until

pytestmark = pytest.mark.frr

NODE = """\
! frrcompile: node-0
vrf red
 vni 100
exit-vrf
!
router bgp 64514
 no bgp ebgp-requires-policy
 no bgp default ipv4-unicast
 neighbor 192.168.11.2 remote-as 64512
 neighbor 192.168.11.2 password hunter2
 !
 address-family ipv4 unicast
  neighbor 192.168.11.2 activate
 exit-address-family
 !
 address-family l2vpn evpn
  neighbor 192.168.11.2 activate
  advertise-all-vni
 exit-address-family
exit
!
! frrcompile: end
"""
NEXT = NODE.replace("vrf red\n vni 100\n", "vrf red\n vni 100\n ip route 10.9.0.0/24 blackhole\n")
OTHER = NODE.replace(
    "no bgp default ipv4-unicast\n", "no bgp default ipv4-unicast\n neighbor 192.168.11.4 remote-as 64513\n"
)
SLACK = 3.0  # seconds, for a machine that has other things to do
LOCK = "configure terminal file-lock"


@pytest.fixture
def sidecar(router: Router) -> Iterator[Sidecar]:
    """A sidecar with nothing offered yet."""
    with Sidecar(router) as running:
        yield running


def settled(sidecar: Sidecar, content: str = NODE) -> None:
    """Brings FRR to `content` through the sidecar."""
    assert sidecar.verdict(sidecar.put(content)).verdict in (Verdict.GOOD, Verdict.UNCHANGED), sidecar.log


def settled_with_mgmtd(sidecar: Sidecar, router: Router, content: str) -> None:
    """As `settled`, after a duplicate VNI: 10.3's mgmtd may end on an assertion about it, and is started anew then."""
    sidecar.put(content)

    def good(now: Status) -> bool:
        if "mgmtd" in router.daemons and "mgmtd" not in router.pids:
            router.start("mgmtd")
        return now.state is State.IDLE and now.good_hash == digest(content)

    sidecar.until(good, "the good file to be applied")


def test_a_good_file_lands(sidecar: Sidecar, router: Router) -> None:
    first = sidecar.status.last
    assert first is not None
    assert (first.verdict, first.phase, first.hash) == (Verdict.REFUSED, Phase.GATE, None)
    assert "does not exist" in first.message
    last = sidecar.verdict(sidecar.put(NODE))
    assert (last.verdict, last.phase, last.residual) == (Verdict.GOOD, Phase.VERIFY, ())
    assert router.judge(NODE) == []
    status = sidecar.status
    assert (status.state, status.boot_file) == (State.IDLE, Boot.NONE)
    assert status.good_hash == status.offered_hash == digest(NODE)
    assert status.frr.version == router.installation.version
    assert status.frr.daemons == dict.fromkeys(router.pids, "up")
    settled(sidecar, NEXT)
    assert router.judge(NEXT) == []
    assert "hunter2" not in sidecar.log


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (NODE.replace("neighbor 192.168.11.2 remote", "neighbr 192.168.11.2 remote"), 9, 'does not know "neighbr'),
        (NODE[: len(NODE) // 2], NODE[: len(NODE) // 2].count("\n") + 1, "incomplete"),
        ("", None, "is empty"),
        ("!\n! nothing\n", None, "is empty"),
        (bytes(range(256)), 1, "NUL"),
        (b"\x7fELF\xff\xfe", 1, "not UTF-8"),
    ],
    ids=["syntax", "cut", "empty", "comments", "binary", "encoding"],
)
def test_a_broken_file_changes_nothing_and_the_next_good_one_lands(
    sidecar: Sidecar, router: Router, content: str | bytes, line: int | None, words: str
) -> None:
    settled(sidecar)
    before = router.running()
    last = sidecar.verdict(sidecar.put(content))
    assert (last.verdict, last.phase, last.line) == (Verdict.REFUSED, Phase.GATE, line)
    assert words in last.message
    assert "Nothing was changed in FRR." in last.message
    assert router.running() == before
    assert sidecar.status.state is State.IDLE
    assert sidecar.status.good_hash == digest(NODE)
    settled(sidecar, NEXT)
    assert router.judge(NEXT) == []


def tenants(names: range) -> str:
    """NODE with VRFs that have an L3VNI and a BGP instance each."""
    vrfs = "".join(f"vrf tenant{n}\n vni {n}\nexit-vrf\n!\n" for n in names)
    instances = "".join(f"router bgp 64514 vrf tenant{n}\n no bgp ebgp-requires-policy\nexit\n!\n" for n in names)
    return NODE.replace("router bgp", f"{vrfs}router bgp", 1).replace(
        "! frrcompile: end", f"{instances}! frrcompile: end"
    )


def test_many_l3vnis_and_their_instances_go_in_one_program_for_each_owner_and_one_for_the_rest(
    sidecar: Sidecar, router: Router
) -> None:
    settled(sidecar, tenants(range(1000, 1030)))
    before = len(sidecar.changes)
    settled(sidecar, tenants(range(1000, 1002)))
    changes = sidecar.changes[before:]
    owners = [name for name in ("zebra", "mgmtd") if name in router.daemons]
    assert [one.partition(" -d ")[2].split()[:1] for one in changes] == [*([owner] for owner in owners), []]
    assert router.judge(tenants(range(1000, 1002))) == []


LISTS = {
    "in place": (
        ["ip prefix-list a seq 10 permit 10.244.0.0/16 le 25", "bgp community-list standard b seq 5 permit 65000:1"],
        ["ip prefix-list a seq 10 deny 10.0.0.0/8 ge 18", "bgp community-list standard b seq 5 deny 65000:2 no-export"],
    ),
    "swapped": (
        ["ip prefix-list a seq 5 permit 10.1.0.0/16", "ip prefix-list a seq 10 deny 10.2.0.0/16"],
        ["ip prefix-list a seq 5 deny 10.2.0.0/16", "ip prefix-list a seq 10 permit 10.1.0.0/16"],
    ),
    "renumbered": (
        ["ipv6 access-list a seq 5 permit 2001:db8::/32", "bgp as-path access-list b seq 5 permit ^65000$"],
        ["ipv6 access-list a seq 9 permit 2001:db8::/32", "bgp as-path access-list b seq 9 permit ^65000$"],
    ),
    "exact-match": (
        ["access-list a seq 5 permit 10.0.0.0/8 exact-match", "ipv6 access-list b seq 5 permit 2001:db8::/32"],
        ["access-list a seq 5 permit 10.0.0.0/8", "ipv6 access-list b seq 5 permit 2001:db8::/32 exact-match"],
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_entries_of_lists_are_replaced_at_once(sidecar: Sidecar, router: Router, name: str) -> None:
    """A second program would mean that the list lacked an entry until then."""
    old, new = (NODE.replace("router bgp", "\n".join((*entries, "!", "router bgp")), 1) for entries in LISTS[name])
    settled(sidecar, old)
    for content in (new, old):
        before = len(sidecar.changes)
        settled(sidecar, content)
        assert len(sidecar.changes) == before + 1
        assert router.judge(content) == []


def test_an_rd_comes_back(sidecar: Sidecar, router: Router) -> None:
    """As it does in each rollback to a file that has it."""
    without = tenants(range(1000, 1001)).replace(
        "requires-policy\nexit",
        "requires-policy\n address-family l2vpn evpn\n  advertise ipv4 unicast\n exit-address-family\nexit",
    )
    own = without.replace("  advertise ipv4", "  rd 10.0.0.1:103\n  advertise ipv4")
    assert own != without
    for content in (own, without, own):
        settled(sidecar, content)
        assert router.judge(content) == []


def test_a_removed_file_changes_nothing(sidecar: Sidecar, router: Router) -> None:
    settled(sidecar)
    before = router.running()
    (sidecar.offered / "frr.conf").unlink()
    assert sidecar.verdict(None).verdict is Verdict.REFUSED
    assert router.running() == before
    runs = sidecar.runs
    assert sidecar.verdict(sidecar.put(NODE)).verdict is Verdict.UNCHANGED
    assert sidecar.runs == runs


def test_the_same_content_runs_nothing(sidecar: Sidecar) -> None:
    settled(sidecar)
    runs = sidecar.runs
    for _ in range(3):
        assert sidecar.next_verdict_on(NODE).verdict is Verdict.UNCHANGED
    assert sidecar.runs == runs


FAULTS = {
    "duplicate VNI": ("exit-vrf\n!\nrouter bgp", "exit-vrf\n!\nvrf blue\n vni 100\nexit-vrf\n!\nrouter bgp", 7, "100"),
    "second AS": (
        "exit\n!\n! frr",
        "exit\n!\nrouter bgp 64515\n neighbor 10.0.0.1 remote-as 1\nexit\n! frr",
        22,
        "64514",
    ),
    "activate without remote-as": (" neighbor 192.168.11.2 remote-as 64512\n", "", 9, "Specify remote-as"),
}


@pytest.mark.deep
@pytest.mark.parametrize("fault", FAULTS)
def test_a_half_applied_file_is_rolled_back_and_the_next_good_one_lands(
    sidecar: Sidecar, router: Router, fault: str
) -> None:
    old, new, line, words = FAULTS[fault]
    settled(sidecar)
    bad = NODE.replace(old, new)
    assert bad != NODE
    last = sidecar.verdict(sidecar.put(bad))
    assert last.residual
    assert all(item.startswith(("add: ", "delete: ")) for item in last.residual)
    assert "hunter2" not in sidecar.status_file.read_text() + sidecar.log
    assert sidecar.status.good_hash == digest(NODE)
    assert words in last.message
    if set(router.daemons) <= set(router.pids):  # 10.3's mgmtd may be gone by now, and its lines with it
        assert (last.verdict, last.phase, last.line) == (Verdict.ROLLED_BACK, Phase.VERIFY, line)
        assert sidecar.status.state is State.IDLE
        assert router.judge(NODE) == []
        # It is tried again only when somebody asks.
        checks = sidecar.checks
        sidecar.put(bad)
        sidecar.put(NEXT)
        assert sidecar.verdict(digest(NEXT)).verdict is Verdict.GOOD
        assert sidecar.checks == checks + 1
        settled(sidecar)
        # Whoever repairs it by hand is not stopped by what was refused before.
        router.configure("ip route 10.8.0.0/24 blackhole")
    settled_with_mgmtd(sidecar, router, NEXT)
    assert router.judge(NEXT) == []


@pytest.mark.deep
@pytest.mark.parametrize("fault", FAULTS)
def test_the_linter_refuses_what_would_be_half_applied(router: Router, fault: str) -> None:
    old, new, line, _ = FAULTS[fault]
    with Sidecar(router, lint=True) as sidecar:
        settled(sidecar)
        before = router.running()
        last = sidecar.verdict(sidecar.put(NODE.replace(old, new)))
        assert (last.verdict, last.phase, last.line) == (Verdict.REFUSED, Phase.GATE, line)
        assert "(FRR" in last.message
        assert router.running() == before


@pytest.mark.deep
def test_what_somebody_else_was_refused_does_not_stop_a_good_file(sidecar: Sidecar, router: Router) -> None:
    settled(sidecar)
    router.load("vrf blue\n vni 100\nexit-vrf\n", check=False)
    settled_with_mgmtd(sidecar, router, NEXT)
    assert router.judge(NEXT) == []


def test_a_configmap_swap_lands(router: Router) -> None:
    sidecar = Sidecar(router, "--poll", "1000")  # only an event can tell

    def swap(version: str, content: str) -> None:
        inner = sidecar.offered / f"..{version}"
        inner.mkdir()
        (inner / "frr.conf").write_text(content)
        (sidecar.offered / "..data_tmp").symlink_to(inner.name)
        (sidecar.offered / "..data_tmp").rename(sidecar.offered / "..data")

    swap("v1", NODE)
    (sidecar.offered / "frr.conf").symlink_to("..data/frr.conf")
    with sidecar:
        assert sidecar.verdict(digest(NODE)).verdict is Verdict.GOOD
        swap("v2", NEXT)
        assert sidecar.verdict(digest(NEXT)).verdict is Verdict.GOOD
    assert router.judge(NEXT) == []


@pytest.mark.deep
def test_what_lands_during_a_reload_is_next_and_the_newest_wins(router: Router) -> None:
    with Sidecar(router, "--poll", "1000") as sidecar:
        settled(sidecar)
        sidecar.hold()
        sidecar.put(NEXT)
        sidecar.wait_held()
        sidecar.put(NODE.replace("64512", "64999"))
        sidecar.put(OTHER)
        assert sidecar.status.state is State.RELOADING
        sidecar.release()
        assert sidecar.verdict(digest(OTHER)).verdict is Verdict.GOOD
        assert router.judge(OTHER) == []
        goods = [line for line in sidecar.log.splitlines() if " good: " in line]
        assert [digest(text)[:12] in line for text, line in zip((NODE, NEXT, OTHER), goods, strict=True)] == [True] * 3


@pytest.mark.deep
def test_the_boot_file_is_what_was_verified(router: Router) -> None:
    boot_file = router.conf_dir / router.pathspace / "frr.conf"
    booted = boot_file.read_text()
    with Sidecar(router, "--boot-file", boot_file) as sidecar:
        sidecar.hold()
        sidecar.put(NODE)
        sidecar.wait_held()
        assert boot_file.read_text() == booted
        sidecar.release()
        assert sidecar.verdict(digest(NODE)).verdict is Verdict.GOOD
        assert boot_file.read_text() == NODE
        assert boot_file.stat().st_uid == router.installation.uid
        assert sidecar.status.boot_file is Boot.OWN
        old, new, _, _ = FAULTS["second AS"]
        for bad in (NODE[:-30], NODE.replace(old, new)):
            assert sidecar.verdict(sidecar.put(bad)).verdict in (Verdict.REFUSED, Verdict.ROLLED_BACK)
            assert boot_file.read_text() == NODE
        router.restart()
        assert router.judge(NODE) == []


@pytest.mark.deep
def test_a_shared_boot_file_is_only_read(router: Router) -> None:
    directory = router.conf_dir / router.pathspace
    with Sidecar(router, "--config-dir", router.conf_dir, watch=directory) as sidecar:
        sidecar.verdict(digest("!\n"))
        settled(sidecar)
        assert sidecar.status.boot_file is Boot.SHARED
        assert (directory / "frr.conf").read_text() == NODE
        assert sorted(path.name for path in directory.iterdir()) == ["frr.conf", "vtysh.conf"]


@pytest.mark.deep
def test_a_dead_daemon_is_waited_for(sidecar: Sidecar, router: Router) -> None:
    settled(sidecar)
    router.kill("bgpd")
    last = sidecar.verdict(sidecar.put(NEXT))
    assert last.verdict is Verdict.REFUSED
    assert last.message.startswith("bgpd does not run, and the file needs it.")
    assert "blackhole" not in router.running()
    waiting = sidecar.until(lambda now: now.state is State.WAITING, "the state waiting-for-frr")
    assert waiting.frr.daemons["bgpd"] == "down"
    router.start("bgpd")
    sidecar.until(lambda now: now.last is not None and now.last.verdict is Verdict.GOOD, "the file to be applied")
    assert router.judge(NEXT) == []


@pytest.mark.deep
def test_an_frr_that_is_started_anew_gets_its_configuration_back(sidecar: Sidecar, router: Router) -> None:
    settled(sidecar)
    for name in router.pids:
        router.kill(name)
    waiting = sidecar.until(lambda now: now.state is State.WAITING, "the state waiting-for-frr")
    assert waiting.frr.daemons == dict.fromkeys(router.daemons, "down")
    router.start(*router.daemons)  # without reading any configuration
    # From here on it never says that all is well before it is.
    sidecar.until(lambda now: now.state is State.IDLE, "the file to be applied")
    assert sidecar.verdict(digest(NODE)).verdict is Verdict.GOOD
    assert router.judge(NODE) == []


@pytest.mark.deep
def test_an_frr_that_is_started_anew_under_a_refused_file_gets_the_last_good_one(
    sidecar: Sidecar, router: Router
) -> None:
    settled(sidecar)
    refused = sidecar.verdict(sidecar.put("foo\n"))
    assert refused.verdict is Verdict.REFUSED
    assert sidecar.status.state is State.IDLE
    router.kill("bgpd")
    sidecar.until(lambda now: now.state is not State.IDLE, "the state to change")
    router.start("bgpd")
    sidecar.until(lambda now: now.state is State.IDLE, "the last good file to be applied")
    assert router.judge(NODE) == []
    assert sidecar.status.last == refused


@pytest.mark.deep
def test_a_stopped_daemon_hangs_nobody(sidecar: Sidecar, router: Router) -> None:
    settled(sidecar)
    router.kill("bgpd", signal.SIGSTOP)
    last = sidecar.verdict(sidecar.put(NEXT))
    assert last.verdict is Verdict.REFUSED
    assert last.message.startswith("bgpd does not answer")
    router.kill("bgpd", signal.SIGCONT)
    sidecar.until(lambda now: now.last is not None and now.last.verdict is Verdict.GOOD, "the file to be applied")
    assert router.judge(NEXT) == []


@pytest.mark.deep
def test_a_daemon_that_stops_in_mid_reload_hangs_nobody(router: Router) -> None:
    with Sidecar(router, "--step-timeout", "6") as sidecar:
        settled(sidecar)
        sidecar.hold()
        sidecar.put(NEXT)
        sidecar.wait_held()
        router.kill("bgpd", signal.SIGSTOP)
        sidecar.release()
        last = sidecar.verdict(digest(NEXT))
        assert (last.verdict, last.phase) == (Verdict.FAILED, Phase.APPLY)
        assert "did not finish within 6 s" in last.message
        assert "bgpd does not answer" in last.message
        router.kill("bgpd", signal.SIGCONT)
        sidecar.until(lambda now: now.last is not None and now.last.verdict is Verdict.GOOD, "the file to be applied")
        assert router.judge(NEXT) == []


@pytest.mark.deep
def test_sigterm_ends_it_and_a_restarted_one_knows_what_was_good(sidecar: Sidecar, router: Router) -> None:
    settled(sidecar)
    assert sidecar.end() == 0
    assert "SIGTERM" in sidecar.log
    before = router.running()
    sidecar.start()
    last = sidecar.verdict(digest(NODE))
    assert (last.verdict, last.phase) == (Verdict.UNCHANGED, Phase.VERIFY)
    assert router.running() == before
    assert sidecar.end(signal.SIGINT) == 0
    assert not list((sidecar.home / "state").glob("look-*"))


@pytest.mark.deep
def test_sigterm_in_mid_apply_ends_it_with_a_note_and_the_next_one_goes_on(sidecar: Sidecar, router: Router) -> None:
    settled(sidecar)
    sidecar.hold()
    sidecar.put(NEXT)
    sidecar.wait_held()
    began = time.monotonic()
    assert sidecar.end() == 0
    assert time.monotonic() - began < 2 + SLACK
    last = sidecar.verdict(digest(NEXT))
    assert (last.verdict, last.phase) == (Verdict.FAILED, Phase.APPLY)
    assert "was told to end" in last.message
    assert sidecar.status.state is State.DEGRADED
    note = json.loads((sidecar.home / "state" / "journal.json").read_text())["doing"]
    assert note["hash"] == digest(NEXT)
    sidecar.release()
    sidecar.start(wait=False)
    assert sidecar.verdict(digest(NEXT)).verdict is Verdict.GOOD
    assert router.judge(NEXT) == []
    assert json.loads((sidecar.home / "state" / "journal.json").read_text())["doing"] is None


@pytest.mark.deep
def test_sighup_tries_a_refused_file_again(sidecar: Sidecar) -> None:
    refused = sidecar.verdict(sidecar.put("foo\n"))
    checks = sidecar.checks
    sidecar.put("foo\n")
    sidecar.put("bar\n")
    assert sidecar.verdict(digest("bar\n")).verdict is Verdict.REFUSED
    assert sidecar.checks == checks + 1  # foo was not tried again
    sidecar.process.send_signal(signal.SIGHUP)
    sidecar.until(lambda now: now.last is not None and now.last.started > refused.started, "another try")
    sidecar.until(lambda _: sidecar.checks == checks + 2, "another check")


def test_once_status_and_wait_have_exit_codes(router: Router) -> None:
    sidecar = Sidecar(router, "--once")
    sidecar.put(NODE)
    with sidecar:
        assert sidecar.process.wait(timeout=60) == 0
        assert sidecar.ask("status").returncode == 1  # no sidecar runs: what FRR has since then is not known
        assert sidecar.ask("wait", "--timeout", "0.5").returncode == 3
        assert sidecar.ask("wait", "--hash", digest(NODE), "--timeout", "0.5").returncode == 3
        sidecar.put("interfce lo\n")
        sidecar.start()
        assert sidecar.process.wait(timeout=60) == 1
        assert sidecar.ask("status").returncode == 1
        answer = sidecar.ask("wait", "--hash", digest("interfce lo\n"), "--timeout", "30")
        assert answer.returncode == 1
        assert 'line 1: FRR does not know "interfce lo" here' in answer.stdout
        assert sidecar.ask("wait", "--hash", digest(NODE), "--timeout", "0.5").returncode == 3
        router.kill("bgpd", signal.SIGSTOP)
        sidecar.put("interfce lo\n")
        sidecar.start()
        assert sidecar.process.wait(timeout=60) == 1  # it waits for nobody
        router.kill("bgpd", signal.SIGCONT)


@pytest.mark.deep
def test_a_locked_configuration_is_waited_for(sidecar: Sidecar, router: Router) -> None:
    if "mgmtd" not in router.daemons:
        pytest.skip("only mgmtd has a lock")
    settled(sidecar)
    options = ("--vty_socket", str(router.vty_socket_dir), "-N", router.pathspace)
    with subprocess.Popen(
        [str(router.vtysh_path), *options], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as other:
        stdin = other.stdin
        assert stdin is not None

        def locked() -> bool:
            """Asking takes the lock for a moment, so that the other session may have to try again."""
            stdin.write(f"{LOCK}\n".encode())
            stdin.flush()
            return "locked by another session" in router.vtysh("-c", LOCK, check=False)

        until(locked, "the lock")
        before = router.running()
        last = sidecar.verdict(sidecar.put(NEXT))
        assert last.verdict is Verdict.REFUSED
        assert "another session has locked FRR's configuration" in last.message
        assert router.running() == before
        other.kill()
    sidecar.until(lambda now: now.last is not None and now.last.verdict is Verdict.GOOD, "the file to be applied")
    assert router.judge(NEXT) == []


@pytest.mark.deep
def test_an_allowed_empty_file_removes_all(router: Router) -> None:
    with Sidecar(router, "--allow-empty") as sidecar:
        settled(sidecar)
        settled(sidecar, "")
        assert "router bgp" not in router.running()


@pytest.mark.deep
@pytest.mark.every_version
def test_a_bfd_value_goes_back_to_its_default(sidecar: Sidecar, router: Router) -> None:
    """FRR 8.4 has no `no receive-interval`, and its frr-reload.py leaves it: the profile is made anew."""
    profile = "bfd\n profile fast\n  detect-multiplier 2\n  receive-interval 50\n exit\nexit\n!\n"
    with_profile = NODE.replace("router bgp", f"{profile}router bgp", 1).replace(
        " !\n address-family ipv4",
        " neighbor 192.168.11.2 bfd\n neighbor 192.168.11.2 bfd profile fast\n !\n address-family ipv4",
    )
    settled(sidecar, with_profile)
    without = with_profile.replace("  receive-interval 50\n", "")
    settled(sidecar, without)
    assert router.judge(without) == []
    settled(sidecar, with_profile)
    settled(sidecar, NODE)
    assert router.judge(NODE) == []
