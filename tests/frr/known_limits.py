"""What real FRRs do not do, however it is said to them: each with its reason, and shown by a regression case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """A limitation of FRR or of its frr-reload.py, and the symptoms by which it shows."""

    name: str
    versions: str
    symptoms: str
    why: str

    def explains(self, symptom: str, version: str) -> bool:
        """Whether the symptom is this limit's."""
        return bool(re.match(self.versions, version) and re.search(self.symptoms, symptom))


KNOWN_LIMITS: tuple[Limit, ...] = ()


def unknown(symptoms: Iterable[str], version: str) -> list[str]:
    """The symptoms that no known limit explains."""
    return [one for one in symptoms if not any(limit.explains(one, version) for limit in KNOWN_LIMITS)]
