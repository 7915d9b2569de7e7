"""Raw FRR lines, for what the model has no word for."""

from typing import Annotated

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.selector import Selector
from frrcompile.model.values import Reads, whole


def _lines(text: str) -> str:
    if not text.strip() or not all(c.isprintable() or c in "\n\t" for c in text):
        raise ValueError
    return text


class Raw(Concept):
    """Lines that go into frr.conf as they are, after the lines of the model, so that they can add to them."""

    lines: Annotated[str, Reads(_lines, "lines of frr.conf", {"type": "string"})] = Field(
        examples=["router bgp 64514\n bgp bestpath compare-routerid\nexit\n"]
    )
    """The lines, best written as a YAML block after `|`."""
    priority: Annotated[int, whole(0, 1000, "a priority")] = 100
    """Lines of lower priority come first; among equals, in the order of the model."""
    nodes: Selector = Selector.defaults()
    """The nodes that have them; all by default."""
