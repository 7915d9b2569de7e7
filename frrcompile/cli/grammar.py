"""`frrcompile grammar learn`: the commands of an FRR that is installed here, for the linter."""

from __future__ import annotations

import argparse
import shlex
import sys

from frrcompile.cli.layout import layout

EPILOG = """\
examples:
  frrcompile grammar learn                                    from the vtysh of this system
  frrcompile grammar learn --vtysh /opt/frr/bin/vtysh
  frrcompile grammar learn --vtysh "podman exec frr vtysh"    from a container
  frrcompile lint --frr auto frr.conf                         judged by what was learnt

No daemon need run: vtysh tells its commands by itself. The table is kept in the user's cache, or in $FRRCOMPILE_TABLES.

exit codes:
  0  learnt
  2  there is no vtysh, or it does not answer as FRR's does
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "grammar",
        description="Makes a command table for the linter from an installed FRR.",
        epilog=EPILOG,
        formatter_class=layout,
    )
    parser.add_argument("what", choices=("learn",), help="what to do")
    parser.add_argument(
        "--vtysh", metavar="PATH", default="vtysh", help="the vtysh to ask, or a command that runs it (%(default)s)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Learns; 0, or 2 where there is nobody to learn from."""
    import subprocess

    from frrcompile.atomic import replace
    from frrcompile.lint.release import spell
    from frrcompile.syntax.commands import learn
    from frrcompile.syntax.commands.table import learnt_folder, release_of

    try:
        version, found = learn.ask(shlex.split(arguments.vtysh))
        document = learn.document(version, found)
    except (FileNotFoundError, PermissionError) as error:
        print(f"frrcompile: {error.filename}: {error.strerror}; is FRR installed? --vtysh says where", file=sys.stderr)
        return 2
    except subprocess.TimeoutExpired:
        print(f"frrcompile: {arguments.vtysh} did not answer within a minute", file=sys.stderr)
        return 2
    except ValueError as error:
        print(f"frrcompile: {error}", file=sys.stderr)
        return 2
    folder = learnt_folder()
    folder.mkdir(parents=True, exist_ok=True)
    release = spell(release_of(version))
    path = folder / f"commands-{release}.json"
    replace(path, learn.write(document).encode(), mode=0o644)
    print(f"{path}: {len(document['commands'])} commands of {len(document['nodes'])} nodes of FRR {version}")
    print(f"`--frr auto` and `--frr {release}` judge by it from now on", file=sys.stderr)
    return 0
