"""Forms take any line, however short or damaged: frr.confs of others are read with them."""

from __future__ import annotations

import pytest

from frrcompile.facts.forms.canonical import FORMS, canonical
from frrcompile.facts.forms.form import Form

LINES = [(form, line) for form in FORMS for line, _ in form.pairs]


@pytest.mark.parametrize(("form", "line"), LINES, ids=[line for _, line in LINES])
def test_a_damaged_line_has_a_form(form: Form, line: str) -> None:
    words = tuple(line.split())
    damaged = [words[:end] for end in range(1, len(words))]
    damaged += [(*words[:at], *words[at + 1 :]) for at in range(1, len(words))]
    damaged += [(*words[:at], "x", *words[at + 1 :]) for at in range(1, len(words))]
    for node in form.nodes:
        for short in damaged:
            assert canonical(node, short)
        for short in damaged:
            assert form.shown(short)
