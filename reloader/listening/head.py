"""The head of an HTTP request, read strictly (RFC 9112): what two programs could read in two ways is refused.

The standard library's parser takes a line without a colon for the end of the head, and the first of two `Origin` lines for
the only one. So it gets no head that is not valid.
"""

from __future__ import annotations

import re
from collections import Counter
from io import BufferedReader

BLANK_LINES = 4  # before a request; RFC 9112, section 2.2 has a server skip one at least
SINGLE = frozenset({b"host", b"origin", b"sec-fetch-site", b"content-length", b"transfer-encoding"})
_REQUEST = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+ [!-~]+ HTTP/([0-9])\.([0-9])")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*)")
_HOST = re.compile(rb"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{0,5})?")


class MalformedError(Exception):
    """It is no head of a request; the message says why."""


def read(stream: BufferedReader) -> bytes:
    """The head with its last, blank line; empty where the client hung up without a word. Raises MalformedError, and what
    reading raises.
    """
    request = _line(stream)
    skipped = 0
    while request == b"" and skipped < BLANK_LINES:
        skipped += 1
        request = _line(stream)
    if request is None:
        return b""
    found = _REQUEST.fullmatch(request)
    if found is None:
        raise MalformedError("the request line is not valid; send for example: GET /status HTTP/1.1")
    lines, seen = [request], Counter[bytes]()
    while line := _line(stream):
        field = _FIELD.fullmatch(line)
        if field is None:
            raise MalformedError("a header line is not valid; it has a name, a colon right behind it, and a value")
        name, value = field[1].lower(), field[2].rstrip(b" \t")
        seen[name] += 1
        if name in SINGLE and seen[name] > 1:
            raise MalformedError(f"the request has several {field[1].decode()} headers")
        if name == b"host" and not _HOST.fullmatch(value):
            raise MalformedError("the Host header is not valid; it has a name or an IP address, and a port if need be")
        lines.append(field[1] + b": " + value)
    if line is None:
        raise MalformedError("the head of the request does not end with a blank line")
    if found[1] == b"1" and found[2] != b"0" and not seen[b"host"]:
        raise MalformedError("the request has no Host header, which HTTP/1.1 requires")
    return b"".join(line + b"\r\n" for line in (*lines, b""))


def _line(stream: BufferedReader) -> bytes | None:
    """The next line without its end; None at the end of what the client sends."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        if line:
            raise MalformedError("the head of the request is cut off")
        return None
    return line[:-1].removesuffix(b"\r")
