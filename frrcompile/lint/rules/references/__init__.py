"""References: names that are used and not defined, defined and not used, or defined as something else."""
