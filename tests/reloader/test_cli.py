"""The command line: exit codes, one sentence for wrong use, and the two verbs that ask."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from reloader import alive
from reloader.cli import main
from reloader.log import Log
from reloader.status import State, Status, Verdict
from tests.reloader.test_status import LAST, STATUS

HASH = "a" * 64


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[list[str]]:
    """Options that name programs which could be run; no test here gets so far."""
    umask = os.umask(0o022)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    for name in ("vtysh", "frr-reload.py"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "offered").mkdir()
    yield [
        *("--watch", str(tmp_path / "offered"), "--state", str(tmp_path / "state")),
        *("--status", str(tmp_path / "status.json"), "--vtysh", str(tmp_path / "vtysh")),
        *("--frr-reload", str(tmp_path / "frr-reload.py"), "--vty-socket", str(tmp_path)),
    ]
    os.umask(umask)
    for number, handler in handlers.items():  # the sidecar has taken them over
        signal.signal(number, handler)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[None]:
    """A sidecar that lives, and writes `status.json`."""
    handle = alive.claim(tmp_path / "status.json")
    yield
    handle.close()


@pytest.mark.usefixtures("running")
def test_two_sidecars_do_not_share_a_status_file(programs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*programs, "--once"]) == 2
    assert "another frr-reloader writes it; end that one, or name another file" in capsys.readouterr().err


def test_what_the_sidecar_makes_is_not_writable_for_others(programs: list[str], tmp_path: Path) -> None:
    os.umask(0)
    status = tmp_path / "run" / "deep" / "status.json"
    assert main([*programs, "--status", str(status), "--once"]) == 1
    made = [tmp_path / "state", *(tmp_path / "state").rglob("*"), *(tmp_path / "run").rglob("*"), tmp_path / "run"]
    assert len(made) > 4
    assert [path for path in made if path.lstat().st_mode & 0o022] == []
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700


def test_a_state_directory_that_others_can_write_is_made_private_and_not_believed(
    programs: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state"
    state.mkdir()
    state.chmod(0o777)
    for name, content in (("good.conf", "router bgp 1\n"), ("journal.json", "{}")):
        (state / name).write_text(content)
        (state / name).chmod(0o666)
    (state / "lock").symlink_to(tmp_path / "made")
    assert main([*programs, "--once"]) == 1
    assert state.stat().st_mode & 0o777 == 0o700
    said = capsys.readouterr().err
    for name in ("good.conf", "journal.json"):
        assert f"{state / name} cannot be read: other users can write it" in said
    assert json.loads((tmp_path / "status.json").read_text())["good_hash"] is None
    assert not (tmp_path / "made").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives directories away")
def test_another_users_state_directory_is_refused(
    programs: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state"
    state.mkdir(mode=0o755)
    os.chown(state, 65534, -1)
    assert main([*programs, "--once"]) == 2
    said = capsys.readouterr().err
    assert "other users can write there (its owner has user id 65534, its mode is 0755)" in said
    assert f"such as {state / 'frr-reloader'}" in said


@pytest.mark.parametrize("name", ["lock", "history", "good.conf", "journal.json", "engine"])
def test_a_damaged_state_directory_does_not_end_every_start(
    programs: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    state = tmp_path / "state"
    for make in (os.mkfifo, Path.mkdir, Path.touch, lambda path: path.symlink_to("/proc/kmsg")):
        if state.exists():
            shutil.rmtree(state)
        state.mkdir()
        make(state / name)
        code = main([*programs, "--once"])
        said = capsys.readouterr().err
        if name == "lock" and make is Path.mkdir:  # not the sidecar's to remove
            assert code == 2
            assert f"{state / name} cannot be opened: it is a directory, not a lock file" in said
            continue
        assert code == 1
        assert json.loads((tmp_path / "status.json").read_text())["last"]["verdict"] == "refused"
        assert ("cannot be read" in said) == (
            name in ("good.conf", "journal.json") and not (name == "good.conf" and make is Path.touch)
        )


def test_wrong_use_is_one_sentence_and_2(
    programs: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other").write_text("#!/bin/sh\n")
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "vtysh").write_text("")
    other = socket.create_server(("127.0.0.1", 0))
    taken = other.getsockname()[1]
    for options, words in [
        (["--watch", str(tmp_path / "nowhere")], "there is no such directory"),
        (["--vtysh", str(tmp_path / "no" / "vtysh")], "there is no such program"),
        (["--vtysh", str(tmp_path / "other")], "must be vtysh"),
        (["--vtysh", str(tmp_path / "plain" / "vtysh")], "may not run it"),
        (["--frr-reload", str(tmp_path / "nothing")], "there is no such program"),
        (["--file", "../frr.conf"], "without a path"),
        (["--status", str(tmp_path / "other" / "status.json")], "--status"),
        (["--status", str(tmp_path)], "is a directory"),
        (["--status", str(tmp_path / "offered" / "frr.conf")], "the offered file"),
        (["--state", "/proc/nowhere"], "--state"),
        (
            ["--state", str(tmp_path / "dangling")],
            f"it is a symbolic link to {tmp_path / 'gone'}, which does not exist",
        ),
        (["--boot-file", str(tmp_path / "offered" / "frr.conf")], "the offered file itself"),
        (["--boot-file", str(tmp_path / "no" / "frr.conf")], "does not exist"),
        (["--socket-group", "0"], "needs --socket"),
        (["--allow-tcp-reload"], "need --listen"),
        (["--listen-name", "node-0"], "need --listen"),
        (["--listen", f"192.0.2.1:{taken}"], "--listen 192.0.2.1"),
        (["--signal-listen", f":{taken}"], "--signal-listen 127.0.0.1"),
    ]:
        assert main([*programs, *options]) == 2, options
        said = capsys.readouterr().err
        assert words in said
        assert said.startswith("frr-reloader: ")
        assert said.count("\n") == 1
    other.close()


def test_values_that_mean_nothing_are_refused(programs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for option in (
        *("--listen=here", "--listen=127.0.0.1:0", "--signal-listen=:x", "--listen-name=a b", "--listen-name="),
        *("--socket-group=no such group", "--socket-group=4294967295"),
        *("--health-gate=soon", "--engine=fast", "--drift-check=-1"),
    ):
        assert main([*programs, option]) == 2, option
        assert "Traceback" not in capsys.readouterr().err
    assert main([*programs, f"--socket=/tmp/{'x' * 100}"]) == 2
    assert "a socket's path has at most" in capsys.readouterr().err


def test_once_without_a_file_is_refused_and_1(programs: list[str], tmp_path: Path) -> None:
    assert main([*programs, "--once"]) == 1
    content = json.loads((tmp_path / "status.json").read_text())
    assert content["state"] == "waiting-for-frr"
    assert content["last"]["verdict"] == "refused"
    assert "does not exist" in content["last"]["message"]


def test_two_sidecars_never_share_a_state(
    programs: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from reloader.settings import lock

    (tmp_path / "state").mkdir()
    claim = lock(tmp_path / "state")
    assert main([*programs, "--once"]) == 2
    assert "another frr-reloader" in capsys.readouterr().err
    claim.close()
    assert main([*programs, "--once"]) == 1


@pytest.mark.parametrize("words", [["--help"], ["status", "--help"], ["wait", "--help"]])
def test_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert "frr-reloader" in capsys.readouterr().out


def written(tmp_path: Path, state: State = STATUS.state, **last: object) -> list[str]:
    path = tmp_path / "status.json"
    replace(STATUS, state=state, last=replace(LAST, **last)).write(path)  # type: ignore[arg-type]
    return ["--status", str(path)]


@pytest.mark.usefixtures("running")
def test_status_says_it_in_words_and_as_a_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", *written(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "degraded" in said
    assert "failed (verify): line 3" in said
    assert "hunter2" not in said
    for verdict, code in [(Verdict.GOOD, 0), (Verdict.UNCHANGED, 0), (Verdict.REFUSED, 1), (Verdict.ROLLED_BACK, 1)]:
        assert main(["status", *written(tmp_path, verdict=verdict)]) == code
    assert main(["status", "--status", str(tmp_path / "none")]) == 2
    (tmp_path / "none").write_text("{")
    assert main(["status", "--status", str(tmp_path / "none")]) == 2
    assert main(["status", "--hash", HASH]) == 2


@pytest.mark.usefixtures("running")
def test_wait_has_the_verdict_on_the_hash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for verdict, code in [(Verdict.GOOD, 0), (Verdict.UNCHANGED, 0), (Verdict.REFUSED, 1), (Verdict.FAILED, 1)]:
        path = written(tmp_path, State.IDLE, verdict=verdict)
        assert main(["wait", *path, "--hash", HASH.upper(), "--timeout", "20"]) == code
    assert main(["wait", *written(tmp_path), "--hash", "c" * 64, "--timeout", "0"]) == 3
    assert "no verdict on cccc" in capsys.readouterr().err
    assert main(["wait", "--status", str(tmp_path / "none"), "--timeout", "0"]) == 2
    assert main(["wait", "--hash", "xyz"]) == 2


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("state", [State.WAITING, State.DEGRADED])
def test_a_good_verdict_is_no_answer_while_frr_may_have_lost_the_file(state: State, tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    good = replace(STATUS, state=state, last=replace(LAST, verdict=Verdict.GOOD))
    good.write(path)
    assert main(["wait", "--status", str(path), "--hash", HASH, "--timeout", "0.2"]) == 3
    replace(good, state=State.IDLE).write(path)
    assert main(["wait", "--status", str(path), "--hash", HASH, "--timeout", "30"]) == 0


@pytest.mark.usefixtures("running")
def test_wait_waits_while_the_sidecar_waits_for_frr(tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    refused = replace(STATUS, state=State.WAITING, last=replace(LAST, verdict=Verdict.REFUSED))
    refused.write(path)
    assert main(["wait", "--status", str(path), "--hash", HASH, "--timeout", "0.2"]) == 1

    def come() -> None:
        time.sleep(0.3)
        replace(STATUS, state=State.IDLE, last=replace(LAST, verdict=Verdict.GOOD)).write(path)

    thread = threading.Thread(target=come)
    thread.start()
    assert main(["wait", "--status", str(path), "--hash", HASH, "--timeout", "30"]) == 0
    thread.join()


@pytest.mark.usefixtures("running")
def test_wait_without_a_hash_is_about_what_is_offered(tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    replace(STATUS, offered_hash="d" * 64).write(path)
    assert main(["wait", "--status", str(path), "--timeout", "0"]) == 3
    STATUS.write(path)
    assert main(["wait", "--status", str(path), "--timeout", "0"]) == 1
    Status(State.IDLE, STATUS.boot_file).write(path)
    assert main(["wait", "--status", str(path), "--timeout", "0"]) == 3


def test_the_log_masks_secrets_in_both_forms() -> None:
    for form in ("text", "json"):
        stream = StringIO()
        Log(form, stream).error(
            "neighbor 192.0.2.1 password hunter2", line="neighbor 1.2.3.4 password hunter3", hash=HASH
        )
        line = stream.getvalue()
        assert "hunter" not in line
        assert line.count("\n") == 1
        if form == "json":
            assert json.loads(line)["level"] == "error"
