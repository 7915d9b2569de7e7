"""`frrcompile grammar learn`: the commands of an FRR that is installed here, for the linter."""

from __future__ import annotations

import argparse
import shlex
from typing import TYPE_CHECKING

from frrcompile import output
from frrcompile.cli.compile import usage
from frrcompile.printable import printable

if TYPE_CHECKING:
    from frrcompile.syntax.commands.listing import Listing

EPILOG = """\
examples:
  frrcompile grammar learn                                    from the vtysh of this system
  frrcompile grammar learn --vtysh /opt/frr/bin/vtysh
  frrcompile grammar learn --vtysh "podman exec frr vtysh"    from a container
  frrcompile lint --frr auto frr.conf                         judged by what was learnt

No daemon need run: vtysh tells its commands by itself. The table is kept in the user's cache, or in $FRRCOMPILE_TABLES.

FRR 10.2 does not list all its commands. Such an answer is not kept, and the table that comes with frrcompile is used.

exit codes:
  0  learnt
  2  there is no vtysh, or it does not answer as FRR's does, or its answer is incomplete
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "grammar",
        description="Makes a command table for the linter from an installed FRR.",
        epilog=EPILOG,
    )
    parser.add_argument("what", choices=("learn",), help="what to do")
    parser.add_argument(
        "--vtysh", metavar="PATH", default="vtysh", help="the vtysh to ask, or a command that runs it (%(default)s)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Learns; 0, or 2 where vtysh gives no complete answer."""
    import subprocess

    from frrcompile.atomic import replace
    from frrcompile.facts.releases import release_of, spell
    from frrcompile.syntax.commands import learn, listing
    from frrcompile.syntax.commands.table import learnt_file

    try:
        version, found = learn.ask(shlex.split(arguments.vtysh))
        answer = learn.read(version, found)
    except (FileNotFoundError, PermissionError) as error:
        return usage(f"{error.filename}: {error.strerror}; is FRR installed? --vtysh says where")
    except subprocess.TimeoutExpired:
        return usage(f"{arguments.vtysh} did not answer within a minute")
    except ValueError as error:
        return usage(str(error))
    release = release_of(version)
    if complaint := _incomplete(answer):
        return usage(complaint)
    path = learnt_file(release)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, listing.write([answer]).encode(), mode=0o644)
    size = f"{len(answer.commands)} commands of {len(answer.nodes)} nodes of FRR {version}"
    output.show(f"{printable(str(path))}: {size}\n")
    output.tell(f"`--frr auto` and `--frr {spell(release)}` judge by it from now on\n")
    return 0


def _incomplete(answer: Listing) -> str:
    """What the user must know where an answer leaves out commands; nothing where it does not."""
    from frrcompile.facts.releases import MEASURED, release_of, serving, spell
    from frrcompile.syntax.commands import learn
    from frrcompile.syntax.commands.table import learnt, shipped

    release = release_of(answer.version)
    known = shipped(serving(release, MEASURED))
    if learn.complete(answer, known):
        return ""
    used = f"the table that comes with frrcompile, read from FRR {known.version}"
    if release in learnt():
        used = f"what was learnt before, {learnt()[release]}"
    return (
        f"FRR {answer.version}: the answer of vtysh to `find .` is incomplete: {_count(answer)} commands, where FRR {known.version} has"
        f" {_count(known)} (vtysh of FRR 10.2 has this fault). It is not kept: `--frr {spell(release)}` uses {used}"
    )


def _count(known: Listing) -> int:
    return sum(len(places) for places in known.nodes.values())
