"""The command line: a thin file for each verb, which imports what it needs when it runs."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module

from frrcompile import output
from frrcompile.arguments import Parser

VERBS = {
    "init": ("init", "write a first model"),
    "compile": ("compile", "compile a model into frr.conf"),
    "lint": ("lint", "find what is wrong with a frr.conf or a model"),
    "diff": ("diff", "show what a change does to a running FRR"),
    "plumb": ("plumb", "plan the node's links in the kernel"),
    "golden": ("golden", "keep compiled files beside their models"),
    "draw": ("draw", "draw a model as a picture"),
    "explain": ("explain", "say what a finding means"),
    "rules": ("rules", "list what lint looks for"),
    "import": ("import_", "make a model from another project's resources"),
    "export": ("export", "write a node's host sessions for frr-k8s"),
    "schema": ("schema", "print the model's JSON Schema"),
    "grammar": ("grammar", "learn the commands of an installed FRR"),
}
"""The verbs: the module of each, and what it is for."""

EPILOG = """\
examples:
  frrcompile init -o site.yaml                         a commented first model, from a few questions
  frrcompile compile node.yaml                         print the node's frr.conf
  frrcompile compile site.yaml --node k0 -o frr.conf   write it, whole or not at all
  frrcompile compile site.yaml --all -o configs        a file for each node
  frrcompile lint frr.conf                             what FRR or a reload would object to
  frrcompile diff git:main:site.yaml site.yaml         what a change does to a running FRR
  frrcompile plumb plan node.yaml --offline             what the node's links need in the kernel
  frrcompile golden check site                         whether compiled files are what their models make
  frrcompile draw site.yaml -o site.svg                 a picture of it
  frrcompile explain FRR701                            what a finding means
  frrcompile import openperouter *.yaml -o site.yaml   a model from OpenPERouter's resources
  frrcompile export frr-k8s site.yaml --all            the host's end of every session
  frrcompile schema > frrcompile.schema.json           completion and checks in an editor

`frrcompile VERB --help` says more.

exit codes:
  0  nothing found, or done
  1  findings
  2  an input that cannot be read, or wrong use
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one verb and returns its exit code (0 done, 1 a verdict, 2 could not look or act, 3 a timeout)."""
    parser = Parser(
        prog="frrcompile",
        description="Compiles a typed model of an EVPN node into frr.conf for FRRouting, and lints any frr.conf.",
        epilog=EPILOG,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    verbs = parser.add_subparsers(metavar="VERB", required=True, prog=parser.prog)
    given = list(sys.argv[1:] if argv is None else argv)
    if given and given[0] in VERBS:
        import_module(f"frrcompile.cli.{VERBS[given[0]][0]}").add(verbs)
    else:
        for verb, (_, purpose) in VERBS.items():
            verbs.add_parser(verb, help=purpose, add_help=False)  # to be listed; what it takes is not loaded
    arguments = parser.parse_args(given)
    try:
        _check_named(arguments)
        return int(arguments.run(arguments))
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            output.silence()  # the reader has seen enough; Python would complain again when it flushes at exit
            return 0
        output.complain(
            f"{error.filename}: {error.strerror or error}" if error.filename else str(error.strerror or error)
        )
        return 2
    except MemoryError:
        output.complain(f"there is not enough memory for this input{_inputs(arguments)}; nothing was done with it")
        return 2
    except RecursionError:
        output.complain(f"the input is nested too deep{_inputs(arguments)}; nothing was done with it")
        return 2
    except UnicodeError:
        output.complain("a name or a text of the input is not UTF-8, and cannot be written")
        return 2
    except KeyboardInterrupt:
        return 130


def _inputs(arguments: argparse.Namespace) -> str:
    """The first paths on the command line, in parentheses."""
    paths = list(_named(arguments))
    return f" ({', '.join(paths[:3])}{', ...' if len(paths) > 3 else ''})" if paths else ""


def _check_named(arguments: argparse.Namespace) -> None:
    """Raises OSError where a path on the command line is not followed."""
    from frrcompile.links import check_named  # here, because help takes no path

    for path in _named(arguments):
        check_named(path)


def _named(arguments: argparse.Namespace) -> Iterator[str]:
    """The paths on the command line; a verb lists its arguments with paths in `named`."""
    for name in getattr(arguments, "named", ()):
        value = getattr(arguments, name)
        for path in value if isinstance(value, list) else [value]:
            if path is not None and path != "-" and not str(path).startswith("git:"):
                yield str(path)


def process() -> None:
    """The process `frrcompile`: it lives for one verb, so that it never looks for garbage, and leaves it to the kernel."""
    gc.disable()
    try:
        code = main()
    except Exception as error:  # a fault of ours; its text may quote the input, so that only its place is told
        code = 2
        output.complain(f"internal error: {_place(error)}; the input was not judged. Please report it")
    if unwritten := output.flush():  # for example a full disk
        code = 2
        output.last_words(f"frrcompile: standard output: {unwritten.strerror}")
    os._exit(code)


def _place(error: BaseException) -> str:
    """The kind of an error, and the lines of frrcompile that it came through last: `KeyError in a.py:1, b.py:2`."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return f"{type(error).__name__} in {', '.join(f'{os.path.basename(one.filename)}:{one.lineno}' for one in frames)}"  # noqa: PTH119


class _Version(argparse.Action):
    """Prints the version; looked up only when asked, as reading package metadata takes time at each start."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        output.show(f"frrcompile {version('frrcompile')}\n")
        parser.exit(0)
