"""Locks between processes: held by one, told to the other, let go by every kind of death."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from bot import lock
from bot.lock import Held, hold

HOLDER = """
    import sys, time
    from pathlib import Path
    from bot.lock import hold

    with hold(Path(sys.argv[1])):
        print("held", flush=True)
        time.sleep(60)
"""


def holder(path: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock."""
    code = textwrap.dedent(HOLDER)
    process = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_holder_is_told_who_the_first_is(tmp_path: Path) -> None:
    path = tmp_path / "new" / "bareng.db.lock"
    other = holder(path)
    try:
        with pytest.raises(Held) as caught, hold(path):
            pass
        assert caught.value.holder == str(other.pid)
    finally:
        other.kill()
        other.wait()


def test_a_killed_holder_leaves_the_lock_free(tmp_path: Path) -> None:
    path = tmp_path / "bareng.db.lock"
    other = holder(path)
    os.kill(other.pid, signal.SIGKILL)
    other.wait()
    with hold(path):
        assert path.read_text() == f"{os.getpid()}\n"


def test_a_lock_can_be_held_again_when_the_block_has_ended(tmp_path: Path) -> None:
    path = tmp_path / "bareng.db.lock"
    for _ in range(2):
        with hold(path), pytest.raises(Held), hold(path):
            pass


def test_a_child_process_does_not_keep_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "bareng.db.lock"
    with hold(path):
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        with hold(path):
            pass
    finally:
        child.kill()
        child.wait()


def test_only_the_owner_may_read_the_lock(tmp_path: Path) -> None:
    with hold(tmp_path / "lock"):
        assert (tmp_path / "lock").stat().st_mode & 0o077 == 0


def test_a_link_in_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "precious")
    with pytest.raises(OSError, match="symbolic"), hold(tmp_path / "lock"):
        pass
    assert not (tmp_path / "precious").exists()


def test_the_lock_of_a_database_stands_beside_it() -> None:
    assert lock.beside(Path("data/bareng.db")) == Path("data/bareng.db.lock")


def test_the_lock_of_a_token_does_not_tell_the_token(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    token = "123456:CANARYcanaryCANARYcanary"
    path = lock.of_token(token)
    assert path.parent == tmp_path / "bareng"
    assert "canary" not in str(path).lower()
    assert path == lock.of_token(token) != lock.of_token(token + "x")


def test_without_a_runtime_folder_one_of_our_own_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = lock.of_token("1:a").parent
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o077 == 0


def test_a_folder_that_is_a_link_is_not_trusted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / f"bareng-{os.getuid()}").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PermissionError, match="somebody else"):
        lock.of_token("1:a")
