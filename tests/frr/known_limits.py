"""What real FRRs do not do, however it is said to them: each with its reason, and shown by a regression case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """A limitation of FRR or of its frr-reload.py, and the symptoms by which it shows.

    `case` is the regression case that shows it, empty where there is none: it needs luck.
    """

    case: str
    versions: str
    symptoms: str
    why: str

    def applies(self, version: str) -> bool:
        """Whether an FRR version has the limit."""
        return bool(re.match(self.versions, version))

    def explains(self, symptom: str, version: str) -> bool:
        """Whether the symptom is this limit's."""
        return self.applies(version) and bool(re.search(self.symptoms, symptom))


KNOWN_LIMITS = (
    Limit(
        "limit-graceful-restart-in-a-vrf",
        r"10\.[4-7]",
        r"% Invalid value$|Failure to communicate\[13\] to bgpd, line:  neighbor \S+ graceful-restart$"
        r"|\[\d+\|bgpd\] Configuration file\[\S+\] processing failure: 13",
        "bgpd takes the line and says `Invalid value` where the VRF's device is not there; the judge finds nothing",
    ),
    Limit(
        "",
        r"8\.4",
        r"reload: exit code 1$|reload: .*(?:we failed to remove this command|no vnc defaults)",
        "frr-reload.py sends `vrf X` without leaving `router bgp`, which takes it for `vrf-policy X` and makes `vnc defaults`; "
        "its second run removes both, exits 1, and the judge and the running configuration are as they must be",
    ),
)


def unknown(symptoms: Iterable[str], version: str) -> list[str]:
    """The symptoms that no known limit explains."""
    return [one for one in symptoms if not any(limit.explains(one, version) for limit in KNOWN_LIMITS)]
