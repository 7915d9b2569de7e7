"""What all tests share: the option that rewrites goldens, and the blog's node."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings

from frrcompile.facts.releases import Release, spell

Case = TypeVar("Case")

ROOT = Path(__file__).parents[1]
BLOG_NODE = ROOT / "golden" / "blog-node" / "input.yaml"

# No test fails for the time that it takes: the machine may have other things to do.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# What a change breaks at once shows in the first examples; CI draws all of them.
settings.register_profile("quick", settings.get_profile("any machine"), max_examples=15)
settings.load_profile("any machine")

if sys.dont_write_bytecode:
    # The test modules, and the programs that tests start, have bytecode nevertheless: pytest's cache is the place for it.
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(ROOT / ".pytest_cache" / "bytecode")
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A table that `grammar learn` has made of an FRR of this machine does not count in a test.
os.environ["FRRCOMPILE_TABLES"] = os.devnull


def percent() -> int:
    """The share of examples that the profile draws, in percent: Hypothesis's own default is 100 examples."""
    profile = settings.default
    assert profile
    return profile.max_examples


def examples(full: int) -> int:
    """The number of examples of a property: `full`, or a part of it in the profile `quick` of `make unit`."""
    return max(2, full * percent() // 100)


def sample(cases: Sequence[Case]) -> Sequence[Case]:
    """Cases that one test goes through; in the profile `quick` every n-th of them, so that all kinds are there."""
    return cases[:: max(1, 100 // percent())]


def ends(releases: Sequence[Release]) -> list[Any]:
    """Values for `parametrize`: the oldest and the newest of these releases, and the others in `make deep`."""
    inner = [pytest.param(one, marks=pytest.mark.deep, id=spell(one)) for one in releases[1:-1]]
    return [
        pytest.param(releases[0], id=spell(releases[0])),
        *inner,
        pytest.param(releases[-1], id=spell(releases[-1])),
    ]


def pytest_collection_finish() -> None:
    """What was collected stays: the garbage collector need not look through thousands of tests during each of them."""
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite golden/ from what the compiler says today")


@pytest.fixture(scope="session")
def blog_node() -> str:
    """The model of the blog's node, as text."""
    return BLOG_NODE.read_text()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Configurations that other projects wrote; only the project's own CI has them."""
    path = ROOT.parent / "shared" / "corpus"
    if not path.is_dir():
        pytest.skip("the corpus of other projects' configurations is not here; the project's CI has it")
    return path
