"""`frrcompile golden` as a user types it: what it compares, what it writes, what it leaves alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from frrcompile.cli import main
from frrcompile.redact import MASK

MODEL = """\
nodes: {a: {index: 0}}
router: {id: 10.0.0.1, asn: 64514, ebgp-requires-policy: false}
underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, password-env: NOBODY_HAS_THIS}]}
"""
TWO = MODEL.replace("{a: {index: 0}}", "{a: {index: 0}, b: {index: 1, override: {router: {id: 10.0.0.2}}}}")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `site` with one model and its golden file; tests run beside it."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "pod.yaml").write_text(MODEL)
    monkeypatch.chdir(tmp_path)
    assert main(["golden", "update", "site"]) == 0
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Verb:
    """Runs the verb and keeps what it said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.out = self.err = ""

    def __call__(self, what: str, folder: str = "site") -> int:
        self._capsys.readouterr()
        code = main(["golden", what, folder])
        self.out, self.err = self._capsys.readouterr()
        return code


@pytest.fixture
def golden(capsys: pytest.CaptureFixture[str]) -> Verb:
    return Verb(capsys)


def test_a_model_has_its_files_in_a_folder_of_its_name(site: Path) -> None:
    assert sorted(contents(site)) == ["pod.yaml", "pod/a.conf", "pod/plumb.json"]


def test_a_model_named_input_has_them_beside_it(site: Path, golden: Verb) -> None:
    (site / "case").mkdir()
    (site / "case" / "input.yaml").write_text(MODEL)
    (site / "pair").mkdir()
    (site / "pair" / "input.yaml").write_text(TWO)
    assert golden("update") == 0
    assert golden.out == (
        "wrote site/case/frr.conf\nwrote site/case/plumb.json\n"
        "wrote site/pair/a.conf\nwrote site/pair/b.conf\nwrote site/pair/plumb.json\n"
    )
    assert golden("check") == 0


def test_what_is_as_it_was_is_not_written_again(site: Path, golden: Verb) -> None:
    before = (site / "pod" / "a.conf").stat().st_mtime_ns
    assert golden("update") == 0
    assert (golden.out, golden.err) == ("", "")
    assert (site / "pod" / "a.conf").stat().st_mtime_ns == before


def test_a_placeholder_stands_for_a_secret_that_nobody_has(site: Path) -> None:
    assert f" neighbor 192.0.2.1 password {MASK}\n" in (site / "pod" / "a.conf").read_text()


def test_a_difference_is_told_with_its_impact(site: Path, golden: Verb) -> None:
    (site / "pod.yaml").write_text(MODEL.replace("64512", "64513"))
    before = contents(site)
    assert golden("check") == 1
    assert "a: site/pod/a.conf -> site/pod.yaml:a: 1 of 1 session" in golden.out
    assert re.search(r"^- +neighbor 192\.0\.2\.1 remote-as 64512$", golden.out, re.MULTILINE)
    assert re.search(r"^\+ +neighbor 192\.0\.2\.1 remote-as 64513 +reset 192\.0\.2\.1", golden.out, re.MULTILINE)
    assert "1 file is not what the models make" in golden.err
    assert contents(site) == before, "check changes nothing"


def test_a_difference_that_frr_does_not_see_is_one_too(site: Path, golden: Verb) -> None:
    path = site / "pod" / "a.conf"
    path.write_text(path.read_text().replace("!\n", "! a remark\n!\n", 1))
    assert golden("check") == 1
    assert golden.out == "site/pod/a.conf:2: differs from what site/pod.yaml makes; FRR sees no difference\n"


def test_a_file_that_is_no_text_differs(site: Path, golden: Verb) -> None:
    (site / "pod" / "a.conf").write_bytes(b"\xff\xfe\x00")
    assert golden("check") == 1
    assert golden("update") == 0
    assert golden("check") == 0


def test_a_link_that_differs_is_shown(site: Path, golden: Verb) -> None:
    model = MODEL.replace("neighbors:", "interfaces: [{name: eth1}], neighbors:")
    (site / "pod.yaml").write_text(model)
    assert golden("update") == 0
    assert golden.out == "wrote site/pod/plumb.json\n"
    (site / "pod.yaml").write_text(model.replace("eth1", "eth1, attach: macvlan"))
    assert golden("check") == 1
    assert re.match(r"site/pod/plumb\.json:\d+: differs from what site/pod\.yaml makes\n", golden.out)
    assert re.search(r'^  - +\{"name": "eth1", "nic": \{\}', golden.out, re.MULTILINE)
    assert re.search(r'^  \+ +\{"name": "mv-eth1", "macvlan": \{"parent": "eth1"\}', golden.out, re.MULTILINE)
    assert "1 file is not what the models make" in golden.err


def test_what_is_missing_is_named(site: Path, golden: Verb) -> None:
    (site / "pod.yaml").write_text(TWO)
    assert golden("check") == 1
    assert golden.out.startswith("site/pod/b.conf: missing: site/pod.yaml makes it for b\nsite/pod/plumb.json:")
    assert not (site / "pod" / "b.conf").exists()


def test_what_is_left_over_is_named_and_then_removed(site: Path, golden: Verb) -> None:
    (site / "other.yaml").write_text(MODEL)
    assert golden("update") == 0
    (site / "other.yaml").unlink()
    assert golden("check") == 1
    assert golden.out == (
        "site/other/a.conf: left over: no model makes it\nsite/other/plumb.json: left over: no model makes it\n"
    )
    assert golden("update") == 0
    assert golden.out == "removed site/other/a.conf\nremoved site/other/plumb.json\n"
    assert not (site / "other").exists(), "its folder had nothing else"
    assert golden("check") == 0


def test_a_file_that_we_did_not_make_is_never_removed(site: Path, golden: Verb) -> None:
    (site / "pod" / "hand.conf").write_text("hostname r1\n! frrcompile: not in the first line\n")
    (site / "pod" / "notes.txt").write_text("! frrcompile: a\n")
    (site / "own").mkdir()
    (site / "own" / "plumb.json").write_text('{"frrcompile": "something else"}\n')
    before = contents(site)
    assert golden("check") == 0
    assert golden("update") == 0
    assert contents(site) == before


def test_a_model_with_errors_keeps_its_files(site: Path, golden: Verb) -> None:
    (site / "good.yaml").write_text(MODEL)
    (site / "pod.yaml").write_text(MODEL.replace("asn: 64514", "asn: 0"))
    before = (site / "pod" / "a.conf").read_bytes()
    assert golden("update") == 1
    assert "site/pod.yaml:2:29: error[MOD008]" in golden.err, "findings are shown as compile shows them"
    assert "site/pod.yaml does not compile: its files are as they were" in golden.err
    assert golden.out == "wrote site/good/a.conf\nwrote site/good/plumb.json\n", "the others are written"
    assert (site / "pod" / "a.conf").read_bytes() == before
    assert golden("check") == 1
    assert golden.out == "", "of what does not compile nobody can say whether it differs"


def test_a_warning_is_shown_and_no_failure(site: Path, golden: Verb) -> None:
    (site / "pod.yaml").write_text(MODEL.replace("ebgp-requires-policy: false", "ebgp-requires-policy: true"))
    assert golden("update") == 0
    assert "warning[MOD212]" in golden.err
    assert golden("check") == 0


def test_other_yaml_is_no_model_unless_it_is_named_input(site: Path, golden: Verb) -> None:
    (site / "values.yaml").write_text("replicas: 3\n")
    (site / ".hidden").mkdir()
    (site / ".hidden" / "pod.yaml").write_text(MODEL)
    assert golden("check") == 0
    (site / "input.yaml").write_text("node: {}\n")
    assert golden("check") == 1
    assert "site/input.yaml:1:1: error[" in golden.err


def test_two_models_cannot_have_the_same_files(site: Path, golden: Verb) -> None:
    (site / "pod.yml").write_text(MODEL)
    assert golden("check") == 2
    assert golden.err == (
        "frrcompile: site/pod.yml: its files would be those of site/pod.yaml; rename one of the two\n"
    )


@pytest.mark.parametrize(
    ("folder", "words"),
    [("nowhere", "nowhere: No such file"), ("empty", "empty: no model in this folder"), ("site/pod.yaml", "pod.yaml")],
)
def test_where_there_is_nothing_to_look_at(site: Path, golden: Verb, folder: str, words: str) -> None:
    (site.parent / "empty").mkdir()
    assert golden("check", folder) == 2
    assert words in golden.err
