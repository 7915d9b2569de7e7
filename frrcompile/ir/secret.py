"""Where a secret comes from. The intermediate representation names the source; only `render` opens it."""

from __future__ import annotations

from dataclasses import dataclass

from frrcompile.ir.origin import Origin, origin
from frrcompile.redact import Secret


@dataclass(frozen=True, slots=True)
class SecretSource:
    """A secret that is written in the model, or stands in a file or an environment variable: exactly one of them."""

    literal: Secret | None = None
    file: str | None = None
    env: str | None = None
    at: Origin = origin()
