"""A rule over the prefixes that host sessions accept: whether a prefix of a node's pods is among them."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Severity
from frrcompile.ir.scope import Scope
from frrcompile.ir.validate.rule import Problem, scope_rule
from frrcompile.model.site import Site

POD_LENGTH = {4: 24, 6: 64}
"""The length of the pod prefix of a Kubernetes node by default (kube-controller-manager, `--node-cidr-mask-size`)."""


@scope_rule("MOD615", "host-import-without-le", Severity.INFO)
def host_import_without_le(scope: Scope) -> Iterator[Problem]:
    """A host session accepts only prefixes that are shorter than those of a node's pods.

    What: an `import` of a host session whose prefix lists permit no prefix but those that are written, without `ge` and
        `le`, each shorter than /24 (IPv4) or /64 (IPv6). A default route does not count. This is a note: the host may
        announce exactly these prefixes.
    Why: an entry without `ge` and `le` permits one prefix of one length. FRR refuses the longer prefixes of the nodes' pods
        and reports nothing.
    Bad:
        vrfs: {red: {table: 1100, host-session: {asn: 64515, ipv4: {pool: 10.249.0.0/24}, import: from-host}}}
        prefix-lists: {pods: [{action: permit, prefix: 10.244.0.0/16}]}
        route-maps: {from-host: [{action: permit, match: {prefix-list: pods}}]}
    Good:
        vrfs: {red: {table: 1100, host-session: {asn: 64515, ipv4: {pool: 10.249.0.0/24}, import: from-host}}}
        prefix-lists: {pods: [{action: permit, prefix: 10.244.0.0/16, le: 24}]}
        route-maps: {from-host: [{action: permit, match: {prefix-list: pods}}]}
    """
    seen: set[tuple[str, int]] = set()
    for at, _, session in scope.sessions():
        for ends in scope.ends(session):
            version = 4 if ends.family == "ipv4" else 6
            policy = ends.model.import_ or session.import_
            if policy is None or (policy, version) in seen:
                continue
            seen.add((policy, version))
            place = (*at, ends.family, "import") if ends.model.import_ else (*at, "import")
            for name, position in _short_only(scope.site, policy, version):
                prefix, length = scope.site.prefix_lists[name][position].prefix, POD_LENGTH[version]
                message = f"this entry permits {prefix} only, so FRR refuses a /{length} of a node's pods inside it"
                help_ = f"add `le: {length}`, or the longest length that the host announces; nothing is wrong if it announces {prefix}"
                yield Problem(("prefix-lists", name, position), message, other=place, said="its policy", help=help_)


def _short_only(site: Site, policy: str, version: int) -> list[tuple[str, int]]:
    """The entries by list and position that permit all that a route map does; none where one permits a longer prefix."""
    found: dict[tuple[str, int], None] = {}
    lists = {entry.match.prefix_list for entry in site.route_maps.get(policy, ()) if entry.action == "permit"}
    for name in sorted(one or "" for one in lists):
        if name not in site.prefix_lists:
            return []
        for position, entry in enumerate(site.prefix_lists[name]):
            if entry.action != "permit" or entry.prefix.version != version:
                continue
            if entry.ge is not None or entry.le is not None or not 0 < entry.prefix.prefixlen < POD_LENGTH[version]:
                return []
            found[name, position] = None
    return list(found)
