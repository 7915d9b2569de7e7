"""The rules, a module or a folder for each family. A rule is a function decorated with `registry.rule`."""

from frrcompile.lint.rules import context, duplicates, evpn, references, reload, security, sessions, syntax, values

__all__ = ["context", "duplicates", "evpn", "references", "reload", "security", "sessions", "syntax", "values"]
