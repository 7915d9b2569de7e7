"""Lines with a known answer, at the end of the copies of a file that FRR's programs judge.

A program that is killed, replaced, cut short or silent is not told from one that is content, unless it must find
something. `vtysh -C` must call the last line of its copy unknown, and frr-reload.py --test must list the last line of its
own as one that FRR lacks. So each has read the whole file, and was able to speak. FRR itself never gets these lines.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from reloader.confdir import Confdir

NAME = f"frrcompile-canary-{secrets.token_hex(4)}"  # another one in each process: no file can have it
WRONG = NAME
LACKING = f"ip prefix-list {NAME} seq 5 permit 192.0.2.0/24"
# An `exit` behind the last command closes the last block, or nothing; behind it FRR reads no line.
LEAVING = frozenset({b"exit", b"exi", b"ex", b"quit", b"qui", b"qu", b"q", b"end"})


def body(data: bytes) -> bytes:
    """The file up to its last command: without comments, blank lines and `exit` at its end."""
    end = len(data)
    while end:
        start = data.rfind(b"\n", 0, end - 1) + 1
        line = data[start:end].strip()
        if line and line[:1] not in b"!#" and line not in LEAVING:
            break
        end = start
    return data[:end] if data[:end].endswith(b"\n") or not end else data[:end] + b"\n"


def wrong_line(data: bytes) -> int:
    """The number of the line, from 1, that `vtysh -C` must call unknown in `to_check` of this file."""
    return body(data).count(b"\n") + 1


def to_check(confdir: Confdir, data: bytes) -> Path:
    """The copy for `vtysh -C`. Raises OSError."""
    return _written(confdir.path / "checked.conf", body(data) + f"{WRONG}\n".encode())


def to_judge(confdir: Confdir) -> Path:
    """The copy of the directory's file for `frr-reload.py --test`. Raises OSError."""
    return _written(confdir.path / "judged.conf", body(confdir.file.read_bytes()) + f"{LACKING}\n".encode())


def _written(path: Path, data: bytes) -> Path:
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(data)
    return path
