"""Text: characters, words and lines that FRR takes for something else than they look like."""

from __future__ import annotations

from collections.abc import Iterator

from frrcompile.diagnostics import Edit, Severity, Span
from frrcompile.lint.configuration import Command, Configuration
from frrcompile.lint.endings import closer_of, count, every, indent
from frrcompile.lint.long_lines import may_have_line, size
from frrcompile.lint.registry import Problem, rule
from frrcompile.syntax.acting import longest_line
from frrcompile.syntax.nodes import closing_words


@rule("FRR109", "abbreviation", Severity.WARNING)
def abbreviation(config: Configuration) -> Iterator[Problem]:
    """A command that is not written out never converges under frr-reload.py.

    What: a keyword that FRR completes, such as `int` for `interface`.
    Why: frr-reload.py (tools/frr-reload.py) compares texts, and FRR shows its configuration written out: each reload
        deletes what is there, a neighbor with its session, and adds it again. An abbreviation may also become ambiguous
        in the next version.
    Bad:
        int eth0
         description uplink
        exit
    Good:
        interface eth0
         description uplink
        exit
    """
    for command in config.shortened:
        written = command.statement.words
        if command.words[0] == "vrf-policy" and "vrf".startswith(written[0]):
            continue  # FRR103's
        for index, (word, full) in enumerate(zip(written, command.words, strict=True)):
            if word != full and full.startswith(word):
                yield _written_out(command.word(index), word, full)
    whole = {*closing_words(), "no", "end"}
    for header in config.headers:
        if header.opens is not None and (closer := header.opens.closer) and closer.words[0] not in whole:
            yield _written_out(closer.word_span(0), closer.words[0], closer_of(header.opens.node))


def _written_out(at: Span, word: str, full: str) -> Problem:
    return Problem(at, f"`{word}` is short for `{full}`", help="write it out", edit=Edit(at, full))


# Where a line may have any text, of which `!` is part.
_TEXTS = frozenset(
    {"description", "remark", "banner", "message", "as-path", "expanded", "community-list", "large-community-list"}
    | {"extcommunity-list", "version", "password", "key-string"}
)


@rule("FRR110", "comment-behind-a-command", Severity.ERROR)
def comment_behind_a_command(config: Configuration) -> Iterator[Problem]:
    """A comment behind a command is no comment: FRR refuses the line.

    What: a word that begins with `!` or `#`, behind a command and not in a text of its own.
    Why: only a line's first character makes it a comment (lib/command.c: cmd_make_strvec).
    Bad:
        ip route 192.0.2.0/24 blackhole ! unused
    Good:
        ! unused
        ip route 192.0.2.0/24 blackhole
    """
    for command, index in config.derive(_marked):
        if not _TEXTS.isdisjoint(command.words[:index]):
            continue
        first = command.word(index)
        at = Span(first.path, first.line, first.column, first.line, command.span.end_column)
        comment, line = command.statement.text[at.column - command.span.column :], command.statement
        code = line.text[: at.column - command.span.column].rstrip()
        yield Problem(
            at,
            "a comment must have a line of its own: FRR takes this for a part of the command, and refuses it",
            help="put it on the line before",
            edit=Edit(command.span, f"{comment}\n{' ' * indent(line)}{code}"),
        )


@rule("FRR111", "comment-in-a-text", Severity.INFO)
def comment_in_a_text(config: Configuration) -> Iterator[Problem]:
    """What looks like a comment behind a description is part of the description.

    What: a word that is `!` or `#` in a description, a remark or another free text.
    Why: only a line's first character makes it a comment (lib/command.c: cmd_make_strvec).
    Bad:
        interface eth0
         description uplink ! to leaf1
        exit
    Good:
        interface eth0
         description uplink to leaf1
        exit
    """
    for command, index in config.derive(_marked):
        word = command.statement.words[index]
        if word in {"!", "#"} and not {"description", "remark"}.isdisjoint(command.words[:index]):
            yield Problem(command.word(index), f"`{word}` and what follows is part of the text, and no comment")


def _marked(config: Configuration) -> list[tuple[Command, int]]:
    """The commands that have a word beginning with `!` or `#`, with the first such word's index."""
    count = config.text.count
    if count("!", 1) == count("\n!") + count("\n !") and count("#", 1) == count("\n#"):  # comments as FRR writes them
        return []
    marked = [one for one in every(config) if "!" in one.statement.raw or "#" in one.statement.raw]
    first = ((one, next((i for i, word in enumerate(one.statement.words) if word[0] in "!#"), 0)) for one in marked)
    return [(command, index) for command, index in first if index]


@rule("FRR112", "carriage-return", Severity.INFO)
def carriage_return(config: Configuration) -> Iterator[Problem]:
    """Lines that end in a carriage return and a line feed, as editors on Windows write them.

    What: the first of them is reported.
    Why: FRR takes a carriage return for white space (lib/command.c: cmd_make_strvec), but other tools do not: a comparison of the file
        with what FRR writes differs in every line.
    Bad:
        hostname r1\r
    Good:
        hostname r1
    """
    returned = [line for line in config.tree.lines() if line.raw.endswith("\r\n")] if "\r\n" in config.text else []
    if returned:
        what = f"{count(len(returned), 'line')} with a carriage return, this one first"
        yield Problem(returned[0].span, what, help="convert the file")


# No-break, zero-width and other blanks that are no white space for FRR, and the mark that some editors begin a file with.
_INVISIBLE = frozenset(
    "\u00a0\u00ad\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d"
)
_INVISIBLES = _INVISIBLE | frozenset("\u2028\u2029\u202f\u205f\u2060\u3000\ufeff")
_QUOTES = {"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'", "\u2013": "-", "\u2014": "-", "\u2212": "-"}


@rule("FRR113", "invisible-character", Severity.ERROR)
def invisible_character(config: Configuration) -> Iterator[Problem]:
    """A no-break space or the like is part of a word for FRR, though it looks like a blank or like nothing.

    What: such a character, outside of descriptions and comments.
    Why: FRR separates words by the blanks of ASCII only (lib/command.c: cmd_make_strvec), so that the command is refused, or a
        name is another one than it looks.
    Bad:
        route-map all\u00a0permit 10
        exit
    Good:
        route-map all permit 10
        exit
    """
    for command, index, word in config.derive(_foreign):
        found = next((character for character in word if character in _INVISIBLES), None)
        if found is not None:
            at = command.word(index)
            what = f"the word has U+{ord(found):04X}, which looks like a blank or like nothing: FRR takes it for part of the word"
            yield Problem(at, what, help="type the word anew")


@rule("FRR114", "letters-beyond-ascii", Severity.INFO)
def letters_beyond_ascii(config: Configuration) -> Iterator[Problem]:
    """A name with letters beyond ASCII: FRR takes it byte by byte, and what it shows depends on who looks.

    What: such letters in a command, outside of descriptions and comments.
    Why: FRR compares bytes, so that two ways of writing one letter are two names; JSON output has them unescaped.
    Bad:
        route-map schön permit 10
        exit
    Good:
        route-map schoen permit 10
        exit
    """
    for command, index, word in config.derive(_foreign):
        if _INVISIBLES.isdisjoint(word):
            dash = next((_QUOTES[character] for character in word if character in _QUOTES), None)
            how = f"did you mean `{dash}`?" if dash else "use letters of ASCII"
            yield Problem(command.word(index), f"`{word}` has characters beyond ASCII", help=how)


def _foreign(config: Configuration) -> list[tuple[Command, int, str]]:
    """Every word with characters beyond ASCII that stands in no free text."""
    if config.text.isascii():
        return []
    found = []
    for command in every(config):
        if command.statement.raw.isascii():
            continue
        for index, word in enumerate(command.statement.words):
            if not word.isascii() and _TEXTS.isdisjoint(command.words[:index]):
                found.append((command, index, word))
    return found


@rule("FRR115", "line-too-long", Severity.ERROR)
def line_too_long(config: Configuration) -> Iterator[Problem]:
    """A line longer than vtysh's buffer is cut, and the rest is read as a command of its own.

    What: a line, be it a comment, of more than 4,095 bytes (8,191 from FRR 10.6 on).
    Why: vtysh reads with fgets into a buffer of VTY_BUFSIZ bytes (lib/vty.h; vtysh/vtysh.c: vtysh_read_config).
    Bad:
        ! LONG
    Good:
        ! =
    """
    longest = longest_line(config.release)
    found = {
        number: (raw, Span(config.tree.path, number, 1, number, len(raw) + 1)) for number, raw in config.aside.items()
    }
    for line in config.tree.lines() if may_have_line(config.text, longest // _MOST_BYTES) else ():
        if size(line.raw) > longest:
            found[line.number] = line.raw, line.span
    for raw, at in found.values():
        what = f"{size(raw):,} bytes; FRR reads {longest:,} at most, and takes the rest for a command of its own"
        yield Problem(at, what, help="split it")


line_too_long.__doc__ = (line_too_long.__doc__ or "").replace("LONG", "=" * 8200)


_MOST_BYTES = 4  # of a character in UTF-8


MOST_WORDS = 255


@rule("FRR116", "too-many-words", Severity.ERROR)
def too_many_words(config: Configuration) -> Iterator[Problem]:
    """A command of more words than FRR can match.

    What: a command of more than 255 words, the words of a description included.
    Why: FRR's matcher refuses it (lib/command_match.c, CMD_ARGC_MAX).
    Bad:
        interface eth0
         description WORDS
        exit
    Good:
        interface eth0
         description uplink
        exit
    """
    for command in every(config) if may_have_line(config.text, 2 * MOST_WORDS) else ():
        if len(command.statement.words) > MOST_WORDS:
            what = f"{len(command.statement.words)} words; FRR takes {MOST_WORDS} at most"
            yield Problem(command, what, help="shorten it, or split it into several commands")


too_many_words.__doc__ = (too_many_words.__doc__ or "").replace("WORDS", "1 2 3 4 5 6 7 8 9 10 " * 26)
