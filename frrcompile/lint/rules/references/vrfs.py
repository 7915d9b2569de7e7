"""VRFs that the file does not describe. FRR takes them from the kernel, so that only some can be judged."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity
from frrcompile.lint.configuration import Configuration
from frrcompile.lint.registry import Problem, rule
from frrcompile.lint.symbols import Kind, symbols_of
from frrcompile.lint.symbols.table import nearest_name


@rule("FRR216", "unknown-vrf", Severity.WARNING)
def unknown_vrf(config: Configuration) -> Iterator[Problem]:
    """A VRF that nothing else in the file knows may be misspelt.

    What: a static route, `import vrf`, `nexthop-vrf`, `set vrf` or the like names a VRF that has no `vrf` block, no
        routing instance and no interface in the file.
    Why: FRR takes the line and waits for a VRF of that name to come up in the kernel; until then the route is not
        installed and nothing is imported (staticd/static_vrf.c, bgpd/bgp_mplsvpn.c). Exit codes say nothing.
    Bad:
        vrf red
        exit-vrf
        ip route 10.0.0.0/8 192.0.2.1 vrf rde
    Good:
        vrf red
        exit-vrf
        ip route 10.0.0.0/8 192.0.2.1 vrf red
    """
    symbols = symbols_of(config)
    elsewhere = symbols.used_names(Kind.VRF_INSTANCE)
    for use in symbols.undefined(Kind.VRF):
        if use.name not in elsewhere:
            meant = symbols.suggestion(use) or nearest_name(use.name, elsewhere)
            yield Problem(
                use.span,
                f"nothing else in this file knows VRF `{use.name}`; the line waits until the kernel has it",
                help=f"did you mean `{meant}`?" if meant else f"describe it: `vrf {use.name}` and `exit-vrf`",
            )


@rule("FRR217", "vrf-only-in-the-kernel", Severity.INFO)
def vrf_only_in_the_kernel(config: Configuration) -> Iterator[Problem]:
    """A VRF without a block comes from the kernel only.

    What: `router ... vrf NAME` or `interface X vrf NAME` where the file has no `vrf NAME`.
    Why: FRR does not make VRFs; the instance stays down until the kernel has a device of that name (lib/vrf.c). Where a
        file describes its VRFs, one that it does not is worth a look.
    Bad:
        router bgp 65000 vrf red
        exit
    Good:
        vrf red
        exit-vrf
        router bgp 65000 vrf red
        exit
    """
    symbols = symbols_of(config)
    told: set[str] = set()
    for use in symbols.undefined(Kind.VRF_INSTANCE):
        if use.name not in symbols.names(Kind.VRF) and use.name not in told:
            told.add(use.name)
            yield Problem(
                use.span,
                f"VRF `{use.name}` has no block in this file; it is there only if the kernel has it",
                help=f"make sure that a VRF device `{use.name}` exists before FRR needs it",
            )
