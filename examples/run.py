"""`make run`: the blog's node, from a model to a running FRR, and one change to it; then two nodes that exchange packets.

Everything is private: FRR and the sidecar run in namespaces and directories of their own, and are ended afterwards.
"""

from __future__ import annotations

import difflib
import hashlib
import subprocess
import sys
import time
from pathlib import Path

from examples import two_nodes
from examples.shown import indented, say
from tests.frr.installation import installations
from tests.frr.router import Router

MODEL = Path(__file__).parents[1] / "golden" / "blog-node" / "input.yaml"
BIN = Path(sys.executable).parent

SECOND_LEAF = """\
    - address: 192.168.11.6      # a second leaf
      remote-as: 64513
      allowas-in: origin
"""


def compile_model(model: Path) -> str:
    """frr.conf for a model, by the command that a user would type."""
    command = [BIN / "frrcompile", "compile", model]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


class Demonstration:
    """One FRR, one sidecar, one shared directory."""

    def __init__(self, router: Router) -> None:
        self.router = router
        self.shared = router.work / "shared"
        self.state = router.work / "state"
        self.status = self.state / "status.json"
        self.shared.mkdir()
        self.state.mkdir()
        self.log = (self.state / "log").open("w")
        command: list[str | Path] = [BIN / "frr-reloader", "--watch", self.shared]
        command += ["--state", self.state, "--status", self.status]
        command += ["--vtysh", router.vtysh_path, "--frr-reload", router.frr_reload_path]
        command += ["--vty-socket", router.vty_socket_dir, "--pathspace", router.pathspace]
        self.sidecar = subprocess.Popen(command, stderr=self.log)

    def land(self, conf: str) -> int:
        """Puts a file into the shared directory, as the agent does, and waits for the verdict: its exit code."""
        beside = self.shared / ".frr.conf.new"
        beside.write_text(conf)
        began = time.monotonic()
        beside.rename(self.shared / "frr.conf")
        digest = hashlib.sha256(conf.encode()).hexdigest()
        command = [BIN / "frr-reloader", "wait", "--status", self.status, "--hash", digest, "--timeout", "60"]
        code = subprocess.run(command, check=False).returncode
        print(f"   (after {time.monotonic() - began:.1f} s; exit code {code})")
        return code

    def stop(self) -> None:
        """Ends the sidecar; the router ends with its `with` block."""
        self.sidecar.terminate()
        self.sidecar.wait(timeout=30)
        self.log.close()


def differences(before: str, after: str) -> str:
    """What changed, as lines with + and -."""
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1))
    return "\n".join("   " + line for line in lines[2:])


def run(router: Router) -> int:
    """The whole story; the exit code of the worst verdict."""
    model = router.work / "files" / "node.yaml"
    text = MODEL.read_text().replace("/tmp/frr.log", f"{router.work}/log/frr.log")
    model.write_text(text)
    say(f"The blog's node, compiled from {MODEL.relative_to(MODEL.parents[2])}")
    conf = compile_model(model)
    print(indented(conf))
    say(f"FRR {router.installation.version} runs ({', '.join(router.pids)}), the sidecar watches; the file lands")
    demonstration = Demonstration(router)
    try:
        worst = demonstration.land(conf)
        say("The running configuration")
        before = router.running()
        print(indented(before))
        say("One change: a second leaf. The model, and what it changes in frr.conf")
        model.write_text(text.replace("\nvtep:", SECOND_LEAF + "\nvtep:"))
        changed = compile_model(model)
        print(differences(conf, changed))
        say("The file lands again")
        worst = max(worst, demonstration.land(changed))
        say("What changed in FRR")
        print(differences(before, router.running()))
    finally:
        demonstration.stop()
    say("Everything is stopped" if worst == 0 else "It did not work; the sidecar's log:")
    if worst:
        print(indented((demonstration.state / "log").read_text()))
    return worst


def main() -> int:
    """Runs it with the first FRR found."""
    found = installations()
    if not found:
        print("make run needs FRR and root on Linux: on Debian, `make run` as root installs it", file=sys.stderr)
        return 2
    with Router(found[0]) as router:
        worst = run(router)
    return max(worst, two_nodes.run(found[0]))


if __name__ == "__main__":
    sys.exit(main())
