"""The blog's node on real FRR: accepted, loaded, judged, and the same as what the blog wrote by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from reloader.status import Verdict
from tests.compiling import frr_conf_of
from tests.frr.installation import Installation
from tests.frr.router import Router
from tests.reloader.sidecar import Sidecar

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


def without_vrf(model: str) -> str:
    """The model without its VRF, and so without VNIs."""
    return model[: model.index("vrfs:\n")] + model[model.index("route-maps:\n") :]


CHANGES = {
    "another neighbour": lambda model: model.replace("address: 192.168.11.2 ", "address: 192.168.11.6 "),
    "a second neighbour": lambda model: model.replace(
        "\nvtep:", "    - {address: 192.168.11.6, remote-as: 64513}\n\nvtep:"
    ),
    "no svi addresses": lambda model: model.replace("advertise-svi-ip: true", "advertise-svi-ip: false"),
    "the VRF removed": without_vrf,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_lands_ends_where_a_fresh_start_does(
    change: str, installation: Installation, blog_node: str, tmp_path: Path
) -> None:
    with Router(installation) as router, Sidecar(router) as sidecar:
        model = own_log(blog_node, router)
        before, after = frr_conf_of(model, tmp_path), frr_conf_of(CHANGES[change](model), tmp_path)
        assert before != after
        assert sidecar.verdict(sidecar.put(before)).verdict is Verdict.GOOD
        assert sidecar.verdict(sidecar.put(after)).verdict is Verdict.GOOD
        assert router.judge(after) == []
        with Router(installation) as fresh:
            fresh.load(after)
            assert configured(router.running()) == configured(fresh.running())
        # And back: what was removed comes again as if it had never been away.
        assert sidecar.verdict(sidecar.put(before)).verdict is Verdict.GOOD
        assert router.judge(before) == []


def test_changes_in_a_row_end_where_a_fresh_start_does(
    installation: Installation, blog_node: str, tmp_path: Path
) -> None:
    with Router(installation) as router, Sidecar(router) as sidecar:
        model = own_log(blog_node, router)
        for change in (None, "a second neighbour", "the VRF removed"):
            model = CHANGES[change](model) if change else model
            conf = frr_conf_of(model, tmp_path)
            assert sidecar.verdict(sidecar.put(conf)).verdict is Verdict.GOOD
        with Router(installation) as fresh:
            fresh.load(conf)
            assert configured(router.running()) == configured(fresh.running())


def configured(running: str) -> dict[str, list[str]]:
    """The contexts but for empty `vrf X` blocks, which FRR may keep (an exemption of the judge)."""
    return {
        header: lines for header, lines in contexts(running).items() if lines or not header.startswith(("vrf ", "exit"))
    }
