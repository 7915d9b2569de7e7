"""`python3 -m tests.lab.inside.plumb_bench MODEL`: a node's links by `ip -batch` and by `plumb apply`, each in fresh namespaces.

Prints seconds and memory as JSON. Whole processes are timed; the namespaces of a run are left behind, as their end holds the
kernel's lock for long.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from tests.lab import ip_commands


def main() -> None:
    model = sys.argv[1]
    frrcompile("compile", model, "--ir")  # has the bytecode written
    text = timed([sys.executable, "-m", "frrcompile", "compile", model, "--ir"])[1]
    found = {"compile": timed([sys.executable, "-m", "frrcompile", "compile", model])[0]}
    found["offline"] = timed([sys.executable, "-m", "frrcompile", "plumb", "plan", model, "--offline"], codes=(1,))[0]
    links = json.loads(text)["links"]
    for way in ("ip", "apply"):
        run("ip", "netns", "add", f"h{way}")
        run("ip", "netns", "add", f"r{way}")
        run("ip", "-n", f"h{way}", "link", "add", "eth1", "type", "dummy")
    batches = (
        ("hip", ip_commands.attach(links, "rip")),
        ("rip", "link set lo up\n" + ip_commands.router(links, "hip")),
        ("hip", ip_commands.host(links)),
    )
    found["ip"] = sum(timed(["ip", "-n", where, "-batch", "-"], lines)[0] for where, lines in batches)
    words = ["ip", "netns", "exec", "happly", sys.executable, "-m", "frrcompile", "plumb"]
    more = [model, "--netns", "rapply", "--state", "/run/bench"]
    found["apply"] = timed([*words, "apply", *more])[0]
    found["memory"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    found["again"] = timed([*words, "apply", *more])[0]
    found["verify"] = timed([*words, "verify", *more])[0]
    print(json.dumps({key: round(value, 2) for key, value in found.items()}))


def frrcompile(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "frrcompile", *words], stdout=subprocess.DEVNULL, check=True)


def timed(argv: list[str], lines: str = "", codes: tuple[int, ...] = (0,)) -> tuple[float, str]:
    """Seconds of a process, and its output."""
    began = time.monotonic()
    done = subprocess.run(argv, input=lines, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - began
    assert done.returncode in codes, done.stderr[:2000]
    return seconds, done.stdout


def run(*argv: str) -> None:
    subprocess.run(argv, check=True)


if __name__ == "__main__":
    assert Path("/proc/self/ns/net").exists()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    main()
    os._exit(0)  # without waiting for the namespaces
