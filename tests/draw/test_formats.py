"""The three formats: what a browser, Mermaid and Graphviz would object to, and what they must not show."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from frrcompile.draw import graphviz, mermaid, svg
from frrcompile.draw.picture import Box, Picture, lines
from tests.draw.drawing import EVERYTHING, PICTURES, drawn, node_picture

NAME = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert(1)</script>&\"'#;`[x](y)\\l\x1b[31m\u202e]]>%%{init}%%"


def hostile() -> Picture:
    """A picture whose every text means something to some format."""
    picture = node_picture(EVERYTHING)
    boxes = tuple(replace(box, title=HOSTILE, lines=lines(HOSTILE, *HOSTILE)) for box in picture.boxes)
    return replace(picture, title=HOSTILE, subtitle=HOSTILE, compared=HOSTILE, boxes=boxes)


def test_svg_is_xml_that_stands_alone(picture: Picture) -> None:
    root = ET.fromstring(svg.render(picture))
    assert {element.tag.removeprefix(NAME) for element in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "text", "g", "path", "circle"
    }  # fmt: skip
    style = root.findtext(f"{NAME}style") or ""
    assert "url(" not in style
    assert "@import" not in style
    assert not any(name.startswith("on") or name.endswith("href") for one in root.iter() for name in one.attrib)


def test_svg_says_what_it_shows_to_those_who_do_not_see_it(picture: Picture) -> None:
    root = ET.fromstring(svg.render(picture))
    named = {element.get("id"): element.text for element in root.iter() if element.get("id")}
    assert all(named[part] for part in (root.get("aria-labelledby") or "").split())
    titles = [group.findtext(f"{NAME}title") or "" for group in root.iter(f"{NAME}g") if len(group) > 1]
    for box in picture.boxes:
        assert any(title.startswith(box.title) for title in titles), box.title


def test_svg_has_its_texts_as_text(picture: Picture) -> None:
    shown = {element.text for element in ET.fromstring(svg.render(picture)).iter(f"{NAME}text")}
    assert {box.title for box in picture.boxes if len(box.title) < 40} <= shown


def test_svg_is_for_paper_and_for_dark_screens() -> None:
    style = ET.fromstring(svg.render(node_picture(EVERYTHING))).findtext(f"{NAME}style") or ""
    light, dark = style.split("@media (prefers-color-scheme:dark)")
    for rule in (
        ".fc .paper{fill:",
        ".fc text{fill:",
        ".fc .b.vrf{fill:",
        ".fc .b.added{fill:",
        ".fc .l.session{stroke:",
    ):
        assert rule in light
        assert rule in dark


@pytest.mark.parametrize("form", [svg, mermaid, graphviz])
def test_no_secret_is_drawn(form: object) -> None:
    text = form.render(node_picture(EVERYTHING))  # type: ignore[attr-defined]
    assert not re.search("s3cret|hunter|password", text)


def test_hostile_texts_stay_texts() -> None:
    root = ET.fromstring(svg.render(hostile()))
    assert not list(root.iter(f"{NAME}script"))
    assert "\x1b" not in svg.render(hostile()) + mermaid.render(hostile()) + graphviz.render(hostile())
    assert "<script" not in mermaid.render(hostile())


@pytest.mark.parametrize("form", [svg, mermaid, graphviz])
def test_each_picture_in_each_format_is_the_same_again(picture: Picture, form: object) -> None:
    render = form.render  # type: ignore[attr-defined]
    assert render(picture) == render(picture)


def test_another_process_draws_the_same_bytes() -> None:
    twice = [
        subprocess.run(
            [sys.executable, "-m", "frrcompile", "draw", str(EVERYTHING), "--node", "node-0"],
            capture_output=True, check=True, env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin"},
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert twice[0] == twice[1] == svg.render(node_picture(EVERYTHING)).encode()


MERMAID_LINES = [
    r"  acc(Title|Descr): [^#;{}]*",
    r'  subgraph z\d+\["[^"]*"\]',
    r"    direction LR",
    r'  +n\d+\["<b>[^"<>]*</b>(<br/>[^"<>]*)*"\]',
    r"  end",
    r"  n\d+ (---|-\.-) n\d+",
    r"  classDef \w+ fill:#\w{6},stroke:#\w{6},color:#\w{6}(,stroke-dasharray:7 4)?",
    r"  class n\d+(,n\d+)* \w+",
    r"  linkStyle \d+(,\d+)* stroke:#\w{6},stroke-width:2px",
]
"""The forms that Mermaid 12.3's own parser has taken, for every picture of these tests."""


@pytest.mark.parametrize("name", [*PICTURES, "hostile"])
def test_mermaid_has_only_lines_that_its_parser_takes(name: str) -> None:
    picture = hostile() if name == "hostile" else drawn(name)
    start, title, end, chart, *rest = mermaid.render(picture).splitlines()
    assert (start, end, chart) == ("---", "---", "flowchart LR")
    assert title.startswith('title: "')
    strange = [line for line in rest if not any(re.fullmatch(form, line) for form in MERMAID_LINES)]
    assert strange == []
    assert sum(line.startswith("  subgraph") for line in rest) == rest.count("  end")
    defined = set(re.findall(r"^ +(n\d+)\[", "\n".join(rest), re.MULTILINE))
    assert len(defined) == len(picture.boxes)
    assert set(re.findall(r"\bn\d+\b(?=(?: -| *$))", "\n".join(line for line in rest if "--" in line))) <= defined


def test_mermaid_colours_the_links_that_came() -> None:
    picture = drawn("a change")
    (numbers,) = re.findall(r"linkStyle ([\d,]+) stroke:#15803d", mermaid.render(picture))
    assert [int(number) for number in numbers.split(",")] == [
        at for at, link in enumerate(picture.links) if link.state.value == "added"
    ]


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not here: apt-get install graphviz")
@pytest.mark.parametrize("name", [*PICTURES, "hostile"])
def test_dot_draws_it(name: str) -> None:
    picture = hostile() if name == "hostile" else drawn(name)
    done = subprocess.run(["dot", "-Tplain"], input=graphviz.render(picture).encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    boxes = [line for line in done.stdout.decode().splitlines() if line.startswith("node ")]
    assert len(boxes) == len(picture.boxes)


def test_a_box_is_not_confused_with_another_one_by_its_text() -> None:
    twins = Picture("x", "", (Box('a"', "nic", "a", (), 0), Box("a\\", "nic", "a", (), 0)), ())
    assert '"a\\""' in graphviz.render(twins)
    assert '"a\\\\"' in graphviz.render(twins)
