"""The offered file is read as hostile: no link out of the directory, no other kind of file, no other user's file."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reloader import beneath, offered
from reloader.offered import Offered, Unreadable

SECRET = b"root:hunter2\n"
root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")


def words(path: Path) -> str:
    """Why the file cannot be read; the secret is in none of it, and `peek` says the same."""
    found = offered.read(path)
    assert isinstance(found, Unreadable), found
    assert "hunter2" not in found.message
    assert offered.peek(path) == offered.key_of(found)
    return found.message


def data(path: Path) -> bytes:
    found = offered.read(path)
    assert isinstance(found, Offered), found
    assert offered.peek(path) == found.digest == hashlib.sha256(found.data).hexdigest()
    return found.data


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """The watched directory, with a secret beside it."""
    (tmp_path / "secret").write_bytes(SECRET)
    path = tmp_path / "offered"
    path.mkdir()
    return path


def openat2(directory: int, name: str) -> int:
    return beneath.look(directory, name)


LOOKS = pytest.mark.parametrize("look", [openat2, beneath.walk], ids=["openat2", "walk"])
Look = Callable[[int, str], int]


def found(look: Look, directory: Path, name: str = "frr.conf") -> str:
    """The path of the file that was found."""
    above = beneath.directory(directory)
    try:
        handle = look(above, name)
    finally:
        os.close(above)
    try:
        return str(Path(f"/proc/self/fd/{handle}").readlink())
    finally:
        os.close(handle)


@LOOKS
@pytest.mark.parametrize(
    "target",
    ["/etc/passwd", "../secret", "sub/../../secret", "..", "/", "loop", "../offered/real", "sub/up/up/secret"],
)
def test_no_link_leads_out(look: Look, shared: Path, target: str) -> None:
    (shared / "real").touch()
    (shared / "sub").mkdir()
    (shared / "sub" / "up").symlink_to("..")
    (shared / "up").symlink_to("..")
    (shared / "loop").symlink_to("/proc/self/root")
    (shared / "frr.conf").symlink_to(target)
    before = set(Path("/proc/self/fd").iterdir())
    with pytest.raises(OSError, match="leads out of its directory") as caught:
        found(look, shared)
    assert caught.value.errno == errno.EXDEV
    assert len(set(Path("/proc/self/fd").iterdir())) == len(before)


@LOOKS
def test_links_that_stay_inside_are_followed(look: Look, shared: Path) -> None:
    (shared / "..2026").mkdir()
    (shared / "..2026" / "frr.conf").touch()
    (shared / "..data").symlink_to("..2026")
    (shared / "frr.conf").symlink_to("..data/frr.conf")
    (shared / "back").symlink_to("..2026/../..data/./frr.conf")
    for name in ("frr.conf", "back"):
        assert found(look, shared, name) == str(shared / "..2026" / "frr.conf")


@LOOKS
def test_what_is_not_there_has_the_kernels_error(look: Look, shared: Path) -> None:
    (shared / "file").touch()
    (shared / "under").symlink_to("file/frr.conf")
    (shared / "loop").symlink_to("loop")
    for name, number in (("frr.conf", errno.ENOENT), ("under", errno.ENOTDIR), ("loop", errno.ELOOP)):
        with pytest.raises(OSError, match=r"\w") as caught:
            found(look, shared, name)
        assert caught.value.errno == number


DENIED = """
import ctypes, struct, sys
from pathlib import Path
filter = b"".join(struct.pack("HBBI", *one) for one in (
    (0x20, 0, 0, 0), (0x15, 0, 1, 437), (0x06, 0, 0, 0x00050000 | int(sys.argv[1])), (0x06, 0, 0, 0x7FFF0000)))
class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0
assert libc.prctl(22, 2, ctypes.byref(Program(4, filter)), 0, 0) == 0
assert libc.syscall(437, -1, None, None, 0) == -1 and ctypes.get_errno() == int(sys.argv[1])
from reloader import offered
for name in sys.argv[2:]:
    found = offered.read(Path(name))
    print(getattr(found, "data", getattr(found, "message", None)))
"""


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EPERM])
def test_a_sandbox_may_deny_openat2(shared: Path, number: int) -> None:
    (shared / "out").symlink_to("../secret")
    (shared / "in").symlink_to("real")
    (shared / "real").write_text("vrf red\n")
    names = [str(shared / name) for name in ("in", "out")]
    done = subprocess.run(
        [sys.executable, "-c", DENIED, str(number), *names], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    inside, outside = done.stdout.splitlines()
    assert inside == repr(b"vrf red\n")
    assert "leads out of its directory" in outside


def test_a_link_to_a_secret_is_refused_and_says_what_to_do(shared: Path) -> None:
    (shared / "frr.conf").symlink_to(shared.parent / "secret")
    assert "leads out of its directory" in words(shared / "frr.conf")
    assert "Put the file itself into the watched directory" in words(shared / "frr.conf")
    assert offered.stamp(shared / "frr.conf") == ()


def test_the_watched_directory_itself_may_be_a_link_that_is_turned(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "frr.conf").write_text(name)
    (tmp_path / "current").symlink_to("a")
    assert data(tmp_path / "current" / "frr.conf") == b"a"
    (tmp_path / "new").symlink_to("b")
    (tmp_path / "new").rename(tmp_path / "current")
    assert data(tmp_path / "current" / "frr.conf") == b"b"


def test_a_directory_that_is_replaced_while_it_is_read_is_not_left(shared: Path) -> None:
    """The name in the old directory is looked up in the old directory, whatever its path means by then."""
    (shared / "frr.conf").write_text("inside")
    above = beneath.directory(shared)
    shared.rename(shared.with_name("moved"))
    shared.symlink_to("/etc")
    handle = beneath.look(above, "frr.conf")
    assert Path(f"/proc/self/fd/{handle}").readlink() == shared.with_name("moved") / "frr.conf"
    os.close(handle)
    os.close(above)


@root
def test_a_hard_link_is_taken_only_where_its_maker_could_read_the_file(shared: Path) -> None:
    secret, path = shared.parent / "secret", shared / "frr.conf"
    os.link(secret, path)
    nobody = 65534
    cases = [  # the directory's owner and mode, the file's, whether it is taken
        (0, 0o755, 0, 0o600, True),  # only root can have made it
        (0, 0o755, nobody, 0o600, False),
        (nobody, 0o755, nobody, 0o600, True),
        (nobody, 0o755, 0, 0o600, False),  # nobody may have made a name for root's file
        (nobody, 0o755, 0, 0o644, True),  # everybody may read it
        (nobody, 0o755, 1, 0o644, False),
        (0, 0o777, 0, 0o600, False),
        (0, 0o2775, 0, 0o640, False),
        (0, 0o777, 0, 0o644, True),
    ]
    for owner, mode, of, its, taken in cases:
        os.chown(shared, owner, -1)
        shared.chmod(mode)
        os.chown(secret, of, -1)
        secret.chmod(its)
        if taken:
            assert data(path) == SECRET
        else:
            assert "has other names (hard links)" in words(path)
            assert "Publish a copy" in words(path)
    secret.unlink()
    os.chown(path, 1, -1)
    assert data(path) == SECRET  # its only name


def test_what_cannot_be_read_is_said(shared: Path) -> None:
    assert "does not exist" in words(shared / "frr.conf")
    (shared / "directory").mkdir()
    assert "is a directory" in words(shared / "directory")
    os.mkfifo(shared / "fifo")
    assert "it is a FIFO, not a regular file. Put the configuration there" in words(shared / "fifo")
    (shared / "dangling").symlink_to("nowhere")
    assert "symbolic link to a file that does not exist" in words(shared / "dangling")


@root
def test_a_device_is_not_opened(shared: Path) -> None:
    try:
        os.mknod(shared / "frr.conf", 0o666 | 0o020000, os.makedev(5, 0))
    except PermissionError:
        pytest.skip("no device may be made here")
    assert "it is a character device, not a regular file" in words(shared / "frr.conf")


def test_a_file_that_is_too_large_has_a_hash_in_little_memory(shared: Path) -> None:
    path = shared / "frr.conf"
    with path.open("wb") as file:
        file.truncate(offered.SIZE_LIMIT)
    assert len(data(path)) == offered.SIZE_LIMIT
    with path.open("ab") as file:
        file.write(b"!")
    large = offered.read(path)
    assert isinstance(large, Unreadable)
    assert large.digest == hashlib.sha256(b"\0" * offered.SIZE_LIMIT + b"!").hexdigest() == offered.peek(path)
    assert "larger than 16 MiB" in large.message


def test_a_sparse_file_of_100_gb_is_not_read_at_all(shared: Path) -> None:
    path = shared / "frr.conf"
    path.touch()
    os.truncate(path, 100 * 10**9)
    large = offered.read(path)
    assert isinstance(large, Unreadable)
    assert large.digest is None
    assert "larger than 16 MiB" in large.message
    assert offered.peek(path) == large.message
