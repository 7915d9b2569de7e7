"""Fuzzing of every parser of bytes that others write: `python -m tests.fuzz [TARGET...] --minutes N`, or `make soak PART=fuzz`.

A target (`targets/`) hands an input to the code and says what must be true of the answer (`oracle.py`). Atheris chooses
the inputs by the coverage of the code (`guided.py`); where it is not installed, Hypothesis edits the seeds (`drawn.py`).
The corpus stays in the cache directory between runs. The smallest input that shows a finding becomes a file below
`findings/`, which every test run tries again.
"""
