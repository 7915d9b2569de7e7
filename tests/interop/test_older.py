"""OpenPERouter's releases v0.1 and v0.2, and its static files: the same model as today's resources, and said."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from frrcompile.cli import main
from frrcompile.interop.openperouter.selector import SiteNode
from frrcompile.model.tree import spell
from tests.compiling import frr_conf_of
from tests.interop.importing import codes, imported, plain
from tests.interop.test_nothing_silent import with_an_unknown_field

TODAY = """\
apiVersion: network.openperouter.io/v1alpha1
kind: Underlay
metadata: {name: fabric}
spec:
  asn: 64514
  routerIDCIDR: 10.7.0.0/24
  tunnelEndpoint: {cidrs: [100.65.0.0/24]}
  interfaces:
  - {type: NetworkDevice, networkDevice: {interfaceName: eth1}}
  - {type: NetworkDevice, networkDevice: {interfaceName: eth2}}
  gracefulRestart: {restartTimeSeconds: 60, stalePathTimeSeconds: 90}
  neighbors:
  - address: 192.168.11.2
    asn: 64512
    holdTimeSeconds: 90
    keepaliveTimeSeconds: 30
    connectTimeSeconds: 7
    properties: [{type: ebgpMultiHop}]
    bfd: {sessionMode: Passive, minimumTTL: 200}
---
apiVersion: network.openperouter.io/v1alpha1
kind: L3VNI
metadata: {name: tenant}
spec: {vrf: red, vni: 100, vxlanPort: 4790, hostSession: {asn: 64516, hostASN: 64515, localCIDR: {ipv4: 192.169.10.0/24}}}
---
apiVersion: network.openperouter.io/v1alpha1
kind: L2VNI
metadata: {name: made}
spec:
  vni: 110
  routingDomain: {type: L3VNI, l3vni: {name: tenant}}
  gatewayIPs: [10.1.0.1/24]
  hostMaster: {type: LinuxBridge, linuxBridge: {lifecycle: Managed}}
---
apiVersion: network.openperouter.io/v1alpha1
kind: L2VNI
metadata: {name: own}
spec: {vni: 111, hostMaster: {type: OVSBridge, ovsBridge: {lifecycle: External, name: br-x}}}
---
apiVersion: network.openperouter.io/v1alpha1
kind: L3Passthrough
metadata: {name: pass}
spec: {hostSession: {asn: 64514, hostASN: 64700, localCIDR: {ipv4: 192.169.20.0/24}}}
"""

V2 = """\
apiVersion: openpe.openperouter.github.io/v1alpha1
kind: Underlay
metadata: {name: fabric}
spec:
  asn: 64514
  routeridcidr: 10.7.0.0/24
  tunnelEndpoint: {cidrs: [100.65.0.0/24]}
  interfaces:
  - {type: NetworkDevice, networkDevice: {interfaceName: eth1}}
  - {type: NetworkDevice, networkDevice: {interfaceName: eth2}}
  gracefulRestart: {restartTimeSeconds: 60, stalePathTimeSeconds: 90}
  neighbors:
  - address: 192.168.11.2
    asn: 64512
    holdTimeSeconds: 90
    keepaliveTimeSeconds: 30
    connectTimeSeconds: 7
    ebgpMultiHop: true
    bfd: {passiveMode: true, minimumTTL: 200}
---
apiVersion: openpe.openperouter.github.io/v1alpha1
kind: L3VNI
metadata: {name: tenant}
spec: {vrf: red, vni: 100, vxlanport: 4790, hostsession: {asn: 64516, hostasn: 64515, localcidr: {ipv4: 192.169.10.0/24}}}
---
apiVersion: openpe.openperouter.github.io/v1alpha1
kind: L2VNI
metadata: {name: made}
spec: {vni: 110, vrf: red, l2gatewayips: [10.1.0.1/24], hostmaster: {type: linux-bridge, linuxBridge: {autoCreate: true}}}
---
apiVersion: openpe.openperouter.github.io/v1alpha1
kind: L2VNI
metadata: {name: own}
spec: {vni: 111, hostmaster: {type: ovs-bridge, ovsBridge: {name: br-x}}}
---
apiVersion: openpe.openperouter.github.io/v1alpha1
kind: L3Passthrough
metadata: {name: pass}
spec: {hostsession: {asn: 64514, hostasn: 64700, localcidr: {ipv4: 192.169.20.0/24}}}
"""

V1 = (
    V2.replace("tunnelEndpoint: {cidrs: [100.65.0.0/24]}", "evpn: {vtepcidr: 100.65.0.0/24}")
    .replace(
        """interfaces:
  - {type: NetworkDevice, networkDevice: {interfaceName: eth1}}
  - {type: NetworkDevice, networkDevice: {interfaceName: eth2}}
""",
        "nics: [eth1, eth2]\n",
    )
    .replace("restartTimeSeconds", "restartTime")
    .replace("stalePathTimeSeconds", "stalePathTime")
    .replace("holdTimeSeconds: 90", "holdTime: 1m30s")
    .replace("keepaliveTimeSeconds: 30", "keepaliveTime: 30s")
    .replace("connectTimeSeconds: 7", "connectTime: 7s")
    .replace("minimumTTL", "minimumTtl")
    .replace("l2gatewayips: [10.1.0.1/24]", "l2gatewayip: 10.1.0.1/24")
    .replace("{type: linux-bridge, linuxBridge: {autoCreate: true}}", "{type: bridge, autocreate: true}")
    .replace("{type: ovs-bridge, ovsBridge: {name: br-x}}", "{type: ovs-bridge, name: br-x}")
)

STATIC = """\
underlays:
- asn: 64514
  tunnelEndpoint: {cidrs: [100.65.0.0/24]}
  interfaces: [{type: NetworkDevice, networkDevice: {interfaceName: eth1}}]
  neighbors: [{asn: 64512, address: 192.168.11.2, password: hunter2}]
l3vnis:
- {name: tenant, vrf: red, vni: 100}
l2vnis:
- {name: segment, vni: 110, routingDomain: {type: L3VNI, l3vni: {name: tenant}}, gatewayIPs: [10.1.0.1/24]}
bgppassthrough: {hostSession: {asn: 64514, hostASN: 64700, localCIDR: {ipv4: 192.169.20.0/24}}}
rawfrrconfigs: [{rawConfig: "ip route 10.9.0.0/16 192.168.11.2\\n"}]
"""


@pytest.mark.parametrize(("release", "documents"), [("v0.2", V2), ("v0.1", V1)])
def test_a_release_means_the_same_as_today(release: str, documents: str, tmp_path: Path) -> None:
    today, older = imported(tmp_path, TODAY), imported(tmp_path, documents)
    assert codes(today) == []
    assert codes(older) == ["IMP008"]
    (said,) = older.findings
    assert f"OpenPERouter {release}," in said.message
    expected = plain(today)
    if release == "v0.1":  # its links have shorter names
        legs = {"host-interface": "host-100", "router-interface": "pe-100"}
        expected["vrfs"]["red"]["host-session"] |= legs
    assert plain(older) == expected
    assert frr_conf_of(older.text(), tmp_path) == frr_conf_of(today.text(), tmp_path)


WRONG = {
    "a pool": ("vtepcidr: 100.65.0.0/24", "vtepcidr: 100.65", "spec.evpn.vtepcidr"),
    "a NIC": ("nics: [eth1, eth2]", "nics: [eth1, [eth2]]", "spec.nics[1]"),
    "no list of NICs": ("nics: [eth1, eth2]", "nics: eth1", "spec.nics"),
    "a router id": ("routeridcidr: 10.7.0.0/24", "routeridcidr: fd00::/64", "spec.routeridcidr"),
    "a local prefix": ("localcidr: {ipv4: 192.169.10.0/24}", "localcidr: {ipv4: x}", "spec.hostsession.localcidr.ipv4"),
    "a host's AS": ("hostasn: 64515", "hostasm: 64515", "spec.hostsession.hostasm"),
    "two gateways": ("l2gatewayip: 10.1.0.1/24", "l2gatewayips: [10.1.0.1/24, 10.2.0.1/24]", "spec.l2gatewayips"),
    "a VTEP's interface": ("{vtepcidr: 100.65.0.0/24}", "{vtepInterface: eth9}", "spec.evpn.vtepInterface"),
    "an unknown bridge": ("type: bridge, autocreate: true", "type: switch", "spec.hostmaster.type"),
}


@pytest.mark.parametrize("name", WRONG)
def test_findings_name_the_fields_that_the_user_wrote(name: str, tmp_path: Path) -> None:
    written, instead, field = WRONG[name]
    assert V1.count(written) >= 1
    found = imported(tmp_path, V1.replace(written, instead, 1))
    assert field in [finding.field for finding in found.findings], found.findings


@pytest.mark.parametrize("documents", [V1, V2], ids=["v0.1", "v0.2"])
def test_an_unknown_field_is_found_wherever_it_stands(documents: str, tmp_path: Path) -> None:
    tried = 0
    for number, document in enumerate(yaml.safe_load_all(documents)):
        for at, changed in with_an_unknown_field(document):
            fields = [one.field for one in imported(tmp_path, yaml.safe_dump(changed)).findings]
            assert spell(at) in fields, f"document {number}"
            tried += 1
    assert tried >= 20


def test_a_duration_that_is_none_is_found_at_its_place(tmp_path: Path) -> None:
    found = imported(tmp_path, V1.replace("holdTime: 1m30s", "holdTime: soon"))
    (error,) = [finding for finding in found.findings if finding.severity == "error"]
    assert error.code == "MOD008"
    assert "soon" in error.message


def test_echo_packets_of_older_releases(tmp_path: Path) -> None:
    found = imported(tmp_path, V1.replace("passiveMode: true", "echoMode: true, echoInterval: 70"))
    assert codes(found) == ["IMP008"]
    (profile,) = plain(found)["bfd-profiles"].values()
    words = {"echo-mode": "true", "echo-transmit-interval": "70", "echo-receive-interval": "70", "minimum-ttl": "200"}
    assert profile == words


def test_a_vrf_that_only_an_l2vni_names_routes_on_the_node(tmp_path: Path) -> None:
    found = imported(tmp_path, V2.replace("vrf: red, l2gatewayips", "vrf: green, l2gatewayips"))
    assert codes(found) == ["IMP008"]
    assert plain(found)["vrfs"]["green"] == {"table": "1110"}
    assert plain(found)["l2vnis"][0]["vrf"] == "green"


def test_a_static_file_is_read(tmp_path: Path) -> None:
    found = imported(tmp_path, STATIC)
    assert codes(found) == []
    model = plain(found)
    assert model["vrfs"]["red"] == {"table": "1100", "l3vni": {"vni": "100"}, "networks": ["10.1.0.0/24"]}
    assert model["passthrough"]["asn"] == "64700"
    assert model["raw"][0]["lines"] == "ip route 10.9.0.0/16 192.168.11.2\n"
    assert found.secret
    assert frr_conf_of(found.text(), tmp_path)


def test_a_static_file_of_an_older_release_is_read(tmp_path: Path) -> None:
    old = "underlays:\n- {asn: 64514, nics: [eth1], vtepcidr: 100.65.0.0/24, neighbors: [{asn: 64512, address: 192.168.11.2}]}\n"
    vnis = "l3vnis: [{vrf: red, vni: 100}]\nl2vnis: [{vrf: red, vni: 110, l2gatewayips: [10.1.0.1/24]}]\n"
    found = imported(tmp_path, old + vnis)
    assert codes(found) == ["IMP008"]
    assert list(plain(found)["vrfs"]) == ["red"]


def test_a_mistake_in_a_static_file_has_its_path(tmp_path: Path) -> None:
    found = imported(tmp_path, STATIC.replace("vni: 100}", "vni: 100, vniPort: 3}"))
    assert [(one.code, one.field) for one in found.findings] == [("IMP001", "l3vnis[0].vniPort")]


@pytest.mark.parametrize(
    ("written", "node"),
    [
        ("nodeIndex: 3\nlogLevel: debug\n", SiteNode("node-0", 3)),
        ("nodeIndex: {index: 4}\nnodeName: k4\n", SiteNode("k4", 4)),
    ],
)
def test_a_node_configuration_gives_the_node(written: str, node: SiteNode, tmp_path: Path) -> None:
    found = imported(tmp_path, STATIC, written, nodes=())
    assert codes(found) == []
    assert plain(found)["nodes"] == {node.name: {"index": str(node.index)}}


def test_an_index_that_is_on_the_node_is_asked_for(tmp_path: Path) -> None:
    found = imported(tmp_path, STATIC, "nodeIndex: {interfaceName: eth0}\n", nodes=())
    (error,) = found.findings
    assert (error.code, error.field) == ("IMP001", "nodeIndex")
    assert "--node NAME=INDEX" in error.help


def test_raw_lines_alone_are_no_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = (
        "apiVersion: network.openperouter.io/v1alpha1\nkind: RawFRRConfig\nmetadata: {name: all}\n"
        'spec: {rawConfig: "router bgp 65000\\n"}\n'
    )
    path, model = tmp_path / "raw.yaml", tmp_path / "model.yaml"
    path.write_text(raw)
    assert main(["import", "openperouter", str(path), "-o", str(model)]) == 1
    said = capsys.readouterr().err
    assert "IMP005" in said
    assert "frr.conf" in said
    assert not model.exists()
