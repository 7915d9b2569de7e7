"""Tests against real FRR daemons, in every version that this machine has."""
