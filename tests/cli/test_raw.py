"""Raw lines that say what the model says already, or otherwise, are findings; others are written as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from frrcompile.cli import main
from tests.conftest import BLOG_NODE


def compiled(tmp_path: Path, lines: list[str]) -> int:
    path = tmp_path / "m.yaml"
    raw = "".join(f"      {line}\n" for line in lines)
    path.write_text(BLOG_NODE.read_text() + f"\nraw:\n  - priority: 5\n    lines: |\n{raw}")
    return main(["compile", str(path)])


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        (["router bgp 64514", " neighbor 192.168.11.2 remote-as 64513", "exit"], 2, "contradicts"),
        (["router bgp 64514", " neighbor 192.168.11.2 remote-as 64512", "exit"], 2, "repeats"),
        (["router bgp 64514", " address-family l2vpn evpn", "  no advertise-all-vni"], 3, "takes away"),
        (
            ["router bgp 64514", " address-family ipv4 unicast", "  neighbor 192.168.11.2 allowas-in 5"],
            3,
            "contradicts",
        ),
        (["router bgp 64000 vrf red", " bgp bestpath as-path multipath-relax"], 1, "another AS"),
        (["vrf red", " vni 200", "exit-vrf"], 2, "contradicts"),
        (["log file /elsewhere"], 1, "contradicts"),
        (
            ["router bgp 64516 vrf red", " address-family ipv4 unicast", "  neighbor 192.169.10.0 route-map other in"],
            3,
            "contradicts",
        ),
    ],
)
def test_what_the_model_says_otherwise_is_a_finding(
    lines: list[str], line: int, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = BLOG_NODE.read_text().count("\n") + 4  # where the raw lines stand in the file
    assert compiled(tmp_path, lines) == 1
    out, err = capsys.readouterr()
    assert out == ""
    column = 7 + len(lines[line - 1]) - len(lines[line - 1].lstrip())
    assert f"m.yaml:{first + line}:{column}: error[MOD020]" in err
    assert words in err
    assert "1 error" in err


@pytest.mark.parametrize("mark", ["", " >"])
def test_lines_that_yaml_folds_into_one_lack_their_mark(
    mark: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "m.yaml"
    lines = "      router bgp 64514\n      timers bgp 3 9\n"
    path.write_text(BLOG_NODE.read_text() + f"\nraw:\n  - lines:{mark}\n{lines}")
    assert main(["compile", str(path)]) == 1
    err = capsys.readouterr().err
    assert "error[MOD020]: YAML folds these raw lines into one" in err
    assert "write `lines: |`" in err
    assert "another AS" not in err
    path.write_text(BLOG_NODE.read_text() + f"\nraw:\n  - lines: |\n{lines.replace('64514', '64000')}")
    assert main(["compile", str(path)]) == 1
    assert "another AS" in capsys.readouterr().err


@pytest.mark.parametrize(
    "lines",
    [
        ["router bgp 64514", " bgp bestpath as-path multipath-relax", "exit"],
        ["router bgp 64514", " neighbor 192.168.11.2 timers connect 5", "exit"],
        ["vrf red", " ip route 10.0.0.0/8 blackhole", "exit-vrf"],
        ["route-map other permit 10", "exit"],
        [
            "router bgp 64514",
            " address-family l2vpn evpn",
            "  vni 110",
            "   rd 1.1.1.1:1",
            "  exit-vni",
            "  vni 120",
            "   rd 1.1.1.1:2",
        ],
    ],
)
def test_what_the_model_does_not_say_is_written(
    lines: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compiled(tmp_path, lines) == 0
    out = capsys.readouterr().out
    assert "\n".join(lines) + "\n!\n! frrcompile: end\n" in out
