"""The only place that writes to standard output and standard error.

Text for people goes through `printable` line by line. Results that programs read (`document`) were escaped by the module
that made them, and data (`data`), such as a compiled frr.conf, is written to the byte: into files and pipes. A terminal
shows it printable, and into the log of a CI system it is not written where a line of it would be a command there.
"""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import sys

from frrcompile.printable import LONGEST_LINE, harmless, has_command, printable, shortened

TYPE_CHECKING = False  # as in `typing`, whose import takes a fifth of a bare Python's start
if TYPE_CHECKING:
    from typing import TextIO

# What our own reports say in color: ESC [ numbers m.
_COLOUR = re.compile("(\x1b\\[[0-9;]{1,12}m)")

_CI = ("CI", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
"""The environment variables by which CI systems say that they run a program."""
_EXECUTED = (
    "the result has a line that this CI system would execute as a workflow command of its own, such as `::error::`; "
    "write it into a file, with -o where the verb has it"
)


def show(text: str, *, colour: bool = False) -> None:
    """Writes a result for people to standard output; `colour` says that the text has our own colors in it."""
    _write(sys.stdout, _shown(text, colour))


def show_now(text: str) -> None:
    """Like `show`, at once; a reader that has seen enough (`status | head -1`) is no error."""
    try:
        show(text)
        sys.stdout.flush()
    except BrokenPipeError:
        silence()


def tell(text: str, *, colour: bool = False, stream: TextIO | None = None) -> None:
    """Writes lines for people to standard error, or to `stream`, at once."""
    stream = stream or sys.stderr
    _write(stream, _shown(text, colour))
    stream.flush()


def complain(message: str, program: str = "frrcompile") -> None:
    """Writes a message to standard error behind the program's name. It is one line, whatever it quotes."""
    tell(f"{program}: {printable(message)}\n")


def document(text: str, *, on_stderr: bool = False) -> None:
    """Writes what programs read: JSON, SARIF, JUnit, workflow commands. Its module has escaped what others wrote."""
    _write(sys.stderr if on_stderr else sys.stdout, text)


def data(text: str) -> None:
    """Writes data to standard output, to the byte, as UTF-8; to a terminal, what it can show.

    Raises OSError where standard output is the log of a CI system, and the system would execute a line.
    """
    if is_terminal():
        return _write(sys.stdout, "\n".join(map(printable, text.split("\n"))))
    if is_log() and has_command(text):
        raise OSError(errno.EPERM, _EXECUTED, "standard output")
    sys.stdout.flush()
    if binary := getattr(sys.stdout, "buffer", None):
        binary.write(text.encode())
        binary.flush()
    else:  # a caller of `main` that collects the text
        sys.stdout.write(text)
    return None


def progress(text: str) -> None:
    """Writes over the current line of standard error, which is a terminal; without a text it wipes the line."""
    sys.stderr.write(f"\r{printable(text)}" if text else "\r\x1b[K")
    sys.stderr.flush()


def is_terminal(*, on_stderr: bool = False) -> bool:
    """Whether standard output (or standard error) is a terminal."""
    return (sys.stderr if on_stderr else sys.stdout).isatty()


def is_log() -> bool:
    """Whether what is printed may become a line of a CI system's log: it is in CI, and not written into a file."""
    if not any(os.environ.get(name) for name in _CI):
        return False
    try:
        return not stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):  # a caller of `main` collects it
        return False


def colours(*, on_stderr: bool = False) -> bool:
    """Whether colors are shown: on a terminal, unless NO_COLOR is set (no-color.org)."""
    return is_terminal(on_stderr=on_stderr) and "NO_COLOR" not in os.environ


def silence() -> None:
    """Discards what is still to be written to standard output: its reader has closed the pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def flush() -> OSError | None:
    """Writes what is buffered; the error where standard output does not take it. A closed pipe is no error."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        return None
    except OSError as error:
        return error
    return None


def last_words(message: str) -> None:
    """Writes a line to standard error without Python's buffers: they failed."""
    os.write(2, f"{printable(message)}\n".encode(errors="replace"))


def _shown(text: str, colour: bool) -> str:
    return harmless("\n".join(_line(line, colour) for line in text.split("\n")))


def _line(line: str, colour: bool) -> str:
    if not colour:
        return printable(shortened(line, LONGEST_LINE))
    return "".join(
        part if at % 2 else printable(shortened(part, LONGEST_LINE)) for at, part in enumerate(_COLOUR.split(line))
    )


def _write(stream: TextIO, text: str) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")  # a terminal that is not UTF-8 shows what it can
    stream.write(text)
