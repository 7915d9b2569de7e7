"""A model's tree as YAML that people read."""

from __future__ import annotations

import re

import yaml

from frrcompile.model.tree import Node

HEADER = """\
# Imported from OpenPERouter. What its resources do not say:
# - a VRF's kernel table is 1000 and its VNI;
# - the router id of the node with index N is address N + 1 of the pool, as up to OpenPERouter v0.2.0;
# - a host session's ends are written out where its pool does not end in .0: there OpenPERouter counts from another place;
# - the host's end, and the subnets of gateways, are announced, as OpenPERouter does;
# - links and gateways have OpenPERouter's names and MAC addresses, so that its nodes and these work together;
# - the underlay's MTU is 1500 where `underlay.interfaces` does not say otherwise;
# - next hops are found through a default route, as FRR does by itself from 9.1 on; for an
#   older one add the raw lines `ip nht resolve-via-default` and `ipv6 nht resolve-via-default`.
"""


class _Dumper(yaml.SafeDumper):
    """Numbers without quotes: the model's reader takes every scalar as the text that it is."""


def _represent(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    if re.fullmatch(r"0|[1-9][0-9]*", value):
        return dumper.represent_scalar("tag:yaml.org,2002:int", value)
    if value in ("true", "false"):
        return dumper.represent_scalar("tag:yaml.org,2002:bool", value)
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _represent)


def write(root: Node) -> str:
    """The model, with a comment on what was decided."""
    return HEADER + yaml.dump(
        root.plain(), Dumper=_Dumper, sort_keys=False, default_flow_style=None, width=110, allow_unicode=True
    )
