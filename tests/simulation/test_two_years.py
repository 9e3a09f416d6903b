"""In two years of 24 groups in twelve zones no reminder is missing, early, late, or there twice."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiosqlite
import pytest

from tests.simulation.check import arrived, dropped, expected, faults
from tests.simulation.groups import GROUPS
from tests.simulation.oracle import Kind
from tests.simulation.run import Simulation

SEED = int(os.environ.get("BARENG_TEST_SEED", "1"))
PARTS = 4
"""Groups know nothing of each other, so the work is shared among processes."""

WHOLE = bool(os.environ.get("BARENG_TEST_WHOLE"))
"""All groups, which takes several minutes; else a quarter of them, for the whole two years."""


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run statements in the thread that asks: handing each to the driver's own takes a third of the time."""

    async def execute(connection: aiosqlite.Connection, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return call(*args, **kwargs)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", execute)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS if WHOLE else 1))
async def test_every_reminder_comes_once_and_in_time(part: int, sqlite_file: Path, tmp_path: Path) -> None:
    """The seed of a run that fails can be given again in BARENG_TEST_SEED."""
    path = tmp_path / "bareng.db"
    shutil.copy(sqlite_file, path)
    simulation = Simulation(path, range(part, len(GROUPS), PARTS), SEED + part)
    await simulation.run()
    wanted = expected(simulation)
    found = faults(wanted, arrived(simulation))
    assert not found, f"{len(found)} faults, the first:\n" + "\n".join(found[:20])
    assert simulation.dropped == dropped(simulation)
    assert not simulation.spoilt
    assert {due.kind for due in wanted} == {*Kind}, "everything happened"
    assert any(due.late for due in wanted)
    assert simulation.done > 10 * simulation.refused > 0
