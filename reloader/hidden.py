"""Lines that FRR takes and may not show: what a file that is taken back may leave, where no comparison finds it.

No version shows `domainname`, nor an encrypted password without `service password-encryption`; 8.4.4 and 10.3 show no
`log filter-text`, and 8.4.4 no `log immediate-mode`. A file with such a line is rolled back, since FRR does not show that it has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reloader.residual import Difference

LINE = re.compile(
    r"(?P<shown>log filter-text \S+|log immediate-mode|domainname \S+|(?:enable )?password) ?(?P<encrypted>8 \S+)?"
)


def undone(failed: bytes, wanted: bytes) -> Iterator[Difference]:
    """What takes away such lines of the file `failed` that the file `wanted` does not have."""
    kept = set(_lines(wanted))
    for line in dict.fromkeys(_lines(failed)):
        found = LINE.fullmatch(line)
        if found and line not in kept and not any(one.startswith(f"{found['shown']} ") for one in kept):
            yield Difference("delete", (f"no {found['shown']}",))


def _lines(data: bytes) -> Iterator[str]:
    return (line.decode(errors="replace").strip() for line in data.split(b"\n"))
