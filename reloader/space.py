"""Room on the disk for taking a change back, held from before FRR is changed: a disk that fills up must not leave FRR half
configured. What a sidecar that was killed still held is removed, and so is there again, when the next one starts.
"""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from reloader import confdir

FILES = 16  # a file system may run out of inodes as well; going back makes about ten files at a time
BLOCK = 4096  # bytes that a small file takes
SMALLEST = FILES * BLOCK
FACTOR = 5  # going back to a file takes up to 4.4 times its size (docs/lessons.md)


def needed(*contents: bytes) -> int:
    """Bytes that FRR's programs and the sidecar write while FRR goes from one of the files to another."""
    return SMALLEST + FACTOR * max(map(len, contents))


class Space:
    """Room in the state directory that is held until it is needed."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._held: Path | None = None

    def hold(self, size: int, spare: int = 0) -> None:
        """Holds `size` bytes, and makes sure that `spare` more are there now. Raises OSError; then nothing is held."""
        self.release()
        if spare:
            self.hold(size + spare)
            self.release()
        try:
            self._held = Path(tempfile.mkdtemp(prefix=confdir.PREFIX, dir=self._state))
            for number, length in enumerate((max(BLOCK, size - (FILES - 1) * BLOCK), *(FILES - 1) * (BLOCK,))):
                handle = os.open(self._held / str(number), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
                try:
                    os.posix_fallocate(handle, 0, length)
                finally:
                    os.close(handle)
        except OSError as error:
            self.release()
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                room = f"{-(-size // 1024)} KiB are needed in {self._state} so that a change can be taken back"
                raise OSError(error.errno, f"{error.strerror}: {room}") from None
            raise

    def release(self) -> None:
        """Gives the room back, for what it was held for. Never raises."""
        held, self._held = self._held, None
        if held is not None:
            confdir.remove(held)
