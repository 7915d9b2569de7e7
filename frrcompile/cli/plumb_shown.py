"""How `frrcompile plumb` prints what would change, or was changed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from frrcompile import output
from frrcompile.cli.compile import usage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from frrcompile.ir.links import Links
    from frrcompile.plumb.losses import Loss
    from frrcompile.plumb.operations import Operation
    from frrcompile.plumb.state import Desired


def show_plan(
    node: str | None,
    links: Links | None,
    desired: Desired,
    operations: Sequence[Operation],
    losses: Mapping[str, Loss],
    arguments: argparse.Namespace,
) -> int:
    """Prints a plan in the format that `arguments` name; 0 nothing would change, 1 something would, 2 it cannot be written.

    `node` and `links` are None for a teardown without a model.
    """
    match arguments.format:
        case "json":
            from frrcompile.plumb.dump import plan_json

            output.document(plan_json(node, desired, operations, losses))
        case "ip":
            from frrcompile.plumb.batch import UnwritableError, script

            try:
                text = script(operations, arguments.owner, desired.keeping)
            except UnwritableError as error:
                return usage(str(error))
            output.data(text)
        case _:
            from frrcompile.plumb import text as plan_text

            colour = output.colours()
            title = title_of(node, arguments.owner)
            output.show(plan_text.render(title, operations, desired.keeping, losses, colour=colour), colour=colour)
            if links is not None:
                output.show(plan_text.mtus(links, desired.pod_mtu))
    return int(bool(operations))


def title_of(node: str | None, owner: str) -> str:
    """What a plan is for: the node, or the owner where no model names a node."""
    return node if node is not None else f"owner {owner}"
