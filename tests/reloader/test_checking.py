"""vtysh -C is believed only where it reports the line that is known to be wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reloader import canary, checking, confdir
from reloader.checking import Checked
from reloader.confdir import Confdir
from reloader.frr import Frr
from reloader.process import Ending, Finished
from reloader.vty import Lines

CONF = b"hostname r1\n"
WORKS = 'echo "line $(wc -l <$1): % Unknown command[4]: $(tail -n 1 $1)"; exit 2'
"""A vtysh that reads the whole file and reports its last line."""
GROWS = f"exec {sys.executable} -c 'import time; kept = bytes([7]) * (400 << 20); time.sleep(60)'"
"""One that takes 400 MiB of memory."""


@pytest.fixture
def private(tmp_path: Path) -> Iterator[Confdir]:
    with confdir.private(tmp_path, CONF, None) as found:
        yield found


@pytest.fixture
def frr(tmp_path: Path) -> Callable[[str], Frr]:
    """An FRR with a vtysh of our own: a shell's words, in which $1 is the file."""

    def made(words: str) -> Frr:
        program = tmp_path / "vtysh"
        program.write_text(f"#!/bin/sh\nfor last; do :; done; set -- $last\n{words}\n")
        program.chmod(0o755)
        seconds = 30.0 if GROWS in words or "head -c 20000000" in words else 0.5
        return Frr(program, program, tmp_path, None, Lines(tmp_path), tmp_path, seconds, lambda: False)

    return made


def test_a_vtysh_that_reports_the_wrong_line_has_checked_the_file(frr: Callable[[str], Frr], private: Confdir) -> None:
    assert checking.check(frr(WORKS), private, CONF) == Checked()
    assert checking.failure_of_vtysh(frr(WORKS), private) == ""


@pytest.mark.parametrize(
    ("words", "failure"),
    [
        ("exit 0", "it does not report a line that is known to be wrong (exit code 0: no output)"),
        ("exit 1", "(exit code 1: no output)"),
        ("kill -9 $$", "vtysh -C failed: killed by signal 9 (SIGKILL)"),
        ("kill -11 $$", "killed by signal 11 (SIGSEGV)"),
        ("sleep 60", "vtysh -C did not finish within 0.5 s and was ended"),
        ("head -c 4000 /dev/urandom", "it does not report a line"),
        ("printf '\\377\\376\\000 password hunter2'", "it does not report a line"),
        ("echo 'line 7: % Unknown command[4]: other'", "it does not report a line"),
        ("echo 'line 2: % Unknown command[4]: frrcompile-canary-0000'", "it does not report a line"),
        ("head -c 20000000 /dev/zero; sleep 60", "vtysh -C failed: it printed more than 1 MiB"),
        (f"{GROWS}; sleep 60", "vtysh -C failed: it used more than 256 MiB of memory"),
    ],
)
def test_a_vtysh_that_does_not_has_failed(
    frr: Callable[[str], Frr], private: Confdir, words: str, failure: str
) -> None:
    checked = checking.check(frr(words), private, CONF)
    assert failure in checked.failed
    assert (checked.faults, checked.refused) == ((), "")
    assert "hunter2" not in checked.failed


def test_a_file_that_it_leaves_is_at_fault_where_it_reads_another(frr: Callable[[str], Frr], private: Confdir) -> None:
    """`exit`, `exit`: vtysh ends in the middle without a word, and with exit code 0."""
    silent = f"grep -q hostname $1 && exit 0\n{WORKS}"
    assert "`exit` or `quit` too many" in checking.check(frr(silent), private, CONF).refused
    worded = f"grep -q hostname $1 && echo no hostnames && exit 13\n{WORKS}"
    assert (
        checking.check(frr(worded), private, CONF).refused == "vtysh -C refuses the file (exit code 13): no hostnames"
    )


@pytest.mark.parametrize("end", ["yes | head -c 3000000", GROWS, "sleep 60"])
def test_what_it_said_until_it_was_ended_holds(frr: Callable[[str], Frr], private: Confdir, end: str) -> None:
    """Too much output, too much memory, too much time: the line that it refused is named."""
    found = frr(f"echo 'line 1: % Unknown command[4]: hostname r1'\n{end}")
    assert checking.check(found, private, CONF * 2) == Checked(((1, "Unknown command"),))


def test_a_file_that_takes_too_much_memory_is_refused(frr: Callable[[str], Frr], private: Confdir) -> None:
    found = frr(f"grep -q hostname $1 || {{ {WORKS}; }}\n{GROWS}")
    assert checking.check(found, private, CONF).refused == "vtysh -C needs more than 256 MiB of memory to read the file"


def test_a_vtysh_that_is_replaced_in_between_has_failed(frr: Callable[[str], Frr], private: Confdir) -> None:
    program = frr("").vtysh
    assert checking.check(frr(f"cp /bin/true {program}.new; mv {program}.new {program}; exit 0"), private, CONF).failed


def said(output: str) -> Checked | None:
    return checking.read(Finished(Ending.EXITED, 2, output, ""), 3, 60)


def test_the_node_of_the_wrong_line_tells_where_vtysh_was() -> None:
    assert said(f"line 3: % Unknown command[4]: {canary.WRONG}\n") == Checked()
    assert said(f"line 3: % Unknown command[17]: {canary.WRONG}\n") == Checked()
    assert said(f"line 3: % Unknown command: {canary.WRONG}\n") == Checked()
    left = said(f"line 3: % Unknown command[3]: {canary.WRONG}\n")
    assert left is not None
    assert left.refused == checking.UNREAD
    assert said(f"line 2: % Unknown command[4]: {canary.WRONG}\n") is None


def test_what_is_wrong_elsewhere_counts_without_it() -> None:
    early = "line 1: Warning[4]...: early exit from config file\n"
    assert said(early) == Checked(((1, "early exit"),))
    assert said("line 2: % Command incomplete[4]: x\n") == Checked(((2, "Command incomplete"),))


def test_the_sidecar_s_own_end_is_no_failure() -> None:
    assert checking.read(Finished(Ending.STOPPED, -9, "", ""), 1, 60) == Checked(stopped=True)


def test_a_missing_program_is_an_error(frr: Callable[[str], Frr], private: Confdir) -> None:
    found = frr(WORKS)
    found.vtysh.unlink()
    with pytest.raises(FileNotFoundError):
        checking.check(found, private, CONF)
