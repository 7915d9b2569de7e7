"""Every FRR shows each line that we emit as it is written: no release wants another text.

tests/model/test_dialects.py holds that all releases get the same text, and what is refused for which.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from frrcompile.ir import dialect
from frrcompile.pipeline.site import build, load_site
from frrcompile.render.emit import frr_conf
from frrcompile.render.secret import placeholder
from tests.frr.installation import Installation
from tests.frr.router import Router
from tests.frr.shown import load, shown
from tests.model.test_dialects import ASKING, MODELS

GOLDENS = [path.parent.name for path in MODELS if path.name == "input.yaml"]


def emitted(path: Path, version: str) -> list[str]:
    """The frr.conf of each node, without those that have no line of their own."""
    loaded = load_site({str(path): path.read_bytes()}, frr=version)
    assert loaded.site, loaded.findings
    confs: list[str] = []
    known: set[str] = set()
    for name in loaded.site.nodes:
        router, findings = build(loaded, name)
        assert router, findings
        conf = frr_conf(router, placeholder)
        forms = {_form(line) for line in shown(conf)}
        confs += [conf] if forms - known else []
        known |= forms
    return confs


def _form(line: str) -> str:
    """A line without its numbers: two nodes often differ in them alone."""
    return "".join("0" if character in "0123456789abcdef" else character for character in line)


def check(conf: str, router: Router) -> None:
    checked = router.check(conf)
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    said = load(router, conf)
    running = router.running()
    assert shown(running) == shown(conf), said


@pytest.mark.parametrize("golden", GOLDENS)
def test_frr_shows_what_we_emit(golden: str, installation: Installation) -> None:
    path = next(path for path in MODELS if path.parent.name == golden)
    for conf in emitted(path, installation.version):
        with Router(installation) as router:
            check(conf, router)


def test_frr_has_what_we_think_it_has(router: Router, tmp_path: Path) -> None:
    """Each feature that the release of this FRR has, by our table."""
    version = router.installation.version
    for name, (_, model) in ASKING.items():
        if not dialect.lacks(version, getattr(dialect, name)):
            (tmp_path / "model.yaml").write_text(model)
            for conf in emitted(tmp_path / "model.yaml", version):
                router.load(conf, check=False)
                assert shown(conf) <= shown(router.running()), name
