"""The sidecar's notes in its state directory: the journal, the history, and the process that changes FRR."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from unittest import mock

from reloader import confdir, history, journal, orphan
from reloader.history import History
from reloader.journal import Doing, Journal
from reloader.sessions import Session
from reloader.status import last_from, last_to
from tests.fuzz import oracle
from tests.fuzz.scratch import scratch
from tests.fuzz.target import Target
from tests.reloader.test_status import LAST

DIGEST = "b" * 64


def run(data: bytes) -> None:
    state = scratch() / "state"
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir()
    for name in (journal.NAME, history.NAME, orphan.NAME):
        (state / name).write_bytes(data)
    confdir.sweep(state)
    with mock.patch.object(os, "killpg"):  # the note may name a process of this machine by chance
        orphan.end(state)
    known = Journal.open(state)
    kept = History(state, known)
    oracle.expect(kept.good is None, "a file that no journal knows is believed")
    masked = known.rolled_back and last_from(last_to(known.rolled_back))
    known.begin(DIGEST, "apply")
    again = Journal.open(state)
    oracle.expect(again.doing == known.doing, "a note is not read as it was written", (known.doing, again.doing))
    oracle.expect(again.rolled_back == masked, "a verdict is not read as it was written", again.rolled_back)


def notes() -> Iterator[bytes]:
    doing = asdict(Doing(DIGEST, "apply", 2, (Session("red", "192.0.2.1"),)))
    yield json.dumps({"doing": doing, "rolled_back": last_to(LAST)}).encode()
    yield json.dumps({"doing": None, "rolled_back": None, "good": DIGEST}).encode()
    yield b"1 123456\n"
    yield b"-1 0\n"
    yield b"router bgp 1\n"


def words() -> Iterator[str]:
    yield from (f'"{name}": ' for name in ("doing", "rolled_back", *Doing.__dataclass_fields__, *LAST.__slots__))
    yield from ("null", "[", "]", "{", "}", ",", "1e999", "NaN", "-1", '"apply"', '"rolled-back"', "true")


TARGET = Target(run, notes, words)
