"""`python -m frrcompile`."""

from frrcompile.cli import process

process()
