"""`frrcompile plumb`: the node's links in the kernel."""

from __future__ import annotations

import argparse

from frrcompile.cli import plumb_kernel, plumb_shown

EPILOG = """\
examples:
  frrcompile plumb plan node.yaml --netns frr      show what would change
  frrcompile plumb apply node.yaml --netns frr     change it
  frrcompile plumb verify node.yaml --netns frr    report drift
  frrcompile plumb teardown --netns frr            put everything back

`frrcompile plumb STEP --help` says more.
"""

PLAN = """\
examples:
  frrcompile plumb plan node.yaml --netns frr
  frrcompile plumb plan node.yaml --offline                 what a new namespace needs, without looking at the kernel
  frrcompile plumb plan site.yaml --node k0 --offline --format ip > plumb.sh
                                                            the same as a script: sh plumb.sh NAMESPACE, as root

`+` adds, `~` changes, `>` moves, `-` removes. "in the router" is FRR's network namespace. With --offline the present value is
unknown, and shown as `?`: `? -> 1` sets 1.

exit codes:
  0  nothing would change
  1  something would change, which with --offline is always so; or the model has errors
  2  no permission, no such namespace, something in the way, an input that cannot be read, or wrong use
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "plumb",
        description="Makes the links, addresses and sysctls that a node's frr.conf needs, and puts everything back.",
        epilog=EPILOG,
    )
    steps = parser.add_subparsers(metavar="STEP", required=True, prog=parser.prog)
    plan = steps.add_parser(
        "plan",
        help="show what would change",
        description="Shows what would be changed in the host's and in FRR's network namespace. It changes nothing.",
        epilog=PLAN,
    )
    where = plumb_kernel.node_options(plan)
    where.add_argument("--offline", action="store_true", help="assume a new namespace, and read no kernel")
    plumb_kernel.owner_options(plan)
    plan.add_argument(
        "--format", choices=("text", "json", "ip"), default="text", help="ip: a script of `ip -batch` lines"
    )
    plan.set_defaults(run=run_plan, named=("model", "pidfile", "state"))
    plumb_kernel.add(steps)


def run_plan(arguments: argparse.Namespace) -> int:
    """Plans; 0 nothing would change, 1 something would or findings, 2 unreadable input or wrong use."""
    if not arguments.offline:
        return plumb_kernel.run_plan(arguments)
    from frrcompile.plumb.offline import offline

    built = plumb_kernel.built(arguments)
    if isinstance(built, int):
        return built
    name, links, desired = built
    operations = offline(desired, arguments.owner)
    return plumb_shown.show_plan(name, links, desired, operations, {}, arguments)
