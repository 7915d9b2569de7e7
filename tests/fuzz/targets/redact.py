"""Masking: of any text around a password line, and of what is masked already."""

from __future__ import annotations

from frrcompile.redact import redact, secrets
from reloader import masking
from tests.fuzz import oracle, seeds
from tests.fuzz.target import Target


def run(data: bytes) -> None:
    text = oracle.planted(data).decode(errors="replace")
    shown = redact(text)
    oracle.without_secret(shown, "redact")
    oracle.expect(redact(shown) == shown, "redact of what is redacted changes it", ascii(shown[:200]))
    oracle.expect(shown.count("\n") == text.count("\n"), "redact loses lines")
    secrets(text)
    for line in text.split("\n"):
        for masked in (
            masking.faulty_line(line),
            masking.each_line(line),
            masking.message(f'line 1: "{redact(line)}"'),
        ):
            oracle.without_secret(masked, "masking")


TARGET = Target(run, seeds.confs, seeds.words)
