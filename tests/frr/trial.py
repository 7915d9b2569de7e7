"""One model, or two, on a real FRR: everything in which it is not as it must be, as a list of symptoms."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from frrcompile.ir.build import build, load_site
from frrcompile.render.emit import frr_conf
from tests.frr.installation import Installation
from tests.frr.router import Router
from tests.models.scalars import Data
from tests.models.strategies import as_yaml

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
            r"\[FSM\] Failure handling event BGP_Start in state Idle",
        )
    )
)


@dataclass(frozen=True)
class Started:
    """A router that read a configuration, and what it showed then."""

    router: Router
    running: str
    symptoms: tuple[str, ...]


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


def start(stack: ExitStack, installation: Installation, conf: str) -> Started:
    """A fresh router that reads `conf` by one `vtysh -f`."""
    router = stack.enter_context(Router(installation))
    checked = router.check(conf)
    symptoms = [f"vtysh -C: {line}" for line in _said(checked.stdout + checked.stderr)]
    loaded = router.load(conf, check=False)
    if LOCKED in loaded.stdout + loaded.stderr:
        loaded = router.load(conf, check=False)
    symptoms += [f"load: {line}" for line in _said(loaded.stdout + loaded.stderr)]
    symptoms += _after(router, conf)
    return Started(router, router.running(), tuple(symptoms))


def change(router: Router, conf: str, fresh: str) -> list[str]:
    """What is wrong after frr-reload.py to `conf`, whose fresh start shows `fresh`.

    It may run twice: where its first run leaves something, an operator (or our sidecar) runs it again.
    """
    before = len(router.errors())
    for again in (True, False):
        done = router.reload(conf)
        symptoms = [] if done.returncode == 0 else [f"reload: exit code {done.returncode}"]
        symptoms += [f"reload: {line}" for line in _complaints(done.stdout + done.stderr)]
        if not again or not router.judge(conf):
            break
    symptoms += _after(router, conf, before)
    symptoms += [f"running {line}" for line in difference(fresh, router.running())]
    return symptoms


def _after(router: Router, conf: str, errors_before: int = 0) -> list[str]:
    symptoms = [f"judge: {line}" for line in router.judge(conf)]
    symptoms += [f"log: {line}" for line in router.errors()[errors_before:] if not HARMLESS_LOG.search(line)]
    if missing := set(router.daemons) - set(router.pids):
        symptoms.append(f"dead: {', '.join(sorted(missing))}")
    return symptoms


def _said(output: str) -> Iterator[str]:
    for line in output.splitlines():
        if line.strip() and not HARMLESS_OUTPUT.fullmatch(line.strip()):
            yield line.strip()


def _complaints(output: str) -> Iterator[str]:
    """The lines of frr-reload.py's log that are errors or a traceback."""
    for line in output.splitlines():
        if re.search(r"\bERROR\b|Traceback|Error:", line):
            yield re.sub(r"^[\d\-: ,]+", "", line.strip())


def compiled(document: Data, version: str) -> str | None:
    """The frr.conf of a model's first node for an FRR version; None where the model is refused."""
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(as_yaml(document))
        file.flush()
        loaded = load_site([file.name], frr=version)
    if loaded.site is None:
        return None
    node, _ = build(loaded, next(iter(loaded.site.nodes)))
    return frr_conf(node) if node else None


def pair(stack: ExitStack, installation: Installation, conf: str, other: str | None = None) -> list[str]:
    """The symptoms of one configuration alone, or of two: each alone, from the first to the second, and back."""
    one = start(stack, installation, conf)
    symptoms = [*one.symptoms]
    if other is not None:
        two = start(stack, installation, other)
        symptoms += two.symptoms
        symptoms += change(one.router, other, two.running)
        symptoms += [f"back: {symptom}" for symptom in change(one.router, conf, one.running)]
    return symptoms
