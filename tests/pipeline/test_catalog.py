"""The documentation of what is found about models and imports is its test, as the linter's is."""

from __future__ import annotations

import pytest

from frrcompile.diagnostics import Severity
from frrcompile.documented import Entry
from frrcompile.interop.catalog import catalog as of_interop
from frrcompile.lint.checking import Wish
from frrcompile.pipeline.catalog import BASE, catalog, codes
from frrcompile.pipeline.lint_model import examine_model

ENTRIES = [*catalog().values(), *of_interop().values()]
every_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.code}-{entry.name}")


@every_entry
def test_bad_is_found_with_its_severity(entry: Entry) -> None:
    found = entry.findings(entry.page.bad, "bad")
    assert found
    assert {finding.severity for finding in found} == {entry.severity}


@every_entry
def test_good_is_good(entry: Entry) -> None:
    assert list(entry.judge(entry, entry.page.good, "good")) == []


@pytest.mark.parametrize("entry", catalog().values(), ids=lambda entry: f"{entry.code}-{entry.name}")
def test_bad_is_nothing_else_of_a_model(entry: Entry) -> None:
    assert {finding.code for finding in entry.judge(entry, entry.page.bad, "bad")} == {entry.code}


@every_entry
def test_its_page_says_all(entry: Entry) -> None:
    assert entry.page.summary.endswith(".")
    assert entry.page.what.endswith(".")
    assert entry.page.why.endswith(".")


def test_codes_are_read_from_the_source_as_they_are() -> None:
    assert list(codes()) == list(catalog())


def test_one_cause_is_one_finding() -> None:
    """An eBGP session without a policy: the compiler says it at the session, so that the linter does not repeat it."""
    model = BASE.replace("ebgp-requires-policy: false", "ebgp-requires-policy: true")
    found = examine_model({"m.yaml": model.encode()}, Wish(), None).findings
    assert [finding.code for finding in found if finding.severity is not Severity.INFO] == ["MOD212"]


def test_a_raw_session_without_a_policy_is_the_linters() -> None:
    lines = "router bgp 64514\\n neighbor 192.0.2.9 remote-as 64519\\n"
    lines += " address-family ipv4 unicast\\n  neighbor 192.0.2.9 activate\\n"
    raw = f'raw: [{{lines: "{lines}"}}]\n'
    model = BASE.replace("ebgp-requires-policy: false", "ebgp-requires-policy: true") + raw
    found = examine_model({"m.yaml": model.encode()}, Wish(), None).findings
    assert [finding.field for finding in found if finding.code == "FRR441"] == ["raw[0].lines"]
