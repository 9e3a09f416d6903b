"""On which days anybody said anything about a session, on both databases."""

from datetime import date

from bot.domain.rsvp import Answer, Rsvp
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group

FIRST, SECOND, THIRD = date(2026, 11, 30), date(2026, 12, 7), date(2026, 12, 14)


async def test_each_day_of_a_series_is_told_once_from_a_day_on(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    said = (
        Rsvp(ours.id, 7, THIRD, ours.ani.id, Answer.YES, NOW),
        Rsvp(ours.id, 7, SECOND, ours.ani.id, Answer.NO, NOW),
        Rsvp(ours.id, 7, SECOND, ours.budi.id, Answer.YES, NOW),
        Rsvp(ours.id, 7, FIRST, ours.budi.id, Answer.YES, NOW),
        Rsvp(ours.id, 8, date(2026, 12, 1), ours.budi.id, Answer.YES, NOW),
        Rsvp(theirs.id, 7, date(2026, 12, 2), ours.budi.id, Answer.YES, NOW),
    )
    async with store.begin() as unit:
        for each in said:
            await unit.rsvps.put(each)
    async with store.read() as unit:
        assert list(await unit.rsvps.days(ours.id, 7, SECOND)) == [SECOND, THIRD]
        assert list(await unit.rsvps.days(ours.id, 7, FIRST)) == [FIRST, SECOND, THIRD]
        assert not await unit.rsvps.days(ours.id, 9, FIRST)
