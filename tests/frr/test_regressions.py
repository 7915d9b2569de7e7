"""What random models taught: each file of tests/regressions on every FRR, alone, or from its first model to its second."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.frr.installation import Installation
from tests.frr.known_limits import KNOWN_LIMITS, unknown
from tests.frr.trial import compiled, trial

REGRESSIONS = Path(__file__).parents[1] / "regressions"
CASES = sorted(path.stem for path in REGRESSIONS.glob("*.yaml"))


@pytest.mark.deep
@pytest.mark.parametrize("name", CASES)
def test_regression(name: str, installation: Installation) -> None:
    documents = re.split(r"^---$", (REGRESSIONS / f"{name}.yaml").read_text(), flags=re.MULTILINE)
    confs = [compiled(document, installation.version) for document in documents]
    if name.startswith("refused-"):
        assert confs == [None] * len(confs), "the rule that refuses it is gone"
        return
    assert None not in confs
    symptoms = trial(installation, *[conf for conf in confs if conf]).symptoms
    assert unknown(symptoms, installation.version, name) == []
    for limit in KNOWN_LIMITS:
        if limit.case == name and limit.applies(installation.version):
            assert any(map(limit.shows, symptoms)), f"FRR {installation.version} has learnt it: {limit.why}"
