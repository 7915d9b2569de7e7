"""The judge's list, where frr-reload.py misreads the file."""

from __future__ import annotations

from reloader import canary
from reloader.residual import differences
from reloader.verify import CANARY, seen_in_block

LISTED = f"""\
Lines To Delete
===============

Lines To Add
============
route-map pods optimization
route-map pods optimization
 {canary.LACKING}
log syslog
"""


def test_a_line_that_is_taken_for_a_header_is_what_fails() -> None:
    """The line that FRR is known to lack is listed below it: frr-reload.py works, and the file is at fault."""
    found = seen_in_block(list(differences(LISTED)))
    assert [one.path for one in found] == [CANARY.path, ("route-map pods optimization",), ("log syslog",)]
    found = seen_in_block(list(differences(LISTED.replace("route-map pods optimization\nroute", "route"))))
    assert [one.path for one in found] == [CANARY.path, ("route-map pods optimization",), ("log syslog",)]


def test_a_list_without_it_stays() -> None:
    for text in (LISTED.replace(canary.LACKING, "x"), LISTED.replace(f"optimization\n {canary.LACKING}", "permit 10")):
        listed = list(differences(text))
        assert seen_in_block(listed) == listed
