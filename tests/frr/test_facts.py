"""The tables of `frrcompile/facts` against live FRR: what they say is shown, and what they say is not."""

from __future__ import annotations

import pytest

from frrcompile.facts.defaults import DEFAULTS
from frrcompile.facts.forms.canonical import FORMS
from frrcompile.facts.forms.numbers import PAIRS
from frrcompile.facts.releases import AFTER_ALL, BEFORE_ALL
from tests.facts.blocks import BLOCKS, place, within
from tests.frr.installation import Installation
from tests.frr.router import DAEMONS, Router
from tests.frr.shown import shown as lines_of
from tests.frr.test_lint_reload import release, stays

MORE_DAEMONS = (*DAEMONS, "ospfd")


@pytest.mark.parametrize("datacenter", [False, True], ids=["traditional", "datacenter"])
def test_no_default_is_shown(installation: Installation, datacenter: bool) -> None:
    """Every default of this release and profile: FRR takes the line, and frr-reload.py would add it at each reload."""
    lines = [
        (node, " ".join(row.words).replace("PEER", "192.0.2.1"))
        for row in DEFAULTS
        if row.holds(release(installation), datacenter) and not row.forgiven
        for node in row.nodes
        if node in BLOCKS
    ]
    text = "frr defaults datacenter\n" * datacenter + "".join(within(node, line) for node, line in lines)
    with Router(installation, daemons=MORE_DAEMONS) as router:
        refused = [line for line in router.load(text, check=False).stderr.splitlines() if "Unknown command" in line]
        left = router.judge(text) if not refused else []
    assert refused == [], [text.splitlines()[int(line.split()[1].rstrip(":")) - 2] for line in refused]
    assert [line for _, line in lines if not stays(line, "", left)] == []


EXAMPLES = [
    *((place(form.nodes, line), line, shown, form.since, form.until) for form in FORMS for line, shown in form.pairs),
    *((node, line, (shown,), BEFORE_ALL, AFTER_ALL) for node, line, shown in PAIRS),
]


def test_forms_are_shown_as_the_tables_say(installation: Installation) -> None:
    """Every example that this release has a command for: FRR is given the one form and shows the other."""
    wrong = []
    for node, line, shown, since, until in EXAMPLES:
        if not since <= release(installation) < until or installation.check(within(node, line)).returncode:
            continue
        with Router(installation, daemons=MORE_DAEMONS) as router:
            router.load(within(node, line), check=False)
            found = {one.rpartition(" | ")[2] for one in lines_of(router.running())}
        if not set(shown) <= found or (line in found and line not in shown):
            wrong.append((line, sorted(found)))
    assert wrong == []
