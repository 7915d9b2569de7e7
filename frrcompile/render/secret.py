"""Secrets, opened at the last moment: when the one line that needs it is written.

A model may be written by others, so it cannot name any file of this machine as a password: a `password-file` is read only
below the folder of a file of the model, or below a folder that the operator names. Nor can it name any environment
variable: in CI, tokens stand in others.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from frrcompile import regular
from frrcompile.ir.origin import Origin
from frrcompile.ir.secret import SecretSource
from frrcompile.links import GIT
from frrcompile.redact import MASK

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDERS = "FRRCOMPILE_SECRETS_DIR"
"""The environment variable with the folders that may hold passwords, separated by colons."""

PREFIX = "FRR_PASSWORD_"
"""How the names of the environment variables begin that a model may name."""

VARIABLES = "FRRCOMPILE_SECRETS_ENV"
"""The environment variable with the names of others that it may name, too, separated by colons."""

LONGEST_FILE = 1024
"""Bytes of a file with a password."""


class SecretError(Exception):
    """A secret that cannot be opened, or that FRR could not take; `at` is the model's field."""

    def __init__(self, message: str, at: Origin) -> None:
        super().__init__(message)
        self.at = at


def opener(models: Iterable[str], folders: Iterable[str] = ()) -> Callable[[SecretSource], str]:
    """`reveal` for a model in the files `models`, with the folders that the operator names besides."""
    beside = [os.path.dirname(os.path.abspath(path)) for path in models if path != "-"]  # noqa: PTH100, PTH120
    return partial(reveal, folders=(*beside, *folders))


def reveal(source: SecretSource, folders: Sequence[str] = ()) -> str:
    """The secret itself. Raises SecretError; its message never holds the secret.

    A file must be below one of `folders`, or of those in the environment variable `FRRCOMPILE_SECRETS_DIR`, and not in `.git`.
    The name of an environment variable must begin with `PREFIX`, or stand in the environment variable `FRRCOMPILE_SECRETS_ENV`.
    """
    if source.literal is not None:
        return source.literal.reveal()
    if source.env is not None:
        where = f"the environment variable {source.env}"
        value = _variable(source.env, source.at)
    else:
        allowed_in = (*folders, *filter(None, os.environ.get(FOLDERS, "").split(":")))
        where = _found(str(source.file), source.at, allowed_in)
        value = _read(where, source.at, allowed_in)
    if not re.fullmatch(r"[\x21-\x7e]{1,128}", value):
        raise SecretError(
            f"{where} does not hold a password: one line of 1 to 128 printable ASCII characters without blanks",
            source.at,
        )
    return value


def placeholder(_source: SecretSource) -> str:
    """A text in the secret's place, for goldens and reviews."""
    return MASK


def allowed(source: SecretSource) -> str:
    """The same, where the source is one that may be opened; nothing is opened. Raises SecretError for a variable's name."""
    if source.env is not None:
        _check_name(source.env, source.at)
    return MASK


def _check_name(name: str, at: Origin) -> None:
    if not name.startswith(PREFIX) and name not in os.environ.get(VARIABLES, "").split(":"):
        raise SecretError(
            f"the environment variable {name} is not read: its name does not begin with {PREFIX}; "
            f"rename it, or list its name in ${VARIABLES}",
            at,
        )


def _variable(name: str, at: Origin) -> str:
    _check_name(name, at)
    value = os.environ.get(name)
    if value is None:
        raise SecretError(f"the environment variable {name} is not set", at)
    return value


def _found(path: str, at: Origin, folders: Sequence[str]) -> str:
    """The file that a path names: a relative one in the first folder that has it."""
    if path.startswith("/"):
        return path
    there = [os.path.join(folder, path) for folder in folders]  # noqa: PTH118
    found = next(filter(os.path.lexists, there), None)
    if found is None:  # the path is not quoted: it may be a password in the wrong place
        raise SecretError(
            "the relative path is neither in the folder of the model nor in a folder for secrets; "
            f"name its folder with --secrets-dir or in ${FOLDERS}",
            at,
        )
    return found


def _read(where: str, at: Origin, folders: Sequence[str]) -> str:
    # A link may not lead out of the folder either; those that Kubernetes makes stay in it.
    if GIT in Path(os.path.realpath(where)).parts:  # a checkout may leave a token there
        raise SecretError(f"{where} is not read: it is in {GIT}, where git has its own files", at)
    if not any(regular.stays_in(where, folder) for folder in folders):
        raise SecretError(
            f"{where} is not read: it is neither below the folder of the model nor below a folder for secrets; "
            f"name its folder with --secrets-dir or in ${FOLDERS}",
            at,
        )
    try:
        return regular.read(where, LONGEST_FILE).decode("ascii").removesuffix("\n").removesuffix("\r")
    except OSError as error:
        raise SecretError(f"the password cannot be read from {where}: {error.strerror}", at) from None
    except UnicodeDecodeError:
        return ""
