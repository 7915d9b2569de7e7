"""frrcompile: the compiler and linter for FRRouting."""
