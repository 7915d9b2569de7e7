"""How FRR shows a line that can be written in several ways.

The comparison of two configurations brings every line into that form (`canonical`), and the linter's reload rules find
the lines that are in another: each rule reads one of these tables. What a table has is measured: `pairs` are tried on
live FRR by tests/frr/test_facts.py.
"""
