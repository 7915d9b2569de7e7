"""`frrcompile diff`: what a change means to a running FRR, before it lands."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from frrcompile import output
from frrcompile.cli.compile import secrets_option, usage

if TYPE_CHECKING:
    from frrcompile.cli.diff_sides import Side
    from frrcompile.diff.review import Review
    from frrcompile.facts.releases import Release

FORMATS = ("text", "json", "markdown", "commands")
LEVELS = ("policy", "refresh", "reset", "recreate", "withdraw")

EPILOG = """\
examples:
  frrcompile diff old.conf new.conf
  frrcompile diff git:main:site.yaml site.yaml --node k0
  frrcompile diff git:HEAD:configs configs --stat         a line for each node
  vtysh -c 'show running-config' | frrcompile diff - site.yaml --node k0
  frrcompile diff git:origin/main:site.yaml site.yaml --format markdown --fail-on reset
  (echo configure terminal; frrcompile diff old.conf new.conf --format commands) | vtysh

OLD and NEW are each a frr.conf, a model, a folder of them, git:REV:PATH, or - for standard input.
Passwords are shown as changed, never as text, but for --format commands, which is to be executed: typed into vtysh.
Read by `vtysh -f`, its order holds inside each daemon only: from FRR 10 on every daemon reads the file by itself.
At a line `! wait` bgpd needs some seconds, before it ends an instance whose L3VNI was taken away.

impact, the mildest first:
  none      nothing that runs is touched
  policy    routes are evaluated again
  refresh   routes are asked for or sent again, the session stays up
  reset     a session goes down and comes up again
  recreate  an instance ends with its sessions, and another one begins
  withdraw  routes, a session, a VNI, a VRF or an instance go away

exit codes:
  0  no difference; with --fail-on, none as bad as that
  1  a difference; with --fail-on, one at or above that level
  2  an input that cannot be read, or wrong use
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "diff",
        description="Compares two configurations as FRR has them, and says what the change does to what runs.",
        epilog=EPILOG,
    )
    parser.add_argument("old", metavar="OLD", help="what runs: a frr.conf, a model, a folder, git:REV:PATH, or -")
    parser.add_argument("new", metavar="NEW", help="what is to run")
    parser.add_argument("--node", metavar="NAME", help="only this node of models and folders")
    parser.add_argument("--frr", metavar="VERSION", help="the FRR version (the newest)")
    secrets_option(parser)
    parser.add_argument("--format", choices=FORMATS, default="text", help="how it is written (%(default)s)")
    parser.add_argument("--stat", action="store_true", help="only a line for each node")
    parser.add_argument(
        "--fail-on", choices=LEVELS, metavar="LEVEL", help=f"exit 1 only from this level: {', '.join(LEVELS)}"
    )
    parser.set_defaults(run=run, named=("old", "new", "secrets_dir"))


def run(arguments: argparse.Namespace) -> int:
    """Compares; 0 no difference (or none at the level of --fail-on), 1 a difference, 2 unreadable input or wrong use."""
    from frrcompile.cli.diff_sides import SideError, Wanted, side
    from frrcompile.diff.impact import LEVELS as BY_WORD
    from frrcompile.facts.releases import spell

    if arguments.old == arguments.new == "-":
        return usage("only one side can be standard input")
    if arguments.stat and arguments.format not in ("text", "json"):
        return usage(f"--stat is a format of its own: leave out --format {arguments.format}")
    try:
        release = _release(arguments.frr)
        folders, executed = tuple(arguments.secrets_dir), arguments.format == "commands"
        wanted = Wanted(arguments.node, arguments.frr, folders, executed)
        old, new = (side(named, wanted) for named in (arguments.old, arguments.new))
        pairs = list(_pairs(old, new))
    except SideError as error:
        return usage(str(error)) if str(error) else 2
    if arguments.format == "commands":
        return _commands(pairs, release)
    reviews = [review for name, one, two in pairs if (review := _review(name, one, two, spell(release)))]
    _show(reviews, arguments)
    if arguments.fail_on:
        return int(any(review.assessment.level >= BY_WORD[arguments.fail_on] for review in reviews))
    return int(bool(reviews))


def _release(frr: str | None) -> Release:
    from frrcompile.cli.diff_sides import SideError
    from frrcompile.lint.release import AUTO, VersionError, parse, tables

    if frr is None or frr == AUTO:
        return tables()[-1]
    try:
        return parse(frr)
    except VersionError as error:
        raise SideError(f"--frr: {error}") from None


Text = tuple[str, str]
"""What the user calls a frr.conf, and its text."""


def _pairs(old: Side, new: Side) -> Iterator[tuple[str, Text, Text]]:
    """The frr.confs that are compared: those of one name, or the only two. What only one side has meets an empty one."""
    if old.whole and new.whole:
        (before,), (after,) = old.texts, new.texts
        yield after, (old.paths[before], old.texts[before]), (new.paths[after], new.texts[after])
        return
    for name in dict.fromkeys([*old.texts, *new.texts]):
        one = (old.paths[name], old.texts[name]) if name in old.texts else ("(nothing)", "")
        two = (new.paths[name], new.texts[name]) if name in new.texts else ("(nothing)", "")
        yield name, one, two


def _review(name: str, old: Text, new: Text, frr: str) -> Review | None:
    """The review of one node; None where there is no difference."""
    from frrcompile import pipeline
    from frrcompile.diff.review import Review

    if old[1] == new[1]:
        return None
    found = pipeline.diff(old[1], new[1], frr=frr)
    return Review(name, old[0], new[0], found) if found.difference else None


def _show(reviews: list[Review], arguments: argparse.Namespace) -> None:
    if arguments.format == "json":
        from frrcompile.report import diff_json

        return output.document(diff_json.render(reviews))
    if arguments.format == "markdown":
        from frrcompile.report import diff_markdown

        return output.show(diff_markdown.render(reviews))
    from frrcompile.report import diff_text

    if arguments.stat:
        return output.show(diff_text.stat(reviews))
    colour = output.colours()
    return output.show(diff_text.render(reviews, colour=colour), colour=colour)


def _commands(pairs: list[tuple[str, Text, Text]], release: Release) -> int:
    from frrcompile.diff import difference
    from frrcompile.diff.commands import commands

    if len(pairs) > 1:
        return usage("--format commands is for one router: name it with --node")
    ((_, old, new),) = pairs
    found = difference(old[1], new[1], release)
    output.data("".join(f"{line}\n" for line in commands(found, release)))
    return int(bool(found))
