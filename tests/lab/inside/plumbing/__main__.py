"""Scenarios of `frrcompile plumb` on this kernel, each in namespaces of its own: `python3 -m tests.lab.inside.plumbing [NAME...]`.

A scenario is a function with assertions. It runs in a process of its own, whose network namespace is the host's; FRR's is
called `frr`. What iproute2 says decides, not our own reader.
"""

from __future__ import annotations

import ctypes
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.lab.inside.kernel import CLONE_NEWNET
from tests.lab.inside.plumbing import applied, interrupted, obstacles, owners, undone  # noqa: F401 (each adds its scenarios)
from tests.lab.inside.plumbing.scenario import LONG, SCENARIOS

CLONE_NEWNS = 0x00020000  # <linux/sched.h>


def run_all() -> int:
    names = sys.argv[1:] or [name for name in SCENARIOS if name != LONG]
    bad = 0
    for name in names:
        started = time.monotonic()
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                _isolated()
                with tempfile.TemporaryDirectory() as directory:
                    SCENARIOS[name](Path(directory))
                code = 0
            except BaseException:
                traceback.print_exc(file=sys.stdout)
            sys.stdout.flush()
            os._exit(code)
        good = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        bad += not good
        print(f"{'good' if good else 'BAD'} {name} {time.monotonic() - started:.1f}", flush=True)
    return 1 if bad else 0


def _isolated() -> None:
    """A host of its own: its network namespace, and /run with the names of others."""
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.unshare(CLONE_NEWNET | CLONE_NEWNS) == 0
    assert libc.mount(b"none", b"/", None, ctypes.c_ulong(0x44000), None) == 0  # MS_REC | MS_PRIVATE
    assert libc.mount(b"run", b"/run", b"tmpfs", ctypes.c_ulong(0), b"mode=755") == 0


if __name__ == "__main__":
    sys.exit(run_all())
