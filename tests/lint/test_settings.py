"""Settings: which file is for which input, what it says, and where it is wrong."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from frrcompile.diagnostics import Diagnostic, Severity, Span
from frrcompile.lint.checking import Wish
from frrcompile.lint.settings import Finder, Settings, SettingsError, fits

KNOWN = ["FRR001", "FRR090", "FRR101", "FRR201", "FRR205", "FRR701", "MOD006"]

HERE = "[lint]\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings_of(path: str = "r1.conf") -> Settings:
    return Finder(KNOWN).settings_for(path)


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_there_need_be_none() -> None:
    assert settings_of() == Settings()


def test_everything_that_can_be_said(folder: Path) -> None:
    write(
        "pyproject.toml",
        """[tool.frrcompile.lint]
select = ["FRR1", "FRR2xx", "FRR701"]
ignore = ["FRR205"]
frr = "10.3"
per-file-ignores = {"lab/*.conf" = ["FRR7"]}
severity = {"FRR2" = "info", "FRR201" = "error"}
""",
    )
    said = settings_of("sub/r1.conf")
    assert said == Settings(
        folder=folder,
        select=("FRR1", "FRR2", "FRR701"),
        ignore=("FRR205",),
        frr="10.3",
        per_file_ignores=(("lab/*.conf", ("FRR7",)),),
        severity={"FRR2": Severity.INFO, "FRR201": Severity.ERROR},
    )
    assert said.severity_of("FRR205", Severity.WARNING) is Severity.INFO
    assert said.severity_of("FRR201", Severity.WARNING) is Severity.ERROR
    assert said.severity_of("FRR701", Severity.WARNING) is Severity.WARNING


def test_the_nearest_file_counts_alone() -> None:
    write("frrcompile.toml", HERE + 'ignore = ["FRR1"]\nfrr = "8.4"\n')
    write("a/frrcompile.toml", HERE + 'ignore = ["FRR2"]\n')
    finder = Finder(KNOWN)
    assert finder.settings_for("a/b/r.conf").ignore == ("FRR2",)
    assert finder.settings_for("a/b/r.conf").frr is None
    assert finder.settings_for("b/r.conf").ignore == ("FRR1",)
    assert finder.settings_for("-").ignore == ("FRR1",)


def test_a_file_without_settings_of_the_linter_is_passed_by() -> None:
    write("pyproject.toml", '[tool.frrcompile.lint]\nignore = ["FRR1"]\n')
    write("a/pyproject.toml", '[tool.ruff.lint]\nignore = ["E501"]\n')
    write("a/b/pyproject.toml", '[project]\nname = "frrcompile-configs"\n')
    assert settings_of("a/b/r.conf").ignore == ("FRR1",)


def test_frrcompile_toml_wins_over_its_neighbour() -> None:
    write("pyproject.toml", '[tool.frrcompile.lint]\nignore = ["FRR1"]\n')
    write("frrcompile.toml", HERE + 'ignore = ["FRR2"]\n')
    assert settings_of().ignore == ("FRR2",)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "frrcompile.toml",
            "[lint]\n\nselcet = []\n",
            "frrcompile.toml:3:1: unknown key `selcet`; did you mean `select`?",
        ),
        ("frrcompile.toml", "[lnit]\nselect = []\n", "frrcompile.toml:1:1: unknown key `lnit`; did you mean `lint`?"),
        ("frrcompile.toml", "[lint]\nfoo = 1\n", "frrcompile.toml:2:1: unknown key `foo`; allowed: select, ignore"),
        (
            "frrcompile.toml",
            '# no\nlint.ignore = ["FRR999"]\n',
            "frrcompile.toml:2:1: unknown code 'FRR999'; did you mean FRR701?",
        ),
        ("frrcompile.toml", '[lint]\nignore = "FRR1"\n', "frrcompile.toml:2:1: `ignore` is a list of codes"),
        ("frrcompile.toml", "lint = 3\n", "frrcompile.toml:1:1: `lint` is a table"),
        ("frrcompile.toml", "[lint]\nfrr = 7.5\n", "frrcompile.toml:2:1: `frr`: found '7.5'; allowed: auto"),
        (
            "frrcompile.toml",
            '[lint]\nseverity = {FRR2 = "bad"}\n',
            "frrcompile.toml:2:1: found 'bad'; allowed: error, warning, info",
        ),
        ("frrcompile.toml", '[lint.severity]\nFRR2 = "off"\n', "frrcompile.toml:2:1: found 'off'"),
        (
            "frrcompile.toml",
            '[lint.severity]\nFRR0 = "info"\n',
            "frrcompile.toml:2:1: what FRR0xx finds at severity error",
        ),
        (
            "frrcompile.toml",
            '[lint.per-file-ignores]\n"a.conf" = ["FRR1"]\n"lab/*" = ["FRR"]\n"b" = ["X"]\n',
            "frrcompile.toml:4:1: unknown code",
        ),
        ("frrcompile.toml", "[lint\n", "frrcompile.toml:1:6: no TOML"),
        ("pyproject.toml", "[tool.frrcompile.lnt]\n", "pyproject.toml:1:1: unknown key `lnt`"),
        (
            "pyproject.toml",
            "[tool.frrcompile.lint]\nper_file_ignores = {}\n",
            "pyproject.toml:2:1: unknown key `per_file_ignores`; did you mean `per-file-ignores`?",
        ),
        ("pyproject.toml", "[tool]\nfrrcompile = 3\n", "pyproject.toml:2:1: a table is expected"),
    ],
)
def test_a_mistake_is_told_with_its_place(name: str, text: str, message: str) -> None:
    write(name, text)
    with pytest.raises(SettingsError) as raised:
        settings_of()
    assert str(raised.value).startswith(message)


def test_settings_that_are_no_text_are_told() -> None:
    Path("frrcompile.toml").write_bytes(b'[lint]\nfrr = "\xff"\n')
    with pytest.raises(SettingsError, match=r"frrcompile.toml:1:1: not UTF-8"):
        settings_of()


def test_globs_are_of_the_settings_folder(folder: Path) -> None:
    write("frrcompile.toml", '[lint.per-file-ignores]\n"lab/**" = ["FRR7"]\n"r?.conf" = ["FRR1"]\n')
    said = settings_of("lab/a/r1.conf")
    assert said.ignored_in("lab/a/r1.conf") == ("FRR7", "FRR1")
    assert said.ignored_in(f"{folder}/lab/x.conf") == ("FRR7",)
    assert said.ignored_in("other/lab/x.conf") == ()


@pytest.mark.parametrize(
    ("glob", "path", "fitting"),
    [
        ("*.conf", "r1.conf", True),
        ("*.conf", "a/b/r1.conf", True),
        ("a/*.conf", "a/r1.conf", True),
        ("a/*.conf", "a/b/r1.conf", False),
        ("a/**/*.conf", "a/b/c/r1.conf", True),
        ("a/**/*.conf", "a/r1.conf", True),
        ("./a/*", "a/r1.conf", True),
        ("r?.conf", "r12.conf", False),
        ("a.conf", "axconf", False),
        ("**", "a/b", True),
    ],
)
def test_globs(glob: str, path: str, fitting: bool) -> None:
    assert fits(PurePath(path), glob) is fitting


def test_severities_do_not_change_what_is_refused() -> None:
    wish = Wish(settings=Settings(severity={"FRR9": Severity.INFO, "FRR7": Severity.ERROR}))
    found = [
        Diagnostic("MOD006", Severity.ERROR, "", Span.of_file("f")),
        Diagnostic("FRR701", Severity.WARNING, "", Span.of_file("f")),
    ]
    assert [one.severity for one in wish.weigh(found)] == [Severity.ERROR, Severity.ERROR]


def test_many_stars_take_no_power_of_time() -> None:
    assert not fits(PurePath("a" * 250), "*a" * 400 + "b")
    assert fits(PurePath("a" * 250), "*a" * 200)
    assert not fits(PurePath("/".join(["a"] * 120)), "**/a*" * 200 + "b")


@pytest.mark.parametrize(
    "line", ["[tool" + ".a" * 50_000 + "]", "a" + ".a" * 50_000 + " = 1", "x = {a" + ".a" * 50_000 + " = 1}"]
)
def test_a_key_has_a_bounded_number_of_parts(tmp_path: Path, line: str) -> None:
    """tomllib takes 7 s of computing for a key of 66,000 parts."""
    (tmp_path / "frrcompile.toml").write_text(f"[lint]\nignore = []\n{line}\n")
    with pytest.raises(SettingsError, match=r"frrcompile\.toml:3:1: a key of more than 1000 parts"):
        Finder(KNOWN).settings_for(str(tmp_path / "frr.conf"))


def test_dots_in_texts_are_no_keys(tmp_path: Path) -> None:
    (tmp_path / "frrcompile.toml").write_text(f'[lint]\nignore = []  # {"."}\n# "{"." * 5000}"\n')
    assert Finder(KNOWN).settings_for(str(tmp_path / "frr.conf")).ignore == ()
