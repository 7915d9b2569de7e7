"""Everything that may tell why a lab went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.lab.inside.programs import StepError, run
from tests.lab.inside.steps import Machine

IP = ("link show", "addr show", "route show table all", "neigh show")
QUESTIONS = {
    "zebra": ("show interface brief", "show ip route vrf all", "show evpn vni detail", "show evpn rmac vni all",
              "show evpn next-hops vni all"),
    "bgpd": ("show bgp vrf all summary", "show bgp vrf all ipv4 unicast", "show bgp l2vpn evpn",
             "show bgp l2vpn evpn vni", "show bgp nexthop"),
}  # fmt: skip
LOG_LINES = 400


def diagnosis(machine: Machine) -> str:
    """All namespaces and routers, as text with a heading for each answer."""
    return "\n".join(f"===== {title}\n{text.rstrip()}" for title, text in _answers(machine)) + "\n"


def _answers(machine: Machine) -> Iterator[tuple[str, str]]:
    for name, router in machine.routers.items():
        for daemon, commands in QUESTIONS.items():
            for command in commands:
                yield f"{name}, {daemon}: {command}", _said(router.ask, daemon, command)
        yield f"{name}: show running-config", _said(router.running)
    for name in machine.namespaces:
        batch = "\n".join(IP) + "\n"
        yield f"{name}: ip -batch, {', '.join(IP)}", _said(run, ["ip", "-d", "-batch", "-"], name, None, batch)
        yield f"{name}: bridge fdb show", _said(run, ["bridge", "fdb", "show"], name)
    for name, router in machine.routers.items():
        if router.booted.strip():
            yield f"{name}: vtysh -b", router.booted
        for file, text in router.logs().items():
            yield f"{name}: the end of {file}", "\n".join(text.splitlines()[-LOG_LINES:])


def _said(ask: Callable[..., str], *arguments: object) -> str:
    try:
        return ask(*arguments)
    except (StepError, OSError) as error:
        return str(error)
