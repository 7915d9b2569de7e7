"""Only regular files of a bounded size are read, and nothing else is even opened."""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from frrcompile import regular

IN_OPEN = 0x20


def fifo(path: Path) -> None:
    os.mkfifo(path)


def unix_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def kernel_file(path: Path) -> None:
    path.symlink_to("/proc/self/stat")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (fifo, "it is a FIFO, not a regular file"),
        (unix_socket, "it is a socket, not a regular file"),
        (device, "it is a character device, not a regular file"),
        (kernel_file, "it is a file of /proc, not a regular file"),
        (Path.mkdir, "it is a directory, not a regular file"),
    ],
    ids=["fifo", "socket", "device", "proc", "directory"],
)
def test_what_is_no_regular_file_is_named_and_never_opened(
    tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    path = tmp_path / "frr.conf"
    make(path)
    with Opens(path) as opens, pytest.raises(OSError, match=words) as caught:
        regular.read(path)
    assert opens.seen == 0
    assert caught.value.filename == str(path)


def test_a_regular_file_is_read_through_links(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"vrf red\n")
    (tmp_path / "frr.conf").symlink_to("real")
    with Opens(tmp_path / "real") as opens:
        assert regular.read(tmp_path / "frr.conf") == b"vrf red\n"
    assert opens.seen == 1


def test_an_empty_file_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with Opens(tmp_path / "empty") as opens:
        assert regular.read(tmp_path / "empty") == b""
    assert opens.seen == 0


@pytest.mark.parametrize(("size", "words"), [(5, "5 bytes"), (2048, "2 KiB"), (1 << 20, "1 MiB")])
def test_a_file_has_at_most_the_limit(tmp_path: Path, size: int, words: str) -> None:
    path = tmp_path / "frr.conf"
    path.write_bytes(b"!" * size)
    assert len(regular.read(path, size)) == size
    with path.open("ab") as file:
        file.write(b"\n")
    with pytest.raises(OSError, match=f"it has more than {words}") as caught:
        regular.read(path, size)
    assert caught.value.errno == errno.EFBIG


def test_a_sparse_file_of_100_gb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "frr.conf"
    path.touch()
    os.truncate(path, 100 * 10**9)
    with Opens(path) as opens, pytest.raises(OSError, match="it has more than 16 MiB"):
        regular.read(path)
    assert opens.seen == 0


def test_a_file_that_grows_is_read_up_to_its_size_at_the_beginning(tmp_path: Path) -> None:
    path = tmp_path / "frr.conf"
    path.write_bytes(b"!\n")
    ended = threading.Event()

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not ended.is_set() and file.tell() < 2_000_000:
                file.write(b"!" * 1000)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        for _ in range(50):
            before = path.stat().st_size
            assert before <= len(regular.read(path)) <= path.stat().st_size
    finally:
        ended.set()
        writer.join()


def test_a_missing_file_and_a_closed_one_keep_their_kind_of_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        regular.read(tmp_path / "none")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(OSError, match="symbolic links") as caught:
        regular.read(tmp_path / "loop")
    assert caught.value.errno == errno.ELOOP


def test_no_descriptor_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"!\n")
    before = len(list(Path("/proc/self/fd").iterdir()))
    regular.read(tmp_path / "file")
    for name in ("none", "."):
        with pytest.raises(OSError, match=r"."):
            regular.read(tmp_path / name)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


class Opens:
    """Counts how often a file is opened for real: the kernel reports no event for O_PATH."""

    def __init__(self, path: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._handle = libc.inotify_init1(os.O_NONBLOCK)
        assert libc.inotify_add_watch(self._handle, os.fsencode(path), IN_OPEN) >= 0
        self.seen = 0

    def __enter__(self) -> Opens:
        return self

    def __exit__(self, *_: object) -> None:
        while True:
            try:
                self.seen += len(os.read(self._handle, 16))
            except BlockingIOError:
                break
        self.seen //= 16
        os.close(self._handle)
