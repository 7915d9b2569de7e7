"""frr.conf as text: how FRR reads it."""
