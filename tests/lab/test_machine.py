"""The machine that labs run in: it does what a plan says, tells what went wrong, and ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.frr.installation import Installation
from tests.lab import machine, plan
from tests.lab.topology import Cable, Topology

pytestmark = pytest.mark.lab

REPOSITORY = Path(__file__).parents[2]

PAIR = Topology(
    hosts={
        "left": "addr add 192.0.2.1/24 dev eth0\nlink set eth0 up\n",
        "right": "addr add 192.0.2.2/24 dev eth0\nlink set eth0 up\n",
    },
    routers={},
    cables=(Cable("left", "eth0", "right", "eth0"),),
)


HELD = """
import sys
from pathlib import Path
from tests.frr.installation import Installation
from tests.lab import machine, plan
from tests.lab.test_machine import PAIR
begin = plan.Capture(name="begin", namespace="left", interface="lo", file="begun.pcap")
stay = plan.Run(name="stay", namespace="left", argv=("sleep", "600"), seconds=600)
machine.run([*PAIR.steps(), begin, stay], Path(sys.argv[1]))
"""


def command(*argv: str, expect: bool = True, seconds: float = 30) -> plan.Step:
    return plan.Run(name=" ".join(argv), namespace="left", argv=argv, expect=expect, seconds=seconds)


def processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*")]


def network(pid: int) -> int | None:
    """The number of a process's network namespace, None if the process has ended."""
    try:
        return Path(f"/proc/{pid}/ns/net").stat().st_ino
    except OSError:
        return None


def wait_until(holds: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("kernel", ["host", "uml"])
def test_two_hosts_ping_each_other(tmp_path: Path, kernel: str) -> None:
    steps = [
        *PAIR.steps(),
        plan.Capture(name="capture", namespace="right", interface="eth0", file="right.pcap"),
        command("ping", "-c", "3", "-i", "0.1", "192.0.2.2"),
        command("ping", "-c", "1", "-W", "1", "192.0.2.3", expect=False),
        plan.EndCapture(name="end of capture", file="right.pcap"),
    ]
    report = machine.run(steps, tmp_path, kernel=kernel)
    assert "3 received" in report["ping -c 3 -i 0.1 192.0.2.2"].text
    assert bytes([192, 0, 2, 1, 192, 0, 2, 2]) in (tmp_path / "right.pcap").read_bytes()


def test_frr_starts_on_the_hosts_own_kernel(tmp_path: Path, installation: Installation) -> None:
    """Where it has VRFs all labs run so; here it may have none."""
    good = plan.Router("left", installation.version, "router bgp 64512\n bgp router-id 192.0.2.1\n")
    bad = plan.Router("right", installation.version, "router bgp 64512\n nonsense\n")
    steps = [
        *PAIR.steps(),
        plan.Start(name="start", router=good),
        plan.Ask(name="ask", router="left", daemon="bgpd", command="show bgp summary json"),
        plan.Start(name="refused", router=bad, expect=False),
        plan.Stop(name="stop", router="left"),
        plan.Ask(name="ask again", router="left", daemon="bgpd", command="show version", expect=False),
    ]
    report = machine.run(steps, tmp_path, [installation], kernel="host")
    assert "nonsense" in report["refused"].text


def test_there_are_vrfs(tmp_path: Path) -> None:
    steps = [*PAIR.steps(), plan.Ip(name="vrf", namespace="left", batch="link add red type vrf table 10\n")]
    assert machine.run(steps, tmp_path)["vrf"].ok


def test_it_ends_at_a_surprise_and_tells_what_there_was(tmp_path: Path) -> None:
    steps = [*PAIR.steps(), command("ping", "-c", "1", "192.0.2.2", expect=False), command("true")]
    with pytest.raises(machine.LabError) as told:
        machine.run(steps, tmp_path)
    for part in ("step 'ping -c 1 192.0.2.2' succeeded", "1 received", "left: ip -batch", "inet 192.0.2.1/24"):
        assert part in str(told.value)
    assert "  true\n" not in str(told.value)


def test_a_step_ends_at_its_deadline(tmp_path: Path) -> None:
    with pytest.raises(machine.LabError, match="not done after 1"):
        machine.run([*PAIR.steps(), command("sleep", "600", expect=False, seconds=1)], tmp_path)


def test_a_lab_ends_at_its_deadline(tmp_path: Path) -> None:
    with pytest.raises(machine.LabError, match="ended after 4 s"):
        machine.run([*PAIR.steps(), command("sleep", "600")], tmp_path, seconds=4)


def words(pid: int) -> str:
    """A process's command line; nothing where it has ended meanwhile, as those of other tests may."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def test_it_ends_when_python_is_killed(tmp_path: Path) -> None:
    python = subprocess.Popen([sys.executable, "-c", HELD, str(tmp_path)], cwd=REPOSITORY)
    wait_until(lambda: (tmp_path / "begun.pcap").exists())
    holders = {network(pid) for pid in processes() if str(tmp_path) in words(pid)}
    machines = holders - {network(os.getpid()), None}
    assert len(machines) == 1
    # Held open, so that no namespace of another test gets the same number meanwhile.
    held = [os.open(f"/proc/{pid}/ns/net", os.O_RDONLY) for pid in processes() if network(pid) in machines]
    assert len([pid for pid in processes() if network(pid) in machines]) > 2
    python.kill()
    python.wait()
    wait_until(lambda: not any(network(pid) in machines for pid in processes()))
    for descriptor in held:
        os.close(descriptor)


def test_a_plan_survives_json() -> None:
    steps = [*PAIR.steps(), command("true"), plan.Start(name="start", router=plan.Router("left", "10.3", "!\n"))]
    assert plan.load(plan.dump(steps)) == steps
    assert json.loads(plan.dump(steps))[-1]["router"]["conf"] == "!\n"
