"""The second half of `make run`: what it prints of two nodes is what happened."""

from __future__ import annotations

import pytest

from examples import two_nodes
from tests.frr.installation import installations

pytestmark = pytest.mark.lab


@pytest.mark.usefixtures("lab_files")
def test_two_nodes_exchange_packets(capsys: pytest.CaptureFixture[str]) -> None:
    assert two_nodes.run(installations()[0]) == 0
    told = capsys.readouterr().out
    assert told.count(" 0% packet loss") == 2
    assert "100.65.0.2 > 100.65.0.3, VNI 100: 10.244.0.6 > 10.244.16.6: ICMP echo request" in told
    assert "100.65.0.3 > 100.65.0.2, VNI 100: 10.244.16.6 > 10.244.0.6: ICMP echo reply" in told
