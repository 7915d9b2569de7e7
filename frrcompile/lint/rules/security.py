"""Security: what lets somebody in who should stay out."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.registry import Problem, rule


@rule("FRR701", "vty-password-in-the-clear", Severity.WARNING)
def vty_password_in_the_clear(config: Configuration) -> Iterator[Problem]:
    """A vty password that is not encrypted can be read by whoever reads the file.

    What: `password` and `enable password` hold the password itself unless `8` and a hash stand before it.
    Why: FRR writes it as it is unless `service password-encryption` is set (lib/command.c, config_password).
    Bad:
        hostname r1
        password secret
    Good:
        hostname r1
        password 8 DFzh8RP6LqHrM
    """
    for command in (*config.of("config", "password"), *config.of("config", "enable")):
        at = command.words.index("password") + 1 if "password" in command.words else len(command.words)
        if not command.negated and command.words[at : at + 1] != ("8",):
            yield Problem(command, "a password in the clear", help="use `password 8 HASH`, or leave it out")
