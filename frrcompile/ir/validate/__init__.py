"""Rules over the whole node: each a function that yields findings, each finding with both its sides."""
