"""What the sidecar was told on its command line, checked before anything starts."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from reloader import own
from reloader.alive import Claim

DEFAULT_STATE = Path("/var/lib/frr-reloader")
SOCKET_PATH_LIMIT = 90  # of the kernel's 107, since it is made under a longer name first
DEFAULT_STATUS = Path("/run/frr-reloader/status.json")


class WrongUseError(Exception):
    """The sidecar cannot work like this; the message is one sentence for whoever started it. Exit code 2."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All options of a running sidecar. Times are in seconds."""

    watch: Path
    file: str
    state: Path
    status: Path
    boot_file: Path | None
    config_dir: Path
    vtysh: Path
    frr_reload: Path
    vty_socket: Path
    pathspace: str | None
    engine: str
    allow_empty: bool
    once: bool
    poll: float
    step_timeout: float
    lint: bool = True
    lint_ignore: tuple[str, ...] = ()
    socket: Path | None = None
    socket_group: int | None = None
    listen: tuple[str, int] | None = None
    listen_names: tuple[str, ...] = ()
    allow_tcp_reload: bool = False
    signal_listen: tuple[str, int] | None = None
    health_gate: float = 0.0
    drift_check: float = 300.0
    drift_repair: bool = False

    @property
    def offered(self) -> Path:
        """The offered file, through the directory as it was given: a link in its path may be turned."""
        return self.watch / self.file

    @property
    def written(self) -> tuple[Path, ...]:
        """The files that the sidecar writes outside its state directory."""
        return tuple(path for path in (self.status, self.boot_file, self.socket) if path is not None)

    @property
    def sockets(self) -> Path:
        """The directory of the daemons' vty sockets."""
        return self.vty_socket / self.pathspace if self.pathspace else self.vty_socket

    def check(self) -> None:
        """Raises WrongUseError for whatever would make every look fail. Makes the state and status directories."""
        if not self.watch.is_dir():
            raise WrongUseError(f"--watch {self.watch}: there is no such directory")
        if self.file in ("", ".", "..") or "/" in self.file:
            raise WrongUseError(f'--file "{self.file}": name a file in the watched directory, without a path')
        if self.vtysh.name != "vtysh":
            # frr-reload.py is told a directory and calls the vtysh in it.
            raise WrongUseError(f"--vtysh {self.vtysh}: the program's name must be vtysh, as frr-reload.py wants it")
        for option, path in (("--vtysh", self.vtysh), ("--frr-reload", self.frr_reload)):
            if not path.is_file():
                raise WrongUseError(f"{option} {path}: there is no such program; install frr and frr-pythontools")
            if not os.access(path, os.X_OK):
                raise WrongUseError(f"{option} {path}: this user may not run it")
        _make_writable("--state", self.state)
        _make_private(self.state)
        _make_writable("--status", self.status.parent)
        if self.status.is_dir():
            raise WrongUseError(f"--status {self.status}: that is a directory; name a file")
        if os.path.realpath(self.status) == os.path.realpath(self.offered):
            raise WrongUseError(f"--status {self.status}: that is the offered file, which the sidecar never writes")
        if self.socket is None and self.socket_group is not None:
            raise WrongUseError("--socket-group needs --socket")
        if self.listen is None and (self.allow_tcp_reload or self.listen_names):
            raise WrongUseError("--allow-tcp-reload and --listen-name need --listen")
        if self.socket is not None:
            _make_writable("--socket", self.socket.parent)
            if len(os.fsencode(self.socket)) > SOCKET_PATH_LIMIT:
                raise WrongUseError(f"--socket {self.socket}: a socket's path has at most {SOCKET_PATH_LIMIT} bytes")
        if self.boot_file is not None:
            self._check_boot_file(self.boot_file)

    def _check_boot_file(self, path: Path) -> None:
        if os.path.realpath(path) == os.path.realpath(self.offered):
            raise WrongUseError(
                f"--boot-file {path}: that is the offered file itself, which the sidecar never writes; leave the "
                "option out where FRR boots the offered file"
            )
        if path.is_dir():
            raise WrongUseError(f"--boot-file {path}: that is a directory; name a file")
        if not path.parent.is_dir() or not os.access(path.parent, os.W_OK | os.X_OK):
            raise WrongUseError(f"--boot-file {path}: its directory does not exist or this user may not write there")


def lock(state: Path) -> Claim:
    """Claims the state directory for this process until it ends.

    Two reloads at the same time both exit 0 and one of them is lost, so two sidecars of one FRR must not meet here.
    """
    try:
        return Claim(state / "lock", 0.0)
    except BlockingIOError as error:
        raise WrongUseError(f"--state {state}: another frr-reloader is at work there") from error
    except OSError as error:
        raise WrongUseError(f"--state {state}: {state / 'lock'} cannot be opened: {error.strerror or error}") from error


def _make_private(state: Path) -> None:
    """The state directory says what FRR gets and which process is ended, so no other user may write in it."""
    try:
        kind = state.stat()
        if kind.st_uid == os.geteuid() and kind.st_mode & 0o077:
            state.chmod(0o700)
            kind = state.stat()
    except OSError as error:
        raise WrongUseError(f"--state {state}: {error.strerror or error}") from error
    if not own.is_ours(kind):
        raise WrongUseError(
            f"--state {state}: other users can write there (its owner has user id {kind.st_uid}, its mode is "
            f"{kind.st_mode & 0o7777:04o}), and the sidecar believes what it finds there. Name a directory that only "
            f"user id {os.geteuid()} can write; one that does not exist is made, such as {state / 'frr-reloader'}"
        )


def _make_writable(option: str, directory: Path) -> None:
    if directory.is_symlink() and not directory.exists():
        raise WrongUseError(
            f"{option} {directory}: it is a symbolic link to {directory.readlink()}, which does not exist. Make that "
            "directory, or remove the link"
        )
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUseError(f"{option}: cannot make the directory {directory}: {error.strerror}") from error
    if not os.access(directory, os.W_OK | os.X_OK):
        raise WrongUseError(f"{option}: this user (id {os.geteuid()}) may not write in {directory}")
