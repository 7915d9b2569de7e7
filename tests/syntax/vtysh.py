"""What a real vtysh says about nesting, and which commands it has: the oracle of the tests here. It needs no daemons."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from frrcompile.syntax.lines import Line, Statement
from frrcompile.syntax.nodes import Node

COMMAND = ("vtysh",)


def installed() -> bool:
    return shutil.which("vtysh") is not None


def implicit_exits(file: Path, lines: Sequence[Line], command: Sequence[str] = COMMAND) -> tuple[dict[int, int], bool]:
    """For each command's line number, how many nodes vtysh left before it; and whether it took the whole file.

    `vtysh -m` writes the file again with an `exit` for each node that a line ends by being there, and `end` after
    `exit-vrf`; it drops `end` lines, stops at the first line that no node knows, and ends its lines in CRLF.
    """
    run = subprocess.run([*command, "-m", "-f", str(file)], capture_output=True, check=False, timeout=60)
    written = [line.rstrip("\r") for line in run.stdout.decode(errors="surrogateescape").split("\n")]
    found: dict[int, int] = {}
    at = 0
    for line in lines:
        if not isinstance(line, Statement):
            at += 1
            continue
        if line.text == "end":
            continue
        raw = line.raw.rstrip("\r\n")
        left = 0
        while at < len(written) and written[at] == "exit" and raw != "exit":
            left, at = left + 1, at + 1
        if at >= len(written) or written[at] != raw:
            break
        found[line.number] = left
        at += 1
        if line.text == "exit-vrf":
            at += 1
    return found, run.returncode == 0


class Commands:
    """Which commands each node of a vtysh has: `find .` turned into regular expressions, good enough for a test."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        run = subprocess.run([*command, "-C", "-c", "find ."], capture_output=True, text=True, check=True, timeout=60)
        self._nodes: dict[str, dict[str, list[re.Pattern[str]]]] = {}
        self.closers: dict[str, set[str]] = {}
        for node, written in re.findall(r"^ *\((.*?)\)  (.*)$", run.stdout, re.MULTILINE):
            if re.match(r"(exit|quit)[a-z-]*$", written):
                self.closers.setdefault(node, set()).add(written)
            pattern = _regex(written)
            for first in _firsts(written):
                self._nodes.setdefault(node, {}).setdefault(first, []).append(pattern)
        self._answers: dict[tuple[str, tuple[str, ...]], bool] = {}

    @property
    def nodes(self) -> set[str]:
        """FRR's names of all nodes."""
        return set(self._nodes)

    def __call__(self, node: Node, words: Sequence[str]) -> bool:
        key = (node.frr, tuple(words))
        if key not in self._answers:
            line = "".join(word + " " for word in words)
            own = self._nodes.get(node.frr, {})
            patterns = (*own.get(words[0][:2], ()), *own.get("", ()))
            self._answers[key] = any(pattern.fullmatch(line) for pattern in patterns)
        return self._answers[key]


def _firsts(written: str) -> set[str]:
    """The first two letters of a command's first word; nothing where that is not so simple."""
    if written.startswith("[no] "):
        return {"no", *_firsts(written[5:])}
    return {written[:2]} if re.match(r"[a-z0-9-]+( |$)", written, re.IGNORECASE) else {""}


_TOKEN = re.compile(r"!\[|\(-?\d+-\d+\)|\.\.\.|[<>\[\]{}|]|[^\s<>\[\]{}|]+?(?=\.\.\.|[\s<>\[\]{}|]|$)")


@cache
def _regex(written: str) -> re.Pattern[str]:
    text = re.sub(r"\$\w+", "", written)
    out: list[str] = []
    for token in _TOKEN.findall(text):
        match token:
            case "<" | "[" | "![" | "{":
                out.append("(?:")
            case ">":
                out.append(")")
            case "]":
                out.append(")?")
            case "}":
                out.append(")+")
            case "|":
                out.append("|")
            case "...":
                out[-1] = f"(?:{out[-1]})+"
            case _:
                out.append(_word(token))
    return re.compile("".join(out))


def _word(token: str) -> str:
    if re.fullmatch(r"\(-?\d+-\d+\)", token):
        return r"-?\d+ "
    if token.startswith("A.B.C.D"):
        return r"\d+\.\d+\.\d+\.\d+/\d+ " if token.endswith("/M") else r"\d+\.\d+\.\d+\.\d+ "
    if token.startswith("X:X::X:X"):
        return r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*/\d+ " if token.endswith("/M") else r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]* "
    if re.fullmatch(r"[A-Z0-9_:/.*-]*[A-Z][A-Z0-9_:/.*-]*", token):
        return r"\S+ "
    shortened = ""
    for letter in reversed(token[1:]):
        shortened = f"(?:{re.escape(letter)}{shortened})?"
    return f"{re.escape(token[0])}{shortened} "
