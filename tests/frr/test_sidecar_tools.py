"""FRR's programs misbehave: no file is called good, none is refused for that, and it is tried again until they work."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from reloader.status import Last, Phase, State, Status, Verdict
from tests.frr.router import Router
from tests.frr.sidecar_faults import FIRST, NEXT
from tests.reloader.sidecar import Sidecar, digest

pytestmark = pytest.mark.frr

PLAIN = "\n".join(line for line in FIRST.split("\n") if not line.startswith("! frrcompile"))
GARBAGE = "head -c 3000 /dev/urandom; exit 0"
FAULTS = {
    "killed": "kill -9 $$",
    "silent": "exit 0",
    "exits 1 without a word": "exit 1",
    "random bytes": GARBAGE,
    "hangs": "sleep 600",
    "prints without end": "while :; do printf '%04000d\\n' 7; done",
}
EMPTY_LISTS = "printf 'Lines To Delete\\n===============\\n\\nLines To Add\\n============\\n'; exit 0"


@pytest.fixture
def sidecar(router: Router) -> Iterator[Sidecar]:
    """One that has brought FRR to FIRST."""
    found = Sidecar(router, "--step-timeout", "6")
    found.put(FIRST)
    with found:
        assert found.verdict(digest(FIRST)).verdict is Verdict.GOOD
        yield found


def undecided(sidecar: Sidecar, content: str) -> Last:
    """Offers `content` and waits for what came of two tries: no verdict on the file."""
    wanted = sidecar.put(content)

    def tried(now: Status) -> bool:
        assert not (now.last and now.last.hash == wanted and now.last.verdict in {Verdict.GOOD, Verdict.UNCHANGED})
        return now.last is not None and now.last.hash == wanted and "The next try is in 2 s" in now.last.message

    last = sidecar.until(tried, "a second try").last
    assert last is not None
    assert last.next_try is not None
    assert "This says nothing about the file." in last.message
    waited = sidecar.ask("wait", "--hash", wanted, "--timeout", "0.5")
    assert (waited.returncode, waited.stdout) == (3, "")
    return last


def recovers(sidecar: Sidecar, router: Router, content: str) -> None:
    """The programs work again: the file becomes good without anybody's doing."""
    sidecar.mend()
    sidecar.until(lambda now: now.good_hash == digest(content) and now.state is State.IDLE, "the file to become good")
    last = sidecar.status.last
    assert last is not None
    assert last.next_try is None
    assert router.judge(content) == []
    assert sidecar.ask("wait", "--hash", digest(content)).returncode == 0


@pytest.mark.parametrize("fault", FAULTS)
def test_vtysh_fails_to_check(router: Router, sidecar: Sidecar, fault: str) -> None:
    before = router.running()
    sidecar.spoil("vtysh", "check", FAULTS[fault])
    last = undecided(sidecar, NEXT)
    assert (last.verdict, last.phase) == (Verdict.REFUSED, Phase.GATE)
    assert last.message.startswith("vtysh -C ")
    assert sidecar.status.state is State.IDLE
    assert router.running() == before
    recovers(sidecar, router, NEXT)


@pytest.mark.parametrize("fault", [*FAULTS, "plausible and empty"])
def test_the_judge_fails_before_anything_is_changed(router: Router, sidecar: Sidecar, fault: str) -> None:
    before = router.running()
    sidecar.spoil("frr-reload.py", "compare", FAULTS.get(fault, EMPTY_LISTS))
    last = undecided(sidecar, NEXT)
    assert (last.verdict, last.phase) == (Verdict.REFUSED, Phase.PLAN)
    assert "frr-reload.py --test" in last.message
    assert router.running() == before
    recovers(sidecar, router, NEXT)


@pytest.mark.parametrize("fault", ["killed", "silent", "plausible and empty"])
def test_the_judge_fails_after_the_change(router: Router, sidecar: Sidecar, fault: str) -> None:
    """FRR has the file, and nobody can see that: the sidecar says so, and takes nothing back."""
    sidecar.hold("apply")
    sidecar.put(NEXT)
    sidecar.wait_held()
    sidecar.spoil("frr-reload.py", "compare", FAULTS.get(fault, EMPTY_LISTS))
    sidecar.release()
    unsure = sidecar.until(lambda now: now.last is not None and now.last.hash == digest(NEXT), "what came of it")
    assert unsure.last is not None
    assert (unsure.last.verdict, unsure.last.phase) == (Verdict.FAILED, Phase.VERIFY)
    assert unsure.last.message.startswith("What FRR has now is not known: frr-reload.py --test failed")
    assert unsure.last.next_try
    assert unsure.state is State.DEGRADED
    assert "remote-as 64999" in router.running()
    assert sidecar.ask("wait", "--hash", digest(NEXT), "--timeout", "0.5").returncode == 3
    recovers(sidecar, router, NEXT)


@pytest.mark.parametrize("kind", ["mark", "show"])
@pytest.mark.parametrize("fault", ["silent", "killed"])
def test_vtysh_fails_below_the_judge(router: Router, sidecar: Sidecar, kind: str, fault: str) -> None:
    """frr-reload.py takes a silent vtysh for a file, or an FRR, without any configuration."""
    before = router.running()
    sidecar.spoil("vtysh", kind, FAULTS[fault])
    undecided(sidecar, NEXT)
    assert router.running() == before
    recovers(sidecar, router, NEXT)


def test_vtysh_shows_a_part_of_what_frr_runs(router: Router, sidecar: Sidecar) -> None:
    """The offered file is what vtysh shows, and FRR has more: an empty list of differences is not believed."""
    router.configure("ip prefix-list beyond seq 5 permit 10.0.0.0/8")
    sidecar.spoil("vtysh", "show", f'{router.vtysh_path} "$@" | grep -v beyond; exit 0')
    changed = FIRST.replace("! frrcompile: node-0", "! frrcompile: node-1")
    last = undecided(sidecar, changed)
    assert 'does not show "ip prefix-list beyond seq 5 permit 10.0.0.0/8", which ' in last.message
    sidecar.mend()
    sidecar.until(lambda now: now.good_hash == digest(changed), "the file to become good")
    assert "beyond" not in router.running()


def test_a_block_without_a_line_is_nothing_that_vtysh_must_show(router: Router, sidecar: Sidecar) -> None:
    """mgmtd 10.3 shows the empty block of an interface, and vtysh does not."""
    content = PLAIN.replace("vrf red\n", "interface lo\nexit\ninterface eth9\nexit\nvrf red\n", 1)
    last = sidecar.verdict(sidecar.put(content))
    assert last.verdict in {Verdict.GOOD, Verdict.UNCHANGED}, last.message
    router.load("interface lo\n description x\nexit\n")
    router.load("interface lo\n no description\nexit\n")
    last = sidecar.verdict(sidecar.put(f"{PLAIN}! another\n"))
    assert last.verdict in {Verdict.GOOD, Verdict.UNCHANGED}, last.message
    assert sidecar.status.state is State.IDLE


def test_vtysh_does_nothing_at_all(router: Router, sidecar: Sidecar) -> None:
    before = router.running()
    for kind in ("check", "mark", "show", "apply", "other"):
        sidecar.spoil("vtysh", kind, "exit 0")
    undecided(sidecar, NEXT)
    assert router.running() == before
    recovers(sidecar, router, NEXT)


@pytest.mark.parametrize("fault", ["killed", "exits 1 without a word"])
def test_vtysh_fails_to_apply(router: Router, sidecar: Sidecar, fault: str) -> None:
    """What it had is brought back, and the file is tried again: the second time it works."""
    once = sidecar.home / "once"
    sidecar.spoil("vtysh", "apply", f"[ -e {once} ] || {{ : >{once}; {FAULTS[fault]}; }}")
    sidecar.put(NEXT)
    sidecar.until(lambda now: now.good_hash == digest(NEXT) and now.state is State.IDLE, "the file to become good")
    assert router.judge(NEXT) == []
    assert "vtysh -f failed: " in sidecar.log


def test_a_file_during_which_vtysh_fails_again_and_again_is_not_tried_for_ever(
    router: Router, sidecar: Sidecar
) -> None:
    """It may be the file that ends vtysh, and each try changes FRR."""
    sidecar.spoil("vtysh", "apply", f"grep -qs 64999 $(ls -t {sidecar.home}/state/look-*/batch.conf) && kill -9 $$")
    sidecar.put(NEXT)
    last = sidecar.until(
        lambda now: (
            now.last is not None
            and now.last.hash == digest(NEXT)
            and not now.last.next_try
            and now.state is not State.RELOADING
        ),
        "a last word",
    ).last
    assert last is not None
    assert last.verdict is Verdict.ROLLED_BACK
    assert "killed by signal 9" in last.message
    assert router.judge(FIRST) == []
    assert sidecar.ask("wait", "--hash", digest(NEXT)).returncode == 1


@pytest.mark.parametrize("name", ["vtysh", "frr-reload.py"])
@pytest.mark.parametrize("fault", ["missing", "not executable", "no program"])
def test_a_program_that_cannot_be_started(router: Router, sidecar: Sidecar, name: str, fault: str) -> None:
    program = sidecar.home / "bin" / name
    kept = program.read_bytes()
    if fault == "missing":
        program.unlink()
    elif fault == "not executable":
        program.chmod(0o644)
    else:
        program.write_bytes(os.urandom(64))
    last = undecided(sidecar, NEXT)
    assert last.verdict is Verdict.REFUSED
    program.write_bytes(kept)
    program.chmod(0o755)
    recovers(sidecar, router, NEXT)


def test_what_vtysh_would_carry_out_never_reaches_it(router: Router, sidecar: Sidecar) -> None:
    """Not with --no-lint, as here, and not through a comment that excuses it."""
    ran = sidecar.runs
    opened = router.work / "files" / "opened"
    for line in (
        f"output file {opened}",
        f"interface lo\n o f {opened}",
        "quit\nwrite memory",
        "find .",
        "clear",
        "do hunter2",
    ):
        wanted = sidecar.put(f"! frrcompile: ignore-file[FRR117, FRR118, FRR119]\n{PLAIN}{line}\n")
        last = sidecar.verdict(wanted)
        assert (last.verdict, last.phase, last.next_try) == (Verdict.REFUSED, Phase.GATE, None)
        assert "vtysh carries out" in last.message
        assert "hunter2" not in last.message
        assert sidecar.ask("wait", "--hash", wanted).returncode == 1
    assert sidecar.runs == ran
    assert not opened.exists()


ACTIONS = (
    "mgmt edit create /frr-vrf:lib/vrf[name='evil'] json lock commit {}",
    "mgmt set-config /ietf-key-chain:key-chains/key-chain[name='a']/key[key-id='1']/key-string/keystring hunter2",
    "mgmt load-config /tmp/evil.json merge",
    "test es 03:44:38:39:ff:ff:01:00:00:01",
    "rpki reset",
    "route-map pods optimization",
)


def test_what_is_no_configuration_never_reaches_frr(router: Router, sidecar: Sidecar) -> None:
    """A daemon would carry it out, and no rollback takes that back; or frr-reload.py could not compare the file."""
    before, ran = router.running(), sidecar.runs
    for line in ACTIONS:
        wanted = sidecar.put(f"{PLAIN}{line}\nip prefix-list pods seq 5 permit 10.0.0.0/8\n")
        last = sidecar.verdict(wanted)
        assert (last.verdict, last.phase, last.next_try) == (Verdict.REFUSED, Phase.GATE, None), line
        assert "hunter2" not in last.message
        assert "evil" not in last.message
    assert sidecar.runs == ran
    assert router.running() == before


def test_optimization_may_be_off_and_on_again(sidecar: Sidecar) -> None:
    """FRR shows `no route-map NAME optimization`; without that line it is on again."""
    pods = f"{PLAIN}route-map pods permit 10\nexit\n"
    off = "no route-map pods optimization\n"
    for content in (f"{pods}{off}", pods, f"{PLAIN}{off}", PLAIN + "log syslog\n"):
        wanted = sidecar.put(content)
        assert sidecar.verdict(wanted).verdict is Verdict.GOOD, content


WIPES = {
    "exit": "exit\n",
    "a name": "hostname node-0\n",
    "defaults": "frr defaults traditional\n",
    "a terminal": "password hunter2\nline vty\n no login\nexit\n",
    "an empty block": "bfd\nexit\n",
    "a shortened no": "no router bgp 64514\n",
    "carriage returns": "frr defaults traditional" + PLAIN.replace("\n", "\r") + "\n",
    "one carriage return": PLAIN.replace("64514\n", "64514\r", 1),
}


@pytest.mark.parametrize("what", WIPES)
def test_a_file_that_configures_nothing_changes_nothing(router: Router, sidecar: Sidecar, what: str) -> None:
    before, ran = router.running(), sidecar.runs
    last = sidecar.verdict(sidecar.put(WIPES[what]))
    assert (last.verdict, last.phase, last.next_try) == (Verdict.REFUSED, Phase.GATE, None), last.message
    assert sidecar.runs == ran
    assert router.running() == before
    assert "hunter2" not in sidecar.status_file.read_text() + sidecar.log


def test_an_exit_too_many_is_refused_without_a_linter(router: Router, sidecar: Sidecar) -> None:
    """vtysh reads no further, or ends, with exit code 0; behind the last command it does no harm."""
    for words in ("exit", "quit", "exit\nexit", "quit\nquit"):
        wanted = sidecar.put(f"{PLAIN}{words}\nip route 10.99.0.0/24 blackhole\n")
        last = sidecar.verdict(wanted)
        assert (last.verdict, last.phase, last.next_try) == (Verdict.REFUSED, Phase.GATE, None), last.message
        assert "exit" in last.message
    assert "10.99" not in router.running()
    for words in ("exit", "quit\n!\n", "end"):
        assert sidecar.verdict(sidecar.put(f"{PLAIN}{words}\n")).verdict in {Verdict.GOOD, Verdict.UNCHANGED}


def test_a_landed_file_cannot_excuse_itself(router: Router) -> None:
    """Nor can settings above the state directory, in a directory that others may write to perhaps."""
    sidecar = Sidecar(router, lint=True)
    (router.work / "pyproject.toml").write_text('[tool.frrcompile.lint]\nignore = ["FRR"]\n')
    wrong = PLAIN.replace(" vni 100\n", " vni 100\n!\n ip route 10.9.0.0/24 300.1.1.1\n")
    sidecar.put(f"! frrcompile: ignore-file[FRR1, FRR151]\n{wrong}")
    with sidecar:
        last = sidecar.verdict(sidecar.hash)
        assert last.verdict is Verdict.REFUSED
        assert "FRR151" in last.message
    operated = Sidecar(router, "--lint-ignore", "FRR151,FRR2xx", lint=True)
    with operated:
        assert "FRR151" not in str(operated.verdict(operated.hash).message)


def test_codes_that_do_not_exist_are_wrong_use(router: Router) -> None:
    sidecar = Sidecar(router, "--lint-ignore", "FRR999", lint=True)
    sidecar.start(wait=False)
    assert sidecar.process.wait(timeout=60) == 2
    assert "--lint-ignore: " in sidecar.log
