"""What FRR does, release by release: data with a source, which every other room may import."""
