"""Every finding that there can be about an import or an export, with its documentation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from frrcompile.diagnostics import Diagnostic, Severity
from frrcompile.documented import Entry
from frrcompile.interop import codes

NAMES = {
    codes.LOST: ("field-not-imported", Severity.ERROR),
    codes.SHAPE: ("resource-malformed", Severity.ERROR),
    codes.FOREIGN: ("resource-not-read", Severity.WARNING),
    codes.NOWHERE: ("resource-selects-no-node", Severity.ERROR),
    codes.NO_UNDERLAY: ("node-without-underlay", Severity.ERROR),
    codes.CONFLICT: ("resources-conflict", Severity.ERROR),
    codes.OTHERWISE: ("imported-otherwise", Severity.WARNING),
    codes.OLDER: ("older-release", Severity.INFO),
    codes.SECRET: ("export-needs-secret", Severity.WARNING),
    codes.SEVERAL_AS: ("export-of-several-as", Severity.WARNING),
    codes.NO_SESSION: ("export-without-session", Severity.WARNING),
    codes.UNSAID: ("export-lacks-field", Severity.WARNING),
    codes.REFUSED: ("export-of-refused-prefix", Severity.WARNING),
}


@lru_cache(maxsize=1)
def catalog() -> Mapping[str, Entry]:
    """Every entry by its code: exports, then imports."""
    from frrcompile.pipeline.catalog import BASE

    exporting = {
        code: Entry(code, *NAMES[code], "model-export", text, _export, base=BASE)
        for code, text in codes.EXPORTING.items()
    }
    return exporting | {
        code: Entry(code, *NAMES[code], "import", text, _import) for code, text in codes.IMPORTING.items()
    }


def _import(_entry: Entry, example: str, path: str) -> list[Diagnostic]:
    from frrcompile.interop.openperouter import convert

    return list(convert({path: example.encode()}).findings)


def _export(_entry: Entry, example: str, path: str) -> list[Diagnostic]:
    """What is found when the host's side of an example is written, which is a model laid over the smallest one."""
    from ipaddress import ip_network

    from frrcompile.interop.frr_k8s import configuration
    from frrcompile.pipeline.catalog import laid_over_base
    from frrcompile.pipeline.site import build

    loaded = laid_over_base(example, path)
    routers = [build(loaded, name)[0] for name in loaded.names]
    pods = [ip_network("10.244.0.0/24")]
    return [found for router in routers if router for found in configuration(router, loaded.source, pods)[1]]
