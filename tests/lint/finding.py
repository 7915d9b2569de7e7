"""What some rules find in a few lines."""

from __future__ import annotations

import textwrap

from frrcompile.lint.engine import lint

NEWEST = (10, 7)


def found(text: str, *codes: str, release: tuple[int, int] = NEWEST) -> list[str]:
    """The line and the code of each finding of these rules: `["3 FRR401"]`. Lines count from 1, a first blank one not."""
    text = textwrap.dedent(text).lstrip("\n")
    return [f"{finding.span.line} {finding.code}" for finding in lint(text, "frr.conf", release, codes)]


def bgp(lines: str) -> str:
    """`router bgp 65000` with these lines, which begin in line 2."""
    return "router bgp 65000\n" + textwrap.dedent(lines).lstrip("\n")
