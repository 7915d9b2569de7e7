"""The routers of a site with their frr.confs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from frrcompile.diagnostics import Diagnostic, has_errors
from frrcompile.ir.node import Node
from frrcompile.ir.secret import SecretSource
from frrcompile.model.secrets import masked
from frrcompile.pipeline.alike import folded
from frrcompile.pipeline.reach import check_reach
from frrcompile.pipeline.site import Loaded, build, source_of
from frrcompile.render.emit import frr_conf
from frrcompile.render.secret import SecretError

Secrets = Callable[[SecretSource], str]
"""What opens a secret: `placeholder` or `reveal` of `frrcompile.render.secret`. It may raise SecretError."""


class Router(NamedTuple):
    """A node's router: its representation, and its frr.conf."""

    node: Node
    text: str


class Compiled(NamedTuple):
    """The routers of a model by the names of their nodes, without those that have errors; and all findings, each once."""

    routers: dict[str, Router]
    findings: tuple[Diagnostic, ...]


def compiled(loaded: Loaded, names: Iterable[str], secrets: Secrets) -> Compiled:
    """The routers of some nodes of a site. Never raises: a secret that cannot be opened is a finding at its field."""
    routers: dict[str, Router] = {}
    findings = list(loaded.findings)
    for name in names:
        router, found = compile_node(loaded, name, secrets)
        findings += found
        if router:
            routers[name] = router
    if loaded.site and not has_errors(findings):
        findings += check_reach(loaded, {name: router.node for name, router in routers.items()})
    return Compiled(routers, tuple(folded(findings)))


def compile_node(loaded: Loaded, name: str, secrets: Secrets) -> tuple[Router | None, list[Diagnostic]]:
    """The router of one node of a good site, or what is wrong with it. Never raises."""
    node, findings = build(loaded, name)
    if node is None:
        return None, findings
    try:
        return Router(node, frr_conf(node, secrets)), findings
    except SecretError as error:
        return None, [*findings, secret_finding(loaded, name, error)]


def secret_finding(loaded: Loaded, name: str, error: SecretError) -> Diagnostic:
    """A secret cannot be opened when frr.conf is written, or FRR cannot take it.

    What: a `password-env` that is not set, or whose name neither begins with `FRR_PASSWORD_` nor stands in
        `$FRRCOMPILE_SECRETS_ENV`; a `password-file` that cannot be read, or that is neither below the folder of the model
        nor below a folder for secrets; a password that is not one line of 1 to 128 printable ASCII characters.
    Why: a secret is opened only when its line is written. A model can be written by others, so it may not name any file or
        variable of the machine. FRR reads a password up to the first blank.
    Bad:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, password-file: /etc/hostname}]}
    Good:
        underlay: {neighbors: [{address: 192.0.2.1, remote-as: 64512, password-env: FRR_PASSWORD_LEAF}]}
    """
    found = source_of(loaded, name).error("MOD021", error.at, str(error))
    return masked([found], [loaded.source.root])[0]
