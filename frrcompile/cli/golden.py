"""`frrcompile golden`: models with their compiled files beside them, so that a review sees what a change does."""

from __future__ import annotations

import argparse
import contextlib
import errno
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from frrcompile import output, regular
from frrcompile.cli import inputs
from frrcompile.cli.recognition import is_model
from frrcompile.links import REFUSED
from frrcompile.printable import printable

if TYPE_CHECKING:
    from frrcompile.diagnostics import Diagnostic
    from frrcompile.diff.review import Review
    from frrcompile.golden import Case

EPILOG = """\
examples:
  frrcompile golden update site        write what every model below site/ makes
  frrcompile golden check site         whether it is still so; changes nothing

the files of a model, with a placeholder in the place of each secret:
  site/pod1.yaml          site/pod1/NODE.conf, one for each node
  site/case/input.yaml    site/case/frr.conf, or site/case/NODE.conf where it has several nodes
  beside them plumb.json  the links of all nodes, as `frrcompile plumb` makes them

exit codes:
  0  every file is what its model makes; or it has been written
  1  a file differs, is missing or left over, or a model has errors
  2  a folder that cannot be read, or has no model
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser(
        "golden",
        description="Keeps the compiled files of models beside them, or says what a change of a model did to them.",
        epilog=EPILOG,
    )
    parser.add_argument("what", choices=["check", "update"], help="compare, or write")
    parser.add_argument("directory", metavar="DIR", type=Path, help="a folder of models")
    parser.set_defaults(run=run, named=("directory",))


@dataclass
class _Made:
    """What the models of a folder make."""

    texts: dict[Path, str] = field(default_factory=dict)
    names: dict[Path, tuple[str, str, str]] = field(default_factory=dict)
    """For each file its model, its node, and the version of FRR that it is for."""
    findings: list[Diagnostic] = field(default_factory=list)
    broken: dict[Path, Path] = field(default_factory=dict)
    """The models that do not compile, by the folders of their files."""


def run(arguments: argparse.Namespace) -> int:
    """Checks or updates; 0 good or done, 1 differences or findings, 2 unreadable input or no model."""
    from frrcompile import golden
    from frrcompile.cli import findings
    from frrcompile.cli.compile import usage

    directory: Path = arguments.directory
    try:
        found = golden.cases(directory, lambda path: is_model(inputs.read(str(path))))
    except golden.LayoutError as error:
        return usage(str(error))
    if not found:
        return usage(f"{directory}: no model in this folder")
    made = _make(found)
    left = golden.left_over(directory, made.texts, made.broken)
    code = findings.show(list(dict.fromkeys(made.findings)))
    act = _update if arguments.what == "update" else _check
    code = max(code, act(made, left))
    for model in made.broken.values():
        output.complain(f"{model} does not compile: its files are as they were")
    return code


def _make(cases: list[Case]) -> _Made:
    from frrcompile import pipeline
    from frrcompile.diagnostics import has_errors
    from frrcompile.plumb.dump import dump
    from frrcompile.plumb.plan import plan

    made = _Made()
    for case in cases:
        model = str(case.model)
        compiled = pipeline.compile(inputs.model_files([model]))
        made.findings += compiled.findings
        if has_errors(compiled.findings):
            made.broken[case.folder] = case.model
            continue
        for name, path in case.files(compiled.routers).items():
            router = compiled.routers[name]
            made.texts[path] = router.text
            made.names[path] = (model, name, router.node.frr)
        made.texts[case.links] = dump({name: plan(one.node.links) for name, one in compiled.routers.items()})
        made.names[case.links] = (model, "its nodes", "")
    return made


def _update(made: _Made, left: list[Path]) -> int:
    from frrcompile import atomic

    for path, text in made.texts.items():
        if _present(path) != text.encode():
            path.parent.mkdir(parents=True, exist_ok=True)
            atomic.replace(path, text, keep=True)
            output.show(f"wrote {printable(str(path))}\n")
    for path in left:
        path.unlink()
        output.show(f"removed {printable(str(path))}\n")
        with contextlib.suppress(OSError):  # a folder that still has something stays
            path.parent.rmdir()
    return 0


def _check(made: _Made, left: list[Path]) -> int:
    from frrcompile import golden
    from frrcompile.report import diff_text

    reviews: list[Review] = []
    told: list[str] = []
    for path, text in made.texts.items():
        model, node, _ = made.names[path]
        content = _present(path)
        if content is None:
            told.append(f"{path}: missing: {model} makes it for {node}")
        elif content != text.encode() and path.name == golden.LINKS:
            told.append(_links_differ(path, content.decode(errors="replace"), text, model))
        elif content != text.encode():
            review = _review(path, content, made)
            if review:
                reviews.append(review)
            else:
                at = _first_difference(content.decode(errors="replace"), text)
                told.append(f"{path}:{at}: differs from what {model} makes; FRR sees no difference")
    told += [f"{path}: left over: no model makes it" for path in left]
    colour = output.colours()
    output.show(diff_text.render(reviews, colour=colour), colour=colour)
    output.show("\n" if reviews and told else "")
    output.show("".join(f"{printable(line)}\n" for one in told for line in one.split("\n")))
    if reviews or told:
        number = len(reviews) + len(told)
        files = "1 file is" if number == 1 else f"{number} files are"
        output.complain(f"{files} not what the models make; `frrcompile golden update` writes them")
    return int(bool(reviews or told))


def _links_differ(path: Path, old: str, new: str, model: str) -> str:
    """Which links differ, line by line."""
    import difflib

    at = _first_difference(old, new)
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    changed = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    return "\n".join([f"{path}:{at}: differs from what {model} makes", *(f"  {line}" for line in changed)])


def _review(path: Path, content: bytes, made: _Made) -> Review | None:
    """What taking up the model's file means to an FRR that runs the one that is there; None where it means nothing."""
    from frrcompile import pipeline
    from frrcompile.diff.review import Review

    model, node, frr = made.names[path]
    found = pipeline.diff(content.decode(errors="replace"), made.texts[path], frr=frr)
    return Review(node, str(path), f"{model}:{node}", found) if found.difference else None


def _present(path: Path) -> bytes | None:
    if path.is_symlink() and not regular.stays_in(path, path.parent):
        raise OSError(errno.ELOOP, REFUSED, str(path))
    try:
        return inputs.read(str(path))
    except (FileNotFoundError, NotADirectoryError):
        return None


def _first_difference(old: str, new: str) -> int:
    """The number of the first line that is not the same, from 1."""
    one, two = old.split("\n"), new.split("\n")
    same = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return same + 1
