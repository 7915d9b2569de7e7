"""Every FRR of this machine, as the tests of tests/frr have them."""

from tests.frr.conftest import installation as installation
from tests.frr.conftest import pytest_generate_tests as pytest_generate_tests
from tests.frr.conftest import router as router
