"""FRR's own words about lines that it refused, out of what vtysh and frr-reload.py print around them."""

from __future__ import annotations

import re

from frrcompile.redact import LONGEST_LINE
from reloader import masking

COLOUR = re.compile(r"\x1b\[\d+m")
NOISE = re.compile(
    r"""
    \[\d+\|\w+\]\ (?:sending\ configuration|done|Configuration\ file.*)
    | Waiting\ for\ children.*
    | %\ Can't\ enter\ config;\ .*       # the judge sees what was lost by it
    | line\ \d+:\ Warning.*            # "early exit from config file": frr-reload.py's own `exit`
    | %?\ ?Configuration\ failed\.?
    | Error\ type:.*
    | The\ following\ commands\ were\ dynamically\ grouped.*
    | -\ .*                            # the commands of that group
    | %\ Configuration\ applied\ with\ notes:
    | (?:MGMTD:\ )?No\ changes\ found\ to\ be\ committed!
    | (?:VTY\ )?[Cc]onfiguration\ is\ locked.*
    # Advice about lines that are configured.
    | Graceful\ restart\ configuration\ changed,\ reset\ .*
    | Reserved\ AS\ used\ .*
    | Please\ be\ aware\ that\ removing\ the\ password\ .*
    | (?:STATICD:\ )?Static\ Route\ to\ \S+\ not\ installed\ currently\ because\ dependent\ config.*
    | (?:Error\ description:\ )?\S+   # 10.3's mgmtd prints what happens to be in its memory
    """,
    re.VERBOSE,
)
REFUSED = re.compile(r"line \d+: Failure to communicate\[\d+\] to (\w+), line: *(.*)")
UNKNOWN = re.compile(r"line \d+: % (Unknown command|Command incomplete|Ambiguous command)(?:\[\d+\])?: *(.*)")
LOGGED = re.compile(r"[\d-]+ [\d:,]+ +(?:ERROR|CRITICAL|WARNING): *")
TRACEBACK = "Traceback (most recent call last):"
REASON = re.compile(r"reason: '(?:Failed to create cfgdata: )?(.*)'$")


def of(output: str) -> tuple[str, ...]:
    """What FRR said, in its order, each thing once: first what was refused and then why, as vtysh prints them."""
    said: dict[str, None] = {}
    breaking = False  # within a traceback of frr-reload.py, of which only the error at its end is a word
    for raw in COLOUR.sub("", output).splitlines():
        unmasked = LOGGED.sub("", raw[:LONGEST_LINE].strip()).strip()
        line = masking.each_line(unmasked)
        if unmasked == TRACEBACK or (breaking and raw[:1].isspace()):
            breaking = True
            continue
        if not line or NOISE.fullmatch(line):
            continue
        if breaking:
            said[f"frr-reload.py ended on an error: {line.rstrip('.')}"] = None
            breaking = False
            continue
        refused, unknown, reason = REFUSED.fullmatch(line), UNKNOWN.fullmatch(unmasked), REASON.search(line)
        if refused:
            line = f'{refused[1]} refused "{refused[2].strip()}"'
        elif unknown:
            line = f'{unknown[1].lower()} "{masking.faulty_line(unknown[2].strip())}"'
        elif reason:
            line = reason[1]
        said[line.removeprefix("% ").removeprefix("Error description: ").rstrip(".")] = None
    return tuple(said)


def shown(line: str) -> str:
    """A configuration line as it stands in what `of` returns."""
    return masking.each_line(line).strip()
