"""References: names that are used and not defined, and defined and not used."""

from __future__ import annotations
