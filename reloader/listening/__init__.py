"""Where the sidecar can be asked: a Unix socket and a TCP port, both with the same few HTTP paths."""
