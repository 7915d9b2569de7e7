"""The state file: whole or not there, for root alone, and a damaged one is told from a good one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frrcompile.plumb import state_file
from frrcompile.plumb.before import Before
from frrcompile.plumb.netns import Identity
from frrcompile.plumb.state import Desired
from frrcompile.plumb.state_file import Pending, Saved, StateError
from tests.plumb.worlds import OWNER, consistent, models, operations, world


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(models().filter(consistent), models().filter(consistent))
def test_what_is_stored_is_loaded(tmp_path: Path, desired: Desired, previous: Desired) -> None:
    _, before = operations(world(), desired, Before())
    saved = Saved(
        before, desired, Identity(4026531840, 7), ("--netns", "frr"), Pending("token", 60, previous), "a note"
    )
    state_file.store(tmp_path, OWNER, saved)
    assert state_file.load(tmp_path, OWNER) == saved
    assert state_file.path_of(tmp_path, OWNER).stat().st_mode & 0o777 == 0o600


def test_what_is_there_already_is_not_written(tmp_path: Path) -> None:
    saved = Saved(note="x")
    state_file.store(tmp_path, OWNER, saved)
    path = state_file.path_of(tmp_path, OWNER)
    first = path.stat().st_ino
    state_file.store(tmp_path, OWNER, saved)
    assert path.stat().st_ino == first
    path.chmod(0o644)
    state_file.store(tmp_path, OWNER, saved)
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_to_keep_is_no_file(tmp_path: Path) -> None:
    assert state_file.load(tmp_path, OWNER) == Saved()
    state_file.store(tmp_path, OWNER, Saved(note="x"))
    state_file.store(tmp_path, OWNER, Saved())
    assert list(tmp_path.iterdir()) == []


def test_a_new_directory_is_for_root_alone(tmp_path: Path) -> None:
    state_file.store(tmp_path / "a", OWNER, Saved(note="x"))
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o700


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_told(tmp_path: Path, data: st.DataObject) -> None:
    state_file.store(tmp_path, OWNER, Saved(found=("--netns", "frr"), note="a note"))
    path = state_file.path_of(tmp_path, OWNER)
    content = bytearray(path.read_bytes())
    match data.draw(st.sampled_from(["cut", "change", "other"])):
        case "cut":
            content = content[: data.draw(st.integers(0, len(content) - 3))]
        case "change":
            at = content.index(b"a note") + data.draw(st.integers(0, 5))
            content[at] ^= 1
        case "other":
            content = bytearray(
                data.draw(st.sampled_from([b"[]", b"{}", b"null", b"[" * 10_000, b"\xff", b'{"schema":2}']))
            )
    path.write_bytes(content)
    with pytest.raises(StateError, match="damaged"):
        state_file.load(tmp_path, OWNER)


def test_a_right_checksum_over_other_values(tmp_path: Path) -> None:
    import hashlib

    path = state_file.path_of(tmp_path, OWNER)
    for text in ("[]", '{"": "Link", "x": 1}', '{"": "nothing"}', "{}", '{"": "Sysctl", "key": "a", "value": "b"}'):
        document = {"schema": 1, "sha256": hashlib.sha256(text.encode()).hexdigest(), "state": text}
        path.write_text(json.dumps(document))
        with pytest.raises(StateError, match="damaged"):
            state_file.load(tmp_path, OWNER)
