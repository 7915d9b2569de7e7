"""All scenarios."""

from __future__ import annotations

from tests.lab.sites import examples, field
from tests.lab.sites.scenario import Scenario

SCENARIOS: dict[str, Scenario] = {**examples.SCENARIOS, **field.SCENARIOS}
"""By their names."""
