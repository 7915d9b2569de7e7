"""Passwords and `line vty`. Each daemon has its own, and frr-reload.py lists none that FRR has too much.

A line of an older or a refused file would stay, and let a user in, or keep one out. So each daemon's own words are compared
with the file. FRR takes the `no` of each of them (8.4.4, 10.3 and 10.7.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from reloader.residual import Difference

BLOCK = "line vty"
PASSWORD = re.compile(r"(?:no )?(?:enable )?password(?: .*)?")
ENCRYPTED = re.compile(r"(?:enable )?password 8 \S+")
USUAL_TIMEOUT = "exec-timeout 10 0"


class Setting(NamedTuple):
    """One of them: its block, empty at the top, and the words that take it back to what FRR has without it."""

    block: str
    undo: str

    def path(self, line: str) -> tuple[str, ...]:
        """The line, led by its block."""
        return (self.block, line) if self.block else (line,)


def is_terminal(path: tuple[str, ...]) -> bool:
    """Whether a line, led by its contexts, is one of these."""
    return path[0] == BLOCK or PASSWORD.fullmatch(path[0]) is not None


def differences(wanted: str, texts: Mapping[str, str]) -> Iterator[Difference]:
    """What differs between the file `wanted` and what each daemon shows.

    An encrypted password has another text in each daemon, so it counts as the one that is wanted.
    """
    want = settings(wanted)
    have = [settings(text) for text in texts.values()]
    for setting, line in want.items():
        if any(not _same(line, one.get(setting, "")) for one in have):
            yield Difference("add", setting.path(line))
    for setting in dict.fromkeys(setting for one in have for setting in one):
        if setting not in want:
            yield Difference("delete", setting.path(setting.undo))


def unseen(wanted: str, texts: Mapping[str, str]) -> Iterator[Difference]:
    """The passwords that cannot be compared because FRR shows them encrypted: they are sent with each change."""
    shown = {line for text in texts.values() for line in settings(text).values() if ENCRYPTED.fullmatch(line)}
    for setting, line in settings(wanted).items():
        if line not in shown and any(one.startswith(f"{setting.undo.removeprefix('no ')} ") for one in shown):
            yield Difference("add", setting.path(line))


def settings(text: str) -> dict[Setting, str]:
    """What a configuration sets, without what FRR has in any case; the last line of each kind counts."""
    found: dict[Setting, str] = {}
    for setting, line in _settings(text.split("\n")):
        found.pop(setting, None)
        if line:
            found[setting] = line
    return found


def _settings(lines: Iterable[str]) -> Iterator[tuple[Setting, str]]:
    """Each line that sets one of them, as FRR shows it; empty where it takes it back."""
    for line in lines:
        words = line.split()
        no = words[:1] == ["no"]
        what = words[1:] if no else words
        if what[:1] == ["password"] or what[:2] == ["enable", "password"]:
            name = " ".join(what[: 1 + (what[0] == "enable")])
            yield Setting("", f"no {name}"), "" if no else " ".join(what)
        elif what[:1] == ["exec-timeout"]:
            shown = "exec-timeout 0 0" if no else " ".join((what + ["0"] * 2)[:3])
            yield Setting(BLOCK, USUAL_TIMEOUT), "" if shown == USUAL_TIMEOUT else shown
        elif what[-2:-1] == ["access-class"] and len(what) <= 3:
            yield Setting(BLOCK, f"no {' '.join(what)}"), "" if no else " ".join(what)
        elif what == ["login"]:
            yield Setting(BLOCK, "login"), "no login" if no else ""


def _same(wanted: str, shown: str) -> bool:
    return wanted == shown or ENCRYPTED.fullmatch(shown) is not None
