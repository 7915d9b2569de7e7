"""The linter's FRR0xx against vtysh: an error if and only if `vtysh -C` of that version refuses the file, and where."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from frrcompile.diagnostics import Diagnostic
from frrcompile.facts.releases import MEASURED, Release, release_of, spell
from frrcompile.lint.engine import lint
from frrcompile.lint.rules import rules
from frrcompile.syntax import read
from frrcompile.syntax.commands.table import table
from tests.conftest import ends
from tests.frr.installation import Installation, installations
from tests.lint.vtysh_says import Verdict, verdicts
from tests.syntax import corpus

SYNTAX = {code for code in rules() if code.startswith("FRR0")}

EARLY_EXIT = "FRR101"
"""What tells of an `exit` at the top. vtysh before 9.0 refuses what follows it, and a second one makes its exit code 0."""

VERDICTS = corpus.FOLDER.parent / "verdicts"
"""What `vtysh -C` of each release that was built for this says to the corpus; only the project's own CI has it."""

each_version = pytest.mark.parametrize(
    "installation",
    [one for one in installations() if release_of(one.version) in MEASURED],
    ids=lambda one: one.version,
)


def release(installation: Installation) -> Release:
    return release_of(installation.version)


def disagreements(by: Release, verdicts: Mapping[Path, Verdict]) -> Iterator[str]:
    """Where we and vtysh of a release differ about files of the corpus: whether a line is refused, and which is the first."""
    for path, verdict in verdicts.items():
        name = str(path.relative_to(corpus.FOLDER))
        found = lint(corpus.text(path), name, by, SYNTAX | {EARLY_EXIT})
        refused = any(one.code != EARLY_EXIT for one in found)
        # Before 9.0 the exit code may be 0 although a line is refused.
        said = bool(verdict.code) if by >= (9, 0) else bool(verdict.lines)
        ours = refused if by >= (9, 0) else bool(found)
        if ours != said or (verdict.code and not refused):
            yield f"{name}: vtysh says {verdict.code} {verdict.lines}, we say {[str(one.span) for one in found]}"
        elif found and verdict.lines and verdict.lines[0] not in places(found[0]):
            yield f"{name}: vtysh objects to line {verdict.lines[0]}, we to {places(found[0])}"


def asked(installation: Installation, every: int) -> Mapping[Path, Verdict]:
    """What the vtysh that is here says to every how many-th file of the corpus."""
    paths = corpus.files()[::every]
    return dict(zip(paths, verdicts(installation, [path.read_bytes() for path in paths]), strict=True))


def places(finding: Diagnostic) -> list[int]:
    """The line of a finding, and those that it names as the cause."""
    return [finding.span.line, *(label.span.line for label in finding.labels)]


@pytest.mark.frr
@each_version
def test_a_part_of_the_corpus(installation: Installation) -> None:
    assert list(disagreements(release(installation), asked(installation, every=8))) == []


@pytest.mark.frr
@pytest.mark.long
@each_version
def test_the_corpus(installation: Installation) -> None:
    assert list(disagreements(release(installation), asked(installation, every=1))) == []


@pytest.mark.parametrize("by", ends(MEASURED[1:-1]))  # an FRR of the first and of the last is asked itself
def test_the_corpus_by_the_verdicts_of_each_release(by: Release) -> None:
    kept = next((path for path in VERDICTS.glob("*.json") if f"{path.stem}.".startswith(f"{spell(by)}.")), None)
    if kept is None:
        pytest.skip(f"the verdicts of FRR {spell(by)} are not beside this checkout")
    said = json.loads(kept.read_text())
    files = {str(path.relative_to(corpus.FOLDER)): path for path in corpus.files()}
    assert set(said) <= set(files)
    of_file = {path: Verdict(*said.get(name, (0, ()))) for name, path in files.items()}
    assert list(disagreements(by, of_file)) == []


# --- single words changed ---


def mutations(number: int, version: Release, seed: int) -> Iterator[tuple[list[str], str]]:
    """Lines of the corpus with one word changed, each behind the headers of the blocks that it stands in."""
    rng = random.Random(seed)
    lines = []
    for path in corpus.files():
        tree = read(corpus.text(path), table=table(version))
        for blocks, statement in tree.walk():
            if (
                statement.words[0] not in {"exit", "quit", "end"}
                and statement.raw.isascii()
                and len(statement.raw) < 300
            ):
                lines.append(([" ".join(block.words) for block in blocks], list(statement.words)))
    words = sorted({word for _, line in lines for word in line})
    for context, line in rng.choices(lines, k=number):
        yield context, " ".join(mutated(list(line), words, rng))


def mutated(line: list[str], words: list[str], rng: random.Random) -> list[str]:
    at = rng.randrange(len(line))
    match rng.randrange(7):
        case 0:
            del line[at]
        case 1:
            line.insert(at, line[at])
        case 2:
            other = rng.randrange(len(line))
            line[at], line[other] = line[other], line[at]
        case 3:
            line[at] = rng.choice(
                ["0", "-1", "65536", "4294967296", "256", "1.1.1.1", "10.0.0.0/33", "2001:db8::/129", "1.2.3", "::1"]
            )
        case 4:
            line[at] = rng.choice(words)
        case 5:
            line[at] = line[at][: rng.randrange(1, len(line[at]) + 1)]
        case _:
            line.insert(at, rng.choice(words))
    return line


@pytest.mark.frr
@each_version
def test_lines_with_one_word_changed(installation: Installation) -> None:
    """vtysh goes on behind a line that it refuses, so that one file holds them all."""
    known = table(release(installation))
    text: list[str] = []
    changed: dict[int, str] = {}
    for context, line in mutations(4000, release(installation), seed=20261122):
        if not line or line.startswith(("!", "#")) or line.split()[0] in SHORT_FOR_LEAVING:
            continue
        text += ["hostname back-to-the-top", *context, line]
        changed[len(text)] = " / ".join([*context, line])
    content = "\n".join(text) + "\n"
    refused = set(verdicts(installation, [content.encode()])[0].lines)
    ours = {number for number, match in read(content, table=known).remarks.items() if match.verdict.name != "KNOWN"}
    wrong = [
        f"{changed[at]}: vtysh {'refuses' if at in refused else 'takes'} it"
        for at in changed
        if (at in refused) != (at in ours)
    ]
    assert len(refused & changed.keys()) > 0.2 * len(changed)
    assert len(wrong) <= 0.002 * len(changed), "\n".join(wrong[:50])


SHORT_FOR_LEAVING = {word[:length] for word in ("exit", "quit", "end") for length in range(1, len(word) + 1)}
