"""Lines that vtysh carries out itself, wherever they stand and however they are shortened."""

from __future__ import annotations

import pytest

from frrcompile.lint.catalog import catalog
from frrcompile.lint.checking import Wish, check
from frrcompile.lint.engine import lint
from frrcompile.lint.suppress import UNSAFE
from frrcompile.syntax.acting import ACTS, ALONE, act_of, longest_line

ACTING = {"FRR117", "FRR118", "FRR119"}


def found(text: str, release: tuple[int, int] = (10, 3)) -> list[tuple[int, str]]:
    """The lines and codes of what vtysh carries out."""
    return [(one.span.line, one.code) for one in lint(text, "f", release) if one.code in ACTING]


@pytest.mark.parametrize(
    "line",
    ["output file /x", "out fi /x", "o f /x", "\toutput\tfile\t/x", "no output file", "banner motd file /etc/frr/motd"],
)
@pytest.mark.parametrize("before", ["", "interface lo\n", "router bgp 1\n address-family l2vpn evpn\n", "exit\n"])
def test_files_are_found_in_every_node(before: str, line: str) -> None:
    assert found(f"{before}{line}\n") == [(before.count("\n") + 1, "FRR117")]


@pytest.mark.parametrize(
    "line", ["ping 1.1.1.1", "wr", "write memory", "copy /x running-config", "traceroute x", "mt x y"]
)
def test_programs_are_found_behind_an_exit(line: str) -> None:
    assert found(f"quit\n{line}\n") == [(2, "FRR118")]


@pytest.mark.parametrize(
    "line", ["find .", "f .", "list", "l", "clear", "show cli graph", "s c g", "terminal paginate", "show version"]
)
def test_session_commands_are_found(line: str) -> None:
    assert found(f"{line}\n") == [(1, "FRR119")]


@pytest.mark.parametrize(
    "text",
    [
        "line vty\nexit\nno shutdown\nfrr version 10.3\npassword x\nenable password y\nservice integrated-vtysh-config\n",
        "interface lo\n shutdown\n description output file /x\n link-params\n  enable\n exit-link-params\nexit\n",
        "router bgp 1\n write-quanta 10\n timers bgp 3 9\nexit\nbanner motd line output file\n! output file /x\n",
        "route-map X permit 10\n set metric 5\n on-match next\nexit\nhostname show\nclear log filter-text\nlog file /x\n",
    ],
)
def test_configuration_is_no_act(text: str) -> None:
    assert found(text) == []


def test_every_act_has_words_of_its_own() -> None:
    for act in (*ACTS, *ALONE):
        assert act_of([*act.words, *(("x",) if act.more else ())]) is not None
        if act.more:
            assert not act.fits(act.words)


def test_no_comment_excuses_what_is_unsafe() -> None:
    head = f"! frrcompile: ignore-file[{', '.join(UNSAFE)}]\n"
    text = f"{head}output file /x\nexit\nwrite\nterminal paginate\n! {'=' * 9000}\n"
    errors = {one.code for one in check(text, "f", (10, 3), Wish()) if one.severity == "error"}
    assert set(UNSAFE) <= errors
    assert set(UNSAFE) <= catalog().keys()


def test_isolated_no_comment_counts() -> None:
    text = "! frrcompile: ignore-file[FRR701]\npassword zebra\n"
    codes = [[one.code for one in check(text, "f", (10, 3), Wish(isolated=isolated))] for isolated in (False, True)]
    assert "FRR701" not in codes[0]
    assert "FRR701" in codes[1]


@pytest.mark.parametrize(("release", "longest"), [((8, 4), 4095), ((10, 5), 4095), ((10, 6), 8191), ((11, 0), 8191)])
def test_the_longest_line_by_release(release: tuple[int, int], longest: int) -> None:
    assert longest_line(release) == longest


def test_a_line_that_no_release_reads_is_left_aside() -> None:
    """The rules see a comment in its place, and one finding tells of it; the lines after it keep their numbers."""
    text = f"hostname r1\n description {'a ' * 100_000}\noutput file /x\nneighbour\n"
    errors = [(one.span.line, one.code) for one in lint(text, "f", (10, 3)) if one.severity == "error"]
    assert errors == [(2, "FRR115"), (3, "FRR117"), (4, "FRR001")]
