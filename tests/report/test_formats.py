"""Reports for programs: what their readers expect, whatever the findings say."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from frrcompile.diagnostics import Diagnostic
from frrcompile.report.formats import FORMATS, render
from tests.report.findings import FINDINGS, NASTY, PATHS, TEXT, run, span

SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0.schema.json").read_text())

ALL = [name for name in FORMATS if name != "text"]


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No CI around, and no repository."""
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", ALL)
def test_a_report_is_the_same_each_time(name: str) -> None:
    assert render(name, run()) == render(name, run())
    assert render(name, run()).endswith("\n")


@pytest.mark.parametrize("name", ["github", "junit", "text"])
def test_no_control_character_reaches_a_log(name: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", render(name, run()))


def test_json_is_what_the_contract_says() -> None:
    entries = json.loads(render("json", run()))
    assert [entry["code"] for entry in entries] == [finding.code for finding in FINDINGS]
    assert entries[0] | {"labels": []} == {
        "code": "FRR001",
        "severity": "error",
        "message": NASTY,
        "path": "r 1/a:b,c.conf",
        "line": 3,
        "column": 1,
        "end_line": 3,
        "end_column": 7,
        "field": None,
        "labels": [],
        "help": NASTY,
        "fix": None,
    }
    assert entries[1]["fix"] == {"line": 3, "column": 1, "end_line": 3, "end_column": 4, "replacement": "interface"}
    assert entries[1]["labels"][1] | {"end_line": 9} == {
        "message": "elsewhere",
        "path": "other.conf",
        "line": 9,
        "column": 1,
        "end_line": 9,
        "end_column": 1,
    }
    assert entries[4]["field"] == "router.x"
    assert json.loads(render("json", run([]))) == []


@pytest.fixture
def sarif() -> dict[str, Any]:
    log = json.loads(render("sarif", run(failures=("x.conf: Permission denied",))))
    (only,) = log["runs"]
    assert isinstance(only, dict)
    return only


@pytest.mark.parametrize("findings", [None, []])
@pytest.mark.parametrize("failures", [(), ("x.conf: Permission denied",)])
def test_sarif_is_valid(findings: list[Diagnostic] | None, failures: tuple[str, ...]) -> None:
    log = json.loads(render("sarif", run(findings, failures)))
    jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(log)
    assert log["version"] == "2.1.0"


def test_the_schema_refuses_what_is_no_sarif() -> None:
    log = json.loads(render("sarif", run()))
    log["runs"][0]["results"][0]["level"] = "bad"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, SCHEMA)


def test_sarif_names_its_rules(sarif: dict[str, Any]) -> None:
    rules = sarif["tool"]["driver"]["rules"]
    for result in sarif["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    by_id = {rule["id"]: rule for rule in rules}
    assert list(by_id) == sorted(by_id)
    assert by_id["FRR109"]["name"] == "SomeName"
    assert by_id["FRR220"] == {"id": "FRR220"}


def test_sarif_has_places_labels_and_repairs(sarif: dict[str, Any]) -> None:
    result = sarif["results"][1]
    place = result["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == "r 1/a:b,c.conf"
    assert place["artifactLocation"]["uri"] == "r%201/a%3Ab%2Cc.conf"
    assert place["region"] == {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 4}
    assert [one["message"]["text"] for one in result["relatedLocations"]] == ["first", "elsewhere"]
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"] == {"text": "interface"}
    assert "insertedContent" not in sarif["results"][3]["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert [one["level"] for one in sarif["results"]] == ["error", "warning", "note", "warning", "error"]


def test_sarif_says_what_could_not_be_read(sarif: dict[str, Any]) -> None:
    assert sarif["invocations"][0]["executionSuccessful"] is False
    assert "Permission denied" in json.dumps(sarif["invocations"])
    whole = json.loads(render("sarif", run()))["runs"][0]
    assert whole["invocations"] == [{"executionSuccessful": True}]


def test_github_commands_are_escaped() -> None:
    error, warning, notice, *_ = render("github", run()).splitlines()
    properties, message = re.fullmatch(r"::error (.*?)::(.*)", error).groups()  # type: ignore[union-attr]
    assert properties == "file=r 1/a%3Ab%2Cc.conf,line=3,endLine=3,col=1,endColumn=7,title=FRR001 some-name"
    assert message.startswith("50%25, of `a:b`\ufffd\ufffd<&>")
    assert "%0Ahelp: 50%25" in message
    assert warning.startswith("::warning ")
    assert "first: line 1%0Aelsewhere: other.conf:9:1%0Ahelp: write it out" in warning
    # GitHub takes no columns where a place spans lines.
    assert notice == "::notice file=r 1/a%3Ab%2Cc.conf,line=4,endLine=5,title=FRR220::nothing uses it"
    assert len(render("github", run()).splitlines()) == len(FINDINGS)


def test_github_is_told_what_could_not_be_read() -> None:
    assert render("github", run([], ("x: Permission denied",))) == "::error title=frrcompile::x: Permission denied\n"


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
@pytest.mark.parametrize("name", ["github", "gitlab", "sarif"])
def test_paths_are_the_repository_s(name: str, variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "configs").mkdir()
    monkeypatch.chdir(tmp_path / "configs")
    monkeypatch.setenv(variable, str(tmp_path))
    finding = FINDINGS[1]._replace(span=span(1, 1, 2, path="./r.conf"), labels=())
    assert "configs/r.conf" in render(name, run([finding]))
    finding = finding._replace(span=span(1, 1, 2, path=f"{tmp_path}/configs/r.conf"))
    report = render(name, run([finding]))
    assert "configs/r.conf" in report
    assert str(tmp_path) not in report


def test_gitlab_has_what_it_needs() -> None:
    entries = json.loads(render("gitlab", run()))
    assert entries[0] | {"fingerprint": ""} == {
        "description": f"FRR001: {NASTY}",
        "check_name": "FRR001",
        "fingerprint": "",
        "severity": "critical",
        "location": {"path": "r 1/a:b,c.conf", "lines": {"begin": 3, "end": 3}},
    }
    assert [entry["severity"] for entry in entries] == ["critical", "minor", "info", "minor", "critical"]


def prints(findings: list[Diagnostic], text: str = TEXT) -> list[str]:
    one = run(findings)
    one.sources.__init__({PATHS[0]: text})  # type: ignore[misc]
    return [entry["fingerprint"] for entry in json.loads(render("gitlab", one))]


def test_fingerprints_are_unique_and_stay_when_lines_move() -> None:
    findings = [*FINDINGS[:3], FINDINGS[0]]
    first = prints(findings)
    assert len(set(first)) == len(findings)
    moved = [one._replace(span=one.span._replace(line=one.span.line + 2), message="said otherwise") for one in findings]
    assert prints(moved, f"!\n!\n{TEXT}") == first
    assert prints(findings, TEXT.replace("int lo", "int eth0"))[0] != first[0]


def test_junit_is_xml_with_a_test_for_each_finding() -> None:
    report = render("junit", run(failures=("x\x00: Permission denied",)))
    root = ET.fromstring(report)
    assert root.attrib == {"name": "frrcompile lint", "tests": "7", "failures": "4", "errors": "1"}
    suites = {suite.attrib["name"]: suite for suite in root}
    assert list(suites) == [*PATHS, "unreadable"]
    assert [len(suite.findall("testcase")) for suite in root] == [4, 1, 1, 1]
    failure = suites[PATHS[0]].find("testcase/failure")
    assert failure is not None
    assert failure.attrib["type"] == "error"
    assert failure.attrib["message"].startswith("50%, of `a:b`")
    assert "<&>\"']]>" in (failure.text or "")
    assert len(suites[PATHS[0]].findall("testcase/system-out")) == 1  # a hint is no failure
    assert [*suites["clean.conf"].find("testcase")] == []  # type: ignore[misc]
    for suite in root:
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))


@pytest.mark.parametrize("name", FORMATS)
def test_a_line_with_a_secret_is_masked(name: str) -> None:
    secret = Diagnostic("FRR701", FINDINGS[0].severity, "a password", span(4, 2, 41))
    assert "tops3cret" not in render(name, run([secret]))
