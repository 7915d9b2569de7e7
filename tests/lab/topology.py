"""The wiring of a lab: namespaces, the cables between them, and what each has of its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.lab import plan

ROUTING = {
    "ipv4/ip_forward": "1",  # a fresh namespace forwards nothing
    "ipv6/conf/all/forwarding": "1",
    "ipv4/conf/all/rp_filter": "0",
    "ipv4/conf/default/rp_filter": "0",
}


@dataclass(frozen=True, slots=True)
class Cable:
    """A veth pair between two namespaces."""

    left: str
    left_interface: str
    right: str
    right_interface: str

    def line(self) -> str:
        """The line of `ip -batch` that makes it."""
        return (
            f"link add name {self.left_interface} netns {self.left} type veth "
            f"peer name {self.right_interface} netns {self.right}\n"
        )


@dataclass(frozen=True, slots=True)
class Topology:
    """A network without its routers' software. All of it exists once `steps` are done."""

    hosts: dict[str, str]  # namespaces that do not forward: name -> lines of `ip -batch`
    routers: dict[str, str]  # namespaces that forward
    cables: tuple[Cable, ...]
    sysctls: dict[str, dict[str, str]] = field(default_factory=dict)  # more than forwarding: namespace -> key -> value

    def steps(self) -> list[plan.Step]:
        """What to do first."""
        everyone = {**self.hosts, **self.routers}
        lines = [f"netns add {name}\n" for name in everyone] + [cable.line() for cable in self.cables]
        steps: list[plan.Step] = [plan.Ip(name="namespaces and cables", batch="".join(lines))]
        for name in self.routers:
            values = {**ROUTING, **self.sysctls.get(name, {})}
            steps.append(plan.Sysctl(name=f"sysctls of {name}", namespace=name, values=values))
        for name, batch in everyone.items():
            steps.append(plan.Ip(name=f"links of {name}", namespace=name, batch="link set lo up\n" + batch))
        return steps
