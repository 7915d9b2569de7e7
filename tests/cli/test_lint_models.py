"""Models, linted: the compiler's findings and the linter's, in one report, at places of the model."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from frrcompile.cli import main
from frrcompile.cli.recognition import is_model
from tests.conftest import BLOG_NODE, ROOT

Captured = pytest.CaptureFixture[str]

ONLY = 'select = ["FRR0", "FRR701", "FRR9", "MOD"]\n'
"""What these tests are about: not all that the linter knows, but how it says so."""

RAW = "\nraw:\n  - lines: |\n      password tops3cret\n"
FLEET = """\
nodes:
  k0: {index: 0}
  k1: {index: 1}
router: {asn: 64514}
pools: {router-id: 10.0.9.0/24}
underlay:
  interfaces: [{name: eth1}]
  neighbors: [{interface: eth1, remote-as: internal}]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "frrcompile.toml").write_text(f"[lint]\n{ONLY}")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def write(name: str, text: str) -> str:
    Path(name).write_text(text)
    return name


def findings(capsys: Captured, *arguments: str) -> list[dict[str, object]]:
    main(["lint", "--format", "json", *arguments])
    listed: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return listed


def test_what_the_compiler_says_is_a_finding(capsys: Captured) -> None:
    path = write("node.yaml", BLOG_NODE.read_text().replace("vni: 100", "vni: 0"))
    assert main(["lint", path]) == 1
    out = capsys.readouterr().out
    assert "node.yaml:51:12: error[MOD008]: `vrfs.red.l3vni.vni`: found '0'" in out
    assert "51 |" in out


@pytest.mark.parametrize("example", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_examples_are_clean(example: Path) -> None:
    assert main(["lint", str(example)]) == 0


def test_each_node_s_frr_conf_is_linted(capsys: Captured) -> None:
    (one,) = findings(capsys, write("node.yaml", BLOG_NODE.read_text() + RAW), "--select", "FRR701")
    assert (one["code"], one["severity"], one["path"]) == ("FRR701", "warning", "node.yaml")
    text = (BLOG_NODE.read_text() + RAW).split("\n")
    assert text[int(str(one["line"])) - 1] == "      password tops3cret"
    assert (one["column"], one["end_column"]) == (7, 25)
    assert str(one["message"]).startswith("`raw[0].lines`: ")
    assert str(one["message"]).endswith(" of frr.conf, node k0-control-plane: `password ********`)")
    assert one["fix"] is None


def test_what_nodes_share_is_told_once(capsys: Captured) -> None:
    (one,) = findings(capsys, write("site.yaml", FLEET + RAW), "--select", "FRR701")
    assert one["line"] == (FLEET + RAW).split("\n").index("      password tops3cret") + 1
    assert "of frr.conf, node k0 and 1 more: `password ********`)" in str(one["message"])


def test_secrets_stay_closed(capsys: Captured) -> None:
    leaf = "    - address: 192.168.11.2      # leaf2\n"
    text = BLOG_NODE.read_text().replace(leaf, f"{leaf}      password-file: /nowhere/secret\n")
    assert main(["lint", write("node.yaml", text)]) == 0
    main(["lint", write("node.yaml", text.replace("password-file: /nowhere/secret", "password: tops3cret") + RAW)])
    assert "tops3cret" not in "".join(capsys.readouterr())


def test_settings_and_comments_hold_for_models(capsys: Captured) -> None:
    write("site.yaml", FLEET + RAW)
    assert findings(capsys, "site.yaml", "--ignore", "FRR7") == []
    write("site.yaml", (FLEET + RAW).replace("      pass", "      # frrcompile: ignore[FRR701] a lab\n      pass"))
    assert findings(capsys, "site.yaml") == []
    write(
        "site.yaml", FLEET.replace("asn: 64514", "asn: 0").replace("router:", "# frrcompile: ignore[MOD008]\nrouter:")
    )
    assert [one["code"] for one in findings(capsys, "site.yaml")] == ["FRR091", "MOD008"]
    write("site.yaml", (FLEET + RAW).replace("      pass", "      # frrcompile: ignore[FRR701] a lab\n      pass"))
    assert [one["code"] for one in findings(capsys, "site.yaml", "--isolated", "--select", "FRR701")] == ["FRR701"]
    write("site.yaml", FLEET + RAW)
    write("frrcompile.toml", f'[lint]\n{ONLY}severity = {{FRR7 = "error"}}\n')
    assert [one["severity"] for one in findings(capsys, "site.yaml")] == ["error"]


def test_a_model_in_several_files_is_one(capsys: Captured) -> None:
    write("site.yaml", FLEET)
    write("tenants.yaml", "vrfs:\n  red: {table: 1100, asn: 0}\n")
    (one,) = findings(capsys, "site.yaml", "tenants.yaml")
    assert (one["path"], one["code"]) == ("tenants.yaml", "MOD008")
    assert findings(capsys, write("a.yaml", FLEET), write("b.yaml", FLEET.replace("64514", "64515"))) == []


def test_a_model_from_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    text = FLEET.replace("asn: 64514", "asn: 0")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert main(["lint", "-"]) == 1
    assert "-:4:15: error[MOD008]" in capsys.readouterr().out


def test_the_model_s_version_judges_unless_another_is_asked_for(capsys: Captured) -> None:
    write("site.yaml", FLEET + "frr: {version: 10.0}\n")
    main(["lint", "site.yaml"])
    assert "FRR 10.0 has no command table of its own" in capsys.readouterr().err
    main(["lint", "site.yaml", "--frr", "10.3"])
    assert "command table" not in capsys.readouterr().err
    main(["lint", "site.yaml", "--frr", "auto"])
    assert "judged as 10.1" in capsys.readouterr().err


def test_no_text_is_no_model(capsys: Captured) -> None:
    Path("m.yaml").write_bytes(b"nodes:\n\xff\n")
    assert main(["lint", "m.yaml"]) == 2
    assert "m.yaml:2:1: error[MOD001]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "model"),
    [
        (FLEET, True),
        ("# words\n---\n" + FLEET, True),
        ('{"nodes": {}, "underlay": {}}', True),
        ("nodes: {a: [}\nunderlay: {}\n", True),
        ("nodes:\n  k0:\n\tindex: 0\nrouter:\n", True),
        ("nodes: {}\n", False),
        ("apiVersion: v1\nkind: List\nnodes: {}\nrouter: {}\n", False),
        ("spec:\n  nodes: {}\n  router: {}\n", False),
        ("- nodes\n- router\n", False),
        ("{[", False),
        ("", False),
        ("hostname r1\nrouter bgp 1\n", False),
    ],
)
def test_a_whole_model_is_known_by_what_it_must_have(text: str, model: bool) -> None:
    assert is_model(text.encode()) is model


HIDDEN = {
    "anchor": FLEET.replace("nodes:", "&n nodes:", 1).encode(),
    "tag": FLEET.replace("nodes:", "!!str nodes:", 1).encode(),
    "quoted": FLEET.replace("nodes:", '"\\x6eodes":', 1).encode(),
    "complex key": FLEET.replace("nodes:", "? nodes\n:", 1).encode(),
    "merge key": ("<<:\n" + "".join(f"  {line}\n" for line in FLEET.splitlines())).encode(),
    "indented": "".join(f"  {line}\n" for line in FLEET.splitlines()).encode(),
    "document on a line": b"--- {nodes: {k0: {index: 0}}, router: {asn: 1, id: 192.0.2.1}}\n",
    "comment before": b"# a model\n{nodes: {k0: {index: 0}}, router: {asn: 1, id: 192.0.2.1}}\n",
    "Latin-1": b"# caf\xe9\n" + FLEET.encode(),
    "UTF-16": FLEET.encode("utf-16"),
    "UTF-16 without a mark": FLEET.encode("utf-16-le"),
    "tab": b"\t" + FLEET.encode(),
    "brace": b"{\n" + FLEET.encode(),
}


@pytest.mark.parametrize("content", HIDDEN.values(), ids=HIDDEN)
def test_no_model_hides_in_a_folder(content: bytes, capsys: Captured) -> None:
    """What is found in a folder is what is found in the file that is named, beside a model that is good."""
    broken = content.replace(b"asn: 64514", b"asn: 0").replace(b"asn: 1,", b"asn: 0,")
    Path("site").mkdir()
    Path("site/good.yaml").write_text(FLEET)
    Path("site/hidden.yaml").write_bytes(broken)
    code = main(["lint", "site/hidden.yaml"])
    named = capsys.readouterr().out
    assert code in (1, 2)
    assert "site/hidden.yaml:" in named
    assert main(["lint", "site"]) == code
    assert "site/hidden.yaml:" in capsys.readouterr().out
    for words in (["diff", "site", "site"], ["golden", "update", "site"], ["golden", "check", "site"]):
        assert main(words) in (1, 2)
        assert "hidden.yaml:" in "".join(capsys.readouterr())


OTHERS = {
    "resource": "apiVersion: v1\nkind: List\nnodes: {}\nrouter: {}\n",
    "site of documents": "site_name: x\nnav:\n  - nodes: nodes.md\n  - router: router.md\nplugins: [!!python/name:a.b x]\n",
    "workflow": "on: push\njobs:\n  nodes:\n    router: {runs-on: x}\n",
    "list": "- nodes: 1\n  router: 2\n",
    "Helm": "{{- if .Values.nodes }}\nnodes:\n{{- range $router := .Values.router }}\n  - {{ .name }}\n{{- end }}\n{{- end }}\n",
    "Helm's resource": "apiVersion: v1\nkind: X\nspec:\n  nodes: {{ .a }}\n  router: {{- b }}\n{{ end }}\n",
    "comments": "# nodes: 1\n# router: 2\n",
    "text": "|\n nodes: 1\n router: 2\n",
    "no YAML": "\t{{ x }}: [\n",
    "prose": "The nodes: each has a router.\n\t[\n",
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_yaml_is_passed_over(text: str, capsys: Captured) -> None:
    Path("site").mkdir()
    Path("site/good.yaml").write_text(FLEET)
    before = main(["lint", "site"]), capsys.readouterr().out
    Path("site/other.yaml").write_text(text)
    assert (main(["lint", "site"]), capsys.readouterr().out) == before
    Path("site/other.yaml").write_bytes(b"# caf\xe9\n" + text.encode())
    assert (main(["lint", "site"]), capsys.readouterr().out) == before or "nodes" in text


def test_other_text_that_is_not_utf_8_is_passed_over(capsys: Captured) -> None:
    Path("site").mkdir()
    Path("site/good.yaml").write_text(FLEET)
    for text in ("nodes: {}\n", "router: {}\n", "name: x\n", OTHERS["resource"], OTHERS["Helm"]):
        Path("site/other.yaml").write_bytes(b"# caf\xe9\n" + text.encode())
        assert main(["lint", "site"]) == 0
        assert capsys.readouterr().out == ""


def test_of_a_resource_the_first_key_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frrcompile.model.load.read_any", None)
    assert not is_model(b"# a bundle\n---\napiVersion: v1\nkind: List\nnodes: {}\nrouter: {}\n")


def test_a_variable_that_is_never_opened_is_a_finding(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    text = FLEET.replace("remote-as: internal", "remote-as: internal, password-env: GITHUB_TOKEN")
    (one, *more) = findings(capsys, write("site.yaml", text))
    assert (one["code"], one["line"], more) == ("MOD021", 8, [])
    assert findings(capsys, write("site.yaml", text.replace("GITHUB_TOKEN", "FRR_PASSWORD_X"))) == []
    monkeypatch.setenv("FRRCOMPILE_SECRETS_ENV", "GITHUB_TOKEN")
    assert findings(capsys, write("site.yaml", text)) == []
