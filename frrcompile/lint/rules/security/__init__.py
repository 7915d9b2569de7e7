"""Security: what lets somebody in who should stay out."""
