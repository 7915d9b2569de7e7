"""What Prometheus reads, as Prometheus reads it."""

from __future__ import annotations

import re
from dataclasses import replace

from reloader.metrics import Metrics
from reloader.status import Drift, Frr, Phase, State, Verdict
from tests.reloader.test_status import STATUS

SAMPLE = re.compile(r'([a-z_]+)(\{[a-z]+="[^"\n]*"\})? (-?[\d.e+-]+)')


def samples(metrics: Metrics) -> dict[str, float]:
    """Every sample; each must be well-formed, of a family that was announced, and there only once."""
    found: dict[str, float] = {}
    families: set[str] = set()
    for line in metrics.text().splitlines():
        if line.startswith("# TYPE "):
            families.add(line.split()[2])
        elif not line.startswith("#"):
            match = SAMPLE.fullmatch(line)
            assert match, line
            assert re.sub(r"_(?:sum|count)$", "", match[1]) in families or match[1] in families
            assert match[1] + (match[2] or "") not in found
            found[match[1] + (match[2] or "")] = float(match[3])
    return found


def test_before_anything_was_seen() -> None:
    assert samples(Metrics())["frr_reloader_looks_total"] == 0


def test_counts_and_times() -> None:
    metrics = Metrics()
    metrics.look()
    metrics.verdict(Verdict.ROLLED_BACK)
    metrics.restore(Verdict.GOOD)
    metrics.phase(Phase.APPLY, 1.5)
    metrics.phase(Phase.APPLY, 0.5)
    frr = Frr("10.3", {"zebra": "up", "bgpd": "down"})
    drift = Drift("2026-01-01T00:00:00.000Z", ("add: x",))
    metrics.see(replace(STATUS, state=State.DEGRADED, good_hash="a" * 64, offered_hash="b" * 64, frr=frr, drift=drift))
    found = samples(metrics)
    assert found['frr_reloader_reloads_total{verdict="rolled-back"}'] == 1
    assert found['frr_reloader_reloads_total{verdict="good"}'] == 0
    assert found['frr_reloader_restores_total{verdict="good"}'] == 1
    assert found['frr_reloader_phase_duration_seconds_sum{phase="apply"}'] == 2
    assert found['frr_reloader_phase_duration_seconds_count{phase="apply"}'] == 2
    assert found['frr_reloader_state{state="degraded"}'] == 1
    assert found['frr_reloader_state{state="idle"}'] == 0
    assert found["frr_reloader_frr_up"] == 1
    assert found['frr_reloader_frr_daemon_up{daemon="bgpd"}'] == 0
    assert found["frr_reloader_drift_lines"] == 1
    assert found["frr_reloader_drift_checked_timestamp_seconds"] == 1767225600
    assert found["frr_reloader_stale_seconds"] >= 0
    metrics.see(replace(STATUS, state=State.DEGRADED, good_hash="b" * 64, offered_hash="b" * 64))
    assert samples(metrics)["frr_reloader_stale_seconds"] > 0
    metrics.see(replace(STATUS, state=State.IDLE, good_hash="b" * 64, offered_hash="b" * 64))
    assert samples(metrics)["frr_reloader_stale_seconds"] == 0
