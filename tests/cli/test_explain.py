"""`frrcompile explain` and `frrcompile rules`: what the findings mean, on the command line."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from frrcompile.cli import main
from frrcompile.cli.catalog import everything
from tests.conftest import ROOT

Captured = pytest.CaptureFixture[str]


def test_a_rule_is_explained_with_its_examples(capsys: Captured) -> None:
    assert main(["explain", "FRR701"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("FRR701 vty-password-in-the-clear (warning, security)\n")
    for part in ("What: ", "Why: ", "Bad:\n    hostname r1\n    password secret\n", "Good:\n"):
        assert f"\n{part}" in out
    assert max(map(len, out.splitlines())) <= 100


@pytest.mark.parametrize("word", ["frr701", "vty-password-in-the-clear", "VTY-password-in-the-clear"])
def test_it_goes_by_many_names(word: str, capsys: Captured) -> None:
    assert main(["explain", word]) == 0
    assert capsys.readouterr().out.startswith("FRR701 ")


def test_findings_about_models_are_explained(capsys: Captured) -> None:
    assert main(["explain", "MOD006", "vni-taken"]) == 0
    out = capsys.readouterr().out
    assert "MOD006 unknown-field (error, model-reading)\n\nThe model has no such field.\n\nWhat: " in out
    assert "MOD401 vni-taken (error, model-vnis)\n\nA VNI is used twice on a node.\n" in out
    assert out.count("Both are laid over this model:\n    nodes: {k0: {index: 0}}\n") == 2


def test_findings_about_imports_are_explained(capsys: Captured) -> None:
    assert main(["explain", "IMP001"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("IMP001 field-not-imported (error, import)\n")
    assert "laid over" not in out


def test_every_code_has_an_explanation(capsys: Captured) -> None:
    codes = [entry.code for entry in everything()]
    assert main(["explain", *codes]) == 0
    assert capsys.readouterr().out.count("\n---") == len(codes) - 1


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("FRR79", "did you mean FRR7"),
        ("FRR1000", "did you mean FRR1"),
        ("MOD400", "did you mean MOD401?"),
        ("IMP9", "did you mean IMP008?"),
        ("vty-pasword-in-clear", "did you mean vty-password-in-the-clear?"),
        ("zzz", "`frrcompile rules` lists"),
    ],
)
def test_an_unknown_code_is_wrong_use(word: str, hint: str, capsys: Captured) -> None:
    assert main(["explain", word, "FRR701"]) == 2
    out, err = capsys.readouterr()
    assert out.startswith("FRR701")
    assert f"frrcompile: unknown code or field {word!r}; {hint}" in err


def test_rules_are_listed_by_family(capsys: Captured) -> None:
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  ")] == [entry.code for entry in everything()]
    families = [line for line in lines if line and not line.startswith(" ")]
    assert families == list(dict.fromkeys(entry.family for entry in everything()))
    (unused,) = (line for line in lines if "FRR090" in line)
    assert unused.split()[:4] == ["FRR090", "warning", "fix", "unused-suppression"]
    (password,) = (line for line in lines if "FRR701" in line)
    assert password.split()[:3] == ["FRR701", "warning", "vty-password-in-the-clear"]


def test_rules_are_listed_for_programs(capsys: Captured) -> None:
    assert main(["rules", "--format", "json"]) == 0
    listed = {one["code"]: one for one in json.loads(capsys.readouterr().out)}
    assert list(listed) == [entry.code for entry in everything()]
    assert listed["FRR701"] == {
        "code": "FRR701",
        "name": "vty-password-in-the-clear",
        "family": "security",
        "severity": "warning",
        "fixable": False,
        "summary": "A vty password that is not encrypted can be read by whoever reads the file.",
    }


@pytest.mark.parametrize("verb", ["lint", "explain", "rules"])
def test_help_has_examples(verb: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main([verb, "--help"])
    assert f"  frrcompile {verb}" in capsys.readouterr().out


def test_help_lists_every_verb(capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    for verb in ("compile", "lint", "explain", "rules", "import", "export", "schema"):
        assert f"    {verb} " in out


def test_help_loads_little() -> None:
    """It starts in two and a half times the time of a bare Python; each of these modules takes a tenth to a third of one."""
    needless = ("typing", "pathlib", "shutil", "contextlib", "ipaddress", "dataclasses", "frrcompile.cli.lint")
    program = (
        "import sys; from frrcompile.cli import main\n"
        "try: main(['--help'])\n"
        f"finally: print([one for one in {needless!r} if one in sys.modules], file=sys.stderr)"
    )
    command = [sys.executable, "-S", "-c", program]  # without what an installation loads at each start
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "frrcompile draw site.yaml" in done.stdout
    assert done.stderr == "[]\n"


@pytest.mark.parametrize("word", ["HostSession", "Gateway", "Site"])
def test_a_part_of_the_reference_is_explained(word: str, capsys: Captured) -> None:
    assert main(["explain", word]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{word}\n\n")
    assert "\nfound at  " in out
    assert "\nfields    " in out


def test_the_case_of_a_field_does_not_matter(capsys: Captured) -> None:
    assert main(["explain", "VTEP", "vrfs.Red.L3VNI.vni"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("vtep\n")
    assert "\nvrfs.NAME.l3vni.vni\n" in out


def test_no_name_of_a_class_and_no_any_is_shown(capsys: Captured) -> None:
    assert main(["explain", "vrfs.host-session", "nodes.n1.override"]) == 0
    out = capsys.readouterr().out
    assert "allowed   a mapping with the fields below\n" in out
    assert "allowed   a mapping with any fields of the site\n" in out
