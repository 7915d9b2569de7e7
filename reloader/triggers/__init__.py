"""What makes the sidecar look: each trigger puts hints into one queue, and the machine empties it."""
