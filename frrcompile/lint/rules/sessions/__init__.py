"""Sessions: BGP neighbours that bgpd does not take, or that would never carry a route."""

from frrcompile.lint.rules.sessions import identity, kinds, listening, policy, timers

__all__ = ["identity", "kinds", "listening", "policy", "timers"]
