"""Runs one target under Atheris, as a process of its own: `python -m tests.fuzz.guided TARGET SECONDS`.

What libFuzzer prints of coverage and speed goes to standard error, which `__main__` reads.
"""

from __future__ import annotations

import sys
import tempfile

import atheris

PACKAGES = ["frrcompile", "reloader"]
MEMORY_MB = 2048
INSTRUMENTED = 4  # times slower than the code alone


def main(name: str, seconds: int) -> None:
    # Before any import of ours, and for the whole process: much of the code imports what it needs inside its functions.
    atheris.instrument_imports(include=PACKAGES).__enter__()
    from tests.fuzz import corpus, target, trial

    fuzzed = target.load(name)
    trials = trial.Trials(name, fuzzed)
    trial.CPU_SECONDS *= INSTRUMENTED
    with tempfile.NamedTemporaryFile("w", suffix=".dict") as words:
        words.write(corpus.dictionary(fuzzed))
        words.flush()
        options = [
            *(f"-max_total_time={seconds}", f"-max_len={fuzzed.size}", f"-dict={words.name}"),
            *(f"-rss_limit_mb={MEMORY_MB}", "-timeout=0", "-handle_alrm=0", "-print_final_stats=1"),
            f"-artifact_prefix={corpus.folder(name)}.",
        ]
        atheris.Setup([sys.argv[0], *options, str(corpus.plant(name, fuzzed))], trials.one)
        atheris.Fuzz()  # ends the process


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
