"""A private FRR's own directories, in place of the ones that a machine has."""

from __future__ import annotations

import os
from pathlib import Path

from tests.frr.installation import FRR_RELOAD, VTYSH, Installation

VTYSH_CONF = "service integrated-vtysh-config\n"


def furnish(work: Path, installation: Installation, conf: str) -> None:
    """Makes all that holder.sh mounts, below `work`, whose name is the pathspace; `conf` becomes its frr.conf.

    etc, run, log and lib are /etc/frr, /run/frr, /var/log/frr and /var/lib/frr, owned by user frr of that root.
    A pathspace NAME needs a directory NAME in the first two. Of the others, bin gets the wrappers for callers outside,
    programs is what stands in bin's place inside, and files has what the router is given to read.
    """
    work.chmod(0o755)  # user frr passes through
    etc, run = work / "etc" / work.name, work / "run" / work.name
    for path in (etc, run):
        path.mkdir(parents=True)
    for name in ("log", "lib", "files", "bin", "programs"):
        (work / name).mkdir()
    (etc / "vtysh.conf").write_text(VTYSH_CONF)
    (etc / "frr.conf").write_text(conf, newline="")
    for program in (VTYSH, FRR_RELOAD):
        (work / "programs" / program.name).symlink_to(program)
    for path in (etc.parent, etc, *etc.iterdir(), run.parent, run, work / "log", work / "lib"):
        os.chown(path, installation.uid, installation.gid)


def private_confdir(work: Path, number: int, conf: str) -> Path:
    """A configuration directory for frr-reload.py alone, whose frr.conf is `conf`.

    With its file at any other place frr-reload.py runs `vtysh write`, over the boot file.
    """
    confdir = work / "files" / f"confdir-{number}"
    (confdir / work.name).mkdir(parents=True)
    (confdir / work.name / "vtysh.conf").write_text(VTYSH_CONF)
    (confdir / "frr.conf").write_text(conf, newline="")
    return confdir
