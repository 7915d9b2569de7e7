"""What the linter says of raw lines and debug commands refuses the model, at the line's own place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from frrcompile.diagnostics import Severity
from frrcompile.ir.node import Raw
from frrcompile.ir.origin import Listed
from frrcompile.lint.checking import Wish
from frrcompile.pipeline import compile as compiled
from frrcompile.pipeline.catalog import BASE
from frrcompile.pipeline.lint_model import examine_model
from frrcompile.pipeline.raw import check_raw
from frrcompile.pipeline.raw_lint import lint_raw, nearby
from frrcompile.pipeline.routers import Compiled
from frrcompile.pipeline.site import build, build_links, load_site
from tests.conftest import ROOT


def raw(*lines: str, before: str = "") -> str:
    """The smallest model with raw lines."""
    return BASE + before + "raw:\n  - lines: |\n" + "".join(f"      {line}\n" for line in lines)


def found(model: str) -> list[tuple[str, Severity, int, str]]:
    """The linter's findings: code, severity, line and field."""
    result = compiled({"m.yaml": model})
    return [(one.code, one.severity, one.span.line, one.field) for one in result.findings if one.code.startswith("FRR")]


def of(model: str) -> Compiled:
    return compiled({"m.yaml": model})


REFUSED = {
    "a word that FRR does not know": (raw("router bgp 64514", " bgp bestpth as-path confed", "exit"), "FRR004", 10),
    "an unknown command": (raw("frobnicate"), "FRR001", 9),
    "a route map that is not there": (raw("router bgp 64514", " neighbor 192.0.2.1 route-map nope in"), "FRR201", 10),
    "a line that vtysh carries out": (raw("output file /etc/passwd"), "FRR117", 9),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_error_in_a_raw_line_refuses_the_model_at_the_line(name: str) -> None:
    model, code, line = REFUSED[name]
    assert (code, Severity.ERROR, line, "raw[0].lines") in found(model)
    assert not of(model).routers
    loaded = load_site({"m.yaml": model.encode()})
    assert build(loaded, "k0")[0] is None
    assert build_links(loaded, "k0")[0] is None


def test_a_debug_command_that_frr_does_not_know_refuses_the_model() -> None:
    """Found by fuzzing: `debug r` is ambiguous."""
    model = BASE + "frr: {debug: [bgp updates, r]}\n"
    assert found(model) == [("FRR003", Severity.ERROR, 7, "frr.debug[1]")]
    assert not of(model).routers


def test_raw_lines_are_linted_in_their_place() -> None:
    """A policy of the model is there for raw lines, and the lines of one block for those of another."""
    lines = ("router bgp 64514", " neighbor 192.0.2.1 route-map all in", "exit")
    own = ("route-map all permit 10", "exit")
    assert found(raw(*lines, before="route-maps: {all: [{action: permit}]}\n")) == []
    assert found(raw(*own, *lines)) == []


def test_what_one_release_lacks_is_found_for_it() -> None:
    model = raw("allow-reserved-ranges", before='frr: {version: "%s"}\n')
    assert found(model % "10.3") == []
    assert [code for code, *_ in found(raw("mgmt frobnicate", before='frr: {version: "10.3"}\n'))]


def test_a_comment_in_raw_lines_suppresses_what_it_may() -> None:
    lines = ["router bgp 64514", " neighbor 192.0.2.1 route-map nope in", "exit"]
    assert found(raw(lines[0], " ! frrcompile: ignore[FRR201] it comes later", *lines[1:])) == []


def test_what_the_model_makes_is_not_blamed_on_raw_lines() -> None:
    """A session without a policy is the compiler's finding, with raw lines and without."""
    model = raw("bgp session-dscp 46").replace("ebgp-requires-policy: false", "ebgp-requires-policy: true")
    assert found(model) == []


def test_lint_says_it_once() -> None:
    model = raw("router bgp 64514", " neighbor 192.0.2.1 route-map nope in")
    findings = examine_model({"m.yaml": model.encode()}, Wish(), None).findings
    assert [one.code for one in findings].count("FRR201") == 1
    warned = raw("interface eth9", " ip address 192.0.2.9/24", " ip address 192.0.2.9/24", "exit")
    codes = [one.code for one in examine_model({"m.yaml": warned.encode()}, Wish(), None).findings]
    assert len(codes) == len(set(codes))


def test_no_message_has_a_secret() -> None:
    model = raw("router bgp 64514", " neighbor 192.0.2.1 pasword s3cr3t-of-ours")
    assert not any("s3cr3t" in one.message + one.help for one in of(model).findings)


def test_daemons_follow_from_raw_lines() -> None:
    isis = ("router isis x", " net 49.0001.1111.1111.1111.00", "exit")
    assert of(raw(*isis)).routers["k0"].node.daemons == ("bgpd", "bfdd", "isisd")
    assert of(raw("router ospf", "exit", *isis)).routers["k0"].node.daemons == ("bgpd", "bfdd", "isisd", "ospfd")
    assert of(raw("bgp session-dscp 46")).routers["k0"].node.daemons == ("bgpd", "bfdd")


LINES = [
    "router bgp 64516 vrf red\n neighbor 192.169.10.2 route-map nope in\nexit",
    "router bgp 64599 vrf red\nexit",
    "router bgp 64599 vrf new\nexit",
    "router bgp 64514\n address-family ipv4 unicast\n  import vrf red\n  import vrf nope\n exit-address-family\nexit",
    "vrf new\n vni 100\nexit-vrf",
    "vrf red\n vni 101\nexit-vrf",
    "router bgp 64514 vrf new\n address-family l2vpn evpn\n  rd 192.0.2.9:1\n exit-address-family\nexit",
    "ip route 10.0.0.0/8 192.0.2.1 nexthop-vrf red",
    "ip route 10.0.0.0/8 192.0.2.1 vrf nope",
    "interface eth7 vrf red\nexit",
    "ip prefix-list vteps seq 5 permit any",
    "router bgp 64514\n neighbor 192.168.11.2 prefix-list nope in\nexit",
]
"""Lines that name VRFs, VNIs and policies that are there, and that are not."""


@pytest.mark.parametrize("lines", LINES)
def test_what_other_vrfs_have_changes_nothing_that_is_said(lines: str) -> None:
    """The VRFs that no raw line names are left out, for speed."""
    for path in sorted((ROOT / "golden").glob("*/input.yaml")):
        loaded = load_site({"m.yaml": path.read_bytes()})
        node = build(loaded, loaded.names[0])[0]
        assert node
        written = tuple(Listed(line, ("raw", 0, "lines", n)) for n, line in enumerate(lines.split("\n")))
        whole = replace(node, raw=(Raw(written, ("raw", 0, "lines")),), debug=())
        said = [
            [*check_raw(one, loaded.source, {}), *lint_raw(one, loaded.source, {})] for one in (whole, nearby(whole))
        ]
        assert said[0] == said[1], path
