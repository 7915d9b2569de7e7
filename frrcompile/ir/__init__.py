"""What the router will be: every decision made, every name and address known."""
