"""What real FRRs do not do, however it is said to them: each with its reason, and most shown by a regression case."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """A limitation of FRR or of its frr-reload.py, and the symptoms by which it shows.

    `case` is the regression case that shows it. What random models are not to show, as the strategies keep from it,
    is forgiven to the case alone (`drawn` is False); what another limit leads to is forgiven beside its symptom alone.
    """

    name: str
    case: str
    versions: str
    symptoms: str
    why: str
    drawn: bool = True
    beside: str = ""

    def applies(self, version: str) -> bool:
        """Whether an FRR version has the limit."""
        return bool(re.match(self.versions, version))

    def shows(self, symptom: str) -> bool:
        """Whether the symptom is this limit's."""
        return _is(self.symptoms, symptom)


def _is(pattern: str, symptom: str) -> bool:
    return bool(re.fullmatch(f"(?:back: )?(?:{pattern})", symptom))


_NOT_TAKEN = r"Failure to communicate\[13\] to bgpd, line: "
_BFD_VALUE = r"(?:echo )?(?:transmit-interval|receive-interval|detect-multiplier|minimum-ttl) \d+"

KNOWN_LIMITS = (
    Limit(
        "graceful restart in a VRF without its device",
        "limit-graceful-restart-in-a-vrf",
        r"10\.[4-7]",
        rf"load: % Invalid value|(?:load: line \d+|reload: refused): {_NOT_TAKEN} (?:neighbor \S+|bgp) graceful-restart"
        r"(?:-helper|-disable)?"
        r"|reload: kept: router bgp \d+ vrf \S+ +no (?:neighbor \S+|bgp) graceful-restart(?:-helper|-disable)? exit: % Invalid value"
        r"|load: \[\d+\|bgpd\] Configuration file\[\S+\] processing failure: 13",
        "bgpd takes the line and says `Invalid value` where the VRF's device is not there; the judge finds nothing",
    ),
    Limit(
        "graceful restart typed twice",
        "limit-graceful-restart-typed-twice",
        r"8\.4",
        rf"reload: refused: {_NOT_TAKEN} neighbor \S+ graceful-restart(?:-helper|-disable)?",
        "frr-reload.py sends in its second pass what it sent in its first, and bgpd refuses what it has already",
    ),
    Limit(
        "lines of a neighbour that is gone",
        "limit-lines-of-a-neighbour-that-is-gone",
        r"8\.4",
        r"reload: kept: router bgp .* no neighbor .*: % Specify remote-as or peer-group commands first",
        "frr-reload.py takes the neighbour away first, and its other lines then",
    ),
    Limit(
        "entry replaced by another of its number",
        "limit-entry-replaced",
        r"8\.4",
        rf"reload: refused: {_NOT_TAKEN}no bgp (?:community|extcommunity|large-community)-list .*",
        "frr-reload.py sends the new entry, which takes the old one's place, and takes the old one away then",
    ),
    Limit(
        "vrf typed inside router bgp",
        "limit-vrf-inside-router-bgp",
        r"8\.4",
        r"reload: kept: router bgp \d+  no vnc defaults: % Unknown command:  no vnc defaults"
        rf"|reload: refused: {_NOT_TAKEN}vrf \S+"
        r"|log: .*VNI \d+ is already configured as L3-VNI|log: .*failed to validate candidate configuration",
        "frr-reload.py sends `vrf X` without leaving `router bgp`, which takes it for `vrf-policy X` and makes `vnc defaults`; "
        "what is in the VRF, such as its `vni`, goes to the default VRF. Its second run removes all that, though it says that "
        "it did not, and then the judge and the running configuration are as they must be",
    ),
    Limit(
        "value of a BFD profile back to its default",
        "limit-bfd-value-to-its-default",
        r"8\.4",
        rf"judge: delete: bfd \| profile \S+ \| no {_BFD_VALUE}|running has: bfd \| profile \S+ \| {_BFD_VALUE}",
        "bfdd has no `no receive-interval`, and does not show the default that could be typed in its place",
    ),
    Limit(
        "frr-reload.py does not survive a neighbour's route map that goes",
        "limit-route-map-that-goes",
        r"8\.4|10\.3",
        r"reload: UnboundLocalError: .*'rm_match'.*",
        "nothing is changed: it does not bear that a neighbour loses a route map where all that is new in BGP are new blocks",
    ),
    Limit(
        "import check switched on over a suppressed network",
        "limit-import-check-over-a-suppressed-network",
        r"10\.3",
        r"dead: bgpd in bgp_static_update",
        "bgpd dies of `bgp network import-check` where a `network` is inside an aggregate that is `summary-only`",
    ),
    Limit(
        "calls turned around",
        "limit-calls-turned-around",
        r"",
        r"dead: (?:bgpd|zebra) in \?",
        "where one route map called another, and then the other one calls the first, daemons follow the calls in a circle "
        "until their stack ends",
        drawn=False,
    ),
    Limit(
        "a VRF's route becomes a blackhole",
        "limit-vrf-blackhole",
        r"8\.4",
        r"reload: refused: Failure to communicate\[13\] to staticd, line: vrf \S+|judge: add: vrf \S+ \| (?:no )?ip route .*"
        r"|log: .*message: Route cannot have blackhole and non-blackhole nexthops simultaneously"
        r"|running (?:lacks|has): vrf \S+ \| ip route .*",
        "frr-reload.py adds the new route before it takes the old one away, and staticd refuses the mixture",
        drawn=False,
    ),
    Limit(
        "VRF that goes, beside an RD that comes back",
        "limit-vrf-that-goes-beside-an-rd",
        r"8\.4",
        r"judge: add: vrf \S+ \| no ip(?:v6)? route .*|running has: vrf \S+ \| ip(?:v6)? route .*",
        "the RD is sent in every run, and `vrf X` after it inside `router bgp`: what is to be taken away there stays",
        beside=r"judge: add: router bgp \d+ vrf \S+ \| address-family l2vpn evpn \| rd \S+",
    ),
    Limit(
        "level of a log file taken away",
        "limit-log-level-taken-away",
        r"10\.[4-7]",
        r"log: .*error \[internal inconsistency\] event \[apply\] operation \[modify\] xpath "
        r"\[/frr-logging:logging/file/level\]",
        "each daemon calls `no log file FILE LEVEL` an error, and does it",
    ),
    Limit(
        "RD that comes back",
        "limit-rd-that-comes-back",
        r"8\.4|10\.3",
        r"judge: add: router bgp \d+ vrf \S+ \| address-family l2vpn evpn \| rd \S+"
        r"|running lacks: router bgp \d+ vrf \S+ \| address-family l2vpn evpn \| rd \S+",
        "bgpd remembers a VRF's RD that was taken away, takes the same one for nothing new, and does not show it again",
    ),
)


def explained(symptoms: Collection[str], version: str, case: str = "") -> Iterator[tuple[str, Limit | None]]:
    """Each symptom with the limit that explains it, or none."""
    limits = [
        limit
        for limit in KNOWN_LIMITS
        if limit.applies(version)
        and (limit.drawn or limit.case == case)
        and (not limit.beside or any(_is(limit.beside, one) for one in symptoms))
    ]
    for symptom in symptoms:
        yield symptom, next((limit for limit in limits if limit.shows(symptom)), None)


def unknown(symptoms: Collection[str], version: str, case: str = "") -> list[str]:
    """The symptoms that no known limit explains."""
    return [symptom for symptom, limit in explained(symptoms, version, case) if not limit]


def met(symptoms: Collection[str], version: str, case: str = "") -> Counter[str]:
    """The known limits that the symptoms show, by name: each once."""
    return Counter({limit.name for _, limit in explained(symptoms, version, case) if limit})
