"""`git:REV:PATH`: what the command line takes from a repository."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator

from frrcompile.cli.inputs import MAX_BYTES

GIT = "git:"


class RevisionError(Exception):
    """What cannot be had of a repository: a message for people."""


class Revision:
    """A file or a folder at a revision. Its methods raise RevisionError."""

    def __init__(self, named: str) -> None:
        """`named` begins with `git:`."""
        self.named = named
        revision, colon, self._path = named.removeprefix(GIT).partition(":")
        if not colon or not revision or revision.startswith("-"):
            raise RevisionError(f"{named}: found no path; allowed: git:REV:PATH, such as git:main:site.yaml")
        if "\n" in named:  # git reads a name a line
            raise RevisionError(f"{named}: a name with a line feed is not read")
        self._place = f"{revision}:{self._path}"

    def is_file(self) -> bool:
        """Whether it is a file and no folder."""
        return self._git("cat-file", "-t", self._place).strip() == b"blob"

    def content(self) -> bytes:
        """What is in the file, or in the one that it is a symbolic link to."""
        self._check_size()
        said, _, content = self._git(
            "cat-file", "--batch", "--follow-symlinks", stdin=f"{self._place}\n".encode(errors="surrogateescape")
        ).partition(b"\n")
        if said.split()[1:2] != [b"blob"]:
            raise RevisionError(f"{self.named}: it leads to no file of that revision")
        return content.removesuffix(b"\n")

    def _check_size(self) -> None:
        """Raises RevisionError for a file that is too large, before git writes it out."""
        asked = f"{self._place}\n".encode(errors="surrogateescape")
        said = self._git("cat-file", "--batch-check=%(objectsize)", "--follow-symlinks", stdin=asked).strip()
        if said.isdigit() and int(said) > MAX_BYTES:
            raise RevisionError(f"{self.named}: it has more than {MAX_BYTES // 1024 // 1024} MiB")

    def files(self) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
        """The files of the folder and of those in it: each one's name there, what the user calls it, and its content."""
        listed = self._git("ls-tree", "-r", "-z", "--name-only", self._place).decode(errors="surrogateescape")
        for name in filter(None, listed.split("\0")):  # `ls-tree` on a tree prints names inside it
            one = Revision(f"{self.named.rstrip('/')}{'/' if self._path else ''}{name}")
            yield name, f"{self.named.rstrip('/')}/{name}", one.content

    def _git(self, *arguments: str, stdin: bytes = b"") -> bytes:
        try:
            done = subprocess.run(["git", *arguments], input=stdin, capture_output=True, check=False)
        except OSError as error:
            raise RevisionError(f"{self.named}: git cannot be run: {error.strerror}") from None
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ").split("\n")[0]
            raise RevisionError(f"{self.named}: {said or 'git has no such thing'}")
        if len(done.stdout) > MAX_BYTES:
            raise RevisionError(f"{self.named}: more than {MAX_BYTES:,} bytes")
        return done.stdout
