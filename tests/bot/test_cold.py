"""A start loads nothing that only some of its people will need."""

import subprocess
import sys

import pytest

LATER = (
    "snowballstemmer",
    "rapidfuzz",
    "fsrs",
    "lark",
    "holidays",
    "pygal",
    "resvg_py",
    "openpyxl",
    "python_calamine",
    "defusedxml",
)


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """What a process has loaded that has every feature, both platforms and a store."""
    parts = "bot.__main__, bot.features, adapters.telegram.adapter, adapters.discord.adapter, storage.store"
    command = [sys.executable, "-c", f"import {parts}, sys; print(*sys.modules)"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return set(done.stdout.split())


@pytest.mark.parametrize("library", LATER)
def test_a_library_that_few_need_is_not_loaded_at_the_start(loaded: set[str], library: str) -> None:
    assert "bot.features" in loaded
    assert library not in loaded
