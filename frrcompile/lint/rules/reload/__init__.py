"""Reload: lines that FRR shows otherwise or not at all, so that frr-reload.py finds a difference for ever.

All of it was measured: the line loaded into a live FRR 8.4.4, 10.3 and 10.7.1, then `frr-reload.py --test` with the same
file (tests/frr/test_lint_reload.py). Where a rule's releases begin or end, it is by these three.
"""
