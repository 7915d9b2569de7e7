"""The site check: which routes of each node reach the other nodes, and what stops those that do not.

Routes are followed over an ideal fabric: leaves that accept every route, pass it on to each other and to all their
neighbors, and keep the next hops of EVPN. Nothing here does I/O. docs/site-check.md lists what is followed.
"""
