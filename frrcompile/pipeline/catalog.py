"""Every finding that there can be about a model, with its documentation: the rules', and those of the passes around them.

An example of a model is laid over `BASE`, as a node's `override` is, unless it is no model's text in itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from frrcompile.diagnostics import Diagnostic, Severity
from frrcompile.documented import Entry

if TYPE_CHECKING:
    from frrcompile.pipeline.site import Loaded

BASE = """\
nodes: {k0: {index: 0}}
router: {asn: 64514, ebgp-requires-policy: false}
vtep: {ipv4: 100.65.0.1}
underlay:
  interfaces: [{name: eth1}]
  neighbors: [{address: 192.0.2.1, remote-as: 64512, allowas-in: 1}]
"""
"""The smallest model that has all that examples need."""

BASE_PATH = "base.yaml"


@lru_cache(maxsize=1)
def catalog() -> Mapping[str, Entry]:
    """Every entry by its code, in the order of the codes. It loads the compiler: see `codes`."""
    from frrcompile.ir.validate import rules

    of_rules = [
        Entry(one.code, one.name, one.severity, f"model-{one.family}", one.check.__doc__, _judge, base=BASE)
        for one in rules()
    ]
    return {entry.code: entry for entry in sorted((*_passes(), *of_rules), key=lambda entry: entry.code)}


def _passes() -> Iterator[Entry]:
    """What is found by passes that are no rules."""
    from frrcompile.model import findings
    from frrcompile.pipeline import raw, routers, site
    from frrcompile.reach import findings as reach
    from frrcompile.reach import unlike

    for code, name, family, found in (
        ("MOD001", "no-text-of-a-model", "reading", findings.no_text),
        ("MOD002", "no-yaml", "reading", findings.no_yaml),
        ("MOD003", "repeated-key", "reading", findings.repeated_key),
        ("MOD004", "empty-document", "reading", findings.empty),
        ("MOD005", "documents-disagree", "reading", findings.disagreement),
        ("MOD006", "unknown-field", "reading", findings.unknown_field),
        ("MOD007", "missing-field", "reading", findings.missing_field),
        ("MOD008", "wrong-value", "reading", findings.wrong_value),
        ("MOD009", "empty-list", "reading", findings.empty_list),
        ("MOD010", "override-of-nodes", "reading", site.override_of_nodes),
        ("MOD020", "raw-line-contradicts", "raw", raw.check_raw),
        ("MOD021", "secret-not-opened", "secrets", routers.secret_finding),
    ):
        yield Entry(code, name, Severity.ERROR, f"model-{family}", found.__doc__, _judge, base=BASE)
    for code, name, check in (
        ("MOD801", "as-path-loop", reach.as_path_loop),
        ("MOD802", "policy-denies", reach.policy_denies),
        ("MOD803", "route-not-carried", reach.not_carried),
        ("MOD804", "route-targets-differ", reach.targets_differ),
        ("MOD805", "not-announced", reach.not_announced),
        ("MOD806", "limit-ends-session", reach.limit_ends_session),
        ("MOD807", "vnis-of-a-vrf-differ", unlike.vnis_differ),
        ("MOD808", "gateways-differ", unlike.gateways_differ),
        ("MOD810", "mtus-of-an-l2vni-differ", unlike.mtus_differ),
        ("MOD809", "not-followed", reach.not_followed),
    ):
        severity = Severity.INFO if code == "MOD809" else Severity.WARNING
        yield Entry(code, name, severity, "model-reach", check.__doc__, _judge, base=BASE)


def _judge(_entry: Entry, example: str, path: str) -> list[Diagnostic]:
    """What is found in an example. A password in the environment counts as one that is there."""
    from frrcompile.ir.secret import SecretSource
    from frrcompile.pipeline.routers import compiled
    from frrcompile.render.secret import placeholder, reveal

    def secrets(source: SecretSource) -> str:
        return placeholder(source) if source.env else reveal(source)

    loaded = laid_over_base(example, path)
    return list(compiled(loaded, loaded.names, secrets).findings)


def laid_over_base(example: str, path: str) -> Loaded:
    """The site of an example that is laid over `BASE`; or what is wrong with the example as YAML."""
    from frrcompile.ir.source import Source
    from frrcompile.model import load
    from frrcompile.model.merge import overlay
    from frrcompile.pipeline.site import Loaded, site_of

    tree, findings = load.read(example.encode(), path)
    base, _ = load.read(BASE.encode(), BASE_PATH)
    assert base
    if tree is None or findings:
        return Loaded(None, Source(base), tuple(findings))
    return site_of(overlay(base, tree))


@cache
def codes() -> Collection[str]:
    """The codes of `catalog`, without loading the compiler: read from the source, in a fiftieth of the time."""
    package = Path(__file__).parents[1]
    rules, passes = (package / "ir" / "validate").glob("*.py"), (Path(__file__),)
    return sorted({code for path in (*rules, *passes) for code in _CODE.findall(path.read_text(encoding="utf-8"))})


_CODE = re.compile(r'\("(MOD[0-9]{3})", "')
