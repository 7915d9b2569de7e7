"""Security: what lets somebody in who should stay out."""

from frrcompile.lint.rules.security import peers, secrets, vty

__all__ = ["peers", "secrets", "vty"]
