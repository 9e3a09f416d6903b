"""When PostgreSQL goes away, refuses or gives up a unit, that is told as Unavailable, and it recovers by itself."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import IntegrityError

from bot.chat.errors import Unavailable
from bot.domain.people import Member
from storage.store import DatabaseStore
from tests.database import Postgres
from tests.storage.sample import NOW


@pytest.fixture
def address(postgres_server: Postgres) -> Iterator[str]:
    made = postgres_server.fresh()
    yield made
    postgres_server.drop(made)


@pytest.fixture
async def operator(address: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection from which the server is tormented."""
    url = make_url(address).set(drivername="postgresql", database="postgres")
    connection = await asyncpg.connect(url.render_as_string(hide_password=False))
    yield connection
    await connection.close()


async def work(store: DatabaseStore, key: str) -> None:
    async with store.begin() as unit:
        assert await unit.arrivals.first_time("test", key, NOW)


async def kept(store: DatabaseStore, key: str) -> bool:
    async with store.begin() as unit:
        return not await unit.arrivals.first_time("test", key, NOW)


async def cut_all(operator: asyncpg.Connection, address: str) -> None:
    """End every connection to the database, as a restart does."""
    await operator.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", make_url(address).database
    )


async def test_idle_connections_that_were_cut_are_made_anew(
    store: DatabaseStore, operator: asyncpg.Connection, address: str
) -> None:
    await asyncio.gather(*(work(store, str(n)) for n in range(10)))
    await cut_all(operator, address)
    await asyncio.gather(*(work(store, f"again {n}") for n in range(10)))


async def test_a_unit_whose_connection_is_cut_is_told_and_not_kept(
    store: DatabaseStore, operator: asyncpg.Connection, address: str
) -> None:
    async def cut() -> None:
        async with store.begin() as unit:
            await unit.arrivals.first_time("test", "cut", NOW)
            await cut_all(operator, address)
            await unit.arrivals.first_time("test", "cut too", NOW)

    async def cut_at_the_commit() -> None:
        async with store.begin() as unit:
            await unit.arrivals.first_time("test", "cut", NOW)
            await cut_all(operator, address)

    for unit in (cut, cut_at_the_commit):
        with pytest.raises(Unavailable):
            await unit()
    assert not await kept(store, "cut")


async def test_a_server_that_takes_no_connections_is_unavailable_until_it_does(
    store: DatabaseStore, operator: asyncpg.Connection, address: str
) -> None:
    name = make_url(address).database
    await operator.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    with pytest.raises(Unavailable):
        await work(store, "1")
    with pytest.raises(Unavailable):
        async with store.read() as unit:
            await unit.communities.all()
    await operator.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    await work(store, "1")


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    store = DatabaseStore("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(Unavailable):
        await work(store, "1")
    await store.close()


async def test_a_server_that_refuses_to_write_is_unavailable_until_it_does(
    store: DatabaseStore, operator: asyncpg.Connection, address: str
) -> None:
    name = make_url(address).database
    await operator.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with pytest.raises(Unavailable):
        await work(store, "1")
    await operator.execute(f"ALTER DATABASE {name} RESET ALL")
    await cut_all(operator, address)
    await work(store, "1")


async def test_a_lock_that_lasts_is_not_waited_for_longer_than_the_server_allows(
    store: DatabaseStore, operator: asyncpg.Connection, address: str
) -> None:
    await operator.execute(f"ALTER DATABASE {make_url(address).database} SET lock_timeout = '20ms'")
    async with store.begin() as unit:
        await unit.arrivals.first_time("test", "1", NOW)
        with pytest.raises(Unavailable):
            await work(store, "1")
    await work(store, "2")


async def test_of_two_units_that_block_each_other_one_is_told_to_come_again(store: DatabaseStore) -> None:
    both = asyncio.Barrier(2)

    async def crosses(first: str, second: str) -> None:
        async with store.begin() as unit:
            await unit.arrivals.first_time("test", first, NOW)
            await both.wait()
            await unit.arrivals.first_time("test", second, NOW)

    results = await asyncio.gather(crosses("a", "b"), crosses("b", "a"), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "Unavailable"]


async def test_a_mistake_of_ours_is_not_called_unavailable(store: DatabaseStore) -> None:
    async def mistaken() -> None:
        async with store.begin() as unit:
            await unit.people.join(Member(None, 1))  # type: ignore[arg-type]

    with pytest.raises(IntegrityError):
        await mistaken()
