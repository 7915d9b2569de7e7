"""Links in a folder that others wrote: which of them may be followed."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from frrcompile.regular import stays_in

GIT = ".git"
REFUSED = "it is a link out of the folder and its repository, and is not followed; name the file itself"


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
