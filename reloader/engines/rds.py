"""RDs that come back: bgpd 8.4.4 and 10.3 remember a VRF's RD that was taken away, and take the same one for nothing new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reloader.residual import Difference

OTHER = "rd 65535:65535"  # any other one, for no time at all


def stuck(differences: Iterable[Difference]) -> bool:
    """Whether a VRF lacks its RD."""
    return any(_is_rd(one) for one in differences)


def anew(differences: Iterable[Difference]) -> Iterator[Difference]:
    """The differences, with another RD before each RD. Both go in one `vtysh -f`."""
    for one in differences:
        if _is_rd(one):
            yield Difference("add", (*one.path[:-1], OTHER))
        yield one


def _is_rd(one: Difference) -> bool:
    return one.action == "add" and one.path[0].startswith("router bgp ") and one.path[-1].startswith("rd ")
