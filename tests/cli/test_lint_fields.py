"""The linter's findings in what a model compiles to stand at the field of the model that made the line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from frrcompile.cli import main
from frrcompile.lint.catalog import catalog
from frrcompile.pipeline.model_help import _HELP

MODEL = """\
nodes:
  k0: {index: 0}
  k1: {index: 1}
  k2: {index: 2, override: {underlay: {neighbors: [{address: 192.0.2.9, remote-as: 64519, allowas-in: 3}]}}}
router: {asn: 64514}
pools: {vtep-ipv4: 100.65.0.0/24, router-id: 10.0.0.0/24}
underlay:
  neighbors:
    - address: 192.0.2.1
      remote-as: 64512
      password: hunter22
      ebgp-multihop: 4
    - remote-as: external
      range: 0.0.0.0/0
      families:
        ipv4-unicast: {import: closed, export: closed}
vrfs:
  red:
    table: 1100
    l3vni: {vni: 100, import-rts: ["64512:100"], export-rts: ["64512:100", "64512:101"]}
    host-session:
      asn: 64515
      ipv4: {pool: 10.1.0.0/24}
      password: hunter23
      import: closed
      export: closed
prefix-lists:
  pods:
    - {action: permit, prefix: 10.0.0.0/8, le: 32}
    - {action: permit, prefix: 10.1.0.0/16}
route-maps:
  closed:
    - action: deny
      match: {prefix-list: pods}
"""


class Found(NamedTuple):
    """A finding as `--format json` has it, as far as these tests ask."""

    text: str
    message: str
    help: str
    fix: object


def lint(model: str, code: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> list[Found]:
    """The findings of a code, each with the text of the model that it marks."""
    path = folder / "site.yaml"
    path.write_text(model)
    capsys.readouterr()
    main(["lint", "--format", "json", "--select", code, str(path)])
    lines = model.split("\n")
    found = []
    for one in json.loads(capsys.readouterr().out):
        line = lines[one["line"] - 1]
        end = one["end_column"] if one["end_line"] == one["line"] else len(line) + 1
        found.append(Found(line[one["column"] - 1 : end - 1], one["message"], one["help"], one["fix"]))
    return found


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "FRR712",
            [
                ("hunter22", "underlay.neighbors[0].password", "node k0 and 1 more: `neighbor 192.0.2.1 password "),
                (
                    "hunter23",
                    "vrfs.red.host-session.password",
                    "node k0 and 2 more: `neighbor 10.1.0.2 password ",
                ),
            ],
        ),
        ("FRR721", [("0.0.0.0/0", "underlay.neighbors[1].range", "node k0 and 1 more: `bgp listen range 0.0.0.0/0 ")]),
        (
            "FRR723",
            [
                ("64519", "underlay.neighbors[0].remote-as", "node k2: `neighbor 192.0.2.9 remote-as 64519`"),
                ("64512", "underlay.neighbors[0].remote-as", "node k0 and 1 more: `neighbor 192.0.2.1 remote-as "),
                (
                    "0.0.0.0/0",
                    "underlay.neighbors[1].range",
                    "node k0 and 1 more: `neighbor from-0.0.0.0_0 peer-group`",
                ),
                ("64515", "vrfs.red.host-session.asn", "node k0 and 2 more: `neighbor 10.1.0.2 remote-as 64515`"),
            ],
        ),
        ("FRR224", [("action: deny", "route-maps.closed[0]", "node k0 and 2 more: `route-map closed deny 10`")]),
        (
            "FRR306",
            [("{action: permit, prefix: 10.1.0.0/16}", "prefix-lists.pods[1]", "node k0 and 2 more: `ip prefix-list ")],
        ),
    ],
)
def test_a_finding_stands_at_its_field(
    code: str, expected: list[tuple[str, str, str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = lint(MODEL, code, tmp_path, capsys)
    assert [one.text for one in found] == [text for text, _, _ in expected]
    for one, (_, field, where) in zip(found, expected, strict=True):
        assert one.message.startswith(f"`{field}`: ")
        assert where in one.message
        assert one.fix is None, "an edit of frr.conf does not fit a model"
        assert "hunter2" not in one.message


def test_help_speaks_of_the_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for code, words in (("FRR712", "`password-file`"), ("FRR723", "`maximum-prefix`")):
        for one in lint(MODEL, code, tmp_path, capsys):
            assert words in one.help
            assert "neighbor 192" not in one.help
    kept_outside = MODEL.replace("password: hunter2", "password-file: /run/secret")
    for one in lint(kept_outside, "FRR712", tmp_path, capsys):
        assert one.message.split("`")[1].endswith(".password-file")
        assert "only FRR's own user" in one.help


def test_every_code_with_help_for_models_is_a_rule() -> None:
    assert {code for code, _ in _HELP} - set(catalog()) == set()


def test_a_label_stands_in_the_model_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site.yaml").write_text(MODEL + RAW.format("router bgp 64514", " bgp bestpath as-path multipath-relax"))
    main(["lint", "--select", "FRR315", str(tmp_path / "site.yaml")])
    out = capsys.readouterr().out
    assert "router: {asn: 64514}\n" in out
    assert "^^^^^ first here" in out


RAW = """\
raw:
  - priority: 5
    lines: |
      {}
      {}
"""


@pytest.mark.parametrize(
    ("code", "lines", "marked", "words"),
    [
        (
            "FRR412",
            ("router bgp 64514", " neighbor 192.0.2.1 timers 30 60"),
            "neighbor 192.0.2.1 timers 30 60",
            "keepalive",
        ),
        (
            "FRR403",
            ("router bgp 64514", " neighbor 192.0.2.7 remote-as 1"),
            "neighbor 192.0.2.7 remote-as 1",
            "comes up",
        ),
        ("FRR001", ("!", "foo bar"), "foo bar", "no command"),
    ],
)
def test_a_raw_line_is_marked_in_the_model(
    code: str, lines: tuple[str, str], marked: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (one,) = lint(MODEL + RAW.format(*lines), code, tmp_path, capsys)
    assert one.text == marked
    assert one.message.startswith("`raw[0].lines`: ")
    assert words in one.message
    assert one.fix is None


@pytest.mark.parametrize("yaml", ['"!\\nfoo bar\\n"', ">\n      !\n\n      foo bar\n"], ids=["quoted", "folded"])
def test_raw_lines_in_another_form_are_marked_as_a_whole(
    yaml: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (one,) = lint(f"{MODEL}raw:\n  - lines: {yaml}", "FRR001", tmp_path, capsys)
    assert one.text in (yaml, "foo bar", ">")


def test_one_field_that_makes_several_lines_is_reported_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = MODEL.replace("ipv4: {pool: 10.1.0.0/24}", "ipv4: {pool: 10.1.0.0/24}\n      ipv6: {pool: '2001:db8::/64'}")
    found = [one for one in lint(both, "FRR712", tmp_path, capsys) if one.text == "hunter23"]
    assert len(found) == 1
    assert " and 1 more of frr.conf, node k0 and 2 more: " in found[0].message


def test_a_comment_above_the_field_suppresses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quiet = MODEL.replace(
        "      password: hunter22", "      # frrcompile: ignore[FRR712] a lab\n      password: hunter22"
    )
    assert [one.text for one in lint(quiet, "FRR712", tmp_path, capsys)] == ["hunter23"]
