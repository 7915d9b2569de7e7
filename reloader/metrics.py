"""What Prometheus reads: counts and times of this life of the sidecar, in its text format 0.0.4."""

from __future__ import annotations

import threading
import time
from collections import Counter
from datetime import datetime

from reloader.status import Phase, State, Status, Verdict

PREFIX = "frr_reloader"


class Metrics:
    """Counters, and how to write them with a status. Any thread may use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._verdicts: Counter[str] = Counter()
        self._restores: Counter[str] = Counter()
        self._phase_seconds: Counter[str] = Counter()
        self._phase_runs: Counter[str] = Counter()
        self._looks = 0
        self._differs_since: float | None = None  # monotonic: the clock may be set
        self._status: Status | None = None

    def see(self, status: Status) -> None:
        """A status that was put up."""
        with self._lock:
            self._status = status
            has_it = status.good_hash is not None and status.good_hash == status.offered_hash
            if has_it and status.state is not State.DEGRADED:
                self._differs_since = None
            elif self._differs_since is None:
                self._differs_since = time.monotonic()

    def look(self) -> None:
        """The machine looked."""
        with self._lock:
            self._looks += 1

    def verdict(self, verdict: Verdict) -> None:
        """A file has its verdict."""
        with self._lock:
            self._verdicts[verdict] += 1

    def restore(self, verdict: Verdict) -> None:
        """FRR was brought back to the last good file, or not."""
        with self._lock:
            self._restores[verdict] += 1

    def phase(self, phase: Phase, seconds: float) -> None:
        """A phase has ended after `seconds`."""
        with self._lock:
            self._phase_seconds[phase] += seconds  # type: ignore[assignment]
            self._phase_runs[phase] += 1

    def text(self) -> str:
        """All of it."""
        with self._lock:
            return "".join(f"{line}\n" for line in self._lines())

    def _lines(self) -> list[str]:
        status = self._status
        lines: list[str] = []

        def family(name: str, kind: str, what: str, samples: list[tuple[str, float]]) -> None:
            lines.append(f"# HELP {PREFIX}_{name} {what}")
            lines.append(f"# TYPE {PREFIX}_{name} {kind}")
            lines.extend(f"{PREFIX}_{name}{labels} {value:.10g}" for labels, value in samples)

        def labelled(label: str, counter: Counter[str], values: list[str]) -> list[tuple[str, float]]:
            return [(f'{{{label}="{value}"}}', counter[value]) for value in values]

        verdicts, phases = [str(one) for one in Verdict], [str(one) for one in Phase]
        family("reloads_total", "counter", "Offered files by verdict.", labelled("verdict", self._verdicts, verdicts))
        family(
            "restores_total", "counter", "Returns to the last good file.", labelled("verdict", self._restores, verdicts)
        )
        family("looks_total", "counter", "Looks at the offered file and at FRR.", [("", self._looks)])
        lines.append(f"# HELP {PREFIX}_phase_duration_seconds Time spent in each phase of a reload.")
        lines.append(f"# TYPE {PREFIX}_phase_duration_seconds summary")
        for phase in phases:
            labels = f'{{phase="{phase}"}}'
            lines.append(f"{PREFIX}_phase_duration_seconds_sum{labels} {self._phase_seconds[phase]:.10g}")
            lines.append(f"{PREFIX}_phase_duration_seconds_count{labels} {self._phase_runs[phase]}")
        stale = time.monotonic() - self._differs_since if self._differs_since is not None else 0.0
        family(
            "stale_seconds",
            "gauge",
            "How long FRR has not had the offered file, or may not have it; 0 when it has.",
            [("", stale)],
        )
        if status is None:
            return lines
        family(
            "state", "gauge", "1 for the state that it is in.", [(f'{{state="{s}"}}', s == status.state) for s in State]
        )
        for name, digest, since in (
            ("good", status.good_hash, status.good_since),
            ("offered", status.offered_hash, status.offered_since),
        ):
            family(f"{name}_info", "gauge", f"The hash of the {name} file.", [(f'{{hash="{digest or ""}"}}', 1)])
            if since:
                family(
                    f"{name}_timestamp_seconds", "gauge", f"Since when it is the {name} file.", [("", _seconds(since))]
                )
        up = [(f'{{daemon="{name}"}}', float(how == "up")) for name, how in sorted(status.frr.daemons.items())]
        family("frr_daemon_up", "gauge", "Whether the daemon answers.", up)
        family("frr_up", "gauge", "Whether zebra answers.", [("", float(status.frr.daemons.get("zebra") == "up"))])
        if status.frr.version:
            family("frr_info", "gauge", "The FRR that answers.", [(f'{{version="{status.frr.version}"}}', 1)])
        short = "1 while the sidecar lacks file descriptors, memory, threads or processes to work."
        family("short", "gauge", short, [("", float(status.trouble is not None and status.state is State.DEGRADED))])
        family("drift_lines", "gauge", "Lines in which FRR is not the last good file.", [("", len(status.drift.lines))])
        if status.drift.checked:
            checked = [("", _seconds(status.drift.checked))]
            family("drift_checked_timestamp_seconds", "gauge", "When that was looked at.", checked)
        return lines


def _seconds(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp()
