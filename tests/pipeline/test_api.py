"""The Python API: values in and out, and the page that shows it."""

from __future__ import annotations

import doctest
import subprocess
import sys

import pytest

from frrcompile import pipeline
from frrcompile.diagnostics import Severity
from tests.conftest import BLOG_NODE, ROOT

PAGE = ROOT / "docs" / "python.md"
MODEL = BLOG_NODE.read_text()
RAW = "\nraw:\n  - lines: |\n      router bgp 64514\n       neighbor 192.168.11.2 remote-as 64513\n"


def test_the_page_shows_what_is_so() -> None:
    page = doctest.DocTestParser().get_doctest(PAGE.read_text(), {}, PAGE.name, str(PAGE), 0)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(page, out=said.append)
    assert result.attempted > 12
    assert not result.failed, "".join(said)


def test_every_function_is_on_the_page() -> None:
    page = PAGE.read_text()
    assert all(f"\n## `{name}(" in page for name in pipeline.__all__)


def test_a_text_or_its_bytes_is_compiled_as_the_command_line_does() -> None:
    golden = (BLOG_NODE.parent / "frr.conf").read_text()
    for content in (MODEL, MODEL.encode()):
        compiled = pipeline.compile({"input.yaml": content})
        assert [router.text for router in compiled.routers.values()] == [golden]


def test_raw_lines_are_compared_with_the_model() -> None:
    compiled = pipeline.compile({"input.yaml": MODEL + RAW})
    assert compiled.routers == {}
    (finding,) = compiled.findings
    assert finding.span.line == MODEL.count("\n") + 5
    assert "contradicts the model's `neighbor 192.168.11.2 remote-as 64512`" in finding.message


@pytest.mark.parametrize("files", [{}, {"m.yaml": ""}, {"m.yaml": b"\xff"}, {"m.yaml": "\ud800"}, {"m.yaml": "a: [\n"}])
def test_what_is_no_model_is_a_finding(files: dict[str, str | bytes]) -> None:
    compiled = pipeline.compile(files)
    assert compiled.routers == {}
    assert [finding.severity for finding in compiled.findings] == [Severity.ERROR]
    assert [finding.message for finding in pipeline.lint(files)] == [one.message for one in compiled.findings]


def test_wrong_use_is_an_exception() -> None:
    with pytest.raises(ValueError, match=r"found FRR version '7\.5'; allowed: 8\.4"):
        pipeline.compile({"m.yaml": MODEL}, frr="7.5")
    with pytest.raises(KeyError, match="k9"):
        pipeline.compile({"m.yaml": MODEL}, nodes=["k9"])
    with pytest.raises(ValueError, match=r"found '7\.5'"):
        pipeline.lint("hostname r1\n", frr="7.5")
    with pytest.raises(ValueError, match="unknown code 'XYZ1'"):
        pipeline.lint("hostname r1\n", select=["XYZ1"])
    with pytest.raises(ValueError, match=r"found '7\.5'"):
        pipeline.diff("", "", frr="7.5")


def test_a_secret_that_cannot_be_opened_is_a_finding_at_its_field(monkeypatch: pytest.MonkeyPatch) -> None:
    from frrcompile.render.secret import opener

    monkeypatch.delenv("FRR_PASSWORD_NONE", raising=False)
    model = MODEL.replace("      remote-as: 64512\n", "      remote-as: 64512\n      password-env: FRR_PASSWORD_NONE\n")
    assert pipeline.compile({"m.yaml": model}).findings == ()
    compiled = pipeline.compile({"m.yaml": model}, secrets=opener(["m.yaml"]))
    assert compiled.routers == {}
    assert [finding.field for finding in compiled.findings] == ["underlay.neighbors[0].password-env"]


def test_nothing_is_imported_before_it_is_needed() -> None:
    program = (
        "import sys; before = set(sys.modules); from frrcompile import pipeline; print(*set(sys.modules) - before)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    ours = {name for name in done.stdout.split() if name.startswith(("frrcompile", "pydantic", "jinja2", "yaml"))}
    assert ours == {"frrcompile", "frrcompile.pipeline"}
