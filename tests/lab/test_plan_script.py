"""`frrcompile plumb` in a kernel: `apply`, and the script of `plan --offline --format ip`, make what the lab's `ip` commands make."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from frrcompile.cli import main
from tests.conftest import ROOT
from tests.lab import ip_commands, machine, plan
from tests.lab.machine import Report
from tests.lab.topology import ROUTING

pytestmark = pytest.mark.lab

# Open vSwitch is not in the lab.
EVERYTHING = (
    (ROOT / "golden" / "everything" / "input.yaml").read_text().replace("kind: ovs, create: false", "kind: linux")
)
ATTACH = (ROOT / "golden" / "attach" / "input.yaml").read_text()
KEEPING = (ROOT / "golden" / "l2-anycast-gateway" / "input.yaml").read_text().replace("kind: ovs", "kind: linux")
CASES = {
    "the blog's node": ((ROOT / "golden" / "blog-node" / "input.yaml").read_text(), "k0-control-plane"),
    "a moved NIC, a VLAN, a macvlan, every kind of link": (EVERYTHING, "node-0"),
    "a link that is present, VTEPs that others made": (EVERYTHING, "node-1"),
    "a macvlan": (ATTACH, "one-nic"),
    "a VLAN sub-interface": (ATTACH, "shared-nic"),
    "a pod": (ATTACH, "pod"),
    "a NIC that keeps its addresses": (KEEPING.replace("create: false", "create: true"), "node-0"),
}
BLOG = list(CASES).index("the blog's node")
(UNDO,) = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "plumbing.md").read_text(), re.DOTALL)
"""The page's commands that take the blog's node back."""

KEPT = ("192.0.2.7/24", "2001:db8:7::7/64")
"""What every NIC has before: a link that moves keeps them where the model names none, another has none."""

ARP_ACCEPT = "ipv4/conf/all/arp_accept"


def frrcompile(*arguments: str, code: int) -> str:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        assert main(arguments) == code
    return output.getvalue()


def _steps(case: int, model: Path, node: str) -> list[plan.Step]:
    """The node three times, each in two namespaces: by the script, by `plumb apply`, and by the lab's commands."""
    script = frrcompile("plumb", "plan", str(model), "--node", node, "--offline", "--format", "ip", code=1)
    links = json.loads(frrcompile("compile", str(model), "--node", node, "--ir", code=0))["links"]
    steps: list[plan.Step] = []
    for way in ("script", "apply", "commands"):
        host, router = f"h-{way}-{case}", f"r-{way}-{case}"
        steps += [
            plan.Ip(name=f"{host}: namespaces", batch=f"netns add {host}\nnetns add {router}\n"),
            plan.Ip(name=f"{host}: NICs", namespace=host, batch=_nics(links, router)),
        ]
        if way == "script":
            steps.append(plan.Run(name=f"{host}: script", namespace=host, argv=("sh", "-c", script, "script", router)))
        elif way == "apply":
            text, options = model.read_text(), ("--node", node, "--owner", f"owner-{case}")
            for verb in ("apply", "verify"):
                steps.append(
                    plan.Plumb(name=f"{host}: {verb}", host=host, router=router, verb=verb, model=text, options=options)
                )
        else:
            kept = "".join(
                f"addr add {address} dev {nic['name']}\n"
                for nic in links["nics"]
                if nic["attach"] == "move" and not nic["addresses"]
                for address in KEPT
            )
            steps += [
                plan.Ip(name=f"{host}: attach", namespace=host, batch=ip_commands.attach(links, router)),
                plan.Ip(name=f"{host}: kept", namespace=router, batch=kept),
                plan.Ip(name=f"{host}: lo", namespace=router, batch="link set lo up\n"),
                plan.Ip(name=f"{host}: router", namespace=router, batch=ip_commands.router(links, host)),
                plan.Ip(name=f"{host}: host", namespace=host, batch=ip_commands.host(links)),
            ]
        for namespace in (host, router):
            argv = ("ip", "-d", "-j", "addr", "show")
            steps.append(plan.Run(name=f"{namespace}: seen", namespace=namespace, argv=argv))
    if case == BLOG:
        # The page's NAMESPACE is ours, and the host is not the namespace of process 1.
        undo = UNDO.replace("NAMESPACE", f"r-script-{case}").replace(" netns 1 ", " netns $$ ")
        host = f"h-script-{case}"
        steps.append(plan.Run(name="undo", namespace=host, argv=("sh", "-e", "-c", undo)))
        for namespace in (host, f"r-script-{case}"):
            argv = ("ip", "-d", "-j", "addr", "show")
            steps.append(plan.Run(name=f"{namespace}: undone", namespace=namespace, argv=argv))
    keys = " ".join(f"/proc/sys/net/{key}" for key in (*ROUTING, ARP_ACCEPT))
    router = f"r-script-{case}"
    return [*steps, plan.Run(name=f"{router}: sysctls", namespace=router, argv=("sh", "-c", f"cat {keys}"))]


def _nics(links: dict[str, Any], router: str) -> str:
    """The NICs that a host has before, with the addresses KEPT; a link that is present is in the router already."""
    lines = []
    for name in dict.fromkeys(nic["parent"] or nic["name"] for nic in links["nics"]):
        present = [nic for nic in links["nics"] if nic["name"] == name and nic["attach"] == "present"]
        lines.append(f"link add {name} mtu 9000 type dummy")
        if present:
            lines.append(f"link set {name} netns {router}")
        else:
            lines += [f"addr add {address} dev {name}" for address in KEPT]
            lines.append(f"link set {name} up")
    return "".join(f"{line}\n" for line in lines)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """One machine for all cases."""
    models = tmp_path_factory.mktemp("models")
    steps: list[plan.Step] = []
    for number, (text, node) in enumerate(CASES.values()):
        path = models / f"{number}.yaml"
        path.write_text(text)
        steps += _steps(number, path, node)
    return machine.run(steps, tmp_path_factory.mktemp("lab"))


@pytest.mark.parametrize("way", ["script", "apply"])
@pytest.mark.parametrize("case", CASES)
def test_it_makes_what_the_commands_make(case: str, way: str, report: Report) -> None:
    number = list(CASES).index(case)
    for side in ("h", "r"):
        ours, theirs = (_seen(report, f"{side}-{one}-{number}") for one in (way, "commands"))
        assert ours.keys() == theirs.keys()
        for name, link in ours.items():
            assert link == theirs[name], (side, name)
    assert len(_seen(report, f"r-{way}-{number}")) > 2


@pytest.mark.parametrize("case", CASES)
def test_the_script_writes_the_sysctls(case: str, report: Report) -> None:
    values = report[f"r-script-{list(CASES).index(case)}: sysctls"].text.split()
    assert dict(zip((*ROUTING, ARP_ACCEPT), values, strict=True)) == {**ROUTING, ARP_ACCEPT: "1"}


def test_a_nic_keeps_its_addresses(report: Report) -> None:
    seen = _seen(report, f"r-script-{list(CASES).index('a NIC that keeps its addresses')}")
    assert {address[1] for address in seen["eth1"]["addresses"]} == {"192.0.2.7/24", "2001:db8:7::7/64"}


def test_the_pages_commands_take_it_back(report: Report) -> None:
    assert set(_seen(report, f"r-script-{BLOG}", "undone")) == {"lo"}
    loopback = _seen(report, f"r-script-{BLOG}", "undone")["lo"]["addresses"]
    assert {address[1] for address in loopback} == {"127.0.0.1/8", "::1/128"}
    host = _seen(report, f"h-script-{BLOG}", "undone")
    assert set(host) == {"lo", "eth1"}
    assert host["eth1"]["up"]
    assert [address[1] for address in host["eth1"]["addresses"]] == ["192.168.11.3/24"]


def _seen(report: Report, namespace: str, when: str = "seen") -> dict[str, dict[str, Any]]:
    """The links of a namespace by name, without numbers and what the kernel draws by lot."""
    return {link["ifname"]: _link(link) for link in json.loads(report[f"{namespace}: {when}"].text)}


def _link(link: dict[str, Any]) -> dict[str, Any]:
    info = link.get("linkinfo", {})
    kind, data, port = info.get("info_kind"), info.get("info_data", {}), info.get("info_slave_data", {})
    wanted = ("id", "local", "local6", "port", "learning", "table", "protocol", "mode")
    addresses = [
        (one["family"], f"{one['local']}/{one['prefixlen']}", one["scope"], one.get("nodad", False))
        for one in link["addr_info"]
        if one["scope"] != "link"
    ]
    return {
        "kind": kind,
        "data": {key: data[key] for key in wanted if key in data},
        "port": {key: port[key] for key in ("neigh_suppress", "learning") if key in port},
        "mtu": link["mtu"],
        "up": "UP" in link["flags"],
        "master": link.get("master"),
        "mode": link.get("inet6_addr_gen_mode"),
        "mac": link["address"] if kind == "bridge" and not _random(link["address"]) else None,
        "addresses": sorted(addresses),
    }


def _random(mac: str) -> bool:
    """Whether a bridge has no MAC address of the model: ours begin with 02:00, 02:06, 02:1a, aa:bb or 00:00:5e."""
    return not mac.startswith(("02:00:", "02:06:", "02:1a:", "aa:bb:cc:", "00:00:5e:"))
