"""Links in what others wrote, a folder or a git work tree: which of them may be followed."""

from __future__ import annotations

import errno
import os
from functools import lru_cache
from pathlib import Path

from frrcompile.regular import stays_in

GIT = ".git"
REFUSED = "it is a link out of the folder and its repository, and is not followed; name the file itself"

LEAVES = "a link on the way leads out of the git work tree that it is in, and is not followed; name the file itself"


def check_named(path: str) -> None:
    """Raises OSError where the command line names a path, and a link on the way leads out of the work tree that has it.

    In CI the author of a pull request decides what is at a path of the repository. A link that is in no git work tree is the
    user's own, and is followed.
    """
    here = Path("/") if path.startswith("/") else Path.cwd()  # without links, and so in each step below
    for part in path.split("/"):
        step = Path(os.path.normpath(here / part))
        here = Path(os.path.realpath(step))
        if step.is_symlink() and not _stays_in_work_tree(here, step.parent):
            raise OSError(errno.ELOOP, LEAVES, path)


def _stays_in_work_tree(target: Path, folder: Path) -> bool:
    """Whether what a link in `folder` leads to is in the same git work tree, or the folder is in none."""
    top = _repository(str(folder))
    if not (top / GIT).exists():
        return True
    return target.is_relative_to(top) and GIT not in target.relative_to(top).parts


def may_follow(path: str | Path, folder: str | Path) -> bool:
    """Whether what was found below `folder` is there: no link on the way leads out of it and of its git repository.

    A repository may have links within itself. A link into `.git`, where credentials may be, is not followed.
    """
    if GIT in Path(os.path.realpath(path)).parts and GIT not in Path(os.path.realpath(folder)).parts:
        return False
    return stays_in(path, folder) or stays_in(path, _repository(os.path.realpath(folder)))


@lru_cache
def _repository(folder: str) -> Path:
    """The top of the git repository that a folder is in; the folder itself where it is in none."""
    here = Path(folder)
    return next((one for one in (here, *here.parents) if (one / GIT).exists()), here)
