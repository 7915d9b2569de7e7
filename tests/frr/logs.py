"""What FRR's daemons wrote, and which of it tells of an error."""

from __future__ import annotations

import re
from pathlib import Path

# FRR's log file does not say a line's level. Errors and warnings that FRR's authors gave a reference code have
# [EC n] (FRR's lib/ferr.h); a crash has none.
ERROR = re.compile(r"\[EC \d+]|Received signal|[Aa]ssertion|core_handler|[Bb]acktrace")

# What every start writes with an error code: there is no configuration file per daemon (we use frr.conf), the kernel
# may lack MPLS and ethtool's netlink, and 10.7 opens its log file twice.
START = re.compile(
    r"configuration file|Disabling MPLS support|failed to retrieve link settings|generic-netlink-cmd|set log file"
)

# What a busy machine writes: FRR tells of events that were run late or took long (lib/event.c, lib/libfrr.c).
BUSY = re.compile(r"CPU starvation|SLOW THREAD|CPU HOG|STARVATION: task")


def read(directory: Path) -> str:
    """All files of `directory`, one after another, each line led by its file's name.

    NAME.log is the daemon's log, NAME.out its standard output and error.
    """
    return "\n".join(
        f"{path.name}: {line}"
        for path in sorted(directory.iterdir())
        for line in path.read_text(errors="replace").splitlines()
    )


def errors(text: str) -> list[str]:
    """The lines with one of FRR's error codes, and crashes; without what every start, or a busy machine, writes."""
    harmless = (START, BUSY)
    return [line for line in text.splitlines() if ERROR.search(line) and not any(one.search(line) for one in harmless)]
