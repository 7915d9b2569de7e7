"""The blog's node on real FRR: accepted, loaded, judged, and the same as what the blog wrote by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compiling import frr_conf_of
from tests.frr.installation import Installation
from tests.frr.router import Router

CONTROLLER_CONF = "evpnlab/08_from_kind_with_systemdunits/podmanunit/controller/frr.conf"


def own_log(text: str, router: Router) -> str:
    """`text` with a log file of the router's own: /tmp belongs to every FRR on this machine."""
    return text.replace("/tmp/frr.log", str(router.work / "log" / "frr.log"))


def contexts(running: str) -> dict[str, list[str]]:
    """The running configuration by its top-level blocks, in which FRR's order means nothing here."""
    blocks: dict[str, list[str]] = {}
    header = ""
    for line in running.splitlines():
        if line.startswith(" "):
            blocks[header].append(line.strip())
        elif line and line != "!":
            header = line
            blocks.setdefault(header, [])
    return {header: sorted(lines) for header, lines in blocks.items()}


def test_frr_accepts_loads_and_keeps_it(router: Router, blog_node: str, tmp_path: Path) -> None:
    conf = frr_conf_of(own_log(blog_node, router), tmp_path)
    done = router.check(conf)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    router.load(conf)
    assert router.judge(conf) == []
    assert router.errors() == []


def test_it_says_what_the_blog_says(installation: Installation, blog_node: str, corpus: Path, tmp_path: Path) -> None:
    with Router(installation) as ours, Router(installation) as theirs:
        ours.load(frr_conf_of(own_log(blog_node, ours), tmp_path))
        theirs.load(own_log((corpus / CONTROLLER_CONF).read_text(), theirs))
        log = {str(router.work): "WORK" for router in (ours, theirs)}

        def shown(router: Router) -> dict[str, list[str]]:
            text = router.running()
            for path, name in log.items():
                text = text.replace(path, name)
            return contexts(text)

        assert shown(ours) == shown(theirs)


CHANGES = {
    "another neighbour": ("address: 192.168.11.2 ", "address: 192.168.11.6 "),
    "the VNI renumbered": ("vni: 100", "vni: 101"),
    "the VRF's AS changed": ("asn: 64516", "asn: 64517"),
    "svi addresses no longer announced": ("advertise-svi-ip: true", "advertise-svi-ip: false"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_in_the_text(change: str, blog_node: str, tmp_path: Path) -> None:
    before, after = CHANGES[change]
    assert blog_node.count(before) == 1
    assert frr_conf_of(blog_node, tmp_path) != frr_conf_of(blog_node.replace(before, after), tmp_path)
