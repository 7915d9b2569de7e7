"""The directory that FRR boots from: frr.conf, daemons and vtysh.conf."""

from __future__ import annotations

from collections.abc import Callable

from frrcompile.ir.node import Node
from frrcompile.ir.secret import SecretSource
from frrcompile.render.emit import environment, frr_conf


def bundle(node: Node, secrets: Callable[[SecretSource], str]) -> dict[str, str]:
    """The files of FRR's configuration directory by their names (FRR manual, "Basic Setup"). `secrets` opens a secret."""
    return {
        "frr.conf": frr_conf(node, secrets),
        "daemons": environment().get_template("daemons.j2").render(node=node),
        "vtysh.conf": environment().get_template("vtysh.conf.j2").render(node=node),
    }
