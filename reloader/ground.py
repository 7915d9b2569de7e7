"""The state directory while the sidecar runs: it may be removed, replaced or made read-only, and then nothing can be applied."""

from __future__ import annotations

import os
from pathlib import Path

from reloader import limits, own
from reloader.alive import Claim

MODE = 0o700


class Ground:
    """The directory, and the lock in it that keeps a second sidecar away."""

    def __init__(self, state: Path, claim: Claim) -> None:
        """`claim` is the lock in `state`."""
        self._state = state
        self._claim = claim

    @property
    def is_there(self) -> bool:
        """Whether the directory, or another one in its place, may be worked in. Changes nothing."""
        try:
            return own.is_ours(self._state.stat()) and os.access(self._state, os.W_OK | os.X_OK)
        except OSError:
            return False

    def restore(self) -> bool:
        """Makes the directory and its lock anew where they are gone; whether that was so.

        Raises OSError, whose `strerror` says why nothing can be kept there.
        """
        try:
            self._state.mkdir(mode=MODE, parents=True, exist_ok=True)
            if not own.is_ours(self._state.stat()):
                raise PermissionError(None, "other users can write in it")
            if not os.access(self._state, os.W_OK | os.X_OK):
                raise PermissionError(None, f"user id {os.geteuid()} cannot write in it")
            return self._claim.renew()
        except BlockingIOError as error:
            raise OSError(None, "another frr-reloader is at work there") from error
        except OSError as error:
            if limits.shortage(error):
                raise
            why = "a file took its place" if isinstance(error, FileExistsError) else error.strerror
            raise OSError(None, why) from error
