"""Two nodes on this machine, made by `frrcompile plumb apply` and the compiled frr.confs: a pod pings a pod through VXLAN.

Each machine has a network namespace for its host and one for its FRR; the leaf between them and the BGP speakers of the hosts
are FRRs too. Where this host's kernel has no VRFs, all of it runs in user-mode Linux.
"""

from __future__ import annotations

import json
import tempfile
import threading
import time
from pathlib import Path

from examples.shown import indented, say
from tests.frr.installation import Installation
from tests.lab import machine, plan, vxlan
from tests.lab.machine import LabError, Report
from tests.lab.sites.scenarios import SCENARIOS
from tests.lab.sites.seen import captured, problems
from tests.lab.sites.site import Site, site
from tests.lab.sites.steps import largest_ping, ping, plumb, steps

KERNELS = {"host": "this host's kernel", "uml": "user-mode Linux, as this host's kernel has no VRFs"}
PICTURE = """\
pod0-red -- host0 -- node0 (FRR) -- leaf0 -- node1 (FRR) -- host1 -- pod1-red
                       VTEP {0} == VNI {1} == VTEP {2}"""
LOOK_SECONDS = 0.1


def run(installation: Installation) -> int:
    """The whole story; 0 when every packet arrived through the VNI."""
    say("Two nodes from the README's first model")
    if not machine.available():
        print(indented(machine.NO_MACHINE))
        return 0
    made = site(SCENARIOS["README"], installation.version)
    flow = made.flows[0]
    print(indented(PICTURE.format(flow.vteps[0], flow.vni, flow.vteps[1])))
    say(f"The lab starts ({KERNELS[machine.kernel_with_vrfs()]})")
    with tempfile.TemporaryDirectory(prefix="frrcompile-run-") as directory:
        files = Path(directory)
        try:
            report = _carried_out(steps(made), files, installation)
        except LabError as error:
            say("The lab did not go as planned")
            print(indented(str(error)))
            return 1
        return _told(made, report)


def _carried_out(todo: list[plan.Step], files: Path, installation: Installation) -> Report:
    """Runs the plan, and prints each step as it ends. Raises LabError."""
    ended = threading.Event()
    follower = threading.Thread(target=_follow, args=(files / plan.OUTCOMES, ended))
    follower.start()
    try:
        return machine.run(todo, files, [installation])
    finally:
        ended.set()
        follower.join()


def _follow(outcomes: Path, ended: threading.Event) -> None:
    shown = 0
    while True:
        last = ended.is_set()
        lines = outcomes.read_text().split("\n")[:-1] if outcomes.exists() else []
        for line in lines[shown:]:
            outcome = json.loads(line)
            print(f"   {outcome['seconds']:5.1f} s  {outcome['name']}", flush=True)
        shown = len(lines)
        if last:
            return
        time.sleep(LOOK_SECONDS)


def _told(made: Site, report: Report) -> int:
    say("What `frrcompile plumb apply` did on the first machine")
    print(indented(report[plumb(made.members[0], "apply").name].text.rstrip()))
    say("The pings")
    for flow in made.flows:
        for step in (ping(flow), largest_ping(flow)):
            print(indented(f"{step.name}\n   {report[step.name].text.strip()}"))
    say("What the leaf saw of a ping")
    seen = captured(made, report)
    for kind, name in ((vxlan.ECHO_REQUEST, "request"), (vxlan.ECHO_REPLY, "reply")):
        one = next((one for one in seen if one.icmp == kind), None)
        if one is not None:
            print(
                f"   {one.vtep_from} > {one.vtep_to}, VNI {one.vni}: {one.source} > {one.destination}: ICMP echo {name}"
            )
    wrong = problems(made, report)
    say("Every packet went through its VNI" if not wrong else "Packets went another way")
    print(indented("\n".join(wrong)))
    return 1 if wrong else 0
