"""What `vtysh -C` of each FRR says to a file: the judge of the linter's FRR0xx. Its answers are kept between runs."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.frr.installation import HOST, Installation, cache

_LINE = re.compile(r"^line (\d+): (?!Warning)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """vtysh's exit code, and the numbers of the lines that it objected to."""

    code: int
    lines: tuple[int, ...]


def verdicts(installation: Installation, texts: Sequence[bytes]) -> list[Verdict]:
    """What a vtysh says to each text. Those that it has not been asked before are asked in one go."""
    folder = cache().parent / "vtysh-says" / installation.version
    folder.mkdir(parents=True, exist_ok=True)
    kept = [folder / f"{hashlib.sha256(text).hexdigest()}.json" for text in texts]
    missing = {path: text for path, text in zip(kept, texts, strict=True) if not path.exists()}
    # Listed before the first is kept: one answer too few must not leave others under the wrong names.
    for path, verdict in list(zip(missing, _ask(installation, list(missing.values())), strict=True)):
        path.write_text(json.dumps([verdict.code, verdict.lines]))
    return [Verdict(code, tuple(lines)) for code, lines in (json.loads(path.read_text()) for path in kept)]


def _ask(installation: Installation, texts: Sequence[bytes]) -> list[Verdict]:
    with TemporaryDirectory(dir="/tmp", prefix="frr-lint-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for number, text in enumerate(texts):
            (folder / f"{number}.conf").write_bytes(text)
        # What vtysh says may end without a newline, so each answer is a file of its own.
        script = (
            f"cd {folder}; n=0; while [ -e $n.conf ]; do"
            f" vtysh -C -f {folder}/$n.conf >$n.said 2>&1; echo $? >$n.code; n=$((n+1)); done"
        )
        command = ["sh", "-c", script]
        if installation.root != HOST:
            # The folder is made visible in the root by a mount that ends with the command.
            inside = 'mount --bind /tmp "$0/tmp" && exec chroot "$0" "$@"'
            command = ["unshare", "--mount", "sh", "-c", inside, str(installation.root), *command]
        subprocess.run(command, capture_output=True, check=True, timeout=1200)
        return [_verdict(folder, number) for number in range(len(texts))]


def _verdict(folder: Path, number: int) -> Verdict:
    said = (folder / f"{number}.said").read_text(errors="replace")
    return Verdict(int((folder / f"{number}.code").read_text()), tuple(map(int, _LINE.findall(said))))
