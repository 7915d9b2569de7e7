"""One model, or two, on a real FRR: everything in which it is not as it must be, as a list of symptoms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from frrcompile.pipeline.site import build, load_site
from frrcompile.render.emit import frr_conf
from tests.frr.installation import Installation
from tests.frr.judge import COLOUR
from tests.frr.router import Router
from tests.models.scalars import Data
from tests.models.strategies import as_yaml, opened

# What vtysh says of lines that FRR took, with why it means nothing here.
HARMLESS_OUTPUT = re.compile(
    r"|".join(
        (
            r"\[\d+\|\w+\] (?:sending configuration|done)|Waiting for children to finish.*",  # 10.x, one vtysh a daemon
            r"Graceful restart configuration changed, reset (?:all peers|this peer) to take effect",  # advice
            r"Reserved AS used \(65535\|4294967295\); AS is \d+",  # RFC 7300 advises against it, FRR works with it
            # staticd waits for a link that the namespace lacks; the route is in the configuration
            r"(?:STATICD: )?Static Route to \S+ not installed currently because dependent config not fully available",
            r"% Configuration applied with notes:",  # the note follows
            r"Zebra \w+ debugging is on",  # zebra's answer to `debug zebra events`
            r"% Echo mode works correctly for IPv4, but only works when the peer is also FRR for IPv6\.",  # advice
        )
    )
)
# What daemons log of states that pass, or that come from a namespace without the links of the model.
HARMLESS_LOG = re.compile(
    r"|".join(
        (
            # a session that lacks something yet: an activated family, its source, its interface
            r"Cannot process L3VNI \d+ Del - Could not find BGP instance",  # a VRF that goes: its instance went first
            r"Adding L2-VNI - Failed to find VxLAN interface for VNI \d+",  # a VRF that gives up its VNI
            r"\[FSM\] Failure handling event BGP_Start in state Idle",
            # said only under `debug bgp neighbor-events`: of a timer that ends while a configuration is read
            r"\[FSM\] Trying to start suppressed peer",
            r"\[FSM\] In a VRF that is not initialised yet",  # the same: its device is not there
        )
    )
)


@dataclass
class Outcome:
    """What a trial showed: all that is not as it must be, and what had to be done twice until it was."""

    symptoms: list[str] = field(default_factory=list)
    repeated_loads: int = 0
    """How often `vtysh -f`, by itself or under frr-reload.py, met the lock (see LOCKED), and was called again."""
    left: list[list[str]] = field(default_factory=list)
    """For each second run of frr-reload.py: what the first one left, in the judge's words."""


@dataclass(frozen=True)
class Started:
    """A router that read a configuration, and what it showed then."""

    router: Router
    running: str


def contexts(running: str) -> dict[tuple[str, ...], list[str]]:
    """The lines of a running configuration by the blocks they are in. FRR's order among them means nothing:
    whatever has an order (policies) has numbers for it.
    """
    blocks: dict[tuple[str, ...], list[str]] = {}
    path: list[tuple[int, str]] = []
    for line in running.splitlines():
        words = line.strip()
        if not words or words == "!" or words in ("end", "exit") or words.startswith(("exit-", "hostname ", "frr ")):
            continue
        indent = len(line) - len(line.lstrip())
        while path and path[-1][0] >= indent:
            path.pop()
        blocks.setdefault(tuple(above for _, above in path), []).append(words)
        path.append((indent, words))
    return {header: sorted(lines) for header, lines in blocks.items()}


def difference(wanted: str, found: str) -> list[str]:
    """In which lines two running configurations differ, but for empty `vrf X` blocks."""
    lines = [
        {" | ".join((*header, line)) for header, lines in contexts(text).items() for line in lines}
        for text in (wanted, found)
    ]
    left = [f"lacks: {line}" for line in lines[0] - lines[1]] + [f"has: {line}" for line in lines[1] - lines[0]]
    return sorted(line for line in left if not re.fullmatch(r"\w+: vrf \S+", line))


# From 10.x on `vtysh -f` is one process for each daemon, and two that meet at mgmtd's lock lose lines of the later one.
# All that can be done is to look, and to read the file again (docs/lessons.md).
LOCKED = "% Can't enter config; running datastore locked by another session"
TRIES = 5


def start(stack: ExitStack, installation: Installation, conf: str, outcome: Outcome) -> Started:
    """A fresh router that reads `conf` by one `vtysh -f`."""
    router = stack.enter_context(Router(installation))
    checked = router.check(conf)
    outcome.symptoms += [f"vtysh -C: {line}" for line in _said(checked.stdout + checked.stderr)]
    loaded = router.load(conf, check=False)
    for _ in range(TRIES):
        if LOCKED not in loaded.stdout + loaded.stderr:
            break
        outcome.repeated_loads += 1
        loaded = router.load(conf, check=False)
    outcome.symptoms += [f"load: {line}" for line in _said(loaded.stdout + loaded.stderr)]
    outcome.symptoms += _after(router, conf)
    return Started(router, router.running())


def change(router: Router, conf: str, fresh: str, outcome: Outcome) -> list[str]:
    """What is wrong after frr-reload.py to `conf`, whose fresh start shows `fresh`.

    It may run twice: where its first run leaves something, an operator (or our sidecar) runs it again. A run that met
    the lock does not count.
    """
    before = router.errors()
    second = False
    for _ in range(TRIES):
        done = router.reload(conf)
        said = done.stdout + done.stderr
        if "Traceback" in said:  # it did nothing, and its --test can tell nothing
            return [f"reload: {line}" for line in refusals(said)]
        if gone := dead(router):
            return gone
        left = router.judge(conf)
        if not left or (second and LOCKED not in said):
            break
        if LOCKED in said:
            outcome.repeated_loads += 1
        else:
            outcome.left.append(left)
            second = True
    symptoms = [f"reload: {line}" for line in refusals(said)]
    if done.returncode != 0 and not symptoms:
        symptoms = [f"reload: exit code {done.returncode} without a reason"]
    symptoms += _after(router, conf, before)
    symptoms += [f"running {line}" for line in difference(fresh, router.running())]
    return symptoms


def _after(router: Router, conf: str, errors_before: Iterable[str] = ()) -> list[str]:
    symptoms = [f"judge: {line}" for line in router.judge(conf)]
    new = Counter(router.errors()) - Counter(errors_before)  # there is a log for each daemon, so new ones are anywhere
    symptoms += [f"log: {line}" for line in new.elements() if not HARMLESS_LOG.search(line)]
    return dead(router) + symptoms


def dead(router: Router) -> list[str]:
    """Each daemon that is gone, with the function that it was in."""
    found = []
    for name in sorted(set(router.daemons) - set(router.pids)):
        crash = re.search(rf"{name}\.log: .*---- signal ----.*\n\S+ \w+: (\w+)", router.logs())
        found.append(f"dead: {name} in {crash[1] if crash else '?'}")
    return found


def _said(output: str) -> Iterator[str]:
    for line in output.splitlines():
        if line.strip() and not HARMLESS_OUTPUT.fullmatch(line.strip()):
            yield line.strip()


def refusals(output: str) -> Iterator[str]:
    """What frr-reload.py could not do, by its log, each of which makes its exit code 1: lines that it could not remove,
    with FRR's word on that, lines that `vtysh -f` did not take, other errors, the last line of a traceback.
    """
    tried = kept = ""
    for line in [*COLOUR.sub("", output).splitlines(), "0000-00-00 00:00:00 INFO: end"]:
        logged = re.match(r" ?[\d-]{10} [\d:,]+ +([A-Z]+): (.*)", line)
        level, text = logged.groups() if logged else ("", line.strip())
        if kept and level in ("ERROR", "") and not text.startswith("Failed to execute "):
            kept = ": ".join((kept, *_said(text)))  # FRR's word: the next entry, of one or more lines
            continue
        if kept:
            yield kept
            kept = ""
        if text.startswith("Failed to execute "):
            tried = tried or text.removeprefix("Failed to execute ")  # it tries again with a word less
        elif text.startswith("Executed "):
            tried = ""
        elif "we failed to remove this command" in text:
            kept, tried = f"kept: {tried}", ""
        elif re.match(r"line \d+: ", text):
            yield f"refused: {text.split(': ', 1)[1]}"
        elif level == "ERROR" or re.match(r"\w+(?:Error|Exception)\b", text):
            yield text


def vrfs(conf: str) -> int:
    """How many VRFs a frr.conf has."""
    return len(set(re.findall(r"^(?:router bgp \d+ )?vrf (\S+)$", conf, re.MULTILINE)))


def compiled(document: Data | str, version: str) -> str | None:
    """The frr.conf of a model's first node for an FRR version; None where the model is refused."""
    text = document if isinstance(document, str) else as_yaml(document)
    loaded = load_site({"model.yaml": text.encode()}, frr=version)
    if loaded.site is None:
        return None
    node, _ = build(loaded, next(iter(loaded.site.nodes)))
    return frr_conf(node, opened) if node else None


def trial(installation: Installation, conf: str, other: str | None = None) -> Outcome:
    """One configuration alone, or two: each alone, from the first to the second, and back."""
    outcome = Outcome()
    with ExitStack() as stack:
        one = start(stack, installation, conf, outcome)
        if other is not None:
            two = start(stack, installation, other, outcome)
            there = change(one.router, other, two.running, outcome)
            fatal = any(re.match(r"dead: |reload: \w+Error: ", line) for line in there)
            back = change(two.router if fatal else one.router, conf, one.running, outcome)
            outcome.symptoms += [*there, *(f"back: {line}" for line in back)]
    return outcome
