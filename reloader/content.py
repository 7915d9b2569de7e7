"""What the bytes of an offered file must be before any program reads them. Each check returns a refusal, or None.

vtysh carries out some lines while it only checks a file, a daemon carries out others when FRR reads it, and vtysh reads a
line that is too long as two (frrcompile.syntax.acting). Such a file is never handed to vtysh: no option of the sidecar and no
comment in the file changes that.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from io import BytesIO

from frrcompile.facts.pattern import Pattern
from frrcompile.facts.releases import release_of, spell
from frrcompile.facts.reload import LASTING, Lasting
from frrcompile.syntax.acting import LINE_LIMITS, act_of, longest_line
from reloader import masking, substance
from reloader.gate import QUOTED_LIMIT, UNCHANGED, Refusal

FIRST_LINE = re.compile(r"! frrcompile: (?!end$|ignore(?:-file)?\[)\S+")
LAST_LINE = "! frrcompile: end"
LINES_LIMIT = 500_000  # 10,000 tenants have half of that
CONTROL = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
FIRST_WORDS = 4  # of a line: enough to know what vtysh carries out
_LASTING = tuple((one, Pattern.parse(one.line)) for one in LASTING)
_LASTING_FIRSTS = frozenset(
    first[:length].encode()
    for one, pattern in _LASTING
    for first in pattern.first
    for length in range(one.shortest, len(first) + 1)
)  # the first word of such a line, whole or shortened: few lines have it
Version = Callable[[], str | None]


def check(data: bytes, *, allow_empty: bool, version: Version) -> Refusal | None:
    """Whether the bytes may be handed to vtysh. `version` says FRR's, such as 10.3; it is asked for few files."""
    return (
        check_size(data, version)
        or check_text(data, allow_empty=allow_empty)
        or check_acts(data)
        or check_lasting(data, version)
    )


def check_size(data: bytes, version: Version) -> Refusal | None:
    """Whether there are too many lines, or one that is longer than FRR reads. Looks at no line's content."""
    count = data.count(b"\n")
    if count > LINES_LIMIT:
        return Refusal(
            f"the file has {count:,} lines, and {LINES_LIMIT:,} are the most that the sidecar takes. {UNCHANGED} "
            "Publish a smaller file.",
        )
    shortest = min(limit for _, limit in LINE_LIMITS)
    long = next(((number, len(line)) for number, line in enumerate(_lines(data), 1) if len(line) > shortest), None)
    if long is None:
        return None
    found = re.match(r"(\d+)\.(\d+)", version() or "")
    limit = longest_line((int(found[1]), int(found[2]))) if found else shortest
    long = next(((number, len(line)) for number, line in enumerate(_lines(data), 1) if len(line) > limit), None)
    if long is None:
        return None
    number, size = long
    return Refusal(
        f"line {number}: the line has {size:,} bytes. FRR reads {limit:,} at most, and takes the rest for a command of "
        f"its own. {UNCHANGED} Split the line and publish the file again.",
        number,
    )


def check_text(data: bytes, *, allow_empty: bool) -> Refusal | None:
    """Whether the bytes can be a complete configuration at all: text, not empty, not cut off."""
    nul = data.find(b"\0")
    if nul >= 0:
        line = _line_at(data, nul)
        return Refusal(
            f"line {line}: the file has a NUL byte, so it is not text. {UNCHANGED} Publish a text file.", line
        )
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = _line_at(data, error.start)
        return Refusal(
            f"line {line}: byte 0x{data[error.start]:02x} is not UTF-8, so the file is binary, or text in another "
            f"encoding. {UNCHANGED} Publish it as UTF-8 (plain ASCII is).",
            line,
        )
    refusal = _check_characters(data)
    if refusal:
        return refusal
    if not allow_empty and not substance.is_there(_lines(data)):
        return Refusal(
            f"the file is empty ({len(data)} bytes, no line that configures more than names, logs and terminals), and loading it "
            f"would remove all of FRR's configuration. {UNCHANGED} Publish the configuration, or start frr-reloader with "
            "--allow-empty if this is meant."
        )
    first = data.split(b"\n", 1)[0].strip().decode()
    last = data.rstrip().rsplit(b"\n", 1)[-1].strip().decode()
    if FIRST_LINE.fullmatch(first) and last != LAST_LINE:
        number = data.rstrip().count(b"\n") + 1
        return Refusal(
            f'line {number}: the file is incomplete: it begins with "{first}" and does not end with '
            f'"{LAST_LINE}". It was cut off, or is still being copied. {UNCHANGED} Publish the whole file.',
            number,
        )
    return None


def _check_characters(data: bytes) -> Refusal | None:
    """Whether the text has characters that FRR and the programs that read its lines take for different things."""
    if data.startswith(BOM_UTF8):
        return Refusal(
            f"line 1: the file begins with a UTF-8 byte order mark, which FRR takes for a part of the first word. {UNCHANGED} "
            "Publish the file without it.",
            1,
        )
    control = CONTROL.search(data)
    if control:
        number, what = _line_at(data, control.start()), f"the control character 0x{control[0][0]:02x}"
    elif b"\r" in data and (number := _line_with_return(data)):
        what = "a carriage return (0x0d) before its end, and FRR does not begin a new line there"
    else:
        return None
    return Refusal(
        f"line {number}: the line has {what}. {UNCHANGED} Publish a text file whose lines end with LF or CRLF.", number
    )


def _line_with_return(data: bytes) -> int:
    """The number of the first line, from 1, with a carriage return inside; 0 where there is none."""
    return next((number for number, line in enumerate(_lines(data), 1) if b"\r" in line.rstrip(b"\r")), 0)


def check_acts(data: bytes) -> Refusal | None:
    """Whether there is a line that is no configuration, wherever it stands and however it is shortened."""
    for number, line in enumerate(_lines(data), 1):
        words = line.split(None, FIRST_WORDS)
        act = act_of([word.decode(errors="replace") for word in words[:FIRST_WORDS]]) if words else None
        if act is not None:
            quoted = masking.faulty_line(line.decode(errors="replace").strip()[:QUOTED_LIMIT])
            verdict = act.verdict(f'"{quoted}"')
            return Refusal(
                f"line {number}: {verdict}. {UNCHANGED} Remove the line and publish the file again.",
                number,
            )
    return None


def check_lasting(data: bytes, version: Version) -> Refusal | None:
    """Whether there is a line that no command of FRR's takes back: every later file without it would be rolled back."""
    for number, line in enumerate(_lines(data), 1):
        first = line.split(None, 1)[:1]
        if not first or first[0] not in _LASTING_FIRSTS:
            continue
        words = line.decode(errors="replace").split()
        for one, pattern in _LASTING:
            if pattern.fits(words, shortened=True) and _is_of(one, version()):
                which = f"FRR {spell(one.release)}" if one.release else "FRR"
                return Refusal(
                    f'line {number}: {which} has no command that removes "{one.shown}" before {one.until}. '
                    f"{UNCHANGED} Remove the line and publish the file again.",
                    number,
                )
    return None


def _is_of(one: Lasting, version: str | None) -> bool:
    """Whether a line lasts in this FRR; one of a single release does not where the release is not known."""
    if one.release is None:
        return True
    try:
        return release_of(version or "") == one.release
    except ValueError:
        return False


def _lines(data: bytes) -> Iterator[bytes]:
    """The lines one after another, without a list of them all."""
    return (line.rstrip(b"\n") for line in BytesIO(data))


def _line_at(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
