"""The bytes of a frr.conf as text."""

from __future__ import annotations

from frrcompile.diagnostics import Diagnostic, Severity, Span

UNREADABLE = "FRR900"


def no_text(content: bytes, path: str, error: UnicodeDecodeError) -> Diagnostic:
    """Bytes that are not UTF-8 are no text of a frr.conf.

    What: a file with bytes that are not UTF-8, for example in Latin-1 or UTF-16. Nothing else of the file is looked at. The bad
        example is a file in Latin-1.
    Why: FRR copies the bytes of names and descriptions into its output, where programs that read JSON refuse them. The strings of YANG
        are Unicode (RFC 7950, section 9.4). In UTF-16 each ASCII character has a NUL, at which vtysh ends the line.
    Bad:
        interface eth1
         description Zürich
    Good:
        interface eth1
         description Zuerich
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        message = "this is UTF-16: a frr.conf is UTF-8 text"
        help_ = "convert it, for example with `iconv -f UTF-16 -t UTF-8`"
        return Diagnostic(UNREADABLE, Severity.ERROR, message, Span(path, 1, 1, 1, 1), help=help_)
    start = content.rfind(b"\n", 0, error.start) + 1
    line = content.count(b"\n", 0, error.start) + 1
    column = len(content[start : error.start].decode(errors="replace")) + 1
    message = f"byte 0x{content[error.start]:02x} is not UTF-8: a frr.conf is UTF-8 text"
    return Diagnostic(UNREADABLE, Severity.ERROR, message, Span(path, line, column, line, column + 1))
