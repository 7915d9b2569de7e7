"""References: names that are used and not defined, defined and not used, or defined as something else."""

from frrcompile.lint.rules.references import families, groups, loops, nothing, undefined, unused, vrfs

__all__ = ["families", "groups", "loops", "nothing", "undefined", "unused", "vrfs"]
