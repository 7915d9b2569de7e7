"""YAML as text: nothing is reinterpreted, nothing is lost, and every value knows its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frrcompile.model.load import parse, read
from frrcompile.model.tree import locate, locate_key


@pytest.mark.parametrize(
    "scalar", ["64514:30", "0100", "10.10", "on", "no", "1e3", "0x10", "12:34:56:00:00:01", "2026-11-22", "1_000"]
)
def test_a_scalar_stays_what_was_written(scalar: str) -> None:
    root, findings = parse(f"a: {scalar}\nb: '{scalar}'\n", "m.yaml")
    assert findings == []
    assert root is not None
    assert root.plain() == {"a": scalar, "b": scalar}


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_nothing_is_nothing_unless_it_is_quoted(nothing: str) -> None:
    root, _ = parse(f"a: {nothing}\nb: '{nothing}'\n", "m.yaml")
    assert root is not None
    assert root.plain() == {"a": None, "b": nothing}


def test_every_value_knows_its_place() -> None:
    root, _ = parse("a:\n  - b: 1\n    c: two words\n  - {d: 'x'}\n", "m.yaml")
    assert root is not None
    places = {path: (str(locate(root, path)), str(locate_key(root, path))) for path, _ in root.walk()}
    assert places[("a", 0, "c")] == ("m.yaml:3:8", "m.yaml:3:5")
    assert places[("a", 1, "d")] == ("m.yaml:4:9", "m.yaml:4:6")
    assert locate(root, ("a", 0, "c")).end_column == 17
    assert str(locate(root, ("a", 0, "missing", "further"))) == "m.yaml:2:5"


def test_a_merge_key_brings_in_what_is_not_written_beside_it() -> None:
    root, findings = parse("base: &b {x: 1, y: 2}\none:\n  <<: *b\n  y: 3\n", "m.yaml")
    assert findings == []
    assert root is not None
    assert root.plain() == {"base": {"x": "1", "y": "2"}, "one": {"x": "1", "y": "3"}}


def test_the_first_of_several_merged_mappings_wins() -> None:
    root, _ = parse("a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b]}\nd:\n  <<: *a\n  <<: *b\n", "m.yaml")
    assert root is not None
    plain = root.plain()
    assert isinstance(plain, dict)
    assert plain["c"] == plain["d"] == {"x": "1", "y": "2"}


MANY = "a: &a\n" + "".join(f"  k{i}: v\n" for i in range(5_000))


@pytest.mark.parametrize(
    "merges",
    [
        "b:\n" + "  - <<: *a\n" * 100_000,
        "b:\n" + "  <<: *a\n" * 100_000,
        "b:\n" + "  - *a\n" * 100_000,
        "---\n" + "b:\n" + "  - <<: *a\n" * 100_000,
    ],
)
def test_what_aliases_stand_for_is_bounded_before_it_is_made(merges: str) -> None:
    """5,000 keys and 100,000 merges took 20 s: the place says that reading ended at the first merge too many."""
    text = MANY + (merges.replace("---\n", "---\n" + MANY) if merges.startswith("---") else merges)
    root, (finding,) = parse(text, "m.yaml")
    assert root is None
    assert "more than 1,000,000 values" in finding.message
    assert 5_000 < finding.span.line < 11_000


def test_documents_of_one_file_are_merged() -> None:
    root, findings = parse("a: {x: 1}\nl: [1]\n---\na: {y: 2}\nl: [2]\n", "m.yaml")
    assert findings == []
    assert root is not None
    assert root.plain() == {"a": {"x": "1", "y": "2"}, "l": ["1", "2"]}


def test_many_documents_are_merged_as_few_are() -> None:
    text = "".join(f"---\na: {{k{at}: [{at}]}}\nl: [{at}]\n" for at in range(3_000))
    root, findings = parse(text, "m.yaml")
    assert findings == []
    assert root is not None
    assert root.plain() == {
        "a": {f"k{at}": [str(at)] for at in range(3_000)},
        "l": [str(at) for at in range(3_000)],
    }


def test_documents_that_disagree_are_both_named() -> None:
    _, findings = parse("router: {asn: 1}\n---\nrouter: {asn: 2}\n", "m.yaml")
    assert [(f.code, str(f.span), str(f.labels[0].span)) for f in findings] == [
        ("MOD005", "m.yaml:3:15", "m.yaml:1:15")
    ]


def test_bytes_that_are_no_text(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("bytes") / "m.yaml"
    path.write_bytes(b"router:\n  asn: \xff\xfe\n")
    root, findings = read(path.read_bytes(), str(path))
    assert root is None
    assert (findings[0].code, findings[0].span.line, findings[0].span.column) == ("MOD001", 2, 8)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_no_text_is_a_traceback(text: str) -> None:
    root, findings = parse(text, "m.yaml")
    assert root is not None or findings


@given(st.text(alphabet=" \t\n-:?[]{}&*!|>'\"%@`#,ab<", max_size=60))
def test_no_yaml_is_a_traceback(text: str) -> None:
    root, findings = parse(text, "m.yaml")
    assert root is not None or findings
