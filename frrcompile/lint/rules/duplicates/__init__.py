"""Duplicates: what is said twice, what is overruled, and entries that nothing reaches."""
