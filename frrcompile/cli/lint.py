"""`frrcompile lint`: what FRR, a reload or a reviewer would object to, found without FRR."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from frrcompile import output
from frrcompile.cli.compile import usage
from frrcompile.printable import printable

if TYPE_CHECKING:
    from frrcompile.cli.inputs import Input
    from frrcompile.lint.checking import Wish
    from frrcompile.lint.file import Outcome
    from frrcompile.lint.settings import Finder

FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit")

EPILOG = """\
examples:
  frrcompile lint /etc/frr/frr.conf
  frrcompile lint configs/ --frr 10.3                 every *.conf and model below
  frrcompile lint site.yaml                           a model, and the frr.conf of each node
  vtysh -c 'show running-config no-header' | frrcompile lint - --frr auto
  frrcompile lint frr.conf --diff                     what --fix would change
  frrcompile lint frr.conf --fix
  frrcompile lint . --select FRR0,FRR2xx --ignore FRR203
  frrcompile lint . --format sarif > frrcompile.sarif

in a file, on a line of its own before the command that is meant:
  ! frrcompile: ignore[FRR701] the lab has no secrets

with --isolated, for files of others, neither those comments nor any settings count.

settings, in the nearest pyproject.toml above each file (frrcompile.toml has them under [lint]); no setting and no comment
hides an error with which FRR, the compiler or frr-reloader refuses the file:
  [tool.frrcompile.lint]
  ignore = ["FRR7"]
  frr = "10.3"
  per-file-ignores = {"lab/**" = ["FRR4"]}
  severity = {"FRR301" = "info"}

exit codes:
  0  nothing found, or hints only
  1  errors or warnings
  2  an input that cannot be read, or wrong use

`frrcompile rules` lists what is looked for, `frrcompile explain CODE` says why.
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "lint",
        description="Finds what FRR, a reload or a reviewer would object to in frr.confs and models. Needs no FRR.",
        epilog=EPILOG,
    )
    parser.add_argument(
        "input", nargs="+", metavar="FILE|DIR|-", help="a frr.conf, a model, a folder, or - for standard input"
    )
    parser.add_argument(
        "--frr",
        metavar="VERSION|auto",
        help="the FRR version (the newest); auto: the FRR that `grammar learn` asked, else the one that the file names",
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="how findings are written (%(default)s)")
    parser.add_argument(
        "--select", action="append", metavar="CODES", help="look only for these: FRR101, FRR1, FRR1xx, with commas"
    )
    parser.add_argument("--ignore", action="append", metavar="CODES", help="do not look for these")
    parser.add_argument("--errors", action="store_true", help="look only for errors: neither warnings nor hints")
    parser.add_argument(
        "--isolated", action="store_true", help="no comment and no file of settings suppresses or changes a finding"
    )
    parser.add_argument("--fix", action="store_true", help="repair what is safe to repair, and tell what is left")
    parser.add_argument("--diff", action="store_true", help="show what --fix would change, and write nothing")
    parser.set_defaults(run=run, named=("input",))


def run(arguments: argparse.Namespace) -> int:
    """Lints; 0 nothing found, 1 errors or warnings, 2 unreadable input or wrong use."""
    from frrcompile.cli import lint_report
    from frrcompile.cli.inputs import gather
    from frrcompile.cli.lint_files import outcomes
    from frrcompile.lint.release import AUTO, VersionError, parse
    from frrcompile.lint.select import UnknownCodeError
    from frrcompile.lint.settings import Finder, SettingsError
    from frrcompile.pipeline.codes import KnownCodes

    if arguments.diff and arguments.format != "text":
        return usage("--diff shows a diff: leave out --format")
    known = KnownCodes()
    try:
        asked = _Asked.of(arguments, known)
        if arguments.frr and arguments.frr != AUTO:
            parse(arguments.frr)
    except UnknownCodeError as error:
        return usage(str(error))
    except VersionError as error:
        return usage(f"--frr: {error}")
    inputs, failures = gather(arguments.input)
    finder = Finder(known, isolated=arguments.isolated)
    try:
        for one in inputs:
            finder.settings_for(one.path)  # all of them before the first result
    except SettingsError as error:
        output.tell(f"{printable(str(error))}\n")
        return 2
    job = Job(asked, finder, arguments.frr, repair=arguments.fix or arguments.diff, write=not arguments.diff)
    done = list(outcomes(inputs, job.examine))
    return lint_report.show(done, failures, arguments)


class _Asked(NamedTuple):
    """What the command line says of codes; None where it says nothing."""

    select: tuple[str, ...] | None
    ignore: tuple[str, ...] | None
    errors: bool = False

    @classmethod
    def of(cls, arguments: argparse.Namespace, known: Collection[str]) -> _Asked:
        """Raises UnknownCodeError."""
        from frrcompile.lint.select import UnknownCodeError, patterns

        read = {}
        for name in ("select", "ignore"):
            written = getattr(arguments, name)
            try:
                read[name] = None if written is None else patterns(written, known)
            except UnknownCodeError as error:
                raise UnknownCodeError(f"--{name}: {error}") from None
        return cls(read["select"], read["ignore"], arguments.errors)

    def wish(self, finder: Finder, path: str) -> Wish:
        """What is wanted of one input: the command line wins over its settings."""
        from frrcompile.lint.checking import Wish
        from frrcompile.lint.select import Selection

        settings = finder.settings_for(path)
        ignore = self.ignore
        if ignore is None:  # --select overrides what the settings ignore
            ignore = settings.ignore if self.select is None else ()
        select = settings.select if self.select is None else self.select
        selection = Selection(select, ignore).without(settings.ignored_in(path))
        asked = Selection(self.select, self.ignore or ())
        return Wish(selection, settings, finder.isolated, self.errors, asked=asked)


class Job(NamedTuple):
    """What is done with each input, in whatever process."""

    asked: _Asked
    finder: Finder
    frr: str | None
    repair: bool
    write: bool

    def examine(self, one: Input) -> Outcome:
        """Lints one input, and writes it where it is repaired. Never raises for what the input is."""
        from frrcompile.cli.inputs import model_files, read
        from frrcompile.lint.file import Outcome, examine

        wish = self.asked.wish(self.finder, one.path)
        frr = self.frr or wish.settings.frr
        try:
            if one.is_model:
                from frrcompile.pipeline.lint_model import examine_model

                return examine_model(model_files(one.paths, one.content), wish, frr)
            content = read(one.path) if one.content is None else one.content
            outcome = examine(content, one.path, wish, frr, repair=self.repair)
            if self.write and outcome.repaired is not None and one.path != "-":
                from frrcompile import atomic

                atomic.replace(one.path, outcome.repaired, keep=True)
        except OSError as error:
            return Outcome(one.path, failures=[f"{error.filename or one.path}: {error.strerror or error}"])
        return outcome
