"""The linter's reload rules against live FRR: what they find does not converge there, and what they repair does.

Each rule's Bad names things that no other rule's does, so that one FRR takes all of them at a time: they are loaded, and
then compared with the very same text by `frr-reload.py --test`.
"""

from __future__ import annotations

from frrcompile.diagnostics import Diagnostic
from frrcompile.lint.engine import lint
from frrcompile.lint.fix import apply
from frrcompile.lint.registry import Rule
from frrcompile.lint.rules import rules
from tests.frr import judge
from tests.frr.installation import Installation
from tests.frr.router import DAEMONS, Router

OTHERWISE = {"FRR624", "FRR626", "FRR640"}
"""Rules whose harm is another one than a difference for ever, or one that the judge forgives: they have tests of their own."""

TAKEN_AWAY = {
    "FRR607": "delete: router bgp 64512 | no neighbor 192.0.2.5 bfd",
    "FRR625": "delete: no router bgp 64512 vrf blue",
}
"""What frr-reload.py removes where the line that was found is not what it adds."""

MORE_DAEMONS = (*DAEMONS, "ospfd")


def release(installation: Installation) -> tuple[int, int]:
    major, minor = installation.version.split(".")[:2]
    return int(major), int(minor)


def proven(installation: Installation) -> list[Rule]:
    """The rules that are for this FRR. FRR109 is of another family, and its harm is the same."""
    return [
        one
        for one in rules().values()
        if (one.family == "reload" or one.code == "FRR109")
        and one.code not in OTHERWISE
        and one.applies(release(installation))
    ]


def found(one: Rule, text: str, installation: Installation) -> list[Diagnostic]:
    return lint(text, one.code, release(installation), {one.code})


def marked(finding: Diagnostic, text: str) -> str:
    """The whole line that a finding is in, as frr-reload.py would say it."""
    return " ".join(text.split("\n")[finding.span.line - 1].split())


def stays(line: str, code: str, left: list[str]) -> bool:
    """Whether frr-reload.py would still send the line, or what the rule says that it sends."""
    return TAKEN_AWAY.get(code) in left or any(
        entry.startswith("add: ") and line in entry.removeprefix("add: ").split(" | ") for entry in left
    )


def test_what_is_found_does_not_converge(installation: Installation) -> None:
    wanted = proven(installation)
    text = "".join(one.page.bad for one in wanted)
    with Router(installation, daemons=MORE_DAEMONS) as router:
        router.load(text, check=False)
        left = router.judge(text)
    missed = [
        (one.code, marked(finding, one.page.bad))
        for one in wanted
        for finding in found(one, one.page.bad, installation)
        if not stays(marked(finding, one.page.bad), one.code, left)
    ]
    assert missed == [], left


def test_what_is_good_converges(installation: Installation) -> None:
    text = "".join(one.page.good for one in proven(installation))
    with Router(installation, daemons=MORE_DAEMONS) as router:
        router.load(text, check=False)
        assert router.judge(text) == []


def test_what_is_repaired_converges(installation: Installation) -> None:
    text, kept = "", []
    for one in proven(installation):
        findings = found(one, one.page.bad, installation)
        if all(finding.edit for finding in findings):
            repaired, _ = apply(one.page.bad, [finding.edit for finding in findings if finding.edit])
            assert found(one, repaired, installation) == []
            text += repaired
        else:
            kept.append(one.code)
    assert set(kept) <= {"FRR602", "FRR606", "FRR625", "FRR627"}
    with Router(installation, daemons=MORE_DAEMONS) as router:
        router.load(text, check=False)
        assert router.judge(text) == []


def test_a_vni_behind_bgp_lands_in_the_default_vrf(router: Router) -> None:
    one = rules()["FRR624"]
    router.reload(one.page.bad)
    lost = "\nvni 100\n" in router.running()
    assert lost == one.applies(release(router.installation))


def test_a_hostname_comes_again(router: Router) -> None:
    text = rules()["FRR626"].page.bad
    router.load(text)
    assert ("add", "hostname r1") in judge.differences(router._frr_reload("--test", text).stdout)


def test_an_unnumbered_entry_goes_to_the_end(router: Router) -> None:
    kind = "ip prefix-list pods"
    before = f"{kind} permit 10.0.0.0/8\n{kind} deny any\n"
    after = f"{kind} permit 10.0.0.0/8\n{kind} permit 192.0.2.0/24\n{kind} deny any\n"
    router.load(before)
    router.reload(after)
    shown = [line.split()[-1] for line in router.running().splitlines() if line.startswith(kind)]
    assert list(dict.fromkeys(shown)) == ["10.0.0.0/8", "any", "192.0.2.0/24"]  # 10.3 adds it twice
    assert router.judge(after) == []
