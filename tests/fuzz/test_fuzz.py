"""Each fuzz target keeps its word for its seeds, for some edits of them, and for all that was ever found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.conftest import examples
from tests.fuzz import corpus, oracle, target, trial
from tests.fuzz.drawn import QUIET, edited

EXAMPLES = examples(40)  # of each target
FOUND = sorted(path for path in trial.FINDINGS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("name", target.names())
def test_seeds_and_edits_of_them(name: str) -> None:
    fuzzed = target.load(name)
    seeds = list(fuzzed.seeds())
    assert [found for seed in seeds if (found := trial.attempt(fuzzed, seed[: fuzzed.size]))] == []

    @settings(QUIET, max_examples=EXAMPLES, derandomize=True)
    @given(edited(seeds, list(fuzzed.words())))
    def some(data: bytes) -> None:
        assert trial.attempt(fuzzed, data[: fuzzed.size]) is None

    some()


@pytest.mark.parametrize("path", FOUND, ids=[f"{path.parent.name}/{path.name}" for path in FOUND])
def test_what_was_found_is_mended(path: Path) -> None:
    assert trial.attempt(target.load(path.parent.name), path.read_bytes()) is None


# What was found in inputs that are too long to keep.
LONG = {
    "diff": (b"interface eth0\n description" + b" red" * 97_000 + b"\nexit\n\n%%\nip route 192.0.2.0/24 Null0\n",),
}


@pytest.mark.parametrize("name", LONG)
def test_long_inputs(name: str) -> None:
    assert [trial.attempt(target.load(name), data) for data in LONG[name]] == [None] * len(LONG[name])


def _leaks(data: bytes) -> None:
    oracle.output(oracle.planted(data).decode(), "the test")


def _hangs(data: bytes) -> None:
    while data:
        data = data.replace(b"a", b"b")


def _breaks(data: bytes) -> None:
    if b"wrong" in data:
        raise KeyError(data)


def _colors(data: bytes) -> None:
    oracle.output(f"\x1b[31m{data!r}", "the test")


def _turns(data: bytes) -> None:
    oracle.output(f"\N{RIGHT-TO-LEFT OVERRIDE}{data!r}", "the test")


def _talks(data: bytes) -> None:
    oracle.sentence(str(data) * 500, "the test")


@pytest.mark.parametrize(
    ("run", "kind"),
    [
        (_leaks, "the test shows a secret"),
        (_colors, "the test shows a control character"),
        (_turns, "the test shows a control character"),
        (_talks, "the test has a message without bounds"),
        (_hangs, "TooLongError in tests/fuzz/test_fuzz:_hangs"),
        (_breaks, "KeyError in tests/fuzz/test_fuzz:_breaks"),
    ],
)
def test_the_oracles_see_what_is_wrong(
    run: Callable[[bytes], None], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "CPU_SECONDS", 0.2)
    found = trial.attempt(target.Target(run, list), b"something wrong")
    assert found is not None
    assert found.kind == kind


def test_a_finding_is_kept_once_and_made_smaller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "FINDINGS", tmp_path)
    trials = trial.Trials("breaks", target.Target(_breaks, list))
    for data in (b"right", b"so much is wrong here", b"all wrong"):
        trials.one(data)
    (kept,) = tmp_path.glob("breaks/*")
    assert kept.read_bytes() == b"wrong"
    assert (trials.runs, list(trials.kinds.values())) == (3, [2])


def test_a_dictionary_is_libfuzzers() -> None:
    words = target.Target(_breaks, list, lambda: ("no ", '"', "\n", "no "))
    assert corpus.dictionary(words) == '"\\x6e\\x6f\\x20"\n"\\x22"\n"\\x0a"\n'
