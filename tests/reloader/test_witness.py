"""Whether vtysh shows all that the daemons have, by the daemons' own words."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from reloader import confdir, witness
from reloader.frr import Frr
from reloader.process import Ending, Finished


class Vtysh:
    """A vtysh that shows `text`."""

    step_timeout = 1.0

    def __init__(self, text: str) -> None:
        self.text = text

    def running(self, _confdir: confdir.Confdir) -> Finished:
        return Finished(Ending.EXITED, 0, self.text, "")


def beyond(tmp_path: Path, shown: str, **texts: str) -> str:
    with confdir.private(tmp_path, b"hostname r1\n", None) as private:
        return witness.beyond(texts, cast("Frr", Vtysh(shown)), private)


@pytest.mark.parametrize(
    "block", ["interface lo\nexit\n", "interface lo\n!\n", "interface lo vrf red\nexit\nend\n", "vrf red\nexit-vrf\n"]
)
def test_a_block_without_a_line_is_nothing_that_vtysh_must_show(tmp_path: Path, block: str) -> None:
    assert beyond(tmp_path, "hostname r1\n", mgmtd=block) == ""


def test_what_vtysh_does_not_show_is_named(tmp_path: Path) -> None:
    assert beyond(tmp_path, "!\n", mgmtd="interface lo\n description x\nexit\n", zebra="") == (
        'vtysh failed: it does not show "interface lo", which mgmtd has'
    )
    said = beyond(tmp_path, "!\n", bgpd="password hunter2\nrouter bgp 1\nrouter bgp 2 vrf red\n")
    assert said == 'vtysh failed: it does not show "password ********", which bgpd has, nor 2 other lines'
    assert beyond(tmp_path, "router bgp 1\n", bgpd="router bgp 1\nexit\n") == ""
