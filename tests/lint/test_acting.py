"""Lines that vtysh carries out itself, wherever they stand and however they are shortened."""

from __future__ import annotations

import json

import pytest

from frrcompile.data import grammar_file
from frrcompile.lint.catalog import catalog
from frrcompile.lint.checking import Wish, check
from frrcompile.lint.engine import lint
from frrcompile.lint.suppress import UNSAFE
from frrcompile.syntax.acting import ACTS, ANY, act_of, acts_in, longest_line
from frrcompile.syntax.commands.language import spell
from frrcompile.syntax.commands.table import table
from frrcompile.syntax.nodes import nodes
from frrcompile.syntax.reader import read

ACTING = {"FRR117", "FRR118", "FRR119", "FRR120", "FRR121"}


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


def actions() -> list[str]:
    """Each command of the tables that is an action, as FRR takes it: of all releases."""
    document = json.loads(grammar_file("commands.json").read_bytes())
    return [text for parts in document["commands"] if (text := spell(parts)).startswith(("mgmt ", "rpki reset"))]


@pytest.mark.parametrize(
    "line",
    [
        "mgmt edit create /frr-vrf:lib/vrf[name='evil'] json lock commit {}",
        "mgmt load-config /x merge",
        "mg l /x m",
        " mgmt something-new x",
        "test es 00:01",
        "no test es x",
        "rpki reset",
    ],
)
@pytest.mark.parametrize("release", [(8, 4), (10, 3), (10, 7)])
def test_actions_are_found_in_every_release(line: str, release: tuple[int, int]) -> None:
    assert found(f"interface lo\n{line}\n", release) == [(2, "FRR120")]


def test_every_action_of_the_tables_is_found() -> None:
    assert len(actions()) >= 12
    for command in actions():
        assert found(f"{command}\n") == [(1, "FRR120")], command


@pytest.mark.parametrize("line", ["route-map pods optimization", "route-map pods opt", "route-m mgmt optimization"])
def test_a_header_of_no_block_is_found(line: str) -> None:
    assert found(f"route-map pods permit 10\nexit\n{line}\nlog syslog\n") == [(3, "FRR121")]


@pytest.mark.parametrize(
    "text",
    [
        "no route-map pods optimization\ndebug mgmt backend\nvrf mgmt\nexit\nrpki\n rpki retry_interval 600\nexit\n",
        "mpls label bind 192.0.2.0/24 implicit-null\nroute-map X permit 10\n match metric 5\n match source-protocol bgp\n",
        "line vty\nexit\nno shutdown\nfrr version 10.3\npassword x\nenable password y\nservice integrated-vtysh-config\n",
        "interface lo\n shutdown\n description output file /x\n link-params\n  enable\n exit-link-params\nexit\n",
        "router bgp 1\n write-quanta 10\n timers bgp 3 9\nexit\nbanner motd line output file\n! output file /x\n",
        "route-map X permit 10\n set metric 5\n on-match next\nexit\nhostname show\nclear log filter-text\nlog file /x\n",
    ],
)
def test_configuration_is_no_act(text: str) -> None:
    assert found(text) == []


def test_every_act_has_words_of_its_own() -> None:
    for act in ACTS:
        assert act_of([*act.words, *(("x",) if act.more else ())]) is not None
        if act.more:
            assert not act.fits(act.words)


def shortened(words: tuple[str, ...]) -> set[str]:
    """A command with one of its words shortened to each length, an argument behind it."""
    words = tuple("x" if word is ANY else word for word in words)
    forms = ((at, word[:end]) for at, word in enumerate(words) for end in range(1, len(word) + 1))
    return {" ".join((*words[:at], form, *words[at + 1 :], "1")) for at, form in forms}


@pytest.mark.parametrize("release", [(8, 4), (10, 3), (10, 7)])
@pytest.mark.parametrize("header", [" ", "interface lo", "vrf red", "router bgp 1", "route-map x permit 1", "line vty"])
def test_the_index_of_commands_misses_no_act(header: str, release: tuple[int, int]) -> None:
    lines = [f"{header}\n {line}\nend\n" for act in ACTS for line in sorted({*shortened(act.words), act.words[0]})]
    text = "".join(lines)
    tree = read(text, table=table(release))
    acts = [statement.number for statement, _ in acts_in(tree.lines())]
    assert len(acts) > len(ACTS)
    assert [number for number, _ in found(text, release)] == acts


def test_no_line_that_leaves_a_block_is_an_act() -> None:
    for name, node in nodes().items():
        for closer in (node.closer, "exit", "quit", "end"):
            words = closer.split()
            forms = ([*words[:at], word[:end]] for at, word in enumerate(words) for end in range(1, len(word) + 1))
            assert not any(act_of(form) for form in forms if node.closes(form, shortened=True)), name


def test_no_comment_excuses_what_is_unsafe() -> None:
    head = f"! frrcompile: ignore-file[{', '.join(UNSAFE)}]\n"
    text = (
        f"{head}output file /x\nexit\nwrite\nterminal paginate\nmgmt rpc /x\nroute-map x optimization\n! {'=' * 9000}\n"
    )
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
