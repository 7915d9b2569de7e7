"""The state directory goes away and comes back while the sidecar runs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reloader.ground import Ground
from reloader.settings import WrongUseError, lock


def test_it_is_made_anew_with_its_lock(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    claim = lock(state)
    ground = Ground(state, claim)
    assert ground.is_there
    assert not ground.restore()
    shutil.rmtree(state)
    assert not ground.is_there
    assert ground.restore()
    assert state.stat().st_mode & 0o777 == 0o700
    assert not ground.restore()
    with pytest.raises(WrongUseError, match="another frr-reloader"):
        lock(state)
    claim.close()


def test_why_it_cannot_be_made_is_said(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    claim = lock(state)
    ground = Ground(state, claim)
    state.rename(tmp_path / "away")
    state.write_text("")
    with pytest.raises(OSError, match="a file took its place"):
        ground.restore()
    assert not ground.is_there
    state.unlink()
    state.mkdir()
    state.chmod(0o777)
    with pytest.raises(OSError, match="other users can write in it"):
        ground.restore()
    assert not ground.is_there
    state.chmod(0o700)
    second = lock(state)
    with pytest.raises(OSError, match="another frr-reloader is at work there"):
        ground.restore()
    second.close()
    assert ground.restore()
    claim.close()
