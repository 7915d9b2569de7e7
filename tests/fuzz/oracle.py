"""What is true of every output, whatever the input was: no secret, nothing that a terminal acts on, a bounded length."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable

from frrcompile.diagnostics import Diagnostic

SECRET = "hunter2"
PASSWORD_LINES = (
    " neighbor 192.0.2.1 password hunter2",
    " neighbor PEERS password hunter2 with blanks",
    "password hunter2",
    "password 8 hunter2",
    "enable password hunter2",
    " key-string hunter2",
    " ip ospf authentication-key hunter2",
    " ip ospf message-digest-key 1 md5 hunter2",
    " area-password clear hunter2",
    " isis password md5 hunter2",
    " neighbor 192.0.2.1 passwrod hunter2",
    " neighbor 192.0.2.1 Password hunter2",
    ' neighbor 192.0.2.1 password "hunter2"',
)
MESSAGE_LIMIT = 4000  # characters of one sentence
OUTPUT_LIMIT = 50_000_000  # characters of one report; a stretched input may have a finding in each of 100,000 lines
# Control characters but for tabs, line and paragraph separators, lone surrogates, and what turns the direction of writing.
ACTED_ON = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class BrokenError(Exception):
    """The code broke its word. `kind` is the same for all inputs that show one fault."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind = kind


def planted(data: bytes) -> bytes:
    """The input with one password line in it, at a place and of a kind that the input decides; SECRET is nowhere else."""
    lines = data.replace(SECRET.encode(), b"").split(b"\n")
    drawn = zlib.crc32(data)
    line = PASSWORD_LINES[drawn % len(PASSWORD_LINES)]
    lines.insert(drawn // len(PASSWORD_LINES) % (len(lines) + 1), line.encode())
    return b"\n".join(lines)


def expect(fact: bool, kind: str, detail: object = "") -> None:
    """Raises BrokenError where it is not so."""
    if not fact:
        raise BrokenError(kind, str(detail)[:500])


def sentence(text: str, where: str) -> None:
    """One message of `where`: of one line, printable, bounded, without the secret."""
    expect("\n" not in text, f"{where} has a message of several lines", repr(text[:300]))
    expect(len(text) <= MESSAGE_LIMIT, f"{where} has a message without bounds", f"{len(text)} characters")
    output(text, where)


def output(text: str, where: str) -> None:
    """Text for people or programs: printable but for the ends of its lines, bounded, without the secret."""
    expect(len(text) <= OUTPUT_LIMIT, f"{where} writes without bounds", f"{len(text)} characters")
    without_secret(text, where)
    if not text.isprintable() and (found := ACTED_ON.search(text)):
        raise BrokenError(f"{where} shows a control character", around(text, found.start()))


def without_secret(text: str, where: str) -> None:
    """Text that may have control characters still."""
    if SECRET in text:
        raise BrokenError(f"{where} shows a secret", around(text, text.find(SECRET)))


def findings(found: Iterable[Diagnostic], where: str) -> None:
    """What findings say; the report that shows them makes it printable."""
    for finding in found:
        for text in (finding.message, finding.help, *(label.message for label in finding.labels)):
            expect(len(text) <= MESSAGE_LIMIT, f"{where} has a message without bounds", f"{len(text)} characters")
            without_secret(text, where)


def around(text: str, at: int) -> str:
    """The text at a place, as it may be printed."""
    return ascii(text[max(0, at - 60) : at + 60])
