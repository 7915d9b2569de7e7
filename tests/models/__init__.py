"""Random models: strategies that build them, and what holds for all of them."""
