"""Differences for programs: an object for each node."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from frrcompile.diff.configuration import Entry
from frrcompile.diff.impact import Assessed, Level
from frrcompile.diff.review import Review
from frrcompile.printable import as_json


def render(reviews: Iterable[Review]) -> str:
    """The reviews as JSON: `{"nodes": [...], "level": ...}`, the worst change of each node first."""
    nodes = [_node(review) for review in reviews]
    worst = max((Level[node["level"].upper()] for node in nodes), default=Level.NONE)
    return as_json({"level": worst.word, "nodes": nodes}) + "\n"


def _node(review: Review) -> dict[str, Any]:
    assessment = review.assessment
    return {
        "node": review.name,
        "old": review.old,
        "new": review.new,
        "level": assessment.level.word,
        "summary": assessment.summary,
        "sessions": {
            "total": assessment.sessions,
            "reset": len(assessment.closed - assessment.ended),
            "ended": len(assessment.ended),
            "new": len(assessment.begun),
            "refreshed": len(assessment.refreshed - assessment.closed - assessment.ended),
        },
        "changes": [_change(one, review) for one in assessment.worst_first],
    }


def _change(one: Assessed, review: Review) -> dict[str, Any]:
    change, impact, difference = one.change, one.impact, review.assessment.difference
    config = difference.new if change.path in difference.new.contexts else difference.old
    return {
        "kind": change.kind,
        "context": [
            config.shown(config.contexts[change.path[: depth + 1]].header) for depth in range(len(change.path))
        ],
        "old": difference.old.shown(change.old) if change.old else None,
        "new": difference.new.shown(change.new) if change.new else None,
        "old_line": _line(change.old),
        "new_line": _line(change.new),
        "implied": change.implied,
        "impact": {
            "level": impact.level.word,
            "reason": impact.reason,
            "neighbors": list(impact.neighbors),
            "families": list(impact.families),
            "vrf": impact.vrf or None,
            "vnis": [int(vni) if vni.isdecimal() else vni for vni in impact.vnis],
        },
    }


def _line(entry: Entry | None) -> int | None:
    return entry.line if entry and not entry.implied else None
