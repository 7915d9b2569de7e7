"""What was seen of a sidecar and its FRR, moment by moment, and in which stretches of it the sidecar lied.

FRR's configuration is known by its text, as the daemons show it. The judge of the tests says of a text whether FRR has a
file with it; it is asked while FRR shows that text before and after. What could not be judged so is no lie.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

Verdicts = Mapping[tuple[str, str], Sequence[str]]
"""For a text of FRR's and a file's hash: what the judge lists, nothing where FRR has the file."""


class Sample(NamedTuple):
    """One moment, in seconds of the monotonic clock.

    `claims` are the files that the sidecar says FRR has, by source; `text` is FRR's configuration, None where it was not
    to be had.
    """

    at: float
    claims: Mapping[str, str]
    text: str | None


class Lie(NamedTuple):
    """`source` said from `since` for `seconds` that FRR has the file `digest`, and the judge listed `differences`."""

    source: str
    digest: str
    since: float
    seconds: float
    differences: Sequence[str]


def lies(samples: Sequence[Sample], verdicts: Verdicts, patience: float) -> Iterator[Lie]:
    """Every claim that was false for longer than `patience` seconds without a break."""
    for source in sorted({source for sample in samples for source in sample.claims}):
        run: list[Sample] = []
        for sample in [*samples, Sample(0.0, {}, None)]:
            digest = sample.claims.get(source)
            wrong = digest is not None and sample.text is not None and bool(verdicts.get((sample.text, digest)))
            if run and (not wrong or digest != run[0].claims[source]):
                if run[-1].at - run[0].at > patience:
                    yield _lie(source, run, verdicts)
                run = []
            if wrong:
                run.append(sample)


def in_vain(samples: Sequence[Sample], verdicts: Verdicts, digest: str, at: float, patience: float) -> Lie | None:
    """Whether a `wait` for a file that ended well at a moment lied: all that FRR showed in the `patience` before is wrong."""
    before = [sample for sample in samples if at - patience <= sample.at <= at]
    wrong = [sample for sample in before if sample.text is not None and verdicts.get((sample.text, digest))]
    return _lie("wait", wrong, verdicts, digest) if before and len(wrong) == len(before) else None


def _lie(source: str, run: Sequence[Sample], verdicts: Verdicts, digest: str = "") -> Lie:
    digest = digest or run[0].claims[source]
    assert run[-1].text is not None
    return Lie(source, digest, run[0].at, run[-1].at - run[0].at, verdicts[run[-1].text, digest])
