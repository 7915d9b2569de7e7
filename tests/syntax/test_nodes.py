import json
import subprocess
import sys

import pytest
import yaml

from frrcompile.data import grammar_file
from frrcompile.syntax.nodes import document, nodes


def test_every_node_has_one_name_and_a_parent_written_before_it() -> None:
    names = [entry["node"] for entry in document()["nodes"]]
    assert len(names) == len(set(names))
    assert list(nodes()) == names
    assert all(node.ancestors[-1] == "config" for name, node in nodes().items() if name != "config")


def test_a_header_of_a_node_enters_one_child_only() -> None:
    for entry in document()["nodes"]:
        for header in entry.get("header", ()):
            words = header.replace("...", "1").replace("(", "1").split()
            words = [word.strip("<").split("|")[0] if "|" in word else word for word in words]
            words = ["1" if word[0].isdigit() and word[0] == "1" and "-" in word else word for word in words]
            assert nodes()[entry["parent"]].child(words) == entry["node"], header


def test_an_unknown_grammar_file_is_a_broken_installation() -> None:
    with pytest.raises(FileNotFoundError, match="not whole"):
        grammar_file("none.yaml")


def test_importing_the_package_loads_neither_lark_nor_yaml() -> None:
    script = "import frrcompile.syntax, sys; print(sorted({'lark', 'yaml'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_reading_does_not_load_lark() -> None:
    script = "import frrcompile.syntax as s, sys; s.read('router bgp 1'); print('lark' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_what_programs_read_is_what_people_write(request: pytest.FixtureRequest) -> None:
    written = yaml.safe_load(grammar_file("node.yaml").read_text(encoding="utf-8"))
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in written["nodes"])
    asks = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in written["lines"])
    text = f'{{"closers": {json.dumps(written["closers"])},\n"nodes": [\n{lines}\n],\n"lines": [\n{asks}\n]}}\n'
    assert json.loads(text) == written
    path = grammar_file("node.yaml").with_suffix(".json")
    if request.config.getoption("--update-golden"):
        path.write_text(text)
    assert path.read_text() == text, "run: make grammar"
