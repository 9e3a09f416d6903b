"""Units that share a commit: in order, none taking another along, told only what is kept."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.chat.errors import Unavailable
from bot.ports import Unit
from storage import engine
from storage.writer import MOST_IN_COMMIT, SharedWriter
from tests.storage.fault import keys
from tests.storage.sample import NOW, item


@pytest.fixture
def path(sqlite_address: str) -> Path:
    return Path(sqlite_address.removeprefix("sqlite:///"))


@pytest.fixture
async def writing(sqlite_address: str) -> AsyncIterator[AsyncEngine]:
    made = engine.writer(engine.database_url(sqlite_address))
    yield made
    await made.dispose()


@pytest.fixture
async def writer(writing: AsyncEngine) -> AsyncIterator[SharedWriter]:
    made = SharedWriter(writing)
    yield made
    await made.close()


@pytest.fixture
def commits(writing: AsyncEngine) -> list[object]:
    """Grows by one with every commit."""
    counted: list[object] = []
    event.listen(writing.sync_engine, "commit", counted.append)
    return counted


async def mark(unit: Unit, key: str) -> None:
    """Write something that others can see once it is committed."""
    assert await unit.arrivals.first_time("test", key, NOW)


async def work(writer: SharedWriter, key: str) -> None:
    """A unit that marks this key."""
    async with writer.begin() as unit:
        await mark(unit, key)


async def waiting(count: int = 1) -> None:
    """Let tasks that were just started come as far as they can without the database."""
    for _ in range(count * 5):
        await asyncio.sleep(0)


async def test_units_that_wait_share_a_commit(writer: SharedWriter, commits: list[object], path: Path) -> None:
    await asyncio.gather(*(work(writer, str(n)) for n in range(50)))
    assert len(keys(path)) == 50
    assert len(commits) == 1


async def test_a_commit_is_not_put_off_for_ever(writer: SharedWriter, commits: list[object], path: Path) -> None:
    await asyncio.gather(*(work(writer, str(n)) for n in range(2 * MOST_IN_COMMIT + 1)))
    assert len(keys(path)) == 2 * MOST_IN_COMMIT + 1
    assert len(commits) == 3


async def test_units_run_in_the_order_in_which_they_came(writer: SharedWriter) -> None:
    order: list[int] = []

    async def comes(number: int) -> None:
        async with writer.begin() as unit:
            await mark(unit, str(number))
            order.append(number)

    await asyncio.gather(*(comes(number) for number in range(100)))
    assert order == list(range(100))


async def test_a_block_ends_only_when_others_can_see_its_effect(writer: SharedWriter, path: Path) -> None:
    async def told(number: int) -> bool:
        await work(writer, str(number))
        return str(number) in keys(path)

    assert all(await asyncio.gather(*(told(number) for number in range(20))))


async def test_a_commit_is_on_the_disk_when_it_returns(writer: SharedWriter) -> None:
    async with writer.begin() as unit:
        link = unit.arrivals._link
        assert (await link.execute(text("PRAGMA synchronous"))).scalar() == 2
        assert (await link.execute(text("PRAGMA journal_mode"))).scalar() == "wal"


@pytest.mark.parametrize("failing", [{0}, {1}, {9}, {0, 1, 2}, {3, 5, 7}, set(range(10))])
async def test_a_unit_that_fails_takes_nobody_else_along(
    writer: SharedWriter, path: Path, failing: set[int], commits: list[object]
) -> None:
    async def comes(number: int) -> None:
        async with writer.begin() as unit:
            await mark(unit, str(number))
            await unit.items.add(item(1, (f"tag{number}",)), NOW)
            if number in failing:
                raise LookupError(number)

    results = await asyncio.gather(*(comes(number) for number in range(10)), return_exceptions=True)
    assert {n for n, result in enumerate(results) if isinstance(result, LookupError)} == failing
    assert [r for r in results if r is not None and not isinstance(r, LookupError)] == []
    assert keys(path) == {str(number) for number in range(10) if number not in failing}
    async with writer.begin() as unit:
        assert set(await unit.items.tags(1)) == {f"tag{number}" for number in range(10) if number not in failing}


async def test_a_statement_that_fails_undoes_its_own_unit_alone(writer: SharedWriter, path: Path) -> None:
    async def fails() -> None:
        async with writer.begin() as unit:
            await mark(unit, "bad")
            await unit.arrivals._link.execute(text("INSERT INTO nowhere VALUES (1)"))

    results = await asyncio.gather(work(writer, "a"), fails(), work(writer, "b"), return_exceptions=True)
    assert [type(result).__name__ for result in results] == ["NoneType", "OperationalError", "NoneType"]
    assert keys(path) == {"a", "b"}


async def test_who_stops_waiting_leaves_the_commit_to_the_others(writer: SharedWriter, path: Path) -> None:
    inside, let_go = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with writer.begin() as unit:
            await mark(unit, "first")
            inside.set()
            await let_go.wait()

    working = asyncio.create_task(first())
    await inside.wait()
    queue = [asyncio.create_task(work(writer, str(number))) for number in range(3)]
    await waiting()
    for task in queue:
        task.cancel()
    let_go.set()
    async with asyncio.timeout(5):
        await working
        await asyncio.gather(*queue, return_exceptions=True)
        await work(writer, "next")
    assert keys(path) == {"first", "next"}


@pytest.mark.parametrize("turns", range(12))
async def test_the_last_in_the_queue_may_stop_waiting_at_any_moment(
    writer: SharedWriter, path: Path, turns: int
) -> None:
    first, last = asyncio.create_task(work(writer, "first")), asyncio.create_task(work(writer, "last"))
    for _ in range(turns):
        await asyncio.sleep(0.0002)
    last.cancel()
    async with asyncio.timeout(5):
        await first
        (result,) = await asyncio.gather(last, return_exceptions=True)
    assert "first" in keys(path)
    if result is None:
        assert "last" in keys(path)


@pytest.mark.parametrize("cold", [False, True], ids=["prepared", "built"])
@pytest.mark.parametrize("turns", range(6))
async def test_a_unit_cancelled_at_work_takes_nobody_else_along(
    writer: SharedWriter, path: Path, turns: int, cold: bool
) -> None:
    async def long() -> None:
        async with writer.begin() as unit:
            for number in range(1000):
                if cold:
                    await unit.items.add(item(1), NOW)
                await mark(unit, f"long {number}")

    before = asyncio.create_task(work(writer, "before"))
    working = asyncio.create_task(long())
    after = asyncio.create_task(work(writer, "after"))
    await asyncio.sleep(0.005)
    for _ in range(turns):
        await asyncio.sleep(0)
    working.cancel()
    async with asyncio.timeout(10):
        await asyncio.gather(before, after)
        with pytest.raises(asyncio.CancelledError):
            await working
    assert keys(path) == {"before", "after"}


async def test_who_is_cancelled_while_the_commit_runs_disturbs_nobody(writer: SharedWriter, path: Path) -> None:
    for number in range(30):
        tasks = [asyncio.create_task(work(writer, f"{number}.{n}")) for n in range(3)]
        await asyncio.sleep(number / 10_000)
        tasks[2].cancel()
        async with asyncio.timeout(5):
            await asyncio.gather(*tasks[:2])
            await asyncio.gather(tasks[2], return_exceptions=True)
        assert {f"{number}.0", f"{number}.1"} <= keys(path)


async def test_closing_keeps_what_was_begun_and_refuses_the_rest(
    writer: SharedWriter, path: Path, writing: AsyncEngine
) -> None:
    inside, let_go = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with writer.begin() as unit:
            await mark(unit, "first")
            inside.set()
            await let_go.wait()

    working = asyncio.create_task(first())
    await inside.wait()
    queued = [asyncio.create_task(work(writer, str(number))) for number in range(3)]
    await waiting()
    closing = asyncio.create_task(writer.close())
    await waiting()
    late = asyncio.create_task(work(writer, "late"))
    let_go.set()
    async with asyncio.timeout(5):
        results = await asyncio.gather(working, *queued, closing, late, return_exceptions=True)
    assert results[0] is None
    assert all(isinstance(result, Unavailable) for result in (*results[1:4], results[5]))
    assert keys(path) == {"first"}
    assert writing.pool.checkedout() == 0  # type: ignore[attr-defined]


async def test_a_transaction_that_sqlite_ended_by_itself_is_never_taken_for_kept(
    writer: SharedWriter, path: Path
) -> None:
    async def careless() -> None:
        async with writer.begin() as unit:
            await mark(unit, "careless")
            # What SQLite does by itself on some errors; a unit that goes on as if nothing had happened.
            await unit.arrivals._link.run("ROLLBACK")  # type: ignore[attr-defined]

    results = await asyncio.gather(work(writer, "a"), careless(), return_exceptions=True)
    assert [type(result) for result in results] == [Unavailable, Unavailable]
    assert keys(path) == set()
    await work(writer, "b")
    assert keys(path) == {"b"}


async def test_where_not_even_one_unit_can_be_undone_nobody_is_told_that_all_is_well(
    writer: SharedWriter, path: Path
) -> None:
    async def breaks() -> None:
        async with writer.begin() as unit:
            await mark(unit, "breaks")
            await unit.arrivals._link.run("ROLLBACK")  # type: ignore[attr-defined]
            raise LookupError

    results = await asyncio.gather(work(writer, "a"), breaks(), work(writer, "b"), return_exceptions=True)
    assert [type(result) for result in results] == [Unavailable, LookupError, type(None)]
    assert keys(path) == {"b"}
