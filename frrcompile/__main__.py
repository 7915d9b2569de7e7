"""`python -m frrcompile`."""

import sys

from frrcompile.cli import main

sys.exit(main())
