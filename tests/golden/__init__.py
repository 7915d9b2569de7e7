"""Golden directories of users."""
