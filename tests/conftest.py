"""What all tests share: the option that rewrites goldens, and the blog's node."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
BLOG_NODE = ROOT / "golden" / "blog-node" / "input.yaml"

# No test fails for the time that it takes: the machine may have other things to do.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

# What somebody's own FRR has taught does not count in a test.
os.environ["FRRCOMPILE_TABLES"] = os.devnull


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
