"""What is left of commands when a later `no` line takes an earlier one back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Protocol, TypeVar

from frrcompile.lint.configuration import Command
from frrcompile.lint.symbols.contexts import Contexts


class Said(Protocol):
    """Something that a command says."""

    @property
    def command(self) -> Command:
        """The command that says it."""


T = TypeVar("T", bound=Said)

BUCKET = 3
"""How many words commands are put together by, so that a `no` line looks at few of them."""


def standing(commands: Sequence[Command], contexts: Contexts, read: Callable[[Command], Sequence[T]]) -> Iterator[T]:
    """What the commands say, as `read` has it, where no later `no` line of their context takes it back.

    A `no` line takes back what begins with its words (`no neighbor red`), and what is a beginning of them.
    """
    if not any(one.negated for one in commands):
        yield from chain.from_iterable(map(read, commands))
        return
    found: dict[int, dict[tuple[str, ...], list[T]]] = {}
    for command in commands:
        if command.negated:
            buckets = found.get(contexts.of(command)) if found else None
            if buckets:
                _take_back(command.words[1:], buckets)
        elif said := read(command):
            found.setdefault(contexts.of(command), {}).setdefault(command.words[:BUCKET], []).extend(said)
    for buckets in found.values():
        for bucket in buckets.values():
            yield from bucket


def _take_back(words: tuple[str, ...], buckets: dict[tuple[str, ...], list[T]]) -> None:
    if len(words) >= BUCKET:
        keys = [words[:BUCKET]] if words[:BUCKET] in buckets else []
    else:
        keys = [key for key in buckets if key[: len(words)] == words]
    for key in keys:
        buckets[key] = [one for one in buckets[key] if not _begins(words, one.command)]


def _begins(words: tuple[str, ...], command: Command) -> bool:
    length = min(len(words), len(command.words))
    return command.words[:length] == words[:length]
