"""Scenarios of `frrcompile plumb` on a real kernel."""
