"""The lines with a known answer stand behind the last command, whatever the file ends with."""

from __future__ import annotations

from pathlib import Path

import pytest

from reloader import canary, confdir

CONF = b"router bgp 64514\n neighbor 192.168.11.2 remote-as 64512\n"


@pytest.mark.parametrize(
    "end",
    [b"", b"exit\n", b"exit\n!\n# x\n\n", b" exit \r\n", b"quit\nexit", b"end\n", b"ex\nqui\n! frrcompile: end\n"],
)
def test_what_ends_a_file_comes_after_it(end: bytes) -> None:
    assert canary.body(CONF + end) == CONF
    assert canary.wrong_line(CONF + end) == 3


@pytest.mark.parametrize("end", [b"exit-address-family\n", b"exit-vrf\n", b"no shutdown\n"])
def test_what_is_no_exit_stays(end: bytes) -> None:
    assert canary.body(CONF + end) == CONF + end


def test_files_without_commands_or_without_an_end() -> None:
    assert canary.body(b"") == b""
    assert canary.body(b"!\n\n") == b""
    assert canary.body(b"exit") == b""
    assert canary.body(b"hostname r1") == b"hostname r1\n"


def test_the_copies_are_private_and_leave_the_file_alone(tmp_path: Path) -> None:
    with confdir.private(tmp_path, CONF + b"exit\n", None) as private:
        for path in (canary.to_check(private, CONF), canary.to_judge(private), canary.to_judge(private)):
            assert path.stat().st_mode & 0o777 == 0o600
            assert path.read_bytes().startswith(CONF)
        assert (private.path / "judged.conf").read_text().endswith(f"{canary.LACKING}\n")
        assert (private.path / "checked.conf").read_text().endswith(f"\n{canary.WRONG}\n")
        assert private.file.read_bytes() == CONF + b"exit\n"
