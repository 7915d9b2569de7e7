import pytest

from frrcompile.diagnostics import Span
from frrcompile.syntax.lines import Line, Statement, raw_lines
from frrcompile.syntax.nesting import nest


def split(text: str, path: str) -> list[Line]:
    return [line for _, _, line, _, _ in nest(text, path)]


def test_only_a_line_feed_ends_a_line() -> None:
    assert [line.raw for line in split("a\r\nb\rc\x85d\u2028e\n\nf", "x")] == ["a\r\n", "b\rc\x85d\u2028e\n", "\n", "f"]
    for other in map(chr, range(128)):
        raws = [line.raw for line in split(f"a{other}b\n\nc", "x")]
        assert raws == (["a\n", "b\n", "\n", "c"] if other == "\n" else [f"a{other}b\n", "\n", "c"]), repr(other)


@pytest.mark.parametrize("odd", ["", "\r", "\v", "\u2028"])
def test_a_large_text_is_all_of_its_lines(odd: str) -> None:
    text = "".join(f" line {number} of a large text{odd}\n" for number in range(10_000)) + "without an end"
    raws = list(raw_lines(text))
    assert "".join(raws) == text
    assert len(raws) == 10_001
    assert all(raw.count("\n") == 1 for raw in raws[:-1])


@pytest.mark.parametrize("raw", ["! x", "# x", "  \t! x", "\v\f#x\r\n", "", " \t\r\n"])
def test_comments_and_blank_lines_are_no_statements(raw: str) -> None:
    assert [type(line) for line in split(raw, "x")] in ([Line], [])


def test_a_comment_is_known_from_a_blank_line() -> None:
    assert [line.is_blank for line in split("! x\n \r\n", "x")] == [False, True]


def test_words_are_what_frr_separates_and_no_more() -> None:
    [line] = split("\t no  ip\troute\r\u00a0a\u2003b\vc ! d\n", "x")
    assert isinstance(line, Statement)
    assert line.words == ("no", "ip", "route", "\u00a0a\u2003b\vc", "!", "d")
    assert line.negated


def test_spans_are_the_text_without_indentation_and_line_end() -> None:
    first, second = split("\n  vni 100 \r\n", "a.conf")
    assert first.span == Span("a.conf", 1, 1, 1, 1)
    assert second.span == Span("a.conf", 2, 3, 2, 10)
    assert second.text == "vni 100"


def test_each_word_has_a_span() -> None:
    [line] = split("  ip \t route", "a.conf")
    assert isinstance(line, Statement)
    assert line.word_span(0) == Span("a.conf", 1, 3, 1, 5)
    assert line.word_span(-1) == Span("a.conf", 1, 8, 1, 13)
    with pytest.raises(IndexError):
        line.word_span(2)
