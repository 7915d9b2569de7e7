"""Runs one target without Atheris: Hypothesis edits the corpus. `python -m tests.fuzz.drawn TARGET SECONDS`."""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import corpus, target, trial

EDITS = 8  # of one input, at most
ROUND = 1000  # inputs between two looks at the clock
QUIET = settings(
    max_examples=ROUND,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


def edited(seeds: Sequence[bytes], words: Sequence[str]) -> st.SearchStrategy[bytes]:
    """A seed with pieces of it replaced by others: words, random bytes or letters, pieces of another seed, nothing."""
    pieces = (
        st.sampled_from(words or ("",)).map(str.encode)
        | st.binary(max_size=8)
        | st.text(max_size=8).map(lambda text: text.encode(errors="surrogatepass"))
        | st.tuples(st.sampled_from(seeds), st.integers(0, 8192), st.integers(0, 200)).map(
            lambda drawn: drawn[0][drawn[1] % (len(drawn[0]) + 1) :][: drawn[2]]
        )
    )

    def after(seed: bytes) -> st.SearchStrategy[bytes]:
        edit = st.tuples(st.integers(0, len(seed)), st.integers(0, 40), pieces)
        return st.lists(edit, max_size=EDITS).map(lambda edits: _applied(seed, edits))

    return st.sampled_from(seeds).flatmap(after)


def _applied(seed: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    for at, length, piece in edits:
        seed = seed[:at] + piece + seed[at + length :]
    return seed


def main(name: str, seconds: float) -> None:
    warnings.simplefilter("ignore")  # a test that calls itself
    fuzzed = target.load(name)
    trials = trial.Trials(name, fuzzed)
    deadline = time.monotonic() + seconds
    seeds = list(corpus.inputs(name, fuzzed))
    for seed in seeds:
        trials.one(seed)

    @QUIET
    @given(edited(seeds, list(fuzzed.words())))
    def some(data: bytes) -> None:
        if time.monotonic() < deadline:
            trials.one(data)

    while time.monotonic() < deadline:
        some()
    print(f"stat::number_of_executed_units: {trials.runs}", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
