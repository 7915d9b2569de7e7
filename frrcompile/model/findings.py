"""What is found while a model is read, before any rule: each function makes one kind of finding, and documents it."""

from __future__ import annotations

from frrcompile.diagnostics import Diagnostic, Label, Severity, Span

NO_TEXT = "MOD001"
UNKNOWN = "MOD006"


def no_text(at: Span, message: str) -> Diagnostic:
    """A model is a text: bytes that are not UTF-8, and control characters, are none.

    What: a byte that is not UTF-8, or a control character that YAML does not allow. Nothing else of the file is looked at.
    Why: YAML 1.1 (section 5.1) allows printable characters only, and what cannot be seen in an editor cannot be reviewed.
    Bad:
        router: {asn: "64514\x07"}
    Good:
        router: {asn: 64514}
    """
    return Diagnostic(NO_TEXT, Severity.ERROR, message, at)


def no_yaml(at: Span, message: str, *, labels: tuple[Label, ...] = (), help: str = "") -> Diagnostic:
    """The text is not YAML, or has YAML that a model does not take.

    What: a syntax error, such as a line whose indentation differs from that of its block, a `:` without a space after it, a
        quote or bracket that is not closed, or an unquoted value that contains `: `. The help says what to change. The finding is
        also about valid YAML that a model cannot have: a tag; an alias without an anchor, or inside the value that it stands
        for; a document that is not a mapping; values nested more than 64 levels deep; aliases that stand for more than a
        million values; nodes that have more than 4.5 million values together, after selectors.
    Why: each field has its own type, so that a tag has no effect. A few lines of aliases, or of nodes and VNIs, can stand for
        more values than fit into memory, or take minutes to compile.
    Bad:
        router:
          asn: !ruby/object 64514
    Good:
        router:
          asn: 64514
    """
    return Diagnostic("MOD002", Severity.ERROR, message, at, labels=labels, help=help)


def repeated_key(at: Span, message: str, first: Span) -> Diagnostic:
    """A mapping has each key once.

    What: a key that is written twice in one mapping.
    Why: YAML readers keep the last value and report nothing, so that the first value is lost.
    Bad:
        vrfs:
          red: {table: 1100}
          red: {table: 1101}
    Good:
        vrfs:
          red: {table: 1100}
          blue: {table: 1101}
    """
    return Diagnostic("MOD003", Severity.ERROR, message, at, labels=(Label(first, "first written here"),))


def empty(at: Span) -> Diagnostic:
    """The document is empty.

    What: a file without a value: it is empty, has comments only, or its value is `null`.
    Why: a model has at least `nodes`, `router` and `underlay`. An empty file is mostly one that another program has not
        written yet.
    Bad:
        # nothing but a comment
    Good:
        router: {asn: 64514}
    """
    message = "the document is empty; a model needs at least `nodes`, `router` and `underlay`"
    return Diagnostic("MOD004", Severity.ERROR, message, at)


def disagreement(field: str, first: Span, second: Span) -> Diagnostic:
    """Two documents that are merged have different values for a field.

    What: a field with two values in the documents of one model. Mappings are joined, and lists follow each other; any other
        value must be the same in both.
    Why: which of the two values counts would depend on the order of the files.
    Bad:
        router: {asn: 64514}
        ---
        router: {asn: 64515}
    Good:
        router: {asn: 64514}
        ---
        vrfs: {red: {table: 1100}}
    """
    help_ = "say it in one document only, or under `nodes` for the node that differs"
    message, labels = f"two documents disagree on `{field}`", (Label(first, "said otherwise here"),)
    return Diagnostic("MOD005", Severity.ERROR, message, second, field=field, labels=labels, help=help_)


def unknown_field(field: str, at: Span, message: str, help: str) -> Diagnostic:
    """The model has no such field.

    What: a key that no field of its mapping has. The message lists the fields, the help names the nearest.
    Why: a mistyped field that is ignored leaves the router with its default.
    Bad:
        vrfs:
          red: {table: 1100, networks: [10.0.0.0/8], ans: 64515}
    Good:
        vrfs:
          red: {table: 1100, networks: [10.0.0.0/8], asn: 64515}
    """
    return Diagnostic(UNKNOWN, Severity.ERROR, message, at, field=field, help=help)


def missing_field(field: str, at: Span, message: str, help: str) -> Diagnostic:
    """A field that has no default is not written.

    What: a mapping without a field that it needs. The help says what the field means, with an example.
    Why: no value would be right for all routers.
    Bad:
        vrfs:
          red: {l3vni: {vni: 100}}
    Good:
        vrfs:
          red: {table: 1100, l3vni: {vni: 100}}
    """
    return Diagnostic("MOD007", Severity.ERROR, message, at, field=field, help=help)


def wrong_value(field: str, at: Span, message: str, help: str) -> Diagnostic:
    """A value does not fit its field.

    What: a value of another type or range than the field's. The message says what was found and what is allowed.
    Why: FRR would refuse the line, or read the value as something else.
    Bad:
        vrfs:
          red: {table: 1100, l3vni: {vni: 16777216}}
    Good:
        vrfs:
          red: {table: 1100, l3vni: {vni: 16777215}}
    """
    return Diagnostic("MOD008", Severity.ERROR, message, at, field=field, help=help)


def empty_list(field: str, at: Span, message: str) -> Diagnostic:
    """A list or mapping has too few entries.

    What: a list or mapping that needs at least one entry, and has none.
    Why: FRR has no line for it, and the field would have no effect.
    Bad:
        vrfs:
          red: {table: 1100, leak: {from: []}}
    Good:
        vrfs:
          red: {table: 1100, leak: {from: [default]}}
    """
    return Diagnostic("MOD009", Severity.ERROR, message, at, field=field)
