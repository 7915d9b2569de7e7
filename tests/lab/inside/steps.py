"""What each kind of step does."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from tests.lab import plan
from tests.lab.inside.capture import Capturing
from tests.lab.inside.kernel import within
from tests.lab.inside.programs import StepError, run
from tests.lab.inside.routers import Running


class Overdue(BaseException):
    """A step's deadline has passed. Not an Exception: it interrupts anything, and nothing may hold it up."""


class Machine:
    """The kernel that we run on, with its namespaces, routers and captures."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.namespaces: list[str] = []
        self.routers: dict[str, Running] = {}
        self._captures: dict[str, Capturing] = {}

    def carry_out(self, step: plan.Step) -> plan.Outcome:
        """Does one step, in its time."""
        started = time.monotonic()
        ok, overdue = True, False
        try:
            with _deadline(step.seconds):
                text = self._do(step)
        except (StepError, OSError) as error:
            ok, text = False, str(error)
        except Overdue as error:
            ok, overdue, text = False, True, str(error)
        expected = not overdue and step.expect in (None, ok)
        return plan.Outcome(step.name, ok, expected, round(time.monotonic() - started, 3), text)

    def end(self) -> None:
        """Ends captures, so that their files are whole."""
        for capture in self._captures.values():
            capture.end()

    def _do(self, step: plan.Step) -> str:
        match step:
            case plan.Ip():
                self.namespaces += re.findall(r"^netns add (\S+)$", step.batch, re.MULTILINE)
                return run(["ip", "-batch", "-"], step.namespace, stdin=step.batch)
            case plan.Sysctl():
                return _write_sysctls(step.namespace, step.values)
            case plan.Start():
                self.routers[step.router.name] = running = Running(step.router)
                return running.start()
            case plan.Load():
                return self.routers[step.router].load(step.conf)
            case plan.Stop():
                self.routers[step.router].stop()
                return ""
            case plan.Until():
                return self._until(step)
            case plan.Ask():
                return self.routers[step.router].ask(step.daemon, step.command)
            case plan.Run():
                return run(step.argv, step.namespace)
            case plan.Plumb():
                model = self.work / f"{step.host}.yaml"
                model.write_text(step.model)
                words = (
                    step.verb,
                    str(model),
                    "--netns",
                    step.router,
                    "--state",
                    f"/run/plumb/{step.host}",
                    *step.options,
                )
                program = ("python3", "-m", "frrcompile", "plumb")
                return run((*program, *words), step.host, environment=plan.vswitch(step.host))
            case plan.Capture():
                self._captures[step.file] = Capturing(step.namespace, step.interface, self.work / step.file)
                return ""
            case plan.EndCapture():
                self._captures.pop(step.file).end()
                return ""
        raise StepError(f"no such step: {step}")

    def _until(self, step: plan.Until) -> str:
        deadline = time.monotonic() + step.seconds - 1
        while True:
            text = self.routers[step.router].ask(step.daemon, step.command)
            if re.search(step.pattern, text):
                return text
            if time.monotonic() > deadline:
                raise StepError(f"no {step.pattern!r} in {step.router}'s {step.command!r}:\n{text}")
            time.sleep(0.1)


def _write_sysctls(namespace: str, values: dict[str, str]) -> str:
    passed_over = []
    with within(namespace):
        for key, value in values.items():
            path = Path("/proc/sys/net", key)
            if path.exists():
                path.write_text(value)
            else:
                passed_over.append(key)
    return "\n".join(passed_over)


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    def ring(_number: int, _frame: FrameType | None) -> None:
        raise Overdue(f"not done after {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
