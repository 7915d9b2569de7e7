"""The reload sidecar: brings a running FRR to the configuration that lands in a directory, and proves it."""
