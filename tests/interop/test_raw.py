"""Raw lines of a resource are compared with the model that the other resources make."""

from __future__ import annotations

from pathlib import Path

from frrcompile.cli import main
from tests.interop.importing import L3VNI, UNDERLAY, imported

RAW = """\
apiVersion: network.openperouter.io/v1alpha1
kind: RawFRRConfig
metadata: {name: raw}
spec:
  priority: 5
  rawConfig: |
    router bgp 64514
     neighbor 192.168.11.2 remote-as 64513
    exit
"""


def test_a_raw_line_that_contradicts_the_model_is_found_at_its_line(tmp_path: Path) -> None:
    (finding,) = imported(tmp_path, UNDERLAY, L3VNI, RAW).findings
    assert "contradicts the model's `neighbor 192.168.11.2 remote-as 64512`" in finding.message
    lines = (tmp_path / "resources.yaml").read_text().splitlines()
    assert lines[finding.span.line - 1].strip() == "neighbor 192.168.11.2 remote-as 64513"


def test_it_is_found_in_spite_of_a_warning_about_the_site(tmp_path: Path) -> None:
    warned = L3VNI.replace("vni: 100}", 'vni: 100, importRTs: ["64512:100"]}')
    severities = [finding.severity.value for finding in imported(tmp_path, UNDERLAY, warned, RAW).findings]
    assert sorted(severities) == ["error", "warning"]


def test_raw_lines_that_add_to_the_model_are_imported(tmp_path: Path) -> None:
    added = RAW.replace("remote-as 64513", "timers connect 5")
    assert imported(tmp_path, UNDERLAY, L3VNI, added).findings == ()


def test_the_exit_code_says_so(tmp_path: Path) -> None:
    path = tmp_path / "resources.yaml"
    path.write_text("---\n".join([UNDERLAY, L3VNI, RAW]))
    assert main(["import", "openperouter", str(path), "-o", str(tmp_path / "site.yaml")]) == 1
