"""`frrcompile init`: a commented first model, from options, or from questions on a terminal."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from frrcompile import output
from frrcompile.cli.compile import usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from frrcompile.diagnostics import Diagnostic
    from frrcompile.first.answers import Answers, Question
    from frrcompile.first.nics import HostNic

EPILOG = """\
On a terminal it asks for each value that no option gives; elsewhere, and with --yes, it takes the defaults. The model compiles
without a warning.

examples:
  frrcompile init -o site.yaml
  frrcompile init --yes > site.yaml
  frrcompile init -o site.yaml --node k0 --node k1 --nic eth1 --leaf 192.168.11.2 --leaf-asn 64512 --vrf red=100 --vrf blue=200

exit codes:
  0  done
  1  the answers do not go together
  2  wrong use, or FILE is there
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verb to the command line."""
    from frrcompile.first.answers import QUESTIONS

    parser = verbs.add_parser(
        "init",
        description="Writes a commented first model of a node or a site: a router with a VTEP, its sessions with the leaves, and VRFs.",
        epilog=EPILOG,
    )
    for question in QUESTIONS:
        said = f"{question.asks} ({question.default})" if question.default else question.asks
        parser.add_argument(
            f"--{question.name}",
            action="append" if question.many else "store",
            metavar=question.metavar,
            help=said + ("; may be repeated" if question.many else ""),
        )
    parser.add_argument("--no-vrf", action="store_true", help="no VRF: a VTEP and its sessions only")
    parser.add_argument("--yes", action="store_true", help="ask nothing: take the defaults")
    parser.add_argument("--force", action="store_true", help="replace FILE where it is there")
    parser.add_argument("-o", "--output", metavar="FILE", help="write the model to FILE in place of standard output")
    parser.set_defaults(run=run, named=("output",))


def run(arguments: argparse.Namespace) -> int:
    """Writes the model; 0 done, 1 the answers do not go together, 2 wrong use or a file that is there."""
    from frrcompile import atomic
    from frrcompile.first.answers import WrongAnswer, answer
    from frrcompile.first.nics import host_nics
    from frrcompile.first.text import text

    path = None if arguments.output in (None, "-") else Path(arguments.output)
    if path and path.exists() and not arguments.force:
        return usage(f"{path} is there: name another file with -o, or replace it with --force")
    nics = host_nics()
    asks = not arguments.yes and sys.stdin.isatty() and output.is_terminal(on_stderr=True)
    if asks:
        output.tell(_welcome(nics))
    try:
        answers = answer(_given(arguments), nics, _ask if asks else None)
        model = text(answers, arguments.output or "-")
    except WrongAnswer as error:
        return usage(str(error))
    except EOFError:
        return usage("the answers end too early; nothing was written")
    problems = _problems(model)
    for problem in problems:
        output.complain(f"{problem.message} ({problem.code})" + (f"; {problem.help}" if problem.help else ""))
    if problems:
        output.complain("the answers do not go together; nothing was written")
        return 1
    if path is None:
        output.data(model)
        return 0
    atomic.replace(path, model, keep=True)
    output.tell(_done(str(path), answers))
    return 0


def _given(arguments: argparse.Namespace) -> dict[str, Sequence[str]]:
    """The answers on the command line, by the names of their questions."""
    from frrcompile.first.answers import QUESTIONS

    given: dict[str, Sequence[str]] = {}
    for question in QUESTIONS:
        value = getattr(arguments, question.name.replace("-", "_"))
        if value is not None:
            given[question.name] = value if question.many else [value]
    return {**given, "vrf": []} if arguments.no_vrf else given


def _welcome(nics: Sequence[HostNic]) -> str:
    listed = ", ".join(f"{nic.name} (default route)" if nic.default_route else nic.name for nic in nics)
    found = f"NICs of this host: {listed}.\n" if nics else ""
    return f"{found}Return takes the answer in brackets; several are separated by blanks; - stands for none.\n"


def _ask(question: Question, default: str) -> Sequence[str]:
    """An answer from the terminal, asked for again until it fits. Raises EOFError."""
    from frrcompile.first.answers import WrongAnswer

    while True:
        output.tell(f"{question.asks[0].upper()}{question.asks[1:]} [{default or '-'}]: ")
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        words = line.split() or default.split()
        words = [] if words == ["-"] else words
        try:
            question.read(words)
        except WrongAnswer as error:
            output.tell(f"  {error}\n")
        else:
            return words


def _problems(model: str) -> list[Diagnostic]:
    """What compiling the model finds, the site check included. Its places are in no file, so that they are not shown."""
    from frrcompile import pipeline

    return list(pipeline.compile({"site.yaml": model}).findings)


def _done(path: str, answers: Answers) -> str:
    nodes = "1 node" if len(answers.nodes) == 1 else f"{len(answers.nodes)} nodes"
    return f"{path}: a model of {nodes}. Read it, and then: frrcompile lint {path}\n"
