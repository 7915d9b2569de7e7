"""The FRR that runs the configuration: its version, its log, its debug lines."""

from typing import Annotated, Literal

from pydantic import Field

from frrcompile.model.concept import Concept
from frrcompile.model.values import FilePath, FrrWords, choice, pattern, whole

LevelName = Literal[
    "emergencies", "alerts", "critical", "errors", "warnings", "notifications", "informational", "debugging"
]
LogLevel = Annotated[LevelName, choice(LevelName)]


class Log(Concept):
    """Where FRR writes its log (FRR manual, "Basic Config Commands")."""

    file: FilePath | None = Field(default=None, examples=["/var/log/frr/frr.log"])
    """The log file, written by the daemons: a path in FRR's own container."""
    syslog: LogLevel | None = Field(default=None, examples=["informational"])
    """Log to syslog from this level on."""
    stdout: LogLevel | None = Field(default=None, examples=["informational"])
    """Log to the daemons' standard output from this level on."""
    timestamp_precision: Annotated[int, whole(0, 6, "a number of digits")] = 0
    """The digits of a second's fraction in the timestamps of file and standard output."""
    level: LogLevel = "debugging"
    """The least severe level that the file takes."""


class Frr(Concept):
    """An FRR release, and what it logs."""

    version: (
        Annotated[str, pattern(r"[0-9]{1,2}\.[0-9]{1,2}(?:\.[0-9]{1,3})?", "a version such as 8.4 or 10.3")] | None
    ) = Field(default=None, examples=["10.3"])
    """The FRR version; the newest known one by default."""
    log: Log = Log.defaults()
    """Where FRR logs to."""
    debug: tuple[FrrWords, ...] = Field(default=(), examples=[["zebra events", "bgp neighbor-events"]])
    """What follows `debug` in FRR's configuration, one entry a line."""
