"""Texts that others wrote, as a terminal, a log, a report or a CI system may show them.

A file name, a configuration line and the answer of a program can hold anything. Control characters steer a terminal,
a carriage return forges a line of a log, and characters that turn the direction of text hide what it says.
"""

from __future__ import annotations

import re

LONGEST = 1000
"""Characters of a finding's message or help at most."""

LONGEST_LINE = 4000
"""Characters of a line of output at most."""

QUOTED = 150
"""Characters at most of a line or a word that a message quotes."""

_UNSEEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
_CONTROL = re.compile(f"[\n{_UNSEEN}\ud800-\udfff\U000e0000-\U000e0fff]")
# JSON writes the others as they are; an escape says the same.
_CONTROL_IN_JSON = re.compile(f"[{_UNSEEN}\ud800-\udfff\U000e0000-\U000e0fff]")

# The log commands of CI systems: GitHub's `::` begins a line, its older `##[` stands anywhere, and so does Azure's `##vso[`.
_COMMAND = re.compile(r"^([^\S\n]*)::", re.MULTILINE)
_OLD_COMMAND = re.compile(r"##(?=\w{0,20}\[)")


def printable(text: str) -> str:
    """`text` with a replacement character for each character that is not seen and acts on what shows it; tabs stay.

    A line feed is such a character: what is printable is one line.
    """
    return _CONTROL.sub("\ufffd", text) if not text.isprintable() else text


def shortened(text: str, longest: int = LONGEST) -> str:
    """`text` of at most `longest` characters: ` … ` stands for the middle of a longer one."""
    if len(text) <= longest:
        return text
    end = longest // 4
    return f"{text[: longest - end - 3]} … {text[-end:]}"


def one_line(text: str, longest: int = LONGEST_LINE) -> str:
    """`text` as one line that can be shown anywhere: printable, bounded, and no command of a CI system."""
    return harmless(printable(shortened(text, longest)))


def harmless(text: str) -> str:
    """Lines of text in which a CI system finds none of its commands: a blank stands between their signs."""
    if "::" in text:
        text = _COMMAND.sub(r"\1: :", text)
    return _OLD_COMMAND.sub("# #", text) if "##" in text else text


def has_command(text: str) -> bool:
    """Whether a CI system would find one of its commands in a text that is printed as it is: a lone CR ends a line, too."""
    lines = text.replace("\r", "\n")
    return harmless(lines) != lines


def as_json(value: object, indent: int | None = 2) -> str:
    """JSON in which each character that acts on what shows it is written as an escape, which means the same."""
    import json  # not at the start of every command

    text = json.dumps(value, indent=indent, ensure_ascii=False)
    if not text.isprintable():
        text = _CONTROL_IN_JSON.sub(_escape, text)
    return _OLD_COMMAND.sub(r"#\\u0023", text) if "##" in text else text


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000  # two surrogates (RFC 8259, section 7)
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
