"""Secrets, opened at the last moment: when the one line that needs it is written."""

from __future__ import annotations

import os
import re
from pathlib import Path

from frrcompile.ir.origin import Origin
from frrcompile.ir.secret import SecretSource
from frrcompile.redact import MASK


class SecretError(Exception):
    """A secret that cannot be opened, or that FRR could not take; `at` is the model's field."""

    def __init__(self, message: str, at: Origin) -> None:
        super().__init__(message)
        self.at = at


def reveal(source: SecretSource) -> str:
    """The secret itself. Raises SecretError; its message never holds the secret."""
    if source.literal is not None:
        return source.literal.reveal()
    if source.env is not None:
        value = os.environ.get(source.env)
        if value is None:
            raise SecretError(f"the environment variable {source.env} is not set", source.at)
        where = f"the environment variable {source.env}"
    else:
        where = str(source.file)
        try:
            value = Path(where).read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise SecretError(f"the password cannot be read from {where}: {reason}", source.at) from None
    if not re.fullmatch(r"[\x21-\x7e]{1,128}", value):
        raise SecretError(
            f"{where} does not hold a password: 1 to 128 printable ASCII characters without blanks", source.at
        )
    return value


def placeholder(_source: SecretSource) -> str:
    """A text in the secret's place, for goldens and reviews."""
    return MASK
