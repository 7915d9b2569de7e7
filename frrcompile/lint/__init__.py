"""The linter: what FRR, a reload or a reviewer would object to in a frr.conf, found without FRR.

`engine.lint` reads a text, runs the rules of `rules/` over it and returns diagnostics.
"""
