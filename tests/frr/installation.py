"""The FRR versions that this machine has: the host's own, and the Debian roots made by roots.sh."""

from __future__ import annotations

import functools
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

HOST = Path("/")
DAEMON_DIR = Path("/usr/lib/frr")
VTYSH = Path("/usr/bin/vtysh")
FRR_RELOAD = DAEMON_DIR / "frr-reload.py"

Finished = subprocess.CompletedProcess[str]


@dataclass(frozen=True, slots=True)
class Installation:
    """One version of FRR below one root directory (`/` for the host's own)."""

    root: Path
    version: str  # as FRR says it: "8.4.4", "10.3"

    @property
    def uid(self) -> int:
        """User frr's id in this root; it differs between roots."""
        return int(self._entry("etc/passwd", "frr")[2])

    @property
    def gid(self) -> int:
        """Group frr's id in this root."""
        return int(self._entry("etc/group", "frr")[2])

    def has(self, program: Path) -> bool:
        """Whether this version comes with `program`, an absolute path inside the root."""
        return (self.root / program.relative_to("/")).exists()

    def check(self, text: str) -> Finished:
        """`vtysh -C -f FILE`: the syntax only, without any daemon. Exit code 0 means accepted."""
        return self._read("-C", text)

    def nest(self, text: str) -> Finished:
        """`vtysh -m -f FILE`: `text` as vtysh itself nests it, with every context closed. Needs no daemon."""
        return self._read("-m", text)

    def _read(self, mode: str, text: str) -> Finished:
        # Not through `-f -`: -C does not take it.
        with tempfile.NamedTemporaryFile("w", dir="/tmp", prefix="frr-", suffix=".conf", newline="") as file:
            file.write(text)
            file.flush()
            Path(file.name).chmod(0o644)
            command = [str(VTYSH), mode, "-f", file.name]
            if self.root != HOST:
                # The file is made visible in the root by a mount that ends with the command.
                script = 'mount --bind /tmp "$0/tmp" && exec chroot "$0" "$@"'
                command = ["unshare", "--mount", "sh", "-c", script, str(self.root), *command]
            return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    def _entry(self, database: str, name: str) -> list[str]:
        for line in (self.root / database).read_text().splitlines():
            fields = line.split(":")
            if fields[0] == name:
                return fields
        raise LookupError(f"no {name} in {self.root / database}")


def cache() -> Path:
    """Where roots.sh keeps its roots: the same rule as there."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("FRRCOMPILE_CACHE") or home / "frrcompile") / "roots"


@functools.cache
def installations() -> tuple[Installation, ...]:
    """Every FRR found, oldest first; one per version, the host's own where there are two.

    `FRRCOMPILE_FRR=8.4,10.3` restricts them to versions that begin so. None are found by a user who may not chroot.
    """
    if os.geteuid() != 0:
        return ()
    roots = [HOST, *sorted(path for path in cache().glob("*") if path.is_dir() and path.suffix != ".partial")]
    wanted = [version.strip() for version in os.environ.get("FRRCOMPILE_FRR", "").split(",") if version.strip()]
    found: dict[str, Installation] = {}
    for root in roots:
        version = _version(root)
        if version is not None and (not wanted or any(f"{version}.".startswith(f"{want}.") for want in wanted)):
            found.setdefault(version, Installation(root, version))
    return tuple(sorted(found.values(), key=lambda installation: _ordered(installation.version)))


def _version(root: Path) -> str | None:
    """What zebra below `root` calls itself (vtysh has no such option), None where there is none."""
    zebra = DAEMON_DIR / "zebra"
    if not (root / zebra.relative_to("/")).exists():
        return None
    answer = subprocess.run(["chroot", str(root), str(zebra), "-v"], capture_output=True, text=True, check=False)
    match = re.search(r"version (\d+(?:\.\d+)*)", answer.stdout)
    return match.group(1) if match else None


def _ordered(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
