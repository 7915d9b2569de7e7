"""The status file, which others may write too: reading, writing it again, and `frr-reloader status` and `wait`."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path

from reloader import asking, status
from tests.fuzz import oracle
from tests.fuzz.scratch import scratch
from tests.fuzz.target import Target
from tests.reloader.test_status import STATUS

EXITS = {0, 1, 2, 3}


def run(data: bytes) -> None:
    path = scratch() / "status.json"
    path.write_bytes(data.replace(oracle.SECRET.encode(), b""))
    shown(path)
    try:
        found = status.read(path)
    except ValueError as error:
        oracle.sentence(str(error), "reading")
        return
    found.write(path)
    again = status.read(path)
    oracle.expect(again.to_json() == found.to_json(), "what is written is not what is read", found)
    shown(path)


def shown(path: Path) -> None:
    """What the two verbs say."""
    verbs: tuple[Callable[[], int], ...] = (
        partial(asking.show, path),
        partial(asking.wait, path, None, 0.0),
        partial(asking.wait, path, "a" * 64, 0.0),
    )
    for verb in verbs:
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            code = verb()
        oracle.expect(code in EXITS, "an exit code that is not documented", code)
        oracle.output(said.getvalue(), "frr-reloader status")


def statuses() -> Iterator[bytes]:
    yield STATUS.to_json().encode()
    yield status.Status(status.State.IDLE, status.Boot.NONE).to_json().encode()
    yield b'{"schema": 2}'


def words() -> Iterator[str]:
    for kind in (status.State, status.Verdict, status.Phase, status.Boot):
        yield from (f'"{word}"' for word in kind)
    yield from (f'"{name}": ' for name in (*status.Status.__dataclass_fields__, *status.Last.__dataclass_fields__))
    yield from ("null", "[", "]", "{", "}", ",", "1e999", "NaN", '"\\u001b[31m"', '"\\ud800"', "-1")


TARGET = Target(run, statuses, words)
