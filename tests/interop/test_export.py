"""What is exported for frr-k8s satisfies its definition, and is the other end of the node's host sessions."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml

from frrcompile.cli import main
from frrcompile.diagnostics import Diagnostic
from frrcompile.interop.frr_k8s import configuration
from frrcompile.pipeline.site import build, load_site
from tests.conftest import ROOT
from tests.frr.installation import Installation
from tests.interop import frr_k8s_speaker
from tests.interop.schema import problems, schema_of

DEFINITION = "frr-k8s/frrk8s.metallb.io_frrconfigurations.yaml"
EVERYTHING = ROOT / "golden" / "everything" / "input.yaml"


def exported(text: str, directory: Path, node: str | None = None) -> tuple[Any, list[Diagnostic]]:
    path = directory / "model.yaml"
    path.write_text(text)
    loaded = load_site({str(path): path.read_bytes()})
    assert loaded.site, loaded.findings
    router, findings = build(loaded, node or next(iter(loaded.site.nodes)))
    assert router, findings
    return configuration(router, loaded.source, [ip_network("10.244.0.0/24")])


def neighbors(document: Any) -> list[dict[str, Any]]:
    (router,) = document["spec"]["bgp"]["routers"]
    found: list[dict[str, Any]] = router["neighbors"]
    return found


@pytest.mark.parametrize("node", ["node-0", "node-1"])
def test_the_definition_allows_it(node: str, corpus: Path, tmp_path: Path) -> None:
    document, _ = exported(EVERYTHING.read_text(), tmp_path, node)
    assert list(problems(document, schema_of(corpus / DEFINITION))) == []


def test_the_checker_sees_what_the_definition_forbids(corpus: Path, tmp_path: Path, blog_node: str) -> None:
    schema = schema_of(corpus / DEFINITION)
    document, _ = exported(blog_node, tmp_path)
    (router,) = document["spec"]["bgp"]["routers"]
    (neighbor,) = router["neighbors"]
    neighbor |= {"madeUp": 1, "port": 70000, "asn": "64516", "dynamicASN": "both"}
    del router["asn"]
    at = ".spec.bgp.routers[0]"
    assert sorted(problems(document, schema)) == [
        f"{at}.neighbors[0].asn: '64516' is not of type integer",
        f"{at}.neighbors[0].dynamicASN: 'both' is none of ['internal', 'external']",
        f"{at}.neighbors[0].port: 70000 is out of range",
        f"{at}.neighbors[0]: has the unknown field madeUp",
        f"{at}: lacks asn",
    ]


def test_the_blogs_node_gets_the_blogs_configuration(blog_node: str, corpus: Path, tmp_path: Path) -> None:
    document, findings = exported(blog_node, tmp_path)
    theirs = corpus / "evpnlab" / "08_from_kind_with_systemdunits" / "kind" / "frr-k8s" / "frr-k8sconfig.yaml"
    assert document["spec"]["bgp"] == yaml.safe_load(theirs.read_text())["spec"]["bgp"]
    assert document["spec"]["nodeSelector"] == {"matchLabels": {"kubernetes.io/hostname": "k0-control-plane"}}
    assert findings == []


def session(blog_node: str, *lines: str) -> str:
    """The blog's node with more in its host session."""
    below = "    host-session:\n"
    assert blog_node.count(below) == 1
    return blog_node.replace(below, below + "".join(f"      {line}\n" for line in lines))


SAID: dict[str, dict[str, Any]] = {
    "timers: {hold: 9, keepalive: 3, connect: 10}": {"holdTime": "9s", "keepaliveTime": "3s", "connectTime": "10s"},
    "graceful-restart: enabled": {"enableGracefulRestart": True},
    "bfd: {}": {"bfdProfile": "frrcompile-default"},
    "password: hunter2": {"passwordSecret": {"name": "bgp-k0-control-plane-red-ipv4"}},
}


@pytest.mark.parametrize("line", SAID)
def test_what_the_session_says_the_other_end_says(line: str, blog_node: str, tmp_path: Path) -> None:
    plain, _ = exported(blog_node, tmp_path)
    document, _ = exported(session(blog_node, line), tmp_path)
    assert neighbors(document) == [neighbors(plain)[0] | SAID[line]]


def test_a_profile_comes_along_and_a_passive_router_gets_an_active_host(blog_node: str, tmp_path: Path) -> None:
    model = session(blog_node, "bfd: {profile: fast}") + (
        "bfd-profiles:\n  fast: {receive-interval: 100, passive-mode: true, echo-mode: true}\n  unused: {}\n"
    )
    document, _ = exported(model, tmp_path)
    fast = {"name": "fast", "receiveInterval": 100, "echoMode": True}
    assert document["spec"]["bgp"]["bfdProfiles"] == [fast]


def test_no_password_leaves(blog_node: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(session(blog_node, "password: hunter2"))
    assert main(["export", "frr-k8s", str(path)]) == 0
    shown = capsys.readouterr()
    assert "hunter2" not in shown.out + shown.err
    assert f"{path}:" in shown.err
    assert "MOD901" in shown.err
    assert "bgp-k0-control-plane-red-ipv4" in shown.out


def test_a_port_of_the_host_is_its_own_business(blog_node: str, tmp_path: Path) -> None:
    document, findings = exported(session(blog_node, "port: 1179"), tmp_path)
    assert "port" not in neighbors(document)[0]
    assert [(finding.code, finding.field) for finding in findings] == [("MOD904", "vrfs.red.host-session.port")]


def test_a_host_with_two_ases_shows_one_of_them(tmp_path: Path, blog_node: str) -> None:
    model = blog_node + "passthrough: {asn: 64700, ipv4: {pool: 192.169.30.0/24}}\n"
    document, findings = exported(model, tmp_path)
    assert [one.get("localASN") for one in neighbors(document)] == [None, 64700]
    assert [finding.code for finding in findings] == ["MOD902"]
    model = model.replace("asn: 64515 ", "asn: 64514 ")  # now the host's AS there is the router's own here
    assert [str(one.severity) for one in exported(model, tmp_path)[1]] == ["error"]


def test_verb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = str(EVERYTHING)
    assert main(["export", "frr-k8s", model]) == 2
    assert main(["export", "frr-k8s", model, "--node", "node1"]) == 2
    assert capsys.readouterr().err == (
        "frrcompile: the model has 2 nodes: name one with --node (node-0, node-1), or take --all\n"
        "frrcompile: the model has no node 'node1': did you mean 'node-1'?\n"
    )
    assert main(["export", "frr-k8s", model, "--all", "--prefix", "10.244.0.1/24"]) == 2
    capsys.readouterr()
    assert main(["export", "frr-k8s", model, "--all", "--prefix", "10.244.1.0/24", "--prefix", "10.9.0.0/24"]) == 0
    first, second = yaml.safe_load_all(capsys.readouterr().out)
    assert first["spec"]["bgp"]["routers"][0]["prefixes"] == ["10.9.0.0/24", "10.244.1.0/24"]
    assert second["metadata"] == {"name": "frrcompile-node-1", "namespace": "frr-k8s-system"}
    file = tmp_path / "out.yaml"
    assert main(["export", "frr-k8s", model, "--node", "node-1", "-o", str(file), "--prefix", "10.9.0.0/24"]) == 0
    assert yaml.safe_load(file.read_text())["kind"] == "FRRConfiguration"


def test_frr_accepts_the_other_end(installation: Installation, tmp_path: Path) -> None:
    document, _ = exported(EVERYTHING.read_text(), tmp_path)
    names = [one["passwordSecret"]["name"] for one in neighbors(document) if "passwordSecret" in one]
    conf = frr_k8s_speaker.frr_conf(document, dict.fromkeys(names, "hunter2"))
    done = installation.check(conf)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert "network 10.244.0.0/24" in conf


def test_the_speaker_refuses_what_it_does_not_know(blog_node: str, tmp_path: Path) -> None:
    document, _ = exported(blog_node, tmp_path)
    neighbors(document)[0]["ebgpMultiHop"] = True
    with pytest.raises(ValueError, match="ebgpMultiHop"):
        frr_k8s_speaker.frr_conf(document)


def test_an_internal_host_has_the_routers_as(tmp_path: Path, blog_node: str) -> None:
    document, findings = exported(blog_node.replace("asn: 64515 ", "remote-as: internal "), tmp_path)
    assert findings == []
    (router,) = document["spec"]["bgp"]["routers"]
    assert (router["asn"], router["neighbors"][0]["asn"]) == (64516, 64516)


def test_a_host_of_any_as_is_not_exported(tmp_path: Path, blog_node: str) -> None:
    document, (finding,) = exported(blog_node.replace("asn: 64515 ", "remote-as: external "), tmp_path)
    assert (document, finding.code, finding.field) == (None, "MOD904", "vrfs.red.host-session.remote-as")


def with_policy(blog_node: str, permitted: str, longest: int) -> str:
    """The blog's node, whose host session takes the parts of one prefix up to a length."""
    lists = f"prefix-lists:\n  pods: [{{action: permit, prefix: {permitted}, le: {longest}}}]\n"
    maps = "route-maps:\n  from-host: [{action: permit, match: {prefix-list: pods}}]\n"
    return lists + blog_node.replace("import: allowall", "import: from-host").replace("route-maps:\n", maps)


@pytest.mark.parametrize(
    ("permitted", "help_"),
    [
        ("10.244.0.0/16", "add `le: 24` to the entry of the prefix list, or leave `--prefix 10.244.0.0/24` out"),
        ("172.16.0.0/16", "permit it in a policy, or leave `--prefix 10.244.0.0/24` out"),
    ],
)
def test_a_prefix_that_all_policies_refuse_is_a_warning(
    permitted: str, help_: str, tmp_path: Path, blog_node: str
) -> None:
    model = with_policy(blog_node, permitted, 23)
    document, (finding,) = exported(model, tmp_path)
    assert document["spec"]["bgp"]["routers"][0]["prefixes"] == ["10.244.0.0/24"]
    assert (finding.code, str(finding.severity), finding.help) == ("MOD905", "warning", help_)
    assert "route map from-host (VRF red)" in finding.message
    assert exported(with_policy(blog_node, "10.244.0.0/16", 24), tmp_path)[1] == []


def test_one_session_that_takes_a_prefix_is_enough(tmp_path: Path, blog_node: str) -> None:
    model = with_policy(blog_node, "172.16.0.0/16", 24)
    model += "passthrough: {asn: 64515, ipv4: {pool: 192.169.30.0/24}}\n"
    assert exported(model, tmp_path)[1] == []


def test_a_prefix_of_a_family_that_no_session_carries_is_a_warning(
    tmp_path: Path, blog_node: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(blog_node)
    assert main(["export", "frr-k8s", str(path), "--prefix", "2001:db8:244::/64"]) == 0
    shown = capsys.readouterr().err
    assert "MOD905" in shown
    assert "no host session of the node carries ipv6-unicast" in shown
