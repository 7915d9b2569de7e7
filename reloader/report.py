"""The sentences about a file that FRR has only in part: which line, FRR's own words, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from reloader import residual
from reloader.engines import Applied
from reloader.gate import Refusal
from reloader.residual import Difference
from reloader.verify import Judgement

RESIDUAL_LIMIT = 100  # of the lines in status and log; a file that FRR does not know at all has thousands
PART = "FRR has a part of this file."
ADVICE = "Correct it and publish it again."
PROGRAMS = ("frr-reload.py", "vtysh")
WORDS_LIMIT = 6  # of FRR's own sentences; one cause makes FRR refuse every line that builds on it


def failure(
    applied: Applied, judgement: Judgement, text: str, away: Refusal | None, *, last_try: bool
) -> tuple[str, int | None]:
    """The message, and the line of the offered file (`text`) where the first difference is, if it can be found.

    `away` is set when daemons that the file needs do not answer now. `last_try`: it is not tried again by itself.
    """
    sentences = []
    line = None
    if applied.trouble:
        sentences.append(f"{_capital(applied.trouble)}.")
    if judgement.differences:
        first, line = _first(judgement.differences, text)
        place = f"line {line}: " if line else ""
        sentences.insert(0, f"{place}{_difference(first)}.")
    if judgement.trouble:
        sentences.append(f"What FRR has now is not known: {judgement.trouble}.")
    if away:
        sentences.append(f"Now {away.message.split('. ')[0]}.")
    if applied.said:
        shown = "; ".join(applied.said[:WORDS_LIMIT]) + ("; ..." if len(applied.said) > WORDS_LIMIT else "")
        sentences.append(f"FRR said: {shown}.")
    elif judgement.differences and not applied.trouble and not away:
        sentences.append("FRR gave no reason.")
    count = len(judgement.differences)
    if count > 1:
        sentences.append(f"In all {count} lines differ.")
    sentences.append(PART)
    if away and not last_try:
        sentences.append("It is tried once more when all daemons answer.")
    else:
        sentences.append(ADVICE)
    return " ".join(sentences), line


def because(failure: str, message: str) -> str:
    """The message of a file that is not at fault: it names the program that failed, and advises nothing about the file."""
    message = message.removesuffix(ADVICE).rstrip()
    return message if _capital(failure) in message else f"{_capital(failure)}. {message}"


def without_advice(message: str) -> str:
    """The message up to what is no longer so once the change was taken back."""
    for end in (ADVICE, PART):
        message = message.removesuffix(end).rstrip()
    return message


def residual_lines(judgement: Judgement) -> tuple[str, ...]:
    """The differences as status and log show them."""
    lines = tuple(str(difference) for difference in judgement.differences)
    if len(lines) <= RESIDUAL_LIMIT:
        return lines
    return (*lines[:RESIDUAL_LIMIT], f"... and {len(lines) - RESIDUAL_LIMIT} more")


def _first(differences: Sequence[Difference], text: str) -> tuple[Difference, int | None]:
    """The first difference whose line can be found in the file, else the first of all."""
    for difference in differences:
        if difference.action == "add" and (line := residual.line_of(difference.path, text)):
            return difference, line
    return differences[0], None


def _difference(difference: Difference) -> str:
    *contexts, leaf = difference.masked
    inside = f' in "{" / ".join(contexts)}"' if contexts else ""
    if difference.daemon:
        return (
            f'{difference.daemon} does not have "{leaf}"{inside}, though FRR shows it: '
            "it takes the policies of one load whole or not at all"
        )
    if difference.action == "add":
        return f'FRR did not take "{leaf}"{inside}'
    return f'FRR still has what "{leaf}"{inside} would remove'


def _capital(sentence: str) -> str:
    return sentence if sentence.startswith(PROGRAMS) else sentence[:1].upper() + sentence[1:]
