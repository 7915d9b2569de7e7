"""What each change of a difference does to an FRR that runs the old configuration."""

from __future__ import annotations

from frrcompile.diff.impact.assess import Assessed, Assessment, assess
from frrcompile.diff.impact.level import LEVELS, Impact, Level

__all__ = ["LEVELS", "Assessed", "Assessment", "Impact", "Level", "assess"]
