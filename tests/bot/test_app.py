"""An event counts once, wholly or not at all."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.app import STALE
from bot.chat.errors import Unavailable
from bot.chat.events import Invoked, Pressed
from bot.chat.places import Account
from bot.chat.press import sign
from bot.said import Said
from tests.bot.road import ANI, GROUP, KEYS, Road, paved, plus, words


@pytest.fixture
async def road(address: str) -> AsyncIterator[Road]:
    """The app on each kind of store."""
    async with paved(address) as made:
        yield made


async def test_an_event_that_comes_twice_counts_once(road: Road) -> None:
    assert await road.says("/more", key="same") == "now 1"
    assert await road.says("/more", key="same") == ""
    road.app = road.fresh()
    assert await road.says("/more", key="same") == ""
    assert await road.counted() == 1


async def test_a_press_that_comes_twice_counts_once(road: Road) -> None:
    data = sign(plus(1, 2), KEYS)
    assert await road.presses(data, key="p") == "2 days"
    assert await road.presses(data, key="p") == ""
    assert await road.presses(data, key="q") == "4 days"


async def test_the_same_event_in_two_processes_counts_once(road: Road) -> None:
    apps = [road.fresh() for _ in range(4)]
    heard: list[Said] = []

    async def answer(said: Said) -> None:
        heard.append(said)

    event = Invoked(line="more", **road.parts(ANI, GROUP, "same"))
    await asyncio.gather(*(app.handle(event, answer) for app in apps))
    await asyncio.gather(*(app.drain() for app in apps))
    assert len(heard) == 1
    assert await road.counted() == 1


async def test_a_refusal_undoes_everything_and_is_told(road: Road) -> None:
    assert await road.says("/refuse") == "Skip"
    assert road.said[0].toast
    assert await road.counted() == 0


async def test_our_own_failure_undoes_everything_and_gives_a_code(road: Road) -> None:
    told = await road.says("/break", key="broken")
    assert "E-" in told
    assert "Nothing changed" in told
    assert "LookupError" not in told
    assert await road.counted() == 0
    assert "E-" in await road.says("/break", key="broken"), "it was not counted as done"


async def test_an_event_is_not_acknowledged_while_the_store_cannot_take_it(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked() -> None:
        raise Unavailable("locked")

    with monkeypatch.context() as broken:
        broken.setattr(road.store, "begin", locked)
        with pytest.raises(Unavailable):
            await road.says("/more", key="k")
    assert await road.says("/more", key="k") == "now 1"


async def test_an_answer_that_fails_stops_nothing(road: Road) -> None:
    async def answer(said: Said) -> None:
        raise ConnectionError

    await road.app.handle(Invoked(line="more", **road.parts(ANI, GROUP, "")), answer)
    await road.app.drain()
    assert await road.says("/more") == "now 2"


async def test_what_one_person_does_is_settled_in_order(road: Road) -> None:
    heard: list[str] = []

    async def answer(said: Said) -> None:
        heard.append(words(said.message))

    events = [Invoked(line="more", **road.parts(ANI, GROUP, "")) for _ in range(20)]
    await asyncio.gather(*(road.app.handle(event, answer) for event in events))
    await road.app.drain()
    assert heard == [f"now {number}" for number in range(1, 21)]


async def test_what_many_people_do_at_once_all_counts(road: Road) -> None:
    people = [Account("wire", f"p{number}") for number in range(20)]
    events = [Pressed(data=sign(plus(1, 1), KEYS), **road.parts(who, GROUP, "")) for who in people]

    async def answer(said: Said) -> None:
        assert said.toast

    await asyncio.gather(*(road.app.handle(event, answer) for event in events))
    assert await road.counted() == 20


async def test_an_old_command_is_not_run(road: Road) -> None:
    assert await road.says("/more", sent=road.now - STALE - timedelta(seconds=1)) == ""
    assert await road.says("/more", sent=road.now - STALE) == "now 1"
