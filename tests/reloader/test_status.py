"""The status file: its words, its round trip, and what never gets into it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from frrcompile.redact import MASK
from reloader import status
from reloader.status import Boot, Frr, Last, Phase, State, Status, Verdict

LAST = Last(
    hash="a" * 64,
    verdict=Verdict.FAILED,
    phase=Phase.VERIFY,
    message='line 3: FRR did not take "neighbor 192.0.2.1 password hunter2"',
    line=3,
    started="2026-01-31T03:14:15.926Z",
    finished="2026-01-31T03:14:16.535Z",
    engine="frr-reload",
    residual=("add: router bgp 1 / neighbor 192.0.2.1 password hunter2",),
)
STATUS = Status(
    State.DEGRADED, Boot.OWN, good_hash="b" * 64, offered_hash="a" * 64, last=LAST, frr=Frr("10.3", {"bgpd": "up"})
)


def test_the_words_of_the_contract(tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    STATUS.write(path)
    content = json.loads(path.read_text())
    assert content["schema"] == 1
    assert {"schema", "state", "good_hash", "offered_hash", "boot_file", "last", "frr"} <= set(content)
    assert set(content["last"]) == {
        *("hash", "verdict", "phase", "message", "line", "started", "finished", "engine", "residual", "next_try")
    }
    assert set(content["frr"]) == {"version", "daemons"}
    assert (content["state"], content["boot_file"]) == ("degraded", "own")
    assert (content["last"]["verdict"], content["last"]["phase"]) == ("failed", "verify")
    assert {*State} == {"waiting-for-frr", "idle", "reloading", "degraded"}
    assert {*Verdict} == {"good", "unchanged", "refused", "rolled-back", "failed"}
    assert {*Phase} == {"gate", "plan", "apply", "verify", "health", "rollback"}
    assert path.stat().st_mode & 0o777 == 0o644
    assert list(tmp_path.iterdir()) == [path]


def test_no_secret_gets_into_it() -> None:
    text = STATUS.to_json()
    assert "hunter2" not in text
    assert text.count(MASK) == 2


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    for written in (STATUS, Status(State.IDLE, Boot.NONE)):
        written.write(path)
        assert status.read(path).to_json() == written.to_json()


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", '{"schema": 2}', '{"schema": 1}', '{"schema": "1"}', "\xff"),
        *("9" * 5000, '{"schema": ' + "9" * 5000 + "}", "[" * 100000),
        STATUS.to_json().replace("degraded", "tired"),
        STATUS.to_json().replace('"failed"', '"odd"'),
        STATUS.to_json().replace('"pid": null', '"pid": "x"'),
    ],
)
def test_what_is_no_status_is_told_in_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "status.json"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(
        ValueError,
        match=r"status\.json (is not a status file of frr-reloader|has schema 2; this program reads schema 1)$",
    ):
        status.read(path)
