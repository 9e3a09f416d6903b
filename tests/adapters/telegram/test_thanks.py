"""Thanks on Telegram: a word gets a thumb where the group allows one, a mark gets nothing, and both count once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.places import Account
from bot.domain.points import ALL_TIME, Reason
from tests.adapters.telegram.circle import Circle, circled
from tests.wire.telegram.world import Person


@pytest.fixture
async def circle(tmp_path: Path) -> AsyncIterator[Circle]:
    """The class, of which the bot is an administrator."""
    async with circled(tmp_path, admin=True) as made:
        yield made


async def points(circle: Circle, person: Person) -> int:
    """What somebody has from thanks."""
    async with circle.stage.app.store.read() as unit:
        found = await unit.people.of_account(Account("telegram", str(person.id)))
        sums = await unit.ledger.sums(circle.community, found.id, ALL_TIME) if found else {}
    return sums.get(Reason.THANKS, 0)


async def test_a_word_in_reply_gets_a_thumb_and_counts(circle: Circle) -> None:
    said = await circle.says(circle.dewi, "Blue light is scattered most")
    before = circle.done()["sendMessage"]
    word = await circle.says(circle.eko, "makasiiih kak!", reply_to=said)
    assert circle.marked(word)
    assert await points(circle, circle.dewi) == 1
    assert circle.done()["sendMessage"] == before


async def test_where_the_group_allows_no_thumb_nothing_is_said(circle: Circle) -> None:
    circle.chat.allowed_reactions = set()
    said = await circle.says(circle.dewi, "Blue light is scattered most")
    before, private = circle.done()["sendMessage"], circle.told(circle.eko)
    await circle.says(circle.eko, "thanks!", reply_to=said)
    assert await points(circle, circle.dewi) == 1
    assert circle.done()["sendMessage"] == before
    assert circle.told(circle.eko) == private


async def test_folded_hands_count_until_they_are_taken_away(circle: Circle) -> None:
    said = await circle.says(circle.dewi, "Blue light is scattered most")
    await circle.thanks(circle.eko, said)
    assert await points(circle, circle.dewi) == 1
    await circle.likes(circle.eko, said, "")
    assert await points(circle, circle.dewi) == 0


async def test_what_is_a_week_old_is_no_longer_thanked_for_in_passing(circle: Circle) -> None:
    said = await circle.says(circle.dewi, "Blue light is scattered most")
    await circle.passes(7 * 24 * 3600)
    await circle.thanks(circle.eko, said)
    await circle.says(circle.eko, "thanks!", reply_to=said)
    assert await points(circle, circle.dewi) == 0
    await circle.says(circle.eko, "/thanks", reply_to=said)
    assert await points(circle, circle.dewi) == 1
