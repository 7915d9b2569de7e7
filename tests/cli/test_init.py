"""`frrcompile init`: a first model that compiles without a finding, whatever is answered."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from frrcompile import pipeline
from frrcompile.cli import main
from frrcompile.first.answers import QUESTIONS, Answers, WrongAnswer, answer
from frrcompile.first.nics import HostNic, host_nics
from frrcompile.first.text import text
from tests.conftest import ROOT
from tests.frr.installation import HOST, Installation

NICS = (HostNic("ens1", False), HostNic("ens0", True))

NODES = {"one node": ["k0"], "a fleet": ["k0", "k1", "k7=7"]}
UPLINKS = {"a NIC": ["ens1"], "two NICs": ["ens1", "enp129s0f0np0"], "the host's NIC": ["ens0"]}
LEAVES = {"unnumbered": [], "numbered": ["192.168.11.2", "192.168.12.2"]}
LEAF_AS = ["external", "64512", "64514", "internal"]
VTEPS = ["100.65.0.0/24", "2001:db8:65::/112"]
VRFS: dict[str, list[str]] = {"no VRF": [], "a VRF": ["red"], "three VRFs": ["red", "blue=42", "green"]}


def answers(**given: list[str]) -> Answers:
    return answer({name.replace("_", "-"): words for name, words in given.items()}, NICS)


@pytest.mark.parametrize("vteps", VTEPS)
@pytest.mark.parametrize("leaf_as", LEAF_AS)
def test_it_compiles_without_a_finding(leaf_as: str, vteps: str) -> None:
    for nodes, uplinks, leaves, vrfs in product(NODES, UPLINKS, LEAVES, VRFS):
        if (uplinks, leaves) == ("the host's NIC", "numbered"):
            continue  # a macvlan without an address is refused
        asked = answers(
            node=NODES[nodes],
            nic=UPLINKS[uplinks],
            leaf=LEAVES[leaves],
            leaf_asn=[leaf_as],
            vtep_pool=[vteps],
            vrf=VRFS[vrfs],
        )
        written = text(asked, "site.yaml")
        assert pipeline.compile({"site.yaml": written}).findings == (), written
        assert max(map(len, written.splitlines())) <= 140


def test_each_leaf_may_have_an_as_of_its_own() -> None:
    asked = answers(
        leaf=["192.0.2.1", "198.51.100.1"], leaf_asn=["65001", "65002"], nic=["e=192.0.2.2/24"], node=["k0"]
    )
    sessions = text(asked, "site.yaml").split("neighbors:")[1].split("vrfs:")[0]
    assert re.findall(r"address: (\S+)\s+remote-as: (\d+)", re.sub(" +#.*", "", sessions)) == [
        ("192.0.2.1", "65001"),
        ("198.51.100.1", "65002"),
    ]


def test_macvlans_of_long_names_and_addresses() -> None:
    nics = ["enp129s0f0np0=192.168.11.3/24", "enp129s0f0np1=192.168.12.3/24"]
    asked = answers(nic=nics, attach=["macvlan"], leaf=["192.168.11.2"], node=["k0"])
    written = text(asked, "site.yaml")
    assert pipeline.compile({"site.yaml": written}).findings == ()
    assert "addresses: [192.168.11.3/24]" in written
    assert written.count("link-name: fabric") == 2


def test_the_host_keeps_the_nic_of_its_default_route() -> None:
    assert answers(nic=["ens0"]).attach == "macvlan"
    assert answers(nic=["ens1"]).attach == "move"
    assert answers().nics[0].name == "ens1"
    assert answer({}, ()).nics[0].name == "eth1"


WRONG = {
    "asn": (["0"], "allowed: an AS number"),
    "node": (["k0=1", "k1=1"], "index 1 is there twice"),
    "nic": (["a/b"], "allowed: an interface name"),
    "attach": (["vlam"], "allowed: move or macvlan"),
    "leaf": (["192.168.11"], "allowed: an IPv4 or IPv6 address"),
    "leaf-asn": (["extern"], "did you mean 'external'?"),
    "vtep-pool": (["100.65.0.1/24"], "the prefix is 100.65.0.0/24"),
    "router-id-pool": (["fd00::/64"], "IPv4 is meant here"),
    "vrf": (["red", "red"], "VRF red is there twice"),
    "host-asn": (["x"], "allowed: an AS number"),
    "host-pool": (["10.0.0.0/30", "x"], "allowed: one value"),
}


@pytest.mark.parametrize("name", [question.name for question in QUESTIONS])
def test_a_wrong_answer_is_refused_with_its_option(name: str) -> None:
    words, said = WRONG[name]
    with pytest.raises(WrongAnswer, match=f"^--{name}: ") as caught:
        answer({name: words}, NICS)
    assert said in str(caught.value)


@pytest.mark.parametrize("attach", ["vlan", "present"])
def test_a_way_to_attach_that_no_first_model_has_is_refused(attach: str) -> None:
    """It was taken, and the model moved the NIC."""
    with pytest.raises(WrongAnswer, match=r"^--attach: .*allowed: move or macvlan"):
        answer({"attach": [attach]}, NICS)


TOGETHER = {
    "a VTEP's pool that is none": (["--vtep-pool", "127.0.0.0/24"], 1, "127.0.0.0/24"),
    "the AS of router and host": (["--host-asn", "64514"], 1, "64514"),
    "a pool without an address": (["--node", "k=400"], 1, "100.65.0.0/24"),
    "too few prefixes": (["--host-pool", "10.0.0.0/24", "--vrf", "a", "--vrf", "b"], 2, "no /24 for each of 2 VRFs"),
    "a macvlan without an address": (["--attach", "macvlan", "--leaf", "192.0.2.1"], 2, "--nic NIC=ADDRESS/LENGTH"),
    "ASes for other sessions": (
        ["--leaf-asn", "1", "--leaf-asn", "2"],
        2,
        "found 2 ASes; allowed: one for all sessions, or one for each (1 here)",
    ),
    "an address of two nodes": (
        ["--nic", "e=192.0.2.1/24", "--node", "a", "--node", "b"],
        2,
        "an address is one node's",
    ),
}


@pytest.mark.parametrize("name", TOGETHER)
def test_answers_that_do_not_go_together(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words, code, said = TOGETHER[name]
    path = tmp_path / "site.yaml"
    assert main(["init", "-o", str(path), *words]) == code
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""
    assert not path.exists()


def test_it_writes_what_it_prints_and_replaces_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "site.yaml"
    words = ["init", "--node", "k0", "--nic", "eth1", "--attach", "move"]
    assert main([*words, "-o", str(path)]) == 0
    assert f"frrcompile lint {path}" in capsys.readouterr().err
    assert main(words) == 0
    assert path.read_text().splitlines()[6:] == capsys.readouterr().out.splitlines()[6:]
    assert main([*words, "-o", str(path), "--vrf", "blue"]) == 2
    assert "--force" in capsys.readouterr().err
    assert "blue" not in path.read_text()
    assert main([*words, "-o", str(path), "--vrf", "blue", "--force"]) == 0
    assert "blue" in path.read_text()
    assert main(["lint", str(path)]) == 0


def on_terminal(typed: str, *words: str) -> tuple[int, str, str]:
    """The exit code, standard output, and what a terminal shows of a session in which this is typed."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "frrcompile", "init", "--node", "k0", "--nic", "eth1", *words]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, cwd=ROOT, text=True) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        out, _ = process.communicate(timeout=120)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    return process.returncode, out, shown.decode()


def test_it_asks_on_a_terminal_until_an_answer_fits() -> None:
    code, out, shown = on_terminal("0\n65001\n\n192.168.11.2 192.168.12.2\n\n\n\nred blue\n\n\n")
    assert code == 0
    assert "AS of the nodes [64514]: " in shown
    assert "found '0'; allowed: an AS number" in shown
    assert "asn: 65001" in out
    assert out.count("- address: 192.168.1") == 2
    assert "blue:" in out
    assert "Names of the nodes" not in shown, "an option has said it"
    assert pipeline.compile({"site.yaml": out}).findings == ()


def test_no_answer_at_all_writes_nothing() -> None:
    code, out, shown = on_terminal("65001\n\x04")
    assert (code, out) == (2, "")
    assert "nothing was written" in shown


def test_yes_asks_nothing_on_a_terminal() -> None:
    code, out, shown = on_terminal("", "--yes", "--attach", "move")
    assert (code, shown) == (0, "")
    assert "asn: 64514" in out


def test_nics_are_found_in_sysfs(tmp_path: Path) -> None:
    for name, inside in {"lo": "", "ens0": "device", "ens1": "device", "veth1": "", "bond0": "bonding"}.items():
        (tmp_path / "net" / name / inside).mkdir(parents=True)
    (tmp_path / "net" / "ens2" / "device").mkdir(parents=True)
    (tmp_path / "net" / "ens2" / "master").mkdir()
    routes = tmp_path / "route"
    header = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n"
    routes.write_text(
        header + "bond0\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
        "ens0\t0000000A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"
    )
    assert host_nics(tmp_path / "net", routes) == (
        HostNic("ens0", False),
        HostNic("ens1", False),
        HostNic("bond0", True),
    )
    assert host_nics(tmp_path / "none", routes) == ()


@pytest.mark.frr
def test_frr_accepts_a_first_model() -> None:
    compiled = pipeline.compile({"site.yaml": text(answers(vrf=["red", "blue"]), "site.yaml")})
    (router,) = compiled.routers.values()
    done = Installation(HOST, "").check(router.text)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
