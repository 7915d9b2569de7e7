"""`frrcompile plumb plan --offline` as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from frrcompile.cli import main
from tests.conftest import BLOG_NODE

EVERYTHING = BLOG_NODE.parents[1] / "everything" / "input.yaml"


def test_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plumb", "plan", str(BLOG_NODE), "--offline"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("k0-control-plane:\n")
    assert "  + vrf red in the router: table 1100\n" in out
    assert out.endswith("to move.\nThe pods' MTU is 1450 bytes at most.\n")
    assert "\x1b" not in out
    assert err == ""


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plumb", "plan", str(EVERYTHING), "--node", "node-0", "--offline", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["node"], found["pod_mtu"]) == ("node-0", 8930)
    vrfs = [one for one in found["operations"] if one["operation"] == "AddLink" and "vrf" in one["link"]]
    assert vrfs[0]["link"] == {"name": "red", "vrf": {"table": 1100}}
    assert (vrfs[0]["side"], vrfs[0]["sign"]) == ("router", "+")
    assert vrfs[0]["words"] == "vrf red in the router: table 1100"


def test_ip(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plumb", "plan", str(BLOG_NODE), "--offline", "--format", "ip"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("#!/bin/sh\n")
    assert "\nlink set dev eth1 netns $router\n" in out


def test_the_owner_is_in_the_script(capsys: pytest.CaptureFixture[str]) -> None:
    main(["plumb", "plan", str(BLOG_NODE), "--offline", "--format", "ip", "--owner", "tenant"])
    assert "alias frrcompile:tenant:nic\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([str(EVERYTHING), "--offline"], "name one with --node"),
        ([str(BLOG_NODE), "--offline", "--node", "k1"], "no node 'k1'"),
        (["nowhere.yaml", "--offline"], "nowhere.yaml"),
    ],
)
def test_wrong_use(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plumb", "plan", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err


def test_several_nodes_and_no_option_for_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plumb", "plan", str(EVERYTHING), "--offline"]) == 2
    assert "--all" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--pid", "99999999"], "there is no process 99999999"),
        (["--owner", "a b"], "--owner: found 'a b'; allowed: a letter or digit, then"),
        (["--owner", ""], "--owner: found ''"),
        (["--pid", "0"], "found '0'; allowed: a process id from 1 to 2147483647"),
        (["--pid", "9" * 30], "allowed: a process id from 1 to 2147483647"),
        (["--pid", "1", "--confirm", "10000000"], "found '10000000'; allowed: a number of seconds from 1 to 9999999"),
    ],
)
def test_numbers(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(["plumb", "apply", str(BLOG_NODE), *words])
    except SystemExit as ended:
        code = int(str(ended.code))
    assert code == 2
    assert said in capsys.readouterr().err


def test_a_name_that_a_shell_would_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = tmp_path / "model.yaml"
    model.write_text(BLOG_NODE.read_text().replace("host-interface: frr0", "host-interface: $(reboot)"))
    assert main(["plumb", "plan", str(model), "--offline", "--format", "ip"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "'$(reboot)'" in err
    assert main(["plumb", "plan", str(model), "--offline"]) == 1, "text has no shell"


def test_findings_are_shown_and_no_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = tmp_path / "model.yaml"
    model.write_text(BLOG_NODE.read_text().replace("name: eth1", "name: eth1\n      attach: vlan"))
    assert main(["plumb", "plan", str(model), "--offline"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "needs a VLAN id" in err


def test_a_node_without_links_needs_only_sysctls(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = tmp_path / "model.yaml"
    model.write_text(
        "nodes: {a: {index: 0}}\nrouter: {asn: 1}\nunderlay: {neighbors: [{address: 192.0.2.1, remote-as: 1}]}\n"
    )
    assert main(["plumb", "plan", str(model), "--offline"]) == 1
    out = capsys.readouterr().out
    assert "MTU" not in out
    assert "  + " not in out
