"""Fixtures for labs."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import BLOG_NODE
from tests.frr.installation import Installation, installations
from tests.lab import blog, machine
from tests.lab.machine import Report

NO_FRR = "NO LAB WAS BUILT: there is no real FRR here (see tests/frr/roots.sh, which makes Debian roots that hold it)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips labs where no machine can be had; where tests are spread over processes, keeps those of a file in one."""
    labs = [item for item in items if item.get_closest_marker("lab")]
    for item in labs:
        item.add_marker(pytest.mark.xdist_group(item.path.name))
    if machine.available():
        return
    for item in labs:
        item.add_marker(pytest.mark.skip(reason=machine.NO_MACHINE), append=False)  # this reason comes first


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs each test of the blog's lab once per version of FRR; the version is its id."""
    if "installation" not in metafunc.fixturenames:
        return
    # Asking each root for its version takes a moment, which is for nothing where nothing can run.
    found = installations() if machine.available() else ()
    nothing = pytest.param(None, id="none", marks=pytest.mark.skip(reason=NO_FRR))
    metafunc.parametrize("installation", [pytest.param(one, id=one.version) for one in found] or [nothing])


class Background:
    """A lab that is run while others are. As a thread that ends with the process, so that Ctrl-C is at once."""

    def __init__(self, task: Callable[[], Report]) -> None:
        self._task = task
        self._report: Report | None = None
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def report(self) -> Report:
        """Waits for the lab; raises what it raised, in full the first time."""
        self._thread.join()
        if self._error:
            error, self._error = self._error, machine.LabError("this lab went wrong, as the first of its tests tells")
            raise error
        assert self._report
        return self._report

    def _run(self) -> None:
        try:
            self._report = self._task()
        except Exception as error:
            self._error = error


@pytest.fixture(scope="session")
def lab_files() -> Iterator[Path]:
    """A directory for what labs write; kept when FRRCOMPILE_LAB_KEEP is set."""
    path = Path(tempfile.mkdtemp(prefix="frrcompile-lab-"))
    yield path
    if os.environ.get("FRRCOMPILE_LAB_KEEP"):
        print(f"\nwhat the labs wrote is in {path}")
    else:
        shutil.rmtree(path, ignore_errors=True)  # a lab may still be running, after Ctrl-C


@pytest.fixture(scope="session")
def blog_labs(request: pytest.FixtureRequest, lab_files: Path) -> dict[str, Background]:
    """The blog's lab in each version that a selected test wants, all at once: they wait for timers most of the time."""
    wanted: dict[str, Installation] = {}
    for item in request.session.items:
        if isinstance(item, pytest.Function) and "blog_lab" in item.fixturenames:
            one = item.callspec.params["installation"]
            assert isinstance(one, Installation)
            wanted[one.version] = one

    def task(one: Installation) -> Callable[[], Report]:
        files = lab_files / one.version
        files.mkdir()
        steps = blog.steps(BLOG_NODE.read_text(), one.version)
        return lambda: machine.run(steps, files, [one])

    return {version: Background(task(one)) for version, one in wanted.items()}


@pytest.fixture
def blog_lab(installation: Installation, blog_labs: dict[str, Background]) -> Report:
    """How the blog's lab went in one version of FRR."""
    return blog_labs[installation.version].report()
