"""Values for the fields of a random model: small universes, so that two models have much in common, and their edges."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Data = dict[str, Any]

OWN_AS = (64514, 1, 65535, 4200000000, 4294967295)
OTHER_AS = (64512, 64513, 23456, 65536, 4294967294)
"""No AS of a neighbour is in the first tuple, so that whoever is meant to be external is."""

booleans = st.booleans()
seconds = st.sampled_from((1, 2, 3, 60, 120, 180, 360, 4095))
u32 = st.sampled_from((0, 1, 100, 2147483648, 4294967295))
tags = st.sampled_from((1, 7, 100, 4294967295))
communities = st.sampled_from(
    ("65000:1", "65000:2", "0:1", "1:65535", "65534:65535", "no-export", "no-advertise", "local-AS", "no-peer")
) | st.sampled_from(("graceful-shutdown", "blackhole"))
large_communities = st.sampled_from(("65000:1:2", "65000:1:1", "0:0:0", "4294967295:4294967295:4294967295", "9:10:2"))
targets = st.sampled_from(("64512:100", "64512:4294967295", "4200000000:100", "65536:1", "192.0.2.1:100", "65535:1"))
extended_communities = st.builds("{} {}".format, st.sampled_from(("rt", "soo")), targets)
descriptions = st.sampled_from(
    ("leaf2 in rack 1", "x", "a  b", "# not a comment", "no ! end", "exit", '"quoted"', "x" * 80)
)
passwords = st.sampled_from(("s3cret", "p!ss#w0rd", '"', "no", "x" * 64))
interfaces = st.sampled_from(("eth1", "eth2.10", "en-p1s0_0", "bond0", "a" * 15))


def few(values: st.SearchStrategy[Any], least: int = 0, most: int = 3) -> st.SearchStrategy[list[Any]]:
    """A short list in which nothing comes twice."""
    return st.lists(values, min_size=least, max_size=most, unique_by=str)


class Part:
    """A mapping of the model while it is drawn; what is not drawn keeps the model's default."""

    def __init__(self, draw: st.DrawFn, data: Data | None = None, often: int = 3) -> None:
        """`often`: a field is given in one of so many cases."""
        self._draw = draw
        self._often = often
        self.data: Data = dict(data or {})

    def chance(self, often: int | None = None) -> bool:
        """True in one of `often` cases, and false in the simplest one."""
        limit = often or self._often
        return self._draw(st.integers(0, limit - 1)) == limit - 1

    def pick(self, values: Any) -> Any:
        """One of a few values, or of a strategy's."""
        return self._draw(values if isinstance(values, st.SearchStrategy) else st.sampled_from(tuple(values)))

    def maybe(self, name: str, values: Any, often: int | None = None) -> None:
        """The field `name` in some cases, with one of `values`."""
        if self.chance(often):
            self.data[name] = self.pick(values)
