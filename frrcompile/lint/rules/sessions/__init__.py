"""Sessions: BGP neighbours that bgpd does not take, or that would never carry a route."""
