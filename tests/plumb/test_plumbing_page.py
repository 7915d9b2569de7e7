"""docs/plumbing.md speaks of what the code does. Its commands are tried in tests/lab/test_plan_script.py."""

from __future__ import annotations

from typing import get_args

from frrcompile.model.underlay import AttachKind
from frrcompile.plumb.ownership import DEFAULT_OWNER, group
from frrcompile.plumb.plan import SYSCTLS
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "plumbing.md").read_text()


def test_every_sysctl_is_explained() -> None:
    assert [one.key for one in SYSCTLS if f"`{one.key}`" not in PAGE] == []


def test_every_way_to_attach_a_link_is_explained() -> None:
    assert [word for word in get_args(AttachKind) if f"| `{word}`" not in PAGE] == []


def test_the_group_is_the_default_owners() -> None:
    assert f" group {group(DEFAULT_OWNER)} " in PAGE
