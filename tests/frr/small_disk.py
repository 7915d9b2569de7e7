"""A router whose sidecar has a small disk of its own for its state."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.frr.installation import Installation
from tests.frr.router import Router


class SmallDisk(Router):
    """Its `disk` is the sidecar's state directory; it must be there before the router's namespaces are."""

    disk = Path()
    size = ""

    def furnish(self) -> None:
        super().furnish()
        self.disk = self.work / "sidecar" / "state"
        self.disk.mkdir(parents=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={self.size}", "tmpfs", str(self.disk)], check=True)


@contextmanager
def small_disk(installation: Installation, size: str) -> Iterator[SmallDisk]:
    """Runs one, with a disk of a size as mount(8) takes it; the disk goes before the router's directories do."""
    router = SmallDisk(installation)
    router.size = size
    with router:
        try:
            yield router
        finally:
            subprocess.run(["umount", "--lazy", str(router.disk)], check=True)
