"""The sidecar as user frr inside the router, as it runs in a pod: no root, and FRR's own programs and paths."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.frr.installation import FRR_RELOAD, VTYSH
from tests.frr.router import Router
from tests.frr.test_sidecar import NEXT, NODE
from tests.reloader.sidecar import REPOSITORY, digest

pytestmark = pytest.mark.frr

PYTHON = Path("/usr/bin/python3")  # frr-pythontools needs it, so it is in every root


class Pod:
    """Directories that belong to user frr, and the sidecar's code where that user may read it."""

    def __init__(self, router: Router) -> None:
        self.router = router
        self.home = router.work / "pod"
        self.offered = self.home / "offered"
        self.code = router.work / "code"
        for path in (self.home, self.offered):
            path.mkdir()
            os.chown(path, router.installation.uid, router.installation.gid)
        self.code.mkdir()
        for name in ("frrcompile", "reloader", "grammar"):
            shutil.copytree(REPOSITORY / name, self.code / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("lark", "watchdog", "yaml"):
            found = importlib.util.find_spec(name)
            assert found is not None
            assert found.origin is not None
            shutil.copytree(Path(found.origin).parent, self.code / name, ignore=shutil.ignore_patterns("*.so"))

    def command(self, *options: str | Path) -> list[str | Path]:
        """The sidecar's command line inside the router."""
        return [
            *("setpriv", "--reuid", "frr", "--regid", "frr", "--init-groups", "env", f"PYTHONPATH={self.code}"),
            *(PYTHON, "-m", "reloader", "--watch", self.offered, "--state", self.home / "state"),
            *("--status", self.home / "status.json", "--vty-socket", self.router.vty_socket_dir),
            *("--pathspace", self.router.pathspace, "--vtysh", VTYSH, "--frr-reload", FRR_RELOAD, *options),
        ]

    def once(self, *around: str | Path) -> tuple[int, dict[str, Any]]:
        """One look as user frr: the exit code, and the status's last verdict. `around` is what runs the command."""
        done: subprocess.CompletedProcess[str] = self.router.inside(*around, *self.command("--once"))
        print(done.stderr)
        last: dict[str, Any] = json.loads((self.home / "status.json").read_text())["last"]
        return done.returncode, last


def test_user_frr_needs_no_root_and_is_told_what_it_may_not_read(router: Router) -> None:
    pod = Pod(router)
    path = pod.offered / "frr.conf"
    path.write_text(NODE)
    code, last = pod.once()
    assert (code, last["verdict"], last["hash"]) == (0, "good", digest(NODE)), last
    assert router.judge(NODE) == []

    before = router.running()
    path.write_text(NEXT)
    path.chmod(0o600)  # root's own
    code, last = pod.once()
    assert (code, last["verdict"], last["phase"], last["hash"]) == (1, "refused", "gate", None)
    assert f"{path} cannot be read: permission denied for user id {router.installation.uid}" in last["message"]
    assert "Nothing was changed in FRR" in last["message"]
    assert router.running() == before

    path.chmod(0o644)
    code, last = pod.once()
    assert (code, last["verdict"]) == (0, "good"), last
    assert router.judge(NEXT) == []


READ_ONLY = """
mount --rbind / /mnt && mount --bind "$0" "/mnt$0" && mount -o remount,ro,bind /mnt || exit 99
if mountpoint -q /mnt/tmp; then mount -o remount,ro,bind /mnt/tmp || exit 99; fi
if touch /mnt/tmp/here /mnt/here 2>/dev/null; then exit 98; fi
exec chroot /mnt "$@"
"""
"""A mount namespace of its own in which all but the directory $0 is read-only, and the command in it."""


def test_the_root_file_system_may_be_read_only(router: Router) -> None:
    pod = Pod(router)
    for text in (NODE, NEXT):
        (pod.offered / "frr.conf").write_text(text)
        code, last = pod.once("unshare", "--mount", "sh", "-c", READ_ONLY, pod.home)
        assert (code, last["verdict"], last["hash"]) == (0, "good", digest(text)), last
        assert router.judge(text) == []
