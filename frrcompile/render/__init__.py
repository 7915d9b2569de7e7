"""How FRR says it: the intermediate representation as frr.conf."""
