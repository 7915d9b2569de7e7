"""What the router will be: every decision made, every name and address known.

Values are typed, and none is in FRR's words: `render` chooses those. Addresses, prefixes, route distinguishers and route
targets are text in their canonical form.
"""
