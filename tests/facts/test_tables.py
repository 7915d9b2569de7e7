"""Each row of the tables means the same to the linter, which reports it, and to the comparison, which sees no difference."""

from __future__ import annotations

import pytest

from frrcompile.diagnostics import Severity
from frrcompile.diff import difference
from frrcompile.facts.defaults import DEFAULTS, PEER, Default
from frrcompile.facts.forms.canonical import FORMS
from frrcompile.facts.forms.form import Form
from frrcompile.facts.forms.numbers import PAIRS
from frrcompile.facts.releases import Release
from frrcompile.lint.engine import lint
from frrcompile.lint.fix import apply
from tests.facts.blocks import BLOCKS, place, within

RELEASES: tuple[Release, ...] = ((8, 4), (10, 3), (10, 7))


def changes(old: str, new: str, release: Release) -> list[tuple[str, str]]:
    return [(change.kind, change.entry.text) for change in difference(old, new, release).changes]


def fixed(text: str, release: Release) -> str:
    """The text as the reload rules repair it, one after the other."""
    for _ in range(4):
        edits = [one.edit for one in lint(text, "f", release) if one.code.startswith("FRR6") and one.edit]
        text = apply(text, edits)[0]
    return text


HOLDING = [
    pytest.param(row, node, release, datacenter, id=f"{node}: {' '.join(row.words)} {release} {datacenter}")
    for release in RELEASES
    for datacenter in (False, True)
    for row in DEFAULTS
    for node in row.nodes
    if node in BLOCKS and row.holds(release, datacenter)
]


@pytest.mark.parametrize(("row", "node", "release", "datacenter"), HOLDING)
def test_a_default_is_no_difference_and_is_found(row: Default, node: str, release: Release, datacenter: bool) -> None:
    profile = "frr defaults datacenter\n" * datacenter
    line = " ".join(row.words).replace(PEER, "192.0.2.1")
    with_it, without = profile + within(node, line), profile + within(node, "!")
    assert changes(with_it, without, release) == changes(without, with_it, release) == []
    if not row.forgiven and not (datacenter and "send-community" in line):
        assert line not in fixed(with_it, release)


def test_a_default_that_takes_another_value_back_is_a_difference() -> None:
    for row in DEFAULTS:
        if row.words == ("neighbor", PEER, "port", "179"):
            other = within("bgp", "neighbor 192.0.2.1 port 1179")
            assert changes(other, within("bgp", "neighbor 192.0.2.1 port 179"), (10, 7)) != []


def test_a_member_of_a_group_overrules_it_by_a_default() -> None:
    group = ("neighbor G peer-group", "neighbor 192.0.2.1 peer-group G")
    plain, own = within("bgp", *group), within("bgp", *group, "neighbor 192.0.2.1 port 179")
    assert changes(plain, own, (10, 7)) == []
    plain = within("bgp", *group, "neighbor G port 1179")
    own = within("bgp", *group, "neighbor G port 1179", "neighbor 192.0.2.1 port 179")
    assert changes(plain, own, (10, 7)) == [("added", "neighbor 192.0.2.1 port 179")]


EXAMPLES = [
    pytest.param(place(form.nodes, line), line, shown, form, release, id=f"{line} {release}")
    for release in RELEASES
    for form in FORMS
    for line, shown in form.pairs
]


@pytest.mark.parametrize(("node", "line", "shown", "form", "release"), EXAMPLES)
def test_the_forms_of_a_line_are_no_difference(
    node: str, line: str, shown: tuple[str, ...], form: Form, release: Release
) -> None:
    assert [" ".join(one) for one in form.shown(tuple(line.split()))] == [*shown]
    for one in shown:
        assert [" ".join(words) for words in form.shown(tuple(one.split()))] == [one]
    assert changes(within(node, line), within(node, *shown), release) == []


@pytest.mark.parametrize(("node", "line", "shown"), PAIRS)
def test_zeros_are_no_difference(node: str, line: str, shown: str) -> None:
    for release in RELEASES:
        assert changes(within(node, line), within(node, shown), release) == []
        assert shown in fixed(within(node, line), release)


def test_strict_bfd_alone_makes_no_bfd() -> None:
    """FRR 10.7.1 does not show `neighbor X bfd strict` without `neighbor X bfd`, which a hold time makes and `strict` does not."""
    plain = within("bgp", "neighbor 192.0.2.1 bfd")
    strict = within("bgp", "neighbor 192.0.2.1 bfd strict")
    timed = "neighbor 192.0.2.1 bfd strict hold-time 20"
    assert ("removed", "neighbor 192.0.2.1 bfd") in changes(plain, strict, (10, 7))
    assert changes(within("bgp", "neighbor 192.0.2.1 bfd", timed), within("bgp", timed), (10, 7)) == []


@pytest.mark.parametrize("header", ["address-family vpnv4", "address-family vpnv6 unicast"])
def test_old_headers_of_vpn_families_are_refused(header: str) -> None:
    """vtysh of 8.4.4, 10.3 and 10.7.1 knows none, and then refuses what closes it."""
    text = f"router bgp 64512\n {header}\n exit-address-family\nexit\n"
    errors = {one.span.line for one in lint(text, "f", (10, 7)) if one.severity is Severity.ERROR}
    assert errors == {2, 3}


def test_every_form_has_examples() -> None:
    assert [form.key for form in FORMS if not form.pairs and form.key not in ("ipv6",)] == []
