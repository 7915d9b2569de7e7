"""The commands that each release of FRR knows: their language, the tables of them, and what a line is held against."""
