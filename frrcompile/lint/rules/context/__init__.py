"""Context: where FRR reads a line, and whether it reads it as it looks."""
