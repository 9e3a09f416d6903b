"""Events of platforms that show the next dates of series."""

from datetime import date

from bot.domain.mirror import Mirror
from storage.store import DatabaseStore

MONDAY, NEXT = date(2026, 12, 7), date(2026, 12, 14)


async def put(store: DatabaseStore, mirror: Mirror) -> None:
    async with store.begin() as unit:
        await unit.mirrors.put(mirror)


async def got(store: DatabaseStore, community: int = 1, series: int = 7, chat: str = "5") -> Mirror | None:
    async with store.read() as unit:
        return await unit.mirrors.get(community, series, "discord", chat)


async def of_event(store: DatabaseStore, event: str, community: int = 1, chat: str = "5") -> Mirror | None:
    async with store.read() as unit:
        return await unit.mirrors.of_event(community, "discord", chat, event)


async def test_each_series_has_one_in_each_chat(store: DatabaseStore) -> None:
    mirror = Mirror(1, 7, "discord", "5", MONDAY, "900", "p")
    for each in (
        mirror,
        Mirror(1, 7, "discord", "6", NEXT, "901", "q"),
        Mirror(1, 8, "discord", "5", NEXT, "902", "r"),
    ):
        await put(store, each)
    await put(store, Mirror(2, 7, "discord", "5", NEXT, "903", "s"))
    assert await got(store) == mirror
    await put(store, mirror.sent(NEXT, "p2"))
    assert await got(store) == Mirror(1, 7, "discord", "5", MONDAY, "900", "p", NEXT, "p2")
    async with store.begin() as unit:
        await unit.mirrors.drop(mirror)
    assert await got(store) is None
    assert [bool(await got(store, *key)) for key in ((1, 7, "6"), (1, 8, "5"), (2, 7, "5"))] == [True] * 3


async def test_one_is_found_by_its_event_in_its_own_group(store: DatabaseStore) -> None:
    mirror = Mirror(1, 7, "discord", "5", MONDAY, "900", "p")
    await put(store, mirror)
    assert await of_event(store, "900") == mirror
    assert await of_event(store, "901") is None
    assert await of_event(store, "900", community=2) is None
    assert await of_event(store, "900", chat="6") is None


async def test_what_was_never_shown_has_no_day(store: DatabaseStore) -> None:
    mirror = Mirror(1, 7, "discord", "5").sent(MONDAY, "p")
    await put(store, mirror)
    assert await got(store) == mirror
    assert mirror.day is None


def test_what_is_asked_for_is_shown_once_the_platform_has_answered() -> None:
    mirror = Mirror(1, 7, "discord", "5", MONDAY, "900", "p").sent(NEXT, "q")
    assert (mirror.day, mirror.event, mirror.print) == (MONDAY, "900", "p")
    assert mirror.shown("901") == Mirror(1, 7, "discord", "5", NEXT, "901", "q")
    assert mirror.ending() == Mirror(1, 7, "discord", "5", MONDAY, "900", "p")
    assert mirror.lost() == Mirror(1, 7, "discord", "5", MONDAY)
