"""What FRR does not show as it shows the rest: forwarding, defaults, passwords and `line vty` are as the last good file has them."""

from __future__ import annotations

import signal
from collections.abc import Sequence

import pytest

from reloader.status import Phase, State, Verdict
from reloader.vty import Lines
from tests.frr.router import Router
from tests.frr.sidecar_faults import FIRST, HALF, NEXT, ends_well, settled
from tests.reloader.sidecar import Sidecar, digest

pytestmark = pytest.mark.frr

FAMILIES = ("ip", "ipv6")
TERMINAL = """\
password hunter2
enable password hunter3
line vty
 access-class vty
 ipv6 access-class vty6
 exec-timeout 5
 no login
exit
"""


def with_lines(content: str, lines: str) -> str:
    """A file with more lines at its top."""
    return content.replace("vrf red\n", f"{lines}vrf red\n", 1)


def forwards(router: Router, family: str) -> bool:
    """Whether the kernel forwards, as zebra says it."""
    said = router.cmd(f"show {family} forwarding").strip()
    assert said.endswith((" is on", " is off")), said
    return said.endswith(" is on")


def shown(router: Router, *words: str) -> set[str]:
    """The lines of any daemon with one of these words."""
    replies = Lines(router.vty_socket_dir / router.pathspace).ask(["enable", "show running-config"], 20.0)
    lines = {line.strip() for reply in replies.values() for line in reply.text.split("\n")}
    return {line for line in lines if set(words) & set(line.split())}


def terminal(router: Router) -> set[str]:
    """Passwords and what is in `line vty`."""
    found = shown(router, "password", "access-class", "exec-timeout", "login")
    return {line for line in found if not line.startswith("neighbor")}


def good(sidecar: Sidecar, content: str) -> None:
    """The file lands and is good."""
    last = sidecar.verdict(sidecar.put(content))
    assert last.verdict is Verdict.GOOD, last.message
    assert sidecar.status.state is State.IDLE


def rolled_back(sidecar: Sidecar, content: str) -> None:
    """The file lands and is taken back."""
    last = sidecar.verdict(sidecar.put(content))
    assert last.verdict is Verdict.ROLLED_BACK, last.message
    assert sidecar.status.state is State.IDLE


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("said", ["on", "off", "nothing"])
def test_forwarding_is_what_the_last_good_file_says(router: Router, family: str, said: str) -> None:
    """Of a file that says nothing it is what it was before."""
    line = {"on": f"{family} forwarding\n", "off": f"no {family} forwarding\n", "nothing": ""}[said]
    other = f"{family} forwarding\n" if said == "off" else f"no {family} forwarding\n"
    kept, bad = with_lines(FIRST, line), with_lines(HALF, other)
    with settled(router) as sidecar:
        if said != "nothing":
            good(sidecar, kept)
        assert forwards(router, family) == (said != "off")
        rolled_back(sidecar, bad)
        assert forwards(router, family) == (said != "off")
        good(sidecar, with_lines(FIRST, other + "ip route 10.9.0.0/24 blackhole\n"))
        assert forwards(router, family) == (said == "off")


def test_forwarding_that_a_line_typed_by_hand_ends_is_drift(router: Router) -> None:
    with settled(router, "--drift-check", "0.5", "--drift-repair") as sidecar:
        good(sidecar, with_lines(FIRST, "ip forwarding\n"))
        router.configure("no ip forwarding")
        sidecar.until(lambda _: "drift: delete: ip forwarding" in sidecar.log, "the drift")
        sidecar.until(lambda now: not now.drift.lines and forwards(router, "ip"), "the repair")


@pytest.mark.parametrize("engine", ["batch", "frr-reload"])
def test_forwarding_survives_a_sidecar_that_ends(router: Router, engine: str) -> None:
    """The next one knows what it was before the change, and the file is gone meanwhile."""
    with settled(router, "--engine", engine) as sidecar:
        sidecar.hold("apply")
        sidecar.put(with_lines(HALF, "no ip forwarding\nfrr defaults datacenter\n"))
        sidecar.wait_held()
        sidecar.release()
        sidecar.until(lambda now: now.phase is Phase.VERIFY or now.phase is Phase.ROLLBACK, "the change")
        sidecar.end(signal.SIGKILL)
        sidecar.put(FIRST.replace("! frrcompile: end\n", ""))
        sidecar.start(wait=False)
        sidecar.until(lambda now: now.state is State.IDLE and now.good_hash == digest(FIRST), "FRR to go back")
        assert forwards(router, "ip")
        assert shown(router, "defaults") == {"frr defaults traditional"}


@pytest.mark.parametrize("line", ["", "frr defaults traditional\n"])
def test_the_profile_of_defaults_is_taken_back(router: Router, line: str) -> None:
    with settled(router) as sidecar:
        if line:
            good(sidecar, with_lines(FIRST, line))
        rolled_back(sidecar, with_lines(HALF, "frr defaults datacenter\n"))
        assert shown(router, "defaults") == {"frr defaults traditional"}


@pytest.mark.parametrize("engine", ["batch", "frr-reload"])
def test_passwords_and_the_terminal_are_those_of_the_file(router: Router, engine: str) -> None:
    with settled(router, "--engine", engine) as sidecar:
        assert terminal(router) == set()
        rolled_back(sidecar, with_lines(HALF, TERMINAL))
        assert terminal(router) == set()
        good(sidecar, with_lines(FIRST, TERMINAL))
        wanted = {
            *("password hunter2", "enable password hunter3", "access-class vty", "ipv6 access-class vty6"),
            *("exec-timeout 5 0", "no login"),
        }
        assert terminal(router) == wanted
        rolled_back(sidecar, with_lines(HALF, "password other\n"))
        assert terminal(router) == wanted
        good(sidecar, with_lines(FIRST, "password other\nline vty\n access-class other\nexit\n"))
        assert terminal(router) == {"password other", "access-class other"}
        sidecar.put(FIRST)
        ends_well(sidecar, router, FIRST)
        assert terminal(router) == set()
        assert "hunter3" not in sidecar.status_file.read_text() + sidecar.log


def test_an_encrypted_password_counts_as_the_one_that_is_wanted(router: Router) -> None:
    encrypted = with_lines(FIRST, "service password-encryption\npassword hunter2\nenable password hunter3\n")
    with settled(router) as sidecar:
        good(sidecar, encrypted)
        before = terminal(router)
        assert all("password 8 " in line for line in before)
        good(sidecar, encrypted.replace("hunter2", "hunter4"))
        assert terminal(router).isdisjoint(line for line in before if line.startswith("password "))
        good(sidecar, with_lines(FIRST, "ip route 10.9.0.0/24 blackhole\n"))
        assert terminal(router) == set()


@pytest.mark.parametrize(
    "lines", [("log filter-text hunter9",), ("log immediate-mode",), ("password 8 LszsXKhW9Ek9s",)]
)
@pytest.mark.parametrize("engine", ["batch", "frr-reload"])
def test_what_frr_does_not_show_is_taken_back(router: Router, lines: Sequence[str], engine: str) -> None:
    with settled(router, "--engine", engine) as sidecar:
        sidecar.put(with_lines(FIRST.replace("64512", "64513"), "\n".join((*lines, "log unique-id", ""))))
        assert sidecar.verdict(sidecar.hash).verdict is Verdict.ROLLED_BACK
        router.load("service password-encryption\n", check=False)  # shows what was hidden
        assert terminal(router) == set()
        assert shown(router, "immediate-mode") == set()
        assert "hunter9" not in router.cmd("show logging filter-text")


@pytest.mark.parametrize(
    "line", ["service cputime-warning 1000\nservice walltime-warning 10000\n", "no service walltime-warning\n"]
)
def test_a_threshold_of_warnings_goes_back_to_its_default(router: Router, line: str) -> None:
    """8.4.4 shows another number than it was given, and does not take `no` alone: the file is rolled back there."""
    takes = good if not router.installation.version.startswith("8.") else rolled_back
    with settled(router) as sidecar:
        takes(sidecar, with_lines(FIRST, line))
        good(sidecar, NEXT)
        assert shown(router, "cputime-warning", "walltime-warning") == set()
