"""Where a secret comes from. The intermediate representation names the source; only `render` opens it."""

from __future__ import annotations

from typing import NamedTuple

from frrcompile.ir.origin import Origin
from frrcompile.redact import Secret


class SecretSource(NamedTuple):
    """A secret that is written in the model, or stands in a file or an environment variable: exactly one of them."""

    literal: Secret | None = None
    file: str | None = None
    env: str | None = None
    at: Origin = ()
