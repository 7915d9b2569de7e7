"""Regular expressions over AS paths, as bgpd reads them (bgpd/bgp_regex.c, bgpd/bgp_filter.c)."""

from __future__ import annotations

import re

CHARACTERS = r"0-9_^|\[,{}()\]$*+.?\\-"
"""What bgpd takes in one, beside blanks."""


def compiled(regex: str) -> re.Pattern[str]:
    """A regular expression; `_` is a delimiter, or an end of the path. Raises re.error."""
    return re.compile(regex.replace("_", "(^|[,{}() ]|$)"))
