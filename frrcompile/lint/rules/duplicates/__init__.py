"""Duplicates: what is said twice, what is overruled, and entries that nothing reaches."""

from frrcompile.lint.rules.duplicates import instances, lists, maps, ranges, repeats, routes, sessions

__all__ = ["instances", "lists", "maps", "ranges", "repeats", "routes", "sessions"]
