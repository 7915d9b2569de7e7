"""Places as services know them: paths within the repository, and findings that are known again in the next run."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from frrcompile.diagnostics import Diagnostic
from frrcompile.report.sources import Sources

_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""The variables in which GitHub's and GitLab's runners name the repository's folder."""


def in_repository(path: str, environment: Mapping[str, str] = os.environ) -> str:
    """The path from the repository's root, with slashes; as it is where it lies outside or is standard input.

    The root is what the CI says, else the working directory.
    """
    root = next((environment[name] for name in _ROOTS if environment.get(name)), None)
    return path if path == "-" else _inside(path, root, str(Path.cwd()))


@lru_cache
def _inside(path: str, root: str | None, here: str) -> str:
    absolute = Path(os.path.normpath(Path(here) / path))
    for folder in (Path(root or here), Path(here)):
        if absolute.is_relative_to(folder):
            return absolute.relative_to(folder).as_posix()
    return absolute.as_posix()


def uri(path: str) -> str:
    """The path in the repository as a URI reference."""
    return quote(in_repository(path), errors="surrogateescape")


def fingerprints(findings: Sequence[Diagnostic], sources: Sources) -> Iterator[str]:
    """A name for each finding, that no other has and that stays when lines above it come and go.

    Made of the code, the file, and the words of the line; of findings that share these, of their order too.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        line = sources.line(finding.span.path, finding.span.line) or ""
        key = (finding.code, in_repository(finding.span.path), " ".join(line.split()))
        seen[key] += 1
        yield hashlib.sha256("\0".join((*key, str(seen[key]))).encode(errors="replace")).hexdigest()
