"""`python -m reloader`: the same as `frr-reloader`."""

from __future__ import annotations

import sys

from reloader.cli import main

if __name__ == "__main__":
    sys.exit(main())
