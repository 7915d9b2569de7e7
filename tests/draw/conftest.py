"""Every picture, for tests of what all of them must be."""

from __future__ import annotations

import pytest

from frrcompile.draw.picture import Picture
from tests.draw.drawing import PICTURES, drawn


@pytest.fixture(params=PICTURES)
def picture(request: pytest.FixtureRequest) -> Picture:
    return drawn(str(request.param))
